"""What became of each question whenever it was asked."""

from __future__ import annotations

from quizbot.interview.events import Skipped
from quizbot.records.history import history
from quizbot.records.store import Store
from tests.records.conftest import answered, asked, keep, minute, started


def test_each_time_has_its_points_given_up_is_nothing_and_skipped_does_not_count(store: Store) -> None:
    keep(store)
    past = history(store)
    assert {key: [time.points for time in times] for key, times in past.items()} == {
        "ml/one": [55],
        "ml/two": [0],
        "job/three": [None],
    }


def test_sessions_are_told_apart_and_come_in_order(store: Store) -> None:
    first = store.begin(started(), minute(0), (asked(1), answered(1, 30)))
    second = store.begin(started(), minute(1), (asked(1), answered(1, 40), answered(1, 70)))
    third = store.begin(started(), minute(2), (asked(1), Skipped(1, given_up=False)))
    (times,) = history(store).values()
    assert [(time.session, time.points) for time in times] == [(first, 30), (second, 70), (third, None)]
    assert [time.at for time in times] == [minute(0), minute(1), minute(2)]


def test_without_a_session_there_is_none(store: Store) -> None:
    assert history(store) == {}
