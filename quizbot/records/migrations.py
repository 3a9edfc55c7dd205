"""The form of the records' file, and how a file of every earlier form becomes one of today's.

`user_version` counts the steps that a file has taken. Each step runs statement by statement inside one write
transaction with all the others (`executescript` would commit behind our back): a file is migrated whole or not at all,
and of two quizbots that open it at the same time one migrates and the other finds it done.

A released step is never changed: a new form is a new step at the end of `STEPS`, with a golden file in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quizbot.records.transaction import transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

APPLICATION = 0x51426F74
"""`application_id` of our files ("QBot"), so that another program's database is never taken for ours."""


_VERSION_1 = (
    """\
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- a number is never given twice: people write it down
    started_at TEXT NOT NULL,
    finished_at TEXT,
    reason TEXT,                          -- why it finished: done, quit
    seed INTEGER NOT NULL,
    version TEXT NOT NULL,                -- of quizbot
    total INTEGER NOT NULL,               -- questions planned
    wish TEXT NOT NULL,                   -- JSON
    CHECK ((finished_at IS NULL) = (reason IS NULL))
) STRICT""",
    """\
CREATE TABLE event (
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1), -- in the session, without gaps
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    question INTEGER,                            -- its place in the session
    question_key TEXT,                           -- of "asked"
    topic TEXT,                                  -- of "asked"
    points INTEGER CHECK (points BETWEEN 0 AND 100),
    body TEXT NOT NULL,                          -- the event as JSON; last, for it may overflow to other pages
    PRIMARY KEY (session, number)
) STRICT""",
    # Two small indexes hold all that lists and plans read: they never open a row with an answer in it.
    """\
CREATE INDEX event_of_list ON event (session, number, kind, question, topic, points)
    WHERE kind IN ('asked', 'answered', 'skipped')""",
    """\
CREATE INDEX event_of_plan ON event (question_key, at, kind)
    WHERE kind = 'asked'""",
)


def _sessions_and_events(connection: sqlite3.Connection) -> None:
    """Version 1: sessions, and what happened in them. What lists and plans need stands in columns of its own."""
    for statement in _VERSION_1:
        connection.execute(statement)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_sessions_and_events,)
LATEST = len(STEPS)
"""The version that this program reads and writes."""


def version(connection: sqlite3.Connection) -> int:
    """Return how many steps the file has taken; 0 is a file that is still to be set up."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def is_foreign(connection: sqlite3.Connection) -> bool:
    """Return whether the file is a database of another program."""
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION:
        return False
    return bool(application) or connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def migrate(connection: sqlite3.Connection, steps: Sequence[Callable[[sqlite3.Connection], None]] = STEPS) -> None:
    """Bring the file to the latest version in one transaction; does nothing to a file that is there already.

    Raises:
        sqlite3.Error: it could not be done; the file is as it was.
    """
    if version(connection) >= len(steps):
        return
    with transaction(connection, "IMMEDIATE"):
        done = version(connection)  # again: another quizbot may have migrated while this one waited for the lock
        for step in steps[done:]:
            step(connection)
        if done < len(steps):
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {len(steps)}")
