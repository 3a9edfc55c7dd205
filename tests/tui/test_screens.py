"""Home, summary, review and help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quizbot.tui.app import QuizApp
from quizbot.tui.screens.chat import ChatScreen
from quizbot.tui.screens.help import HelpScreen
from quizbot.tui.screens.home import HomeScreen
from quizbot.tui.screens.review import ReviewScreen
from quizbot.tui.screens.sessions import SessionsScreen
from quizbot.tui.screens.summary import SummaryScreen
from tests.tui.driving import ready, say, shown, text_of

Chat = Callable[[], QuizApp]


async def test_enter_starts_at_once(home: QuizApp) -> None:
    async with home.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert text_of(home, "#fits") == "2 questions to choose from"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(home.screen, ChatScreen)


async def test_filters_say_how_many_fit_and_nothing_cannot_be_started(home: QuizApp) -> None:
    async with home.run_test() as pilot:
        await ready(pilot)
        screen = home.screen
        assert isinstance(screen, HomeScreen)
        screen.level.value = "entry"
        await pilot.pause()
        assert text_of(home, "#fits") == "1 question to choose from"
        screen.kind.value = "faq"
        await pilot.pause()
        assert "No question fits" in text_of(home, "#fits")
        assert screen.start_button.disabled


async def test_a_broken_bank_is_told_with_its_place_and_the_others_are_used(home: QuizApp, world: Path) -> None:
    banks = world / "banks"
    banks.mkdir(parents=True)
    (banks / "broken.yaml").write_text("schema: 1\nbank: [", encoding="utf-8")
    async with home.run_test() as pilot:
        await ready(pilot)
        assert "broken.yaml:" in text_of(home, "#problems")
        assert text_of(home, "#fits") == "2 questions to choose from"


async def test_without_any_bank_it_says_what_to_do(home: QuizApp, world: Path) -> None:
    (world.parent / "shipped" / "evaluation.yaml").unlink()
    async with home.run_test() as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if text_of(home, "#problems"):
                break
        assert "quizbot bank add" in text_of(home, "#problems")


async def test_summary_review_and_back_home(chat: Chat) -> None:
    app = chat()
    async with app.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "dropout and early stopping, since it learns the noise")
        await say(pilot, "skip")
        await say(pilot, "skip")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "67/100 over 1 question" in text_of(app, "#summary")
        assert "skipped" in text_of(app, "#summary")
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert "Session 1 · 01 Mar 2026 18:05 · score 67/100" in text_of(app, "#bar")
        assert "dropout and early stopping" in shown(app)
        assert "67/100" in shown(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_the_list_of_sessions_opens_one(chat: Chat) -> None:
    app = chat()
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "dropout")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(app.screen, SessionsScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert "unfinished" in text_of(app, "#bar")


async def test_no_session_yet_is_a_friendly_page(home: QuizApp) -> None:
    async with home.run_test() as pilot:
        await ready(pilot)
        await pilot.press("v")
        await pilot.pause()
        assert "No session yet" in text_of(home, "#empty")


async def test_help_opens_and_closes_everywhere(home: QuizApp) -> None:
    async with home.run_test() as pilot:
        await ready(pilot)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(home.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(home.screen, HomeScreen)


async def test_light_and_dark(home: QuizApp) -> None:
    async with home.run_test() as pilot:
        await ready(pilot)
        assert home.theme == "quizbot-dark"
        await pilot.press("f8")
        assert home.theme == "quizbot-light"


async def test_every_key_has_a_name_and_a_tooltip(chat: Chat) -> None:
    for screen in (HomeScreen, ChatScreen, SummaryScreen, SessionsScreen, ReviewScreen, HelpScreen, QuizApp):
        for binding in screen.BINDINGS:
            assert binding.id, binding  # type: ignore[union-attr]
            assert binding.tooltip, binding  # type: ignore[union-attr]
