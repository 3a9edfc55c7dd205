"""What goes wrong with a disk or a file gets a sentence and a way on, and no stored answer is lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from textwrap import dedent

import pytest

from quizbot.errors import QuizbotError
from quizbot.interview.events import Hinted
from quizbot.records.database import open_to_read
from quizbot.records.store import Store
from tests.records.conftest import TURNS, answered, as_stored, keep, minute, started

Protect = Callable[..., AbstractContextManager[Path]]


def test_a_quizbot_that_is_killed_has_lost_nothing_it_kept(path: Path) -> None:
    """SIGKILL right after `append` returned: no cleaning up, no closing."""
    code = dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from quizbot.interview.events import Hinted, Started
        from quizbot.records.store import Store
        from datetime import UTC, datetime
        store = Store.open(Path(sys.argv[1]))
        at = datetime(2025, 3, 1, tzinfo=UTC)
        session = store.begin(Started(("ml/one",), {}, 7, "0.1.0"), at)
        for number in range(50):
            store.append(session, [Hinted(1, "c", f"hint {number}"), Hinted(1, "c", "and more")], at)
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        """
    )
    run = subprocess.run([sys.executable, "-c", code, path], check=False)
    assert run.returncode != 0
    assert path.with_name(path.name + "-wal").stat().st_size  # it really was cut off
    with Store.open_reading(path) as store:
        hints = [item.event.text for item in store.events(1) if isinstance(item.event, Hinted)]
    assert hints == [text for number in range(50) for text in (f"hint {number}", "and more")]
    with Store.open(path) as store:
        store.append(1, [Hinted(1, "c", "on we go")], minute(0))
        assert len(store.events(1)) == 102


def test_a_full_disk_is_said_and_the_turn_can_be_sent_again(store: Store) -> None:
    session = keep(store, TURNS[:1])
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    long = answered(1, 40, "a long answer " * 5_000)
    for attempt in (
        lambda: store.append(session, [long], minute(1)),
        lambda: store.begin(started(), minute(1), [long]),
    ):
        with pytest.raises(QuizbotError, match=r"The disk is full.*Free some space"):
            attempt()
    assert store.events(session) == as_stored(TURNS[:1])
    assert len(store.sessions()) == 1
    store._connection.execute("PRAGMA max_page_count = 1000000")
    store.append(session, [long], minute(1))
    assert store.events(session)[-1].event == long


def test_a_second_quizbot_that_writes_too_long_is_named_and_the_turn_can_be_sent_again(path: Path) -> None:
    with Store.open(path, patience=0.05) as store:
        session = keep(store, TURNS[:1])
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(QuizbotError, match=r"Another quizbot is writing to .*Try again"):
            store.append(session, TURNS[1], minute(1))
        assert store.events(session) == as_stored(TURNS[:1])  # reading does not wait for it
        with Store.open_reading(path) as reading:
            assert len(reading.sessions()) == 1
        other.execute("ROLLBACK")
        other.close()
        store.append(session, TURNS[1], minute(1))
        assert store.events(session) == as_stored(TURNS[:2])


def test_a_second_quizbot_that_writes_for_a_moment_is_waited_for(path: Path) -> None:
    with Store.open(path) as store:
        session = keep(store, TURNS[:1])
        code = (
            "import sqlite3, sys, time; other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "other.execute('BEGIN IMMEDIATE'); print('writing', flush=True); time.sleep(.4); other.execute('COMMIT')"
        )
        with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            other.stdout.readline()
            store.append(session, TURNS[1], minute(1))
        assert store.events(session) == as_stored(TURNS[:2])


@pytest.mark.parametrize("opening", [Store.open, Store.open_reading])
@pytest.mark.parametrize(
    "content", [b"not a database, but somebody's notes\n" * 50, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_named_and_left_as_it_is(
    path: Path, opening: Callable[[Path], Store], content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(QuizbotError) as told:
        opening(path)
    assert str(path) in told.value.message
    assert "left as it is" in told.value.message or "was left" in told.value.message
    assert "move it away" in told.value.hint
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_file_is_named_and_the_way_on_works(path: Path) -> None:
    with Store.open(path) as store:
        for _ in range(20):
            keep(store)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xde\xad" * 2048 * (len(whole) // 4096 - 1))
    damaged = path.read_bytes()
    with pytest.raises(QuizbotError, match="is damaged"), Store.open(path) as store:
        keep(store)
    assert path.read_bytes() == damaged
    for file in path.parent.glob(path.name + "*"):
        file.rename(file.with_name("old-" + file.name))
    with Store.open(path) as store:
        assert store.events(keep(store)) == as_stored()


@pytest.mark.parametrize("opening", [Store.open, Store.open_reading])
def test_the_database_of_another_program_is_left_alone(path: Path, opening: Callable[[Path], Store]) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE session (cookies TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(QuizbotError, match=r"the database of another program.*QUIZBOT_HOME"):
        opening(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("opening", [Store.open, Store.open_reading])
def test_the_records_of_a_newer_quizbot_are_not_touched(path: Path, opening: Callable[[Path], Store]) -> None:
    with Store.open(path) as store:
        keep(store)
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(
        QuizbotError, match=r"newer quizbot \(records of version 99; this one knows \d+\).*Update quizbot"
    ):
        opening(path)
    assert path.read_bytes() == before


def test_records_that_a_newer_quizbot_updates_in_the_meantime_are_not_written_to(store: Store, path: Path) -> None:
    session = keep(store, TURNS[:1])
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(QuizbotError, match="newer quizbot"):
        store.append(session, TURNS[1], minute(1))
    assert store.events(session) == as_stored(TURNS[:1])


def test_an_event_of_a_newer_quizbot_is_said_to_be_one(store: Store) -> None:
    session = keep(store, TURNS[:1])
    store._connection.execute(
        "INSERT INTO event (session, number, at, kind, body) VALUES (?, 3, '2030-01-01T00:00:00.000Z', 'sung', '{}')",
        (session,),
    )
    with pytest.raises(QuizbotError, match=r"Event 3 \(“sung”\) of session 1 in .* cannot be read.*update"):
        store.events(session)
    assert len(store.sessions()) == 1


@pytest.mark.parametrize("opening", [Store.open, Store.open_reading])
def test_a_data_folder_that_is_a_file_is_said_to_be_none(tmp_path: Path, opening: Callable[[Path], Store]) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(QuizbotError, match=r"home.*QUIZBOT_HOME"):
        opening(tmp_path / "home" / "records.sqlite3")


@pytest.mark.parametrize("opening", [Store.open, Store.open_reading])
def test_records_that_are_a_folder_are_said_to_be_one(path: Path, opening: Callable[[Path], Store]) -> None:
    path.mkdir(parents=True)
    with pytest.raises(QuizbotError, match=r"records\.sqlite3.*QUIZBOT_HOME"):
        opening(path)


def test_a_protected_folder_can_be_read_but_not_written(path: Path, protected: Protect) -> None:
    with Store.open(path) as store:
        session = keep(store)
    with protected(path.parent) as folder:
        with Store.open_reading(folder / path.name) as store:
            assert store.events(session) == as_stored()
            assert len(store.sessions()) == 1
        with pytest.raises(QuizbotError, match=r"may not be opened or written.*QUIZBOT_HOME"):
            Store.open(folder / path.name)
        with pytest.raises(QuizbotError, match=r"cannot be made.*QUIZBOT_HOME"):
            Store.open(folder / "new" / path.name)
        with pytest.raises(QuizbotError, match=r"may not be opened or written.*QUIZBOT_HOME"):
            Store.open(folder / "new.sqlite3")
        with Store.open_reading(folder / "new.sqlite3") as store:
            assert store.sessions() == ()
        assert [file.name for file in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("with_shared_memory", [True, False])
def test_a_protected_folder_shows_what_a_crash_left_in_the_log(
    path: Path, protected: Protect, with_shared_memory: bool
) -> None:
    """After a crash the newest answers are only in the -wal file; reading must not leave them out."""
    with Store.open(path) as store:
        session = keep(store)
        if not with_shared_memory:
            path.with_name(path.name + "-shm").unlink()
        with protected(path.parent) as folder, Store.open_reading(folder / path.name) as reading:
            assert reading.events(session) == as_stored()


def test_a_copy_for_reading_is_cleared_away(path: Path, protected: Protect) -> None:
    with Store.open(path) as store:
        keep(store)
        path.with_name(path.name + "-shm").unlink()
        with protected(path.parent) as folder:
            connection, after_close = open_to_read(folder / path.name)
            copy = Path(connection.execute("PRAGMA database_list").fetchone()[2])
            assert copy.parent != folder
            connection.close()
            after_close()
            assert not copy.parent.exists()


def test_a_file_that_may_not_be_read_is_said_so(path: Path, protected: Protect) -> None:
    with Store.open(path) as store:
        keep(store)
    with protected(path.parent, mode=0o000) as folder, pytest.raises(QuizbotError, match="may not be opened"):
        Store.open_reading(folder / path.name)


@pytest.mark.parametrize("replaced", [False, True])
def test_records_that_are_moved_while_open_take_no_more_answers(path: Path, replaced: bool) -> None:
    """SQLite would go on writing into the moved file, where nobody would find the answers again."""
    with Store.open(path) as store:
        session = keep(store, TURNS[:1])
        path.rename(path.with_name("moved"))
        if replaced:
            path.touch()
        with pytest.raises(QuizbotError, match=r"was moved, deleted or replaced.*Put it back"):
            store.append(session, TURNS[1], minute(1))
        path.with_name("moved").replace(path)
        store.append(session, TURNS[1], minute(1))
        assert store.events(session) == as_stored(TURNS[:2])


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    for opening in (Store.open, Store.open_reading):
        with pytest.raises(QuizbotError, match=r"the records need 3\.37\.0"):
            opening(path)
