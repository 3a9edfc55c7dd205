"""What is loaded behind the first frame: banks, and records at a glance. Runs in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from quizbot.bank.library import Library
    from quizbot.bank.model import Question
    from quizbot.records.store import SessionRow


@dataclass(frozen=True)
class Loaded:
    """Everything the screens need. `unreadable`: why the records could not be read, or empty."""

    library: Library
    questions: tuple[Question, ...]
    sessions: tuple[SessionRow, ...] = ()
    asked: dict[str, int] = field(default_factory=dict)
    unreadable: str = ""

    @property
    def unfinished(self) -> SessionRow | None:
        """The latest session that can be resumed."""
        return next((row for row in self.sessions if row.finished is None), None)


@dataclass
class Ready(Message):
    """Loading is done."""

    loaded: Loaded


@dataclass
class Failed(Message):
    """Loading is not possible; `why` is a sentence for the person."""

    why: str


def load() -> Loaded:
    """Read the banks and the list of sessions.

    Raises:
        QuizbotError: there is no bank at all.
    """
    from quizbot import paths
    from quizbot.bank.library import Library
    from quizbot.errors import QuizbotError
    from quizbot.interview import conversation  # noqa: F401 - loaded here, so that the chat opens at once
    from quizbot.records.store import Store

    library = Library(paths.own_banks(), paths.cache())
    questions = library.questions()
    if not questions:
        raise QuizbotError("There is no question in any bank.", "Add one with: quizbot bank add FILE")
    unreadable = ""
    sessions: tuple[SessionRow, ...] = ()
    asked: dict[str, int] = {}
    try:
        with Store.open_reading(paths.database()) as store:
            sessions = store.sessions()
            asked = {key: times for key, (times, _) in store.asked_counts().items()}
    except QuizbotError as problem:
        unreadable = str(problem)
    return Loaded(library, questions, sessions, asked, unreadable)
