"""A small world that always looks the same: one bank, a fixed clock, a data directory of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizbot import clock
from quizbot.bank import library
from quizbot.interview.plan import Wish
from quizbot.tui.app import QuizApp
from tests.conftest import OVERFIT

SECOND = """
  - id: sources
    level: mid
    kind: faq
    ask: Where do you look for [CLS] and "[/]" when a model is slow?
    concepts:
      - id: profile
        name: measures before changing
        any: [profile|profiler|measure]
        hint: What would you do before you change anything?
        probe: How do you find out which part is slow?
      - id: batch
        name: batches requests
        any: [batch|batching]
    answer: I profile it first, and then batch the requests.
"""


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Shipped banks that are only ours, and a home of our own."""
    banks = tmp_path / "shipped"
    banks.mkdir()
    (banks / "evaluation.yaml").write_text(OVERFIT + SECOND, encoding="utf-8")
    (banks / "vocabulary.yaml").write_text("schema: 1\nsame: [[training, train]]\n", encoding="utf-8")
    monkeypatch.setattr(library, "shipped_folder", lambda: banks)
    monkeypatch.setenv("QUIZBOT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 1, 18, 5, tzinfo=UTC))
    monkeypatch.setattr(clock, "stopwatch", lambda: 0.0)
    monkeypatch.setattr(clock, "fresh_seed", lambda: 5)
    yield tmp_path / "home"
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def home(world: Path) -> QuizApp:
    """The app as it opens."""
    return QuizApp()


@pytest.fixture
def chat(world: Path) -> Callable[[], QuizApp]:
    """The app straight in a session whose first question is the one on overfitting."""
    return lambda: QuizApp(wish=Wish(count=2), seed=5)
