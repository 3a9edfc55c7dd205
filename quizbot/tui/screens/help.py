"""What you can say and press."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizbot.tui.content import QUIET, plain
from quizbot.tui.hanging import Hanging, Line

_SAY = (
    ("your answer", "in your own words; two to five sentences are best"),
    ("hint", "a nudge; what it helps to find counts ¾"),
    ("I don't know", "a hint first, then the answer; it counts as 0"),
    ("skip", "the next question; this one does not count"),
    ("repeat", "say the question again"),
    ("quit", "end the session; everything is kept"),
)
_PRESS = (
    ("Enter", "send the answer"),
    ("Ctrl+J, Shift+Enter", "a new line in the answer"),
    ("F2  F3  F4", "hint, I don't know, skip"),
    ("F5", "why the last answer got its mark, word by word"),
    ("Page Up, Page Down", "scroll the conversation"),
    ("Escape", "back; an unfinished session is kept"),
    ("F8", "light or dark"),
    ("Ctrl+P", "all commands"),
    ("Ctrl+Q", "leave quizbot"),
)
_BANKS = (
    ("b", "at home: all banks and questions"),
    ("/", "search them as you type"),
    ("Enter, p", "practise a question; p also a topic or a bank"),
    ("w", "workshop: try answers while you write a question"),
    ("r", "read the banks again from their files"),
)
_MARK = (
    ("✓ ◐ ✗", "a concept is found, found in part, missed"),
    ("underlined", "your words that earned it"),
    ("!", "a common misconception; it costs points"),
)


class HelpScreen(ModalScreen[None]):
    """A page of help over the present screen."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", "Close", id="help.close", tooltip="Close the help"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="box"):
            yield Static(_page(), id="text")

    def on_mount(self) -> None:
        """Let the keys scroll the page."""
        self.query_one("#box").focus()


def _page() -> Hanging:
    nothing = Content("")
    lines: list[Line] = []
    for title, rows in (
        ("You can say", _SAY),
        ("You can press", _PRESS),
        ("In the banks", _BANKS),
        ("In a mark", _MARK),
    ):
        lines += [Line(nothing, plain(title, "bold $primary"))]
        lines += [Line(plain(f"  {name:<20} ", "bold"), plain(said, QUIET)) for name, said in rows]
        lines += [Line(nothing, nothing)]
    return Hanging([*lines, Line(nothing, plain("Escape closes this.", QUIET))])
