"""What many tests need: a home of their own, and questions written as people write them, in YAML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from quizbot.bank.load import load_bank
from quizbot.bank.model import Bank, Question, Vocabulary

OVERFIT = """
schema: 1
bank: ml-evaluation
title: Model evaluation
topic: evaluation
vocabulary:
  same: [[validation set, held-out data, unseen data]]
  apart: [[overfitting, underfitting], [precision, recall], [high, low]]
questions:
  - id: overfit-define
    kind: skill
    level: entry
    ask: What is overfitting, how would you notice it, and how would you reduce it?
    concepts:
      - id: definition
        name: fits the noise of the training data
        worth: 2
        any:
          - memorizes|learns|fits noise|training_set|training_examples
          - high variance
        hint: Think about what happens on the training set.
        probe: What exactly has the model learned that it should not have?
      - id: symptom
        name: training error low, validation error high
        worth: 2
        any:
          - [low|small|falling training error|loss, high|large|rising validation|test error|loss]
          - gap train|training validation|test
          - does not generalize
        hint: Compare two curves.
        probe: What would you see in the curves?
      - id: remedies
        name: at least two remedies
        worth: 2
        at_least: 2
        of: [regularization, weight decay, dropout, early stopping, more data, augmentation, simpler model]
        probe: And what would you do about it?
    misconceptions:
      - id: swapped
        any: [[high training error, low validation error]]
        costs: 2
        say: That is the wrong way round.
    answer: >
      It memorises noise in the training set, so the training error is low while the validation error is high.
      Regularization, dropout and early stopping reduce it.
    examples:
      - say: It memorises noise in the training set; the gap between train and validation grows; use dropout and early stopping
        mark: 100
      - say: training error is high and validation error is low
        mark: 0
        hits: [swapped]
      - say: fails to generalise to unseen data
        mark: [25, 45]
        earns: [symptom]
        misses: [definition, remedies]
"""
"""The example of the schema: what the grader must be right on before anything else."""


def load(text: str, shared: Vocabulary | None = None) -> Bank:
    """Return the bank written in `text`, which must be without problems."""
    loaded = load_bank(dedent(text).encode(), "test.yaml", "file", shared or Vocabulary())
    assert loaded.bank is not None, loaded.problems
    assert not loaded.problems, [str(problem) for problem in loaded.problems]
    return loaded.bank


@pytest.fixture
def overfit() -> Question:
    """The question of the schema's own example."""
    return load(OVERFIT).questions[0]


@pytest.fixture
def asking() -> Callable[..., Question]:
    """Make a question with one concept from keyword lines: `asking("- high bias", "- low variance")`."""

    def make(*keywords: str, ask: str = "Explain it.", vocabulary: str = "{}") -> Question:
        lines = "\n".join(f"          {keyword}" for keyword in keywords)
        text = (
            f"schema: 1\nbank: test\ntitle: Test\ntopic: test\nvocabulary: {vocabulary}\nquestions:\n  - id: one\n"
            f"    ask: {ask}\n    answer: Anything.\n    concepts:\n      - id: it\n        name: it\n        any:\n{lines}\n"
        )
        return load(text).questions[0]

    return make


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory for this test alone."""
    monkeypatch.setenv("QUIZBOT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
