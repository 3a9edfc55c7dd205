"""Where the answer is typed: Enter sends it, Ctrl+J (and Shift+Enter, where the terminal can tell) breaks the line."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

_NEW_LINE = ("ctrl+j", "shift+enter", "alt+enter")


class AnswerBox(TextArea):
    """A text box that grows with what is typed, up to eight lines."""

    DEFAULT_CSS = """
    AnswerBox {
        height: auto; min-height: 3; max-height: 10; max-width: 108;
        border: round $border; padding: 0 1; margin: 1 1 0 1; background: $background;
        &:focus { border: round $primary; background: $background; }
    }
    .-narrow AnswerBox { margin: 0; }
    .-short AnswerBox { margin: 0 1; max-height: 5; }
    """

    @dataclass
    class Sent(Message):
        """The person sent an answer."""

        text: str

    def __init__(self, id: str | None = None) -> None:
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder="Your answer … Enter sends, Ctrl+J begins a new line",
            tooltip="Answer in your own words. “hint”, “skip” and “I don't know” work too.",
        )

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Sent(self.text))
        elif event.key in _NEW_LINE:
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)
