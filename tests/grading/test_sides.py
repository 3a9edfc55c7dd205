"""Comparisons: what is said of one side is not earned when an answer says it of the other."""

from __future__ import annotations

import pytest

from quizbot.grading.grade import grade
from tests.conftest import load

QUESTION = load(
    """
    schema: 1
    bank: b
    title: B
    topic: t
    vocabulary:
      apart: [[l1, l2], [precision, recall]]
      same: [[l1, lasso], [l2, ridge]]
    questions:
      - id: norms
        ask: How do L1 and L2 regularisation differ?
        concepts:
          - {id: zero, name: exact zeros, any: [exactly zero, sparse]}
          - {id: shrink, name: shrinks all, any: [shrink weights|all]}
          - {id: both, name: both fight overfitting, any: [overfitting]}
        answer: L1 sets weights to exactly zero. L2 shrinks all weights. Either fights overfitting.
        also:
          - Lasso gives sparse models, ridge shrinks weights; overfitting is what they fight
        examples:
          - {say: "L1 makes it sparse; L2 shrinks all of them. Less overfitting.", mark: 100}
    """
).questions[0]


def states(said: str) -> list[bool]:
    return [concept.share == 1 for concept in grade(QUESTION, said).concepts]


@pytest.mark.parametrize(
    ("said", "earned"),
    [
        ("L1 gives exactly zero, L2 shrinks all", [True, True, False]),
        ("L2 gives exactly zero, L1 shrinks all", [False, False, False]),
        ("ridge is sparse and lasso shrinks weights", [False, False, False]),
        ("the weights are sparse with lasso", [True, False, False]),
        ("one makes it sparse, the other shrinks all", [True, True, False]),  # no side is named
        ("L2: shrinks all weights. L1: they are exactly zero.", [True, True, False]),
        ("L2 makes weights exactly zero and L1 shrinks them", [False, False, False]),
        ("L2 fights overfitting", [False, False, True]),  # good answers don't say it of a side
        (
            "L1 and L2 fight overfitting. L1 adds absolute values, so some weights end at exactly zero.",
            [True, False, True],
        ),
    ],
)
def test_a_concept_belongs_to_its_side(said: str, earned: list[bool]) -> None:
    assert states(said) == earned


PREFIXED = load(
    """
    schema: 1
    bank: b
    title: B
    topic: t
    questions:
      - id: q
        ask: How do parametric and nonparametric models differ?
        concepts:
          - {id: fixed, name: fixed form, any: [fixed form|number]}
          - {id: grows, name: grows with the data, any: [grows data]}
        answer: A parametric model has a fixed form. A nonparametric model grows with the data.
        also: ["Parametric: fixed number of parameters; nonparametric: it grows with the data."]
    """
).questions[0]


@pytest.mark.parametrize("name", ["Nonparametric", "Non-parametric", "non parametric"])
def test_a_side_may_be_written_with_a_hyphen(name: str) -> None:
    said = f"{name} models grow with the data, parametric models have a fixed form"
    assert [concept.share for concept in grade(PREFIXED, said).concepts] == [1, 1]
    swapped = f"{name} models have a fixed form, parametric models grow with the data"
    assert [concept.share for concept in grade(PREFIXED, swapped).concepts] == [0, 0]


def test_the_other_side_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from quizbot.grading.explain import explain, lines

    assert any("said of l2; good answers say it of l1" in line for line in lines(explain(QUESTION, "L2 is sparse")))


JOINED = load(
    """
    schema: 1
    bank: b
    title: B
    topic: t
    vocabulary:
      apart: [[blue, green]]
    questions:
      - id: release
        ask: What makes a blue-green release reversible?
        concepts:
          - {id: switch, name: traffic is switched, any: [switch traffic]}
          - {id: standby, name: the blue one stands by, any: [keep|stays running|warm]}
        answer: Traffic is switched to green, and blue stays warm.
        also: [switch the traffic over to green while blue keeps running]
    """
).questions[0]


def test_two_names_of_one_thing_are_not_compared_by_what_good_answers_happen_to_say_of_them() -> None:
    mark = grade(JOINED, "traffic is switched away from blue, which stays warm")
    assert [concept.share for concept in mark.concepts] == [1, 1]


def test_but_a_concept_that_is_named_after_one_of_them_is_about_it() -> None:
    assert grade(JOINED, "green stays warm").concepts[1].share == 0


PARADIGMS = load(
    """
    schema: 1
    bank: b
    title: B
    topic: t
    vocabulary:
      apart: [[supervised, unsupervised, reinforcement]]
      same: [[reinforcement learning, rl]]
    questions:
      - id: paradigms
        ask: What does each of supervised, unsupervised and reinforcement learning learn from?
        concepts:
          - {id: labels, name: "supervised: labels", any: [labels]}
          - {id: reward, name: "reinforcement: rewards", any: [reward]}
        answer: Supervised learning uses labels. Reinforcement learning uses rewards.
        also: [supervised - labels. unsupervised - clusters. rl = rewards]
    """
).questions[0]


def test_a_side_is_also_named_by_the_abbreviation_of_its_term() -> None:
    assert grade(PARADIGMS, "supervised: labels, unsupervised: structure, rl: rewards").points == 100
    assert grade(PARADIGMS, "supervised learns from rewards, reinforcement learning from labels").points == 0
