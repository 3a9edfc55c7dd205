"""What an answer denies, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizbot.bank.model import Question
from quizbot.grading.grade import grade
from quizbot.grading.mark import State
from quizbot.grading.words import read
from tests.conftest import load

Asking = Callable[..., Question]


@pytest.mark.parametrize(
    ("keyword", "said", "fits"),
    [
        ("reduces variance", "it does not reduce the variance", False),
        ("reduces variance", "it never reduces variance", False),
        ("reduces variance", "it fails to reduce variance", False),
        ("reduces variance", "it cannot reduce the variance", False),
        ("reduces variance", "it can’t reduce the variance", False),
        ("reduces variance", "it doesn't fail to reduce variance", True),
        ("reduces variance", "it not only reduces variance", True),
        ("reduces variance", "it is not just that it reduces variance", True),
        ("reduces variance", "no doubt it reduces variance", True),
        ("reduces variance", "it reduces variance, not bias", True),
        ("reduces variance", "not bias, it reduces variance", True),
        ("reduces variance", "it reduces bias rather than variance", False),
        ("reduces variance", "instead of bias it reduces variance", True),
        ("reduces variance", "that it reduces variance is not wrong", True),
        ("reduces variance", "it is wrong that it reduces variance", False),
        ("reduces variance", "it reduces the variance. That is not the case for bias.", True),
        ("reduces variance", "it is not then used to reduce variance", False),
        ("reduces variance", "it is not small, so it reduces variance", True),
        ("rare cases", "it fails on rare cases", True),
        ("rare cases", "it fails to see rare cases", False),
        ("rare cases", "it failed in production with rare cases", True),
        (
            "test justifies cost",
            "we compare the two of them in a first and long A/B test that justifies the cost",
            True,
        ),
        ("told team", "I say what went wrong, that I told the team, and what I learned", True),
        ("opaque model", "they lack statistics and the model is opaque to them", True),
        ("three folds", "no less than three folds", True),
        ("three folds", "no more than three folds", True),
        ("separated", "data which is not linearly separable can be separated in more dimensions", True),
        ("yesterday value", "comparing it with the value of yesterday is meaningless", False),
        ("yesterday value", "comparing it with the value of yesterday is not irrelevant", True),
        ("accuracy useless", "accuracy is useless here", True),
        ("remove weights", "it removes unimportant weights", True),
        ("unit tests", "unit tests are not really necessary", False),
        ("unit tests", "if unit tests are not needed, something is odd", True),
        ("recall counts", "accuracy is irrelevant and recall counts", True),
        ("no labels", "labels are not required", True),
        ("order", "the order doesn't matter", False),
        ("reduces variance", "it rarely reduces the variance", False),
        ("assume independence", "they assume independence, which is rarely true", True),
        ("past project", "they talk about a past project that went wrong", True),
        ("reduces variance", "it reduces variance, which is wrong", False),
        ("convex networks", "linear models are convex, networks aren't", False),
        ("convex linear", "linear models are convex, networks aren't", True),
        ("networks local", "convolutional networks are local, transformers are not.", True),
        ("transformers local", "convolutional networks are local, transformers are not.", False),
        ("why missing", "why values are missing makes no difference", False),
        ("difference", "that makes a difference", True),
        ("not best", "no method is best across all of them", True),
        ("best", "no method is best across all of them", False),
        ("expert_system", "AI also covers expert systems whose rules never learn anything", True),
        ("expert_system", "AI also covers expert systems with rules that never learn anything", True),
        ("generalize", "it prevents the network from generalising", False),
        ("overfitting", "dropout prevents overfitting", True),
        ("does not overfit", "dropout avoids overfitting", True),
        ("shuffle data", "if you do not shuffle the data, the batches are alike", True),
        ("validation set", "without a validation set, you tune blindly", True),
        ("labels", "it learns without labels", False),
        ("learning_rate diverges", "if the learning rate is high, it diverges", True),
    ],
)
def test_local_negation_and_its_traps(asking: Asking, keyword: str, said: str, fits: bool) -> None:
    question = asking(f"- {keyword}", vocabulary="{apart: [[bias, variance]]}")
    assert (grade(question, said).concepts[0].share == 1) is fits


REMEDIES = load(
    """
    schema: 1
    bank: b
    title: B
    topic: t
    questions:
      - id: q
        ask: What helps?
        concepts:
          - {id: dropout, name: dropout, any: [dropout]}
          - {id: relu, name: relu, any: [relu]}
        answer: Dropout reduces overfitting, and a ReLU lets the gradient through.
    """
).questions[0]


@pytest.mark.parametrize(
    ("said", "concept", "state"),
    [
        ("dropout reduces overfitting", 0, State.EARNED),
        ("dropout does not reduce overfitting", 0, State.DENIED),  # good answers affirm what is denied here
        ("dropout will never reduce overfitting", 0, State.DENIED),
        ("dropout doesn't slow training down", 0, State.EARNED),  # nothing against dropout
        ("a ReLU does not saturate", 1, State.EARNED),
        ("a ReLU does not let the gradient through", 1, State.DENIED),
        ("dropout helps, but a ReLU does not let the gradient through", 0, State.EARNED),
        ("it is not true that dropout reduces overfitting", 0, State.DENIED),
        ("dropout reduces overfitting, which is wrong", 0, State.DENIED),
        ("it is not the case that dropout does not reduce overfitting", 0, State.EARNED),
    ],
)
def test_a_denied_verb_reaches_its_subject_where_it_contradicts_good_answers(
    said: str, concept: int, state: State
) -> None:
    assert grade(REMEDIES, said).concepts[concept].state is state


def test_a_denied_statement_is_no_negated_mention(asking: Asking) -> None:
    question = asking("- does not generalize")
    assert grade(question, "it does not generalise").points == 100
    assert grade(question, "it is not true that it does not generalise").points == 0
    assert grade(question, "it is not true that it generalises").points == 0, "said of nothing in particular"


FROM_ANSWER = load(
    """
    schema: 1
    bank: b
    title: B
    topic: t
    questions:
      - id: affirms
        ask: What does dropout do?
        answer: Dropout reduces overfitting because it switches random neurons off.
      - id: denies
        ask: What is wrong with accuracy here?
        answer: Accuracy does not show how rare classes are treated.
    """
).questions


def test_a_contradicted_model_answer_earns_less() -> None:
    affirms, denies = FROM_ANSWER
    said = "dropout reduces overfitting because it switches neurons off"
    assert grade(affirms, said).points > 80
    assert grade(affirms, said.replace("reduces", "does not reduce")).points < grade(affirms, said).points - 30
    assert grade(affirms, f"It is not true that {said}").points < 20
    assert grade(denies, "accuracy does not show rare classes").points > 60


def test_wrapped_lines_are_one_sentence_and_lists_are_not() -> None:
    wrapped = "the training error is low because the network has learned the noise of the\ntraining set by heart"
    places = read(wrapped).places
    assert places[-1] - places[0] < 30
    listed = read("low bias\nhigh variance").places
    assert listed[2] - listed[1] > 100
