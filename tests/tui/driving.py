"""Driving the app as a hurried person does."""

from __future__ import annotations

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from quizbot.tui.app import QuizApp
from quizbot.tui.widgets.answer_box import AnswerBox
from quizbot.tui.widgets.transcript import Message


async def ready(pilot: Pilot[None]) -> None:
    """Wait until the banks are loaded and the screen has settled; the cursor stands still."""
    app = pilot.app
    assert isinstance(app, QuizApp)
    for _ in range(200):
        if app.loaded is not None:
            break
        await pilot.pause(0.02)
    assert app.loaded is not None
    await pilot.pause()
    for box in app.screen.query(AnswerBox):
        box.cursor_blink = False


async def say(pilot: Pilot[None], text: str) -> None:
    """Put an answer in the box as a paste does, and send it."""
    pilot.app.screen.query_one(AnswerBox).insert(text)
    await pilot.press("enter")
    await pilot.pause()


def shown(app: App[None]) -> str:
    """Return the text of all messages of the chat."""
    return "\n".join(str(message.visual) for message in app.screen.query(Message))


def text_of(app: App[None], selector: str) -> str:
    """Return the text of a label."""
    return str(app.screen.query_one(selector, Static).visual)
