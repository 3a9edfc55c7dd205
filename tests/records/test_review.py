"""A review shows a session as it was then: questions, answers, marks, and the score with its reasons."""

from __future__ import annotations

import pytest

from quizbot.errors import QuizbotError
from quizbot.interview.events import Event, Finished, Skipped, Started
from quizbot.interview.state import fold
from quizbot.records.review import AnswerReview, Outcome, SessionReview, TopicScore, find, review
from quizbot.records.score import mean
from quizbot.records.store import Store
from tests.records.conftest import TURNS, answered, as_stored, asked, keep, mark, minute, started


def reviewed(*events: Event) -> SessionReview:
    return review(1, as_stored((events,)))


def test_a_session_is_reviewed_from_its_beginning_to_its_end() -> None:
    session = review(4, as_stored())
    assert (session.id, session.started, session.finished) == (4, minute(0), minute(5))
    assert (session.reason, session.seed, session.total) == ("done", 7, 3)
    assert [question.number for question in session.questions] == [1, 2, 3]


def test_a_question_is_shown_as_it_was_asked_then() -> None:
    first = review(1, as_stored()).questions[0]
    assert (first.key, first.ask, first.topic) == ("ml/one", "What is ml/one? [/] ☃", "evaluation")
    assert (first.level, first.kind, first.digest) == ("entry", "skill", "digest-1")
    assert (first.hints, first.probe_text, first.model_answer) == (
        ("Think of noise.",),
        "And the curves?",
        "A full answer.",
    )


def test_every_answer_stands_with_its_mark_and_what_it_replied_to() -> None:
    first = review(1, as_stored()).questions[0]
    assert first.answers == (
        AnswerReview("noise, gpa", mark(40), 40, 12.3, ""),
        AnswerReview("a gap", mark(55), 55, 12.3, "gap"),
    )
    assert (first.points, first.outcome) == (55, Outcome.ANSWERED)


def test_what_was_given_up_counts_nothing_and_what_was_skipped_does_not_count() -> None:
    _, second, third = review(1, as_stored()).questions
    assert (second.points, second.outcome) == (0, "given up")
    assert (third.points, third.outcome) == (None, "skipped")
    assert review(1, as_stored()).score == 28


def test_the_score_is_told_by_topic() -> None:
    session = reviewed(
        started(), asked(1, topic="b"), answered(1, 50), asked(2, topic="a"), answered(2, 100),
        asked(3, topic="b"), answered(3, 81), asked(4, topic="c"), Skipped(4, given_up=False),
    )  # fmt: skip
    assert session.by_topic == {"b": TopicScore(2, 66), "a": TopicScore(1, 100)}
    assert list(session.by_topic) == ["b", "a"]  # as they came up
    assert session.score == 77


@pytest.mark.parametrize(
    ("points", "score"),
    [([], None), ([0], 0), ([100], 100), ([1, 2], 2), ([0, 0, 1], 0), ([1, 1, 0], 1), ([27, 28], 28)],
)
def test_a_mean_is_rounded_half_up(points: list[int], score: int | None) -> None:
    assert mean(points) == score


@pytest.mark.parametrize("turns", range(1, len(TURNS) + 1))
def test_the_score_of_a_review_is_that_of_the_conversation_and_of_the_list(store: Store, turns: int) -> None:
    session = keep(store, TURNS[:turns])
    shown = find(store, "last")
    row = store.sessions()[0]
    assert shown.score == fold(stored.event for stored in store.events(session)).score == row.score
    assert (shown.total, shown.finished, shown.reason) == (row.total, row.finished, row.reason)
    assert sum(question.outcome is Outcome.ANSWERED for question in shown.questions) == row.answered
    assert tuple(dict.fromkeys(question.topic for question in shown.questions)) == row.topics


@pytest.mark.parametrize(
    ("turns", "outcomes", "points"),
    [
        (1, ["unanswered"], [None]),
        (2, ["unanswered"], [None]),
        (3, ["answered"], [40]),
        (4, ["answered", "unanswered"], [55, None]),
        (5, ["answered", "given up", "unanswered"], [55, 0, None]),
    ],
)
def test_an_interrupted_session_shows_how_far_it_came(
    turns: int, outcomes: list[str], points: list[int | None]
) -> None:
    session = review(1, as_stored(TURNS[:turns]))
    assert (session.finished, session.reason) == (None, None)
    assert [question.outcome for question in session.questions] == outcomes
    assert [question.points for question in session.questions] == points


def test_a_session_that_was_left_before_its_first_question_has_no_score() -> None:
    session = reviewed(started(), Finished("quit"))
    assert (session.questions, session.score, session.by_topic, session.reason) == ((), None, {}, "quit")


def test_a_question_given_up_after_an_answer_keeps_its_points() -> None:
    session = reviewed(started(), asked(1), answered(1, 40), Skipped(1, given_up=True))
    assert (session.questions[0].outcome, session.questions[0].points) == (Outcome.ANSWERED, 40)


def test_a_record_that_is_no_session_is_said_so() -> None:
    with pytest.raises(QuizbotError, match="question 2 was never asked"):
        reviewed(started(), asked(1), answered(2, 40))
    with pytest.raises(QuizbotError, match="it has no beginning"):
        reviewed(asked(1))


def test_a_session_is_found_by_its_number_and_the_newest_as_last(store: Store) -> None:
    first, second = keep(store), keep(store, ((started(seed=8), asked(1)),))
    assert find(store, str(first)) == review(first, store.events(first))
    assert find(store, f" {second} ").seed == 8
    assert find(store, "last").id == second


def test_without_a_session_the_way_to_one_is_told(store: Store) -> None:
    for name in ("last", "1", "what?"):
        with pytest.raises(QuizbotError, match=r"There is no session yet\. .*quizbot practice"):
            find(store, name)


@pytest.mark.parametrize("name", ["what?", "", "-1", "1.5", "²", "٣", "LAST", "9" * 19, "9" * 5000])
def test_a_name_of_no_session_is_answered_with_what_names_one(store: Store, name: str) -> None:
    keep(store)
    with pytest.raises(QuizbotError, match=r"names no session.*number, or “last”"):
        find(store, name)


@pytest.mark.parametrize("name", ["2", "0", "9" * 18])
def test_a_number_of_no_session_is_answered_with_where_they_are_listed(store: Store, name: str) -> None:
    keep(store)
    with pytest.raises(QuizbotError, match=f"There is no session {name}.*quizbot review"):
        find(store, name)


def test_a_plan_of_no_question_is_reviewed_too() -> None:
    assert reviewed(Started((), {}, 1, "0.1.0")).total == 0
