"""A conversation as messages on the screen: the chat as it happens, and a review of it later, look the same."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.visual import Visual
from textual.widgets import Static

from quizbot.interview import wording
from quizbot.interview.conversation import Notice, Said
from quizbot.interview.events import (
    Answered,
    Asked,
    Finished,
    Hinted,
    Probed,
    Revealed,
    Skipped,
    Started,
)
from quizbot.tui import render
from quizbot.tui.content import plain

MOST = 200
"""Messages that are kept on the screen; the record has the rest."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with the question it was given to, and what the interviewer had said about it by then."""

    asked: Asked
    answered: Answered
    heard: tuple[str, ...]


class Message(Static):
    """One message. Its class says who speaks: `asked`, `you`, `mark`, `model`, `aside`; `given` is the answer it is."""

    def __init__(self, content: Visual, who: str, given: Given | None = None) -> None:
        super().__init__(content, classes=who, markup=False)
        self.given = given


class Transcript(VerticalScroll, can_focus=False):
    """The messages of a conversation, newest at the bottom."""

    DEFAULT_CSS = """
    Transcript {
        layout: stream;
        margin: 0 2;
        scrollbar-size-vertical: 1;
        Message { width: 1fr; height: auto; padding: 0 1; margin: 1 0 0 0; }
        .asked { border-left: outer $primary; }
        .you { border-left: outer $accent; background: $surface; }
        .mark { padding: 0 1 0 1; }
        .model { border-left: outer $secondary 60%; }
        .aside { color: $quiet; padding: 0 1 0 2; }
    }
    .-narrow Transcript { margin: 0; }
    .-short Transcript Message { margin: 0; }
    """

    def __init__(self, id: str | None = None, *, follow: bool = True) -> None:
        super().__init__(id=id)
        self._follow = follow
        self._points: int | None = None
        self._earned: frozenset[str] = frozenset()
        self._asked: Asked | None = None
        self._heard: tuple[str, ...] = ()

    @property
    def answers(self) -> list[Message]:
        """The messages that are answers, in order."""
        return [message for message in self.query(Message) if message.given]

    def on_mount(self) -> None:
        """Stay at the end while messages come in, unless this is to be read from its beginning."""
        if self._follow:
            self.anchor()

    def say(self, said: tuple[Said, ...]) -> None:
        """Show what happened in a turn, in order."""
        messages = [message for item in said for message in self._messages(item)]
        self.mount_all(messages)
        children = self.children
        if self._follow and len(children) > MOST:
            self.remove_children(list(children[: len(children) - MOST]))

    def _messages(self, item: Said) -> list[Message]:
        match item:
            case Notice():
                return [Message(plain(item.text), "aside")]
            case Asked():
                self._points, self._earned = None, frozenset()
                self._asked, self._heard = item, (item.text,)
                return [Message(render.question(item), "asked first")]
            case Answered():
                mark = render.mark(item, self._points, self._earned)
                self._points, self._earned = item.points, self._earned | wording.earned(item.mark)
                given = Given(self._asked, item, self._heard) if self._asked else None
                return [Message(render.answer(item.text, item.mark), "you", given), Message(mark, "mark")]
            case Probed():
                self._heard = (*self._heard, item.text)
                return [Message(plain(item.text, "bold"), "asked")]
            case Hinted():
                self._heard = (*self._heard, item.text)
                return [Message(render.hint(item.text), "aside")]
            case Skipped():
                said = "You passed; it counts as 0." if item.given_up else "Skipped; it does not count."
                return [Message(plain(said), "aside")]
            case Revealed():
                return [Message(render.model_answer(item.text), "model")]
            case Started() | Finished():
                return []
