"""All options of a choice in a list; type to find one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from quizbot.tui.content import plain


class ChooseScreen(ModalScreen[str | None]):
    """Choose one of `options` (what is shown, value); closes with the value, or None."""

    CSS_PATH = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="choose.cancel", tooltip="Leave it as it is"),
    ]

    def __init__(self, label: str, options: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self._label = label
        self._options = list(options)
        self._value = value

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(id="box"):
            yield Static(plain(self._label, "bold $primary"))
            yield OptionList(*[Option(plain(name)) for name, _ in self._options], id="options", markup=False)

    def on_mount(self) -> None:
        """Begin at what is chosen."""
        values = [value for _, value in self._options]
        self.query_one(OptionList).highlighted = values.index(self._value) if self._value in values else 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._options[event.option_index][1])

    def on_key(self, event: events.Key) -> None:
        """Go to the next option that begins with the letter typed."""
        letter = (event.character or "").casefold()
        if not letter.isalnum():
            return
        options = self.query_one(OptionList)
        here = options.highlighted or 0
        order = [*range(here + 1, len(self._options)), *range(here + 1)]
        found = [at for at in order if self._options[at][0].casefold().startswith(letter)]
        if found:
            options.highlighted = found[0]
