"""Keeping a conversation while it happens, and picking an interrupted one up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizbot import clock
from quizbot.interview.events import Event, Started
from quizbot.interview.state import State, fold

if TYPE_CHECKING:
    from quizbot.records.store import Store


class Recorder:
    """The `keep` of a conversation: stores each turn in one transaction. `session` is its number once begun."""

    def __init__(self, store: Store, session: int | None = None) -> None:
        self._store = store
        self.session = session

    def __call__(self, events: Sequence[Event]) -> None:
        """Store the events of one turn.

        Raises:
            QuizbotError: they could not be stored; nothing of the turn was.
        """
        at = clock.now()
        first = events[0]
        if isinstance(first, Started):
            self.session = self._store.begin(first, at, events[1:])
        elif self.session is not None:
            self._store.append(self.session, events, at)


def resume(store: Store, session: int) -> State:
    """Return the state in which `session` was left."""
    return fold(stored.event for stored in store.events(session))
