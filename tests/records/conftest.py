"""What tests of the records need: a file of their own, and a session in which everything happens once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizbot.grading.mark import ConceptMark, Mark, MisconceptionMark, Remark, Span, State
from quizbot.interview.events import (
    Answered,
    Asked,
    Event,
    Finished,
    Hinted,
    Probed,
    Revealed,
    Skipped,
    Started,
)
from quizbot.records.store import Store, Stored

BEGUN = datetime(2025, 3, 1, 18, 5, 9, 120_000, UTC)


def minute(number: int) -> datetime:
    """Return the moment `number` minutes after `BEGUN`."""
    return BEGUN + timedelta(minutes=number)


def started(*keys: str, seed: int = 7) -> Started:
    return Started(keys or ("ml/one", "ml/two", "job/three"), {"count": 3, "topic": "", "level": None}, seed, "0.1.0")


def asked(number: int, key: str = "ml/one", topic: str = "evaluation", total: int = 3) -> Asked:
    return Asked(number, total, key, f"What is {key}? [/] ☃", topic, "entry", "skill", "digest-1")


def mark(points: int) -> Mark:
    return Mark(
        points,
        (
            ConceptMark("noise", "fits noise", State.EARNED, 2.0, 1.0, (Span(0, 5, "stem", "noise"),), "fits noise"),
            ConceptMark("gap", "the gap grows", State.PARTLY, 1.0, 0.3333, (Span(7, 10, "typo", "gap"),)),
        ),
        (MisconceptionMark("swapped", "The wrong way round.", 2.0, (Span(0, 3, "exact", "low"),)),),
        (Remark.SHORT,),
        grader="1",  # as the golden files have it
    )


def answered(number: int, points: int, text: str = "noise, gpa", probe: str = "") -> Answered:
    return Answered(number, text, mark(points), points, 12.3, probe)


TURNS: tuple[tuple[Event, ...], ...] = (
    (started(), asked(1)),
    (Hinted(1, "noise", "Think of noise."),),
    (answered(1, 40), Probed(1, "gap", "And the curves?")),
    (answered(1, 55, "a gap", "gap"), Revealed(1, "A full answer."), asked(2, "ml/two")),
    (Skipped(2, given_up=True), Revealed(2, "Another."), asked(3, "job/three", "the-job")),
    (Skipped(3, given_up=False), Revealed(3, ""), Finished("done")),
)
"""A session by turns, with every kind of event in it."""


def keep(store: Store, turns: tuple[tuple[Event, ...], ...] = TURNS, first: int = 0) -> int:
    """Keep a session turn by turn, a minute each, the first one in minute `first`; return its number."""
    beginning, *others = turns
    assert isinstance(beginning[0], Started)
    session = store.begin(beginning[0], minute(first), beginning[1:])
    for number, turn in enumerate(others, start=first + 1):
        store.append(session, turn, minute(number))
    return session


def as_stored(turns: tuple[tuple[Event, ...], ...] = TURNS, first: int = 0) -> tuple[Stored, ...]:
    """Return what `keep` should have kept."""
    return tuple(Stored(minute(number), event) for number, turn in enumerate(turns, start=first) for event in turn)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the records lie; neither the file nor its folder is there yet."""
    return tmp_path / "quiz bot?#%" / "records.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture
def protected() -> Iterator[Callable[..., AbstractContextManager[Path]]]:
    """Make copies of a folder that this process may read but not write, even if it is root's.

    `with protected(folder) as copy:` runs its block as an ordinary user. `mode` is that of the copied files.
    """
    if os.name != "posix":
        pytest.skip("needs POSIX permissions")
    with tempfile.TemporaryDirectory() as open_to_all:  # pytest's own folders are closed to other users
        Path(open_to_all).chmod(0o755)

        @contextmanager
        def protect(folder: Path, mode: int = 0o444) -> Iterator[Path]:
            copy = Path(open_to_all, "records")
            copy.mkdir()
            for file in folder.iterdir():
                (copy / file.name).write_bytes(file.read_bytes())
                (copy / file.name).chmod(mode)
            copy.chmod(0o555)
            user = os.geteuid()
            if user == 0:
                os.seteuid(65534)
            try:
                yield copy
            finally:
                if user == 0:
                    os.seteuid(user)
                copy.chmod(0o755)

        yield protect
