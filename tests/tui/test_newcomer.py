"""From nothing to one's own questions in the app: `bank new`, `bank add`, and there they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizbot.cli import run
from quizbot.errors import Exit
from quizbot.tui.app import QuizApp
from quizbot.tui.screens.home import HomeScreen
from tests.tui.driving import ready, say, shown


async def test_a_new_bank_is_asked_in_the_app_three_commands_later(
    home: QuizApp, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["new", "llm-serving"], ["check", "llm-serving.yaml"], ["add", "llm-serving.yaml"]):
        assert run(["bank", *command]) == Exit.OK
    async with home.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screen = home.screen
        assert isinstance(screen, HomeScreen)
        screen.topic.value = "llm-serving"
        await pilot.pause()
        await pilot.click("#start")
        await pilot.pause()
        assert "Question 1 of 3" in shown(home)
        assert "llm serving" in shown(home)
        await say(pilot, "I would profile it, cache answers and batch requests; split the data first")
        assert "/100" in shown(home)
