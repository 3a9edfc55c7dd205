"""Why an answer got its mark: from the chat and from a review, word by word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from quizbot.bank import library
from quizbot.tui.app import QuizApp
from quizbot.tui.screens.review import ReviewScreen
from quizbot.tui.screens.why import WhyScreen
from tests.conftest import OVERFIT
from tests.tui.driving import ready, say

Chat = Callable[[], QuizApp]


def page(app: QuizApp) -> str:
    assert isinstance(app.screen, WhyScreen)
    return str(app.screen.query_one("#text", Static).visual)


async def test_f5_explains_the_last_answer_and_p_the_one_before(chat: Chat) -> None:
    app = chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "It doesn't learn noise; I'd use droput and early stopping")
        await say(pilot, "it memorises the noise")
        await pilot.press("f5")
        await pilot.pause()
        assert "it memorises the noise" in page(app)
        await pilot.press("p")
        await pilot.pause()
        said = page(app)
        assert "fits the noise of the training data: denied" in said
        assert "denied by “doesn't”" in said
        assert "“droput” for dropout (misspelt)" in said
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, WhyScreen)


async def test_before_the_first_answer_there_is_nothing_to_explain(chat: Chat) -> None:
    app = chat()
    async with app.run_test(notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("f5")
        await pilot.pause()
        assert not isinstance(app.screen, WhyScreen)


async def test_a_review_explains_too_and_says_when_the_question_is_gone(
    chat: Chat, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "I'd use dropout")
    again = QuizApp()
    async with again.run_test() as pilot:
        await ready(pilot)
        await again.push_screen(ReviewScreen(1))
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        assert "found: “dropout”" in page(again)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "other.yaml").write_text(OVERFIT.replace("ml-evaluation", "other"), encoding="utf-8")
    monkeypatch.setattr(library, "shipped_folder", lambda: tmp_path / "other")
    third = QuizApp()
    async with third.run_test() as pilot:
        await ready(pilot)
        await third.push_screen(ReviewScreen(1))
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        assert "no longer in your banks" in page(third)
