"""Sessions and their events, kept in one SQLite file as they happen.

What `begin` and `append` have returned from is on the disk: it survives the end of the program and a power cut.
Several quizbots may keep sessions in the same file at once.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from quizbot.errors import QuizbotError
from quizbot.interview.events import Answered, Asked, Event, Finished, Skipped, Started, from_json, to_json
from quizbot.records.database import PATIENCE, explained, open_to_read, open_to_write, refuse_newer
from quizbot.records.score import counted, mean
from quizbot.records.times import moment, stamp
from quizbot.records.transaction import transaction

_LARGEST = 2**63 - 1  # integers of SQLite


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a list.

    `total` questions were planned, `answered` of them have an answer; `score` (0-100) is None while none counts;
    `topics` are those of the questions asked, in that order. `finished` and `reason` are None while it goes on or
    waits to be resumed.
    """

    id: int
    started: datetime
    finished: datetime | None
    reason: str | None
    seed: int
    total: int
    answered: int
    score: int | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """An event and when it happened (UTC)."""

    at: datetime
    event: Event


class Store:
    """The records. Any thread may use it; use it as a context manager, or `close` it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, after_close: Callable[[], None]) -> None:
        self._path = path
        self._connection = connection
        self._after_close = after_close
        self._lock = threading.RLock()
        self._file: tuple[int, int] | None = None  # which file is written to
        self._seen: dict[int, int] = {}  # session -> its last event that this store wrote or read

    @classmethod
    def open(cls, path: Path, patience: float = PATIENCE) -> Self:
        """Open the records in `path` to read and to write; folder and file are made if they are missing.

        `patience` is how many seconds to wait while another quizbot writes.

        Raises:
            QuizbotError: it cannot be done, with the way on. A file that is damaged, of another program or of a
                newer quizbot is left as it is.
        """
        store = cls(path, open_to_write(path, patience), lambda: None)
        try:
            store._file = store._file_now()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open_reading(cls, path: Path, patience: float = PATIENCE) -> Self:
        """Open the records in `path` only to read. Nothing is created: without a file there is no session yet.

        Raises:
            QuizbotError: the file cannot be read, with the way on.
        """
        return cls(path, *open_to_read(path, patience))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; twice is no error."""
        with self._lock:
            self._connection.close()
            self._after_close()

    def begin(self, started: Started, at: datetime, then: Sequence[Event] = ()) -> int:
        """Keep a new session with its first event and those of the same turn (`then`); return the session's number.

        Raises:
            QuizbotError: it could not be kept, and nothing of it was.
        """
        with self._lock:
            with self._writing():
                cursor = self._connection.execute(
                    "INSERT INTO session (started_at, seed, version, total, wish) VALUES (?, ?, ?, ?, ?)",
                    (stamp(at), started.seed, started.version, len(started.questions), _json(dict(started.wish))),
                )
                session = cursor.lastrowid or 0
                self._insert(session, 1, (started, *then), at)
            self._seen[session] = 1 + len(then)
        return session

    def append(self, session: int, events: Sequence[Event], at: datetime) -> None:
        """Keep the events of one turn of `session`, all or none of them.

        Raises:
            QuizbotError: they could not be kept, and none was; the store stays usable. Also if the session is
                finished, or has gone on in another quizbot since this store last read or wrote it: two
                conversations must not be woven into one.
        """
        if not events:
            return
        with self._lock:
            with self._writing():
                last = self._last_of_unfinished(session)
                self._insert(session, last + 1, events, at)
            self._seen[session] = last + len(events)

    def sessions(self, limit: int | None = None) -> tuple[SessionRow, ...]:
        """Return the sessions, newest first; at most `limit`. Cheap: no mark and no answer is read.

        Raises:
            QuizbotError: the file cannot be read.
        """
        with self._reading():
            sessions = self._connection.execute(
                "SELECT id, started_at, finished_at, reason, seed, total FROM session ORDER BY id DESC LIMIT ?",
                (-1 if limit is None else max(0, limit),),
            ).fetchall()
            events = self._connection.execute(
                "SELECT session, kind, question, topic, points FROM event"
                " WHERE kind IN ('asked', 'answered', 'skipped') AND session >= ? ORDER BY session, number",
                (sessions[-1][0] if sessions else _LARGEST,),
            ).fetchall()
        tallies: dict[int, _Tally] = {}
        for session, kind, question, topic, points in events:
            tallies.setdefault(session, _Tally()).add(kind, question, topic, points)
        return tuple(_row(session, tallies.get(session[0], _Tally())) for session in sessions)

    def events(self, session: int) -> tuple[Stored, ...]:
        """Return everything that happened in `session`, in order.

        Raises:
            QuizbotError: there is no such session, or it cannot be read.
        """
        with self._lock:
            with self._reading():
                rows = self._connection.execute(
                    "SELECT at, kind, body FROM event WHERE session = ? ORDER BY number", (_id(session),)
                ).fetchall()
            if not rows:
                raise _no_session(session)
            stored = tuple(self._read(session, number, *row) for number, row in enumerate(rows, start=1))
            self._seen[session] = len(rows)
        return stored

    def latest_unfinished(self) -> int | None:
        """Return the number of the newest session that is not finished, or None.

        Raises:
            QuizbotError: the file cannot be read.
        """
        with self._reading():
            row = self._connection.execute("SELECT max(id) FROM session WHERE finished_at IS NULL").fetchone()
        return None if row[0] is None else int(row[0])

    def asked_counts(self) -> dict[str, tuple[int, datetime]]:
        """Return for every question ever asked, by key, how often it was and when it last was.

        Raises:
            QuizbotError: the file cannot be read.
        """
        with self._reading():
            rows = self._connection.execute(
                "SELECT question_key, count(*), max(at) FROM event WHERE kind = 'asked' GROUP BY question_key"
            ).fetchall()
        return {key: (count, moment(last)) for key, count, last in rows}

    def outcomes(self) -> tuple[list[tuple[int, int, str, str]], list[tuple[int, int, str, int | None]]]:
        """Return all that was asked (session, place, key, when) and all that came of it (session, place, kind, points).

        Raises:
            QuizbotError: the file cannot be read.
        """
        with self._reading():
            asked = self._connection.execute(
                "SELECT session, question, question_key, at FROM event"
                " WHERE kind = 'asked' ORDER BY at, session, number"
            ).fetchall()
            came = self._connection.execute(
                "SELECT session, question, kind, points FROM event"
                " WHERE kind IN ('asked', 'answered', 'skipped') ORDER BY session, number"
            ).fetchall()
        return asked, came

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._transaction("DEFERRED"):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._file is not None and self._file_now() != self._file:
            raise QuizbotError(
                f"{self._path} was moved, deleted or replaced while quizbot had it open.",
                "Put it back, or leave and start quizbot again.",
            )
        with self._transaction("IMMEDIATE"):
            refuse_newer(self._path, self._connection)  # it may have been updated since it was opened
            yield

    @contextmanager
    def _transaction(self, kind: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
        with self._lock, explained(self._path), transaction(self._connection, kind):
            yield

    def _file_now(self) -> tuple[int, int] | None:
        """Return which file lies at the path. One that was moved away still takes all we write, and nobody finds it."""
        with explained(self._path):
            try:
                found = self._path.stat()
            except FileNotFoundError:
                return None
            return found.st_dev, found.st_ino

    def _last_of_unfinished(self, session: int) -> int:
        """Return the number of the last event of `session`, which must be open and as this store knows it."""
        row = self._connection.execute(
            "SELECT finished_at, (SELECT max(number) FROM event WHERE session = id) FROM session WHERE id = ?",
            (_id(session),),
        ).fetchone()
        if row is None:
            raise _no_session(session)
        finished, last = row
        if self._seen.get(session, last) != last:
            raise QuizbotError(
                f"Session {session} has gone on in another quizbot.",
                f"Go on there, or leave here and resume it with: quizbot practice --resume {session}",
            )
        if finished:
            raise QuizbotError(f"Session {session} is finished.", f"Look at it with: quizbot review {session}")
        return int(last)

    def _insert(self, session: int, number: int, events: Sequence[Event], at: datetime) -> None:
        """Write `events` from `number` on; the transaction is the caller's."""
        when = stamp(at)
        self._connection.executemany(
            "INSERT INTO event (session, number, at, kind, question, question_key, topic, points, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (session, place, when, event.name, *_columns(event), _json(to_json(event)))
                for place, event in enumerate(events, start=number)
            ],
        )
        for event in events:
            if isinstance(event, Finished):
                self._connection.execute(
                    "UPDATE session SET finished_at = ?, reason = ? WHERE id = ?", (when, event.reason, session)
                )

    def _read(self, session: int, number: int, at: str, kind: str, body: str) -> Stored:
        try:
            return Stored(moment(at), from_json(kind, json.loads(body)))
        except (KeyError, TypeError, ValueError) as problem:
            raise QuizbotError(
                f"Event {number} (“{kind}”) of session {session} in {self._path} cannot be read.",
                "If a newer quizbot wrote it, update this one.",
            ) from problem


class _Tally:
    """What a list says about a session, from the columns of its events in order."""

    def __init__(self) -> None:
        self.topics: dict[str, None] = {}
        self.answered: dict[int, int] = {}
        self.given_up: set[int] = set()

    def add(self, kind: str, question: int, topic: str | None, points: int | None) -> None:
        """Count one event."""
        if topic is not None:
            self.topics[topic] = None
        if points is not None:
            if kind == Answered.name:
                self.answered[question] = points
            else:
                self.given_up.add(question)

    def score(self) -> int | None:
        """Return the mean points of the questions that count."""
        points = [
            counted(self.answered.get(question), given_up=question in self.given_up)
            for question in self.answered.keys() | self.given_up
        ]
        return mean([each for each in points if each is not None])


def _row(session: Sequence[Any], tally: _Tally) -> SessionRow:
    number, started, finished, reason, seed, total = session
    return SessionRow(
        id=number,
        started=moment(started),
        finished=None if finished is None else moment(finished),
        reason=reason,
        seed=seed,
        total=total,
        answered=len(tally.answered),
        score=tally.score(),
        topics=tuple(tally.topics),
    )


def _columns(event: Event) -> tuple[int | None, str | None, str | None, int | None]:
    """Return the event's question, key, topic and points: what lists and plans need without opening its body."""
    match event:
        case Asked():
            return event.number, event.key, event.topic, None
        case Answered():
            return event.number, None, None, event.points
        case Skipped():
            return event.number, None, None, 0 if event.given_up else None
        case Started() | Finished():
            return None, None, None, None
        case _:
            return event.number, None, None, None


def _json(data: dict[str, Any]) -> str:
    # ASCII: every text survives, even one with half a surrogate pair, which SQLite would not take.
    return json.dumps(data, separators=(",", ":"))


def _id(session: int) -> int:
    """Return `session`, which may come from a command line, if SQLite can look for it."""
    if not 0 < session <= _LARGEST:
        raise _no_session(session)
    return session


def _no_session(session: int) -> QuizbotError:
    return QuizbotError(f"There is no session {session}.", "“quizbot review” lists them.")
