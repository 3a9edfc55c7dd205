"""What became of each question whenever it was asked: for lists of questions, without opening a single answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from quizbot.records.score import counted
from quizbot.records.times import moment

if TYPE_CHECKING:
    from quizbot.records.store import Store


class Past(NamedTuple):
    """A question was asked `at` some moment in a `session`; `points` (0-100) is None if it did not count."""

    at: datetime
    session: int
    points: int | None


def history(store: Store) -> dict[str, tuple[Past, ...]]:
    """Return for every question ever asked, by key, what became of it each time, oldest first.

    Raises:
        QuizbotError: the records cannot be read.
    """
    asked, ended = store.outcomes()
    answered: dict[tuple[int, int], int] = {}
    given_up: set[tuple[int, int]] = set()
    for session, question, kind, points in ended:
        if points is not None and kind == "answered":
            answered[session, question] = points
        elif points is not None and kind == "skipped":
            given_up.add((session, question))
    found: dict[str, list[Past]] = {}
    for session, question, key, at in asked:
        place = session, question
        points = counted(answered.get(place), given_up=place in given_up)
        found.setdefault(key, []).append(Past(moment(at), session, points))
    return {key: tuple(times) for key, times in found.items()}
