"""Pictures of every screen. When one changes, look at the report and ask whether it is better; then --snapshot-update."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from quizbot.tui.app import QuizApp
from tests.tui.driving import ready, say

Chat = Callable[[], QuizApp]
Compare = Callable[..., bool]

ANSWER = "The gap between train and validation grows; I'd use dropuot and early stopping."


async def marked(pilot: Pilot[Any]) -> None:
    await ready(pilot)
    await say(pilot, ANSWER)


async def over(pilot: Pilot[Any]) -> None:
    await marked(pilot)
    await say(pilot, "it memorises noise in the training set")
    await say(pilot, "training error is high and validation error is low")
    await say(pilot, "skip")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=["80x24", "120x40", "40x12"])
def test_home(snap_compare: Compare, home: QuizApp, size: tuple[int, int]) -> None:
    """The question, four choices, Start in focus, how many questions fit, all inside the window."""
    assert snap_compare(home, terminal_size=size, run_before=ready)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=["80x24", "120x40", "40x12"])
def test_a_marked_answer(snap_compare: Compare, chat: Chat, size: tuple[int, int]) -> None:
    """Earned words underlined in the answer, points with a bar, a line a concept, the probe last, the box empty."""
    assert snap_compare(chat(), terminal_size=size, run_before=marked)


def test_a_marked_answer_in_light_colours(snap_compare: Compare, chat: Chat) -> None:
    """As the dark one; everything is as readable."""

    async def light(pilot: Pilot[Any]) -> None:
        await marked(pilot)
        await pilot.press("f8")
        await pilot.pause()

    assert snap_compare(chat(), terminal_size=(80, 24), run_before=light)


def test_summary(snap_compare: Compare, chat: Chat) -> None:
    """The score with a bar, topics with bars, each question with its points."""

    async def summed_up(pilot: Pilot[Any]) -> None:
        await over(pilot)
        await pilot.press("enter")
        await pilot.pause()

    assert snap_compare(chat(), terminal_size=(80, 24), run_before=summed_up)


def test_review(snap_compare: Compare, chat: Chat) -> None:
    """The session from its beginning, the answer with its marked words, as it was."""

    async def reviewed(pilot: Pilot[Any]) -> None:
        await over(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()

    assert snap_compare(chat(), terminal_size=(80, 24), run_before=reviewed)


def test_sessions(snap_compare: Compare, chat: Chat) -> None:
    """A line a session: number, when, score, how much was answered, topics."""

    async def listed(pilot: Pilot[Any]) -> None:
        await over(pilot)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()

    assert snap_compare(chat(), terminal_size=(80, 24), run_before=listed)


def test_help(snap_compare: Compare, home: QuizApp) -> None:
    """What can be said and pressed, in two columns that nothing breaks."""

    async def helped(pilot: Pilot[Any]) -> None:
        await ready(pilot)
        await pilot.press("f1")
        await pilot.pause()

    assert snap_compare(home, terminal_size=(80, 24), run_before=helped)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=["80x24", "40x12"])
def test_why(snap_compare: Compare, chat: Chat, size: tuple[int, int]) -> None:
    """The answer with its marked words, a sign and a name a concept, under it keywords with their reasons."""

    async def explained(pilot: Pilot[Any]) -> None:
        await marked(pilot)
        await pilot.press("f5")
        await pilot.pause()

    assert snap_compare(chat(), terminal_size=size, run_before=explained)
