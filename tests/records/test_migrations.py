"""A file of every earlier form becomes one of today's, whole or not at all, whoever opens it first."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from quizbot.errors import QuizbotError
from quizbot.records.database import refuse_others
from quizbot.records.migrations import APPLICATION, LATEST, STEPS, migrate, version
from quizbot.records.store import Store
from tests.records.conftest import TURNS, as_stored, keep, minute

GOLDEN = sorted(Path(__file__).parent.glob("version_*.sql"))
"""A file of every version, as that version wrote it: its form, a session with everything in it, an interrupted one."""


def form(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return every table and index with the statement that makes it."""
    return connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


def build(path: Path, golden: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(golden.read_text(encoding="utf-8"))
    connection.close()


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def test_every_version_has_its_golden_file() -> None:
    assert [golden.stem for golden in GOLDEN] == [f"version_{number}" for number in range(1, LATEST + 1)]


@pytest.mark.parametrize("number", range(1, LATEST + 1))
def test_an_empty_file_becomes_each_version_exactly_as_it_was_released(
    empty: sqlite3.Connection, number: int, path: Path
) -> None:
    migrate(empty, STEPS[:number])
    build(path, GOLDEN[number - 1])
    released = sqlite3.connect(path)
    assert form(empty) == form(released)
    assert version(empty) == version(released) == number
    assert empty.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    released.close()


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.stem)
def test_the_sessions_of_every_version_are_kept_and_go_on(path: Path, golden: Path) -> None:
    build(path, golden)
    with Store.open_reading(path) as store:
        assert store.events(1) == as_stored()
    with Store.open(path) as store:
        assert store.events(1) == as_stored()
        assert store.events(2) == as_stored(TURNS[:3], first=60)
        assert [(row.id, row.score, row.finished) for row in store.sessions()] == [(2, 40, None), (1, 28, minute(5))]
        store.append(2, TURNS[3], minute(63))
        assert store.events(2) == as_stored(TURNS[:4], first=60)
        assert keep(store) == 3


def test_a_migrated_file_has_the_form_of_a_new_one(path: Path, empty: sqlite3.Connection) -> None:
    build(path, GOLDEN[0])
    Store.open(path).close()
    connection = sqlite3.connect(path)
    migrate(empty)
    assert form(connection) == form(empty)
    connection.close()


def test_migrating_again_changes_nothing(empty: sqlite3.Connection) -> None:
    migrate(empty)
    before = form(empty), empty.total_changes
    migrate(empty)
    assert (form(empty), empty.total_changes) == before


def test_a_step_that_fails_leaves_the_file_as_it_was(empty: sqlite3.Connection) -> None:
    def halfway(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (a)")
        connection.execute("CREATE TABLE half (a)")

    migrate(empty)
    before = form(empty)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(empty, (*STEPS, halfway))
    assert form(empty) == before
    assert version(empty) == LATEST
    assert not empty.in_transaction


def test_quizbots_that_open_new_records_at_the_same_moment_all_work(path: Path) -> None:
    path.parent.mkdir()
    code = dedent(
        """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from quizbot.interview.events import Started
        from quizbot.records.store import Store
        print("ready", flush=True)
        sys.stdin.readline()
        for _ in range(5):  # opening and closing: the last one to leave clears up while others come in
            with Store.open(Path(sys.argv[1])) as store:
                store.begin(Started(("ml/one",), {}, 7, "0.1.0"), datetime(2025, 3, 1, tzinfo=UTC))
        """
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for run in runs:
        assert run.stdout is not None
        run.stdout.readline()
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    told = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0] * 4, told
    with Store.open(path) as store:
        assert sorted(row.id for row in store.sessions()) == list(range(1, 21))


def test_a_new_file_that_another_quizbot_holds_for_a_moment_is_waited_for(path: Path) -> None:
    """SQLite itself does not wait when a file is changed to write-ahead logging."""
    path.parent.mkdir()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    later = threading.Timer(0.2, lambda: other.execute("ROLLBACK"))
    later.start()
    with Store.open(path) as store:
        assert store.events(keep(store)) == as_stored()
    later.join()
    other.close()


def test_records_that_are_set_up_while_they_are_looked_at_are_not_taken_for_another_program(path: Path) -> None:
    path.parent.mkdir()
    looking = sqlite3.connect(path, isolation_level=None)
    looking.execute("PRAGMA journal_mode = WAL")
    set_up: list[int] = []

    def meanwhile(statement: str) -> None:
        if "sqlite_master" in statement and not set_up:  # between the first look and the second
            with Store.open(path) as store:
                set_up.append(keep(store))

    looking.set_trace_callback(meanwhile)
    refuse_others(path, looking)
    assert set_up == [1]
    looking.close()


def test_a_new_file_that_does_not_fit_on_the_disk_is_none_at_all(path: Path, empty: sqlite3.Connection) -> None:
    empty.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        migrate(empty)
    assert form(empty) == []
    assert version(empty) == 0


def test_half_a_set_of_tables_is_never_taken_for_records(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {LATEST}")
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    with pytest.raises(QuizbotError, match="another program"):
        Store.open(path)
