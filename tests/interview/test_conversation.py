"""The interviewer asks, marks, asks once after what is missing, shows a full answer, and goes on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quizbot.bank.model import Question
from quizbot.errors import QuizbotError
from quizbot.interview.conversation import Conversation, Notice, Said, begin
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
from quizbot.interview.plan import Wish
from quizbot.interview.state import fold
from quizbot.text import MAX_ANSWER
from tests.conftest import OVERFIT, load

FULL = (
    "It memorises noise in the training set; the gap between train and validation grows; use dropout and early stopping"
)


class Kept(list[Event]):
    """A record in memory that can be made to fail, as a full disk would."""

    full = False

    def __call__(self, events: Sequence[Event]) -> None:
        if self.full:
            raise QuizbotError("The disk is full.")
        self.extend(events)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def questions() -> dict[str, Question]:
    first = load(OVERFIT).questions[0]
    second = load(OVERFIT.replace("overfit-define", "again")).questions[0]
    return {first.key: first, second.key: second}


@pytest.fixture
def talk(questions: dict[str, Question], kept: Kept) -> Conversation:
    conversation = Conversation(questions, kept)
    conversation.start(begin(list(questions.values()), Wish(count=2), seed=7))
    return conversation


def kinds(said: Sequence[Said]) -> list[str]:
    return [item.name if not isinstance(item, Notice) else "notice" for item in said]


def test_a_session_begins_with_its_first_question(questions: dict[str, Question], kept: Kept) -> None:
    said = Conversation(questions, kept).start(begin(list(questions.values()), Wish(count=2), seed=7))
    assert kinds(said) == ["started", "asked"]
    assert isinstance(said[1], Asked)
    assert (said[1].number, said[1].total, said[1].topic, said[1].level) == (1, 2, "evaluation", "entry")


def test_a_full_answer_is_marked_and_the_next_question_follows(talk: Conversation) -> None:
    said = talk.hear(FULL, seconds=12.34)
    assert kinds(said) == ["answered", "revealed", "asked"]
    assert isinstance(said[0], Answered)
    assert (said[0].points, said[0].seconds) == (100, 12.3)


def test_what_is_missing_is_asked_after_once_and_counts_three_quarters(talk: Conversation) -> None:
    said = talk.hear("the gap between train and validation grows; I'd use dropout and early stopping")
    assert kinds(said) == ["answered", "probed"]
    assert isinstance(said[1], Probed)
    assert (said[1].concept, said[1].text) == (
        "definition",
        "What exactly has the model learned that it should not have?",
    )
    said = talk.hear("noise of the training set, it memorised it")
    assert kinds(said) == ["answered", "revealed", "asked"]
    assert isinstance(said[0], Answered)
    assert (said[0].probe, said[0].points) == ("definition", 92)


def test_the_most_valuable_missing_concept_is_the_one_asked_after(talk: Conversation) -> None:
    said = talk.hear("it memorises noise, and dropout helps")  # symptom is missing whole, the remedies half
    assert isinstance(said[1], Probed)
    assert said[1].concept == "symptom"


def test_a_misconception_in_the_reply_to_a_probe_costs(talk: Conversation) -> None:
    talk.hear("use dropout and early stopping; it memorises noise")
    said = talk.hear("training error is high and validation error is low")
    assert isinstance(said[0], Answered)
    assert said[0].points == 67 - 33


def test_a_hinted_concept_counts_three_quarters(talk: Conversation) -> None:
    said = talk.hear("hint")
    assert kinds(said) == ["hinted"]
    assert isinstance(said[0], Hinted)
    assert said[0].concept == "definition"
    answered = talk.hear(FULL)[0]
    assert isinstance(answered, Answered)
    assert (answered.mark.points, answered.points) == (100, 92)


def test_hints_run_out_with_a_word(talk: Conversation) -> None:
    talk.hear("hint")
    talk.hear("another hint please")
    assert kinds(talk.hear("hint")) == ["notice"]


def test_not_knowing_gets_a_hint_first_and_then_the_answer_for_nothing(talk: Conversation) -> None:
    assert kinds(talk.hear("I don't know")) == ["notice", "hinted"]
    assert kinds(talk.hear("idk")) == ["skipped", "revealed", "asked"]
    assert talk.state.scores == (0,)


def test_a_skipped_question_is_not_counted(talk: Conversation) -> None:
    said = talk.hear("skip")
    assert kinds(said) == ["skipped", "revealed", "asked"]
    assert isinstance(said[0], Skipped)
    assert talk.state.scores == ()


def test_skipping_a_probe_keeps_the_points(talk: Conversation) -> None:
    talk.hear("use dropout and early stopping")
    assert kinds(talk.hear("skip")) == ["revealed", "asked"]
    assert talk.state.scores == (33,)


def test_repeat_says_the_question_and_the_probe_again_and_keeps_nothing(talk: Conversation, kept: Kept) -> None:
    talk.hear("use dropout and early stopping")
    before = len(kept)
    assert kinds(talk.hear("say that again?")) == ["asked", "probed"]
    assert len(kept) == before


def test_an_answer_that_holds_a_command_word_is_an_answer(talk: Conversation) -> None:
    assert kinds(talk.hear("skip connections and early stopping help"))[0] == "answered"


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x1b[31m"])
def test_an_empty_answer_is_answered_with_a_word_and_not_marked(talk: Conversation, kept: Kept, text: str) -> None:
    before = len(kept)
    assert kinds(talk.hear(text)) == ["notice"]
    assert len(kept) == before


def test_an_answer_of_a_megabyte_is_capped_with_a_word(talk: Conversation) -> None:
    said = talk.hear("dropout and early stopping " * 40_000)
    answered, notice = said[0], said[1]
    assert isinstance(answered, Answered)
    assert len(answered.text) <= MAX_ANSWER
    assert isinstance(notice, Notice)
    assert f"{MAX_ANSWER:,}" in notice.text


def test_the_last_answer_finishes_the_session(talk: Conversation) -> None:
    talk.hear(FULL)
    assert kinds(talk.hear(FULL)) == ["answered", "revealed", "finished"]
    assert talk.finished
    assert talk.state.score == 100
    assert kinds(talk.hear("more")) == ["notice"]


def test_quit_ends_in_good_order_and_twice_is_no_error(talk: Conversation) -> None:
    said = talk.hear("quit")
    assert isinstance(said[0], Finished)
    assert said[0].reason == "quit"
    assert talk.leave() == ()


def test_a_turn_that_cannot_be_stored_changes_nothing_and_can_be_sent_again(talk: Conversation, kept: Kept) -> None:
    kept.full = True
    before, state = len(kept), talk.state
    with pytest.raises(QuizbotError):
        talk.hear(FULL)
    assert (len(kept), talk.state) == (before, state)
    kept.full = False
    assert kinds(talk.hear(FULL)) == ["answered", "revealed", "asked"]


@pytest.mark.parametrize("said", [[], ["hint"], ["use dropout and early stopping"], [FULL], [FULL, "hint", "dropout"]])
def test_an_interrupted_session_resumes_exactly_where_it_was(
    questions: dict[str, Question], talk: Conversation, kept: Kept, said: list[str]
) -> None:
    for text in said:
        talk.hear(text)
    again = Conversation(questions, kept, fold(kept))
    assert again.state == talk.state
    assert again.hear(FULL) == talk.hear(FULL)


def test_resuming_says_the_question_again(questions: dict[str, Question], talk: Conversation, kept: Kept) -> None:
    assert kinds(Conversation(questions, kept, fold(kept)).resume()) == ["asked"]


def test_a_question_that_went_away_is_left_out_with_a_word(questions: dict[str, Question], kept: Kept) -> None:
    started = begin(list(questions.values()), Wish(count=2), seed=7)
    questions.pop(started.questions[0])
    said = Conversation(questions, kept).start(started)
    assert kinds(said) == ["started", "notice", "asked"]
    assert isinstance(said[2], Asked)
    assert said[2].number == 2


def test_repeating_the_hint_earns_nothing(questions: dict[str, Question], talk: Conversation) -> None:
    talk.hear("hint")
    answered = talk.hear("Think about what happens on the training set.")[0]
    assert isinstance(answered, Answered)
    assert answered.points == 0


def test_events_are_started_once(kept: Kept, talk: Conversation) -> None:
    talk.hear(FULL)
    assert sum(isinstance(event, Started) for event in kept) == 1
    assert sum(isinstance(event, Revealed) for event in kept) == 1
