"""The record keeps every turn whole, gives it back as it was, and lists sessions without reading answers."""

from __future__ import annotations

import os
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizbot.errors import QuizbotError
from quizbot.grading.mark import ConceptMark, Mark, Span, State
from quizbot.interview.events import Answered, Asked, Event, Finished, Hinted, Probed, Revealed, Skipped, Started
from quizbot.records.store import Store
from tests.records.conftest import TURNS, answered, as_stored, asked, keep, minute, started


def test_every_kind_of_event_comes_back_as_it_was_kept(store: Store) -> None:
    assert {type(event) for turn in TURNS for event in turn} == set(get_args(Event))
    assert store.events(keep(store)) == as_stored()


def test_what_was_kept_is_there_the_next_day(path: Path) -> None:
    with Store.open(path) as store:
        session = keep(store)
    with Store.open(path) as store:
        assert store.events(session) == as_stored()


def test_moments_come_back_in_utc_whatever_zone_they_were_given_in(store: Store) -> None:
    at = datetime(2025, 6, 1, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    stored = store.events(store.begin(started(), at))
    assert stored[0].at == at
    assert stored[0].at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        store.begin(started(), datetime(2025, 6, 1))
    assert store.sessions() == ()


def test_the_folder_and_file_are_made_for_their_owner_only(path: Path) -> None:
    with Store.open(path) as store:
        keep(store)
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()}
    if os.name == "posix":
        assert set(modes.values()) == {"0o600"}
        assert oct(path.parent.stat().st_mode & 0o777) == "0o700"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_answer_is_written_to_survive_a_power_cut(store: Store) -> None:
    settings = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "journal_mode", "foreign_keys", "busy_timeout")
    }
    assert settings == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}


def test_a_list_shows_the_newest_session_first(store: Store) -> None:
    numbers = [keep(store, TURNS[:turns], first=10 * turns) for turns in (6, 2, 4)]
    rows = store.sessions()
    assert [row.id for row in rows] == numbers[::-1]
    assert [row.started for row in rows] == [minute(40), minute(20), minute(60)]
    assert [row.id for row in store.sessions(limit=2)] == numbers[:0:-1]
    assert store.sessions(limit=0) == ()


def test_a_row_tells_what_a_list_needs(store: Store) -> None:
    keep(store)
    row = store.sessions()[0]
    assert (row.finished, row.reason, row.seed, row.total) == (minute(5), "done", 7, 3)
    assert (row.answered, row.score) == (1, 28)  # 55 after the probe, 0 given up, one skipped: 27.5, half up
    assert row.topics == ("evaluation", "the-job")


def test_a_row_of_a_session_without_an_answer_has_no_score(store: Store) -> None:
    keep(store, TURNS[:1])
    row = store.sessions()[0]
    assert (row.finished, row.reason, row.answered, row.score, row.topics) == (None, None, 0, None, ("evaluation",))


def test_giving_up_on_the_probe_keeps_what_the_answer_earned(store: Store) -> None:
    keep(store, ((started(), asked(1)), (answered(1, 40),), (Skipped(1, given_up=True), Finished("quit"))))
    assert (store.sessions()[0].answered, store.sessions()[0].score) == (1, 40)


def test_no_list_and_no_plan_opens_an_answer(store: Store) -> None:
    """What they need stands in indexes: SQLite itself says that it reads nothing else."""
    keep(store)
    asked_for: list[str] = []
    store._connection.set_trace_callback(asked_for.append)
    store.sessions()
    store.asked_counts()
    store._connection.set_trace_callback(None)
    plans = [
        step[3]
        for statement in asked_for
        if " event " in statement
        for step in store._connection.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
    assert len(plans) == 2
    assert all("COVERING INDEX" in plan for plan in plans), plans


def test_the_latest_unfinished_session_is_found(store: Store) -> None:
    assert store.latest_unfinished() is None
    keep(store)
    assert store.latest_unfinished() is None
    left = keep(store, TURNS[:3])
    keep(store)
    assert store.latest_unfinished() == left


def test_a_plan_learns_how_often_and_when_each_question_was_asked(store: Store) -> None:
    assert store.asked_counts() == {}
    keep(store)
    keep(store, TURNS[:1], first=90)
    assert store.asked_counts() == {"ml/one": (2, minute(90)), "ml/two": (1, minute(3)), "job/three": (1, minute(4))}


def test_a_turn_is_kept_whole_or_not_at_all(store: Store) -> None:
    session = keep(store, TURNS[:1])
    with pytest.raises(QuizbotError):
        store.append(session, [answered(1, 40), answered(1, 101)], minute(1))  # no mark has 101 points
    assert store.events(session) == as_stored(TURNS[:1])
    with pytest.raises(QuizbotError):
        store.begin(started(), minute(2), [answered(1, 101)])
    assert [row.id for row in store.sessions()] == [session]
    store.append(session, TURNS[1], minute(1))
    assert store.events(session) == as_stored(TURNS[:2])


def test_a_turn_without_events_is_no_turn(store: Store) -> None:
    session = keep(store)
    store.append(session, (), minute(9))
    assert store.events(session) == as_stored()


@pytest.mark.parametrize("session", [99, 0, -1, 10**30])
def test_a_session_that_is_not_there_is_said_so(store: Store, session: int) -> None:
    for attempt in (lambda: store.events(session), lambda: store.append(session, [asked(1)], minute(0))):
        with pytest.raises(QuizbotError, match=f"There is no session {session}.*quizbot review"):
            attempt()


def test_nothing_is_added_to_a_finished_session(store: Store) -> None:
    session = keep(store)
    with pytest.raises(QuizbotError, match=f"Session {session} is finished.*quizbot review {session}"):
        store.append(session, [asked(4)], minute(9))
    assert store.events(session) == as_stored()


def test_two_quizbots_keep_two_sessions_turn_by_turn(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as other:
        first, second = one.begin(started(), minute(0)), other.begin(started(seed=8), minute(0))
        for number in range(1, 20):
            one.append(first, [asked(number, "ml/one")], minute(number))
            other.append(second, [asked(number, "ml/two")], minute(number))
        for store in (one, other):
            for session, key in ((first, "ml/one"), (second, "ml/two")):
                keys = [item.event.key for item in store.events(session) if isinstance(item.event, Asked)]
                assert keys == [key] * 19


def test_two_conversations_are_not_woven_into_one_session(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as other:
        session = keep(one, TURNS[:1])
        assert len(other.events(session)) == 2  # the other one resumes it, too
        other.append(session, [answered(1, 70)], minute(1))
        with pytest.raises(QuizbotError, match=f"Session {session} has gone on in another quizbot.*--resume {session}"):
            one.append(session, [answered(1, 20)], minute(2))
        one.events(session)  # resumed anew
        one.append(session, [asked(2)], minute(3))
        assert [item.event.name for item in one.events(session)] == ["started", "asked", "answered", "asked"]


def test_many_threads_may_use_one_store(store: Store) -> None:
    """The app opens the store in a worker thread and keeps answers from another one."""
    problems: list[BaseException] = []

    def practise() -> None:
        try:
            assert store.events(keep(store)) == as_stored()
            store.sessions()
        except BaseException as problem:  # noqa: BLE001 - told below, in the test's own thread
            problems.append(problem)

    threads = [threading.Thread(target=practise) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(store.sessions()) == 8


def test_closing_twice_is_no_error(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()


def test_reading_creates_nothing_where_nothing_is(path: Path) -> None:
    with Store.open_reading(path) as store:
        assert (store.sessions(), store.asked_counts(), store.latest_unfinished()) == ((), {}, None)
        with pytest.raises(QuizbotError, match="There is no session 1"):
            store.events(1)
    assert not path.parent.exists()


def test_reading_a_file_that_is_just_being_set_up_shows_no_session(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with Store.open_reading(path) as store:
        assert store.sessions() == ()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = WAL")
        with Store.open_reading(path) as store:
            assert store.sessions() == ()
    other.close()


def test_reading_sees_what_another_quizbot_keeps_and_leaves_nothing_behind(path: Path) -> None:
    with Store.open(path) as writing, Store.open_reading(path) as reading:
        session = keep(writing)
        assert reading.events(session) == as_stored()
    with Store.open_reading(path) as reading:
        assert reading.events(session) == as_stored()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_store_for_reading_does_not_write(path: Path) -> None:
    with Store.open(path) as store:
        keep(store)
    before = path.read_bytes()
    with Store.open_reading(path) as store, pytest.raises(QuizbotError):
        store.begin(started(), minute(0))
    assert path.read_bytes() == before


texts = st.text(max_size=200)
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)  # ids and topics, from banks
points = st.integers(0, 100)
numbers = st.integers(1, 1000)
spans = st.builds(Span, st.integers(0, 20_000), st.integers(0, 20_000), st.sampled_from(["exact", "typo"]), texts)
shares = st.integers(0, 10_000).map(lambda share: share / 10_000)
concepts = st.builds(
    ConceptMark,
    texts,
    texts,
    st.sampled_from(State),
    st.floats(0, 10),
    shares,
    st.lists(spans, max_size=2).map(tuple),
    texts,
)
marks = st.builds(Mark, points, st.lists(concepts, max_size=2).map(tuple))
happenings = st.one_of(
    st.builds(Asked, numbers, numbers, names, texts, names, texts, texts, texts),
    st.builds(Answered, numbers, texts, marks, points, st.floats(0, 1e6), texts),
    st.builds(Probed, numbers, texts, texts),
    st.builds(Hinted, numbers, texts, texts),
    st.builds(Skipped, numbers, st.booleans()),
    st.builds(Revealed, numbers, texts),
)
beginnings = st.builds(
    Started,
    st.lists(texts, max_size=3).map(tuple),
    st.dictionaries(texts, st.none() | st.integers() | texts, max_size=3),
    st.integers(0, 999_999),
    names,
)


@given(beginnings, st.lists(st.lists(happenings, max_size=4), max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_all_comes_back_as_it_was(store: Store, beginning: Started, turns: list[list[Event]]) -> None:
    session = store.begin(beginning, minute(0))
    for turn in turns:
        store.append(session, turn, minute(1))
    store.append(session, [Finished("quit")], minute(2))
    expected = [beginning, *(event for turn in turns for event in turn), Finished("quit")]
    assert [stored.event for stored in store.events(session)] == expected
    assert store.sessions(limit=1)[0].reason == "quit"
