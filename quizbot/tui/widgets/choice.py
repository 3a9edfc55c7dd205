"""One of several things, on one line: the arrow keys go through them, Enter shows them all.

Four of these cost a fifth of what four `Select` widgets do, and the first frame is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from quizbot.tui.content import QUIET, joined, plain

Option = tuple[str, str]
"""What is shown, and the value it stands for."""


class Choice(Widget, can_focus=True):
    """A choice called `label` among `options`; `value` is that of the one chosen."""

    DEFAULT_CSS = """
    Choice {
        height: 1; width: 100%; max-width: 64; padding: 0 1;
        &:hover { background: $surface; }
        &:focus { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Previous", id="choice.previous", show=False, tooltip="The one before"),
        Binding("right", "step(1)", "Next", id="choice.next", show=False, tooltip="The next one"),
        Binding("enter,space", "open", "Choose", id="choice.open", tooltip="Show all to choose from"),
    ]

    value: reactive[str] = reactive("", init=False)

    @dataclass
    class Changed(Message):
        """Another option was chosen."""

        choice: Choice

        @property
        def control(self) -> Choice:
            """The widget."""
            return self.choice

    def __init__(self, label: str, options: Sequence[Option], value: str = "", *, id: str) -> None:
        super().__init__(id=id)
        self._label = label
        self.options = list(options)
        self.set_reactive(Choice.value, value)
        self.tooltip = "Left and right go through them, Enter shows them all"

    def render(self) -> Content:
        """Return the line."""
        shown = {value: name for name, value in self.options}.get(self.value, "")
        arrows = ("‹ ", " ›") if self.has_focus else ("  ", "")
        return joined((f"{self._label:<11}", QUIET), (arrows[0], "$primary"), plain(shown), (arrows[1], "$primary"))

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other options; the value stays if it is still among them, else the first is chosen."""
        self.options = list(options)
        if self.value not in [value for _, value in options]:
            self.value = options[0][1]
        self.refresh()

    def watch_value(self) -> None:
        """Tell that another one was chosen."""
        self.post_message(self.Changed(self))

    def action_step(self, step: int) -> None:
        """Choose the next or previous option, around the end."""
        values = [value for _, value in self.options]
        self.value = values[(values.index(self.value) + step) % len(values)]

    def action_open(self) -> None:
        """Show all options in a list."""
        from quizbot.tui.screens.choose import ChooseScreen

        def chosen(value: str | None) -> None:
            if value is not None:
                self.value = value

        self.app.push_screen(ChooseScreen(self._label, self.options, self.value), chosen)

    def on_click(self, event: events.Click) -> None:
        """Show all options."""
        event.stop()
        self.action_open()
