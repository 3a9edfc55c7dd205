"""Suggested keywords catch what was said in other words, and break nothing."""

from __future__ import annotations

from quizbot.authoring.suggest import Missed, missed, suggest
from quizbot.bank.model import Question
from quizbot.grading.grade import grade
from tests.conftest import OVERFIT, load

SAID = "It parrots the training examples. The gap between train and validation grows; I would use dropout and early stopping."
QUESTION = load(OVERFIT + f"    also:\n      - {SAID}\n").questions[0]
OTHER = load(
    OVERFIT.replace("ml-evaluation", "other").replace("It memorises noise in", "It parrots examples of")
).questions[0]


def keywords(question: Question, others: tuple[Question, ...] = ()) -> list[str]:
    return [found.keyword for found in suggest(question, missed(question), others)]


def test_a_concept_that_a_good_answer_misses_gets_a_keyword_that_earns_it() -> None:
    assert list(missed(QUESTION)) == [Missed(SAID, "definition")]
    found = list(suggest(QUESTION, missed(QUESTION), ()))
    assert "parrots training" in [item.keyword for item in found]
    assert all(item.after > item.before == grade(QUESTION, SAID).points for item in found)


def test_nothing_is_proposed_that_an_answer_to_another_question_says() -> None:
    assert "parrots examples" in keywords(QUESTION)
    assert "parrots examples" not in keywords(QUESTION, (OTHER,))


def test_nothing_is_proposed_that_breaks_an_example() -> None:
    text = OVERFIT + f"    also:\n      - {SAID}\n"
    example = '      - {say: "a parrot in training", mark: [0, 10], misses: [definition]}\n'
    strict = load(text.replace("    examples:\n", f"    examples:\n{example}")).questions[0]
    assert "parrots training" not in keywords(strict)


def test_somebody_who_said_it_may_ask_for_a_keyword() -> None:
    found = list(suggest(QUESTION, [Missed("it hugs every quirk of the sample", "definition")], ()))
    assert [item.concept for item in found][:1] == ["definition"]
    assert list(suggest(QUESTION, [Missed("anything", "no-such-concept")], ())) == []
