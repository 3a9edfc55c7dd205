"""Draws the picture of a marked answer that the README shows: the app itself, a shipped question, a real answer.

python tests/tui/picture.py
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from quizbot.interview.plan import Wish
from quizbot.tui.app import QuizApp
from quizbot.tui.widgets.answer_box import AnswerBox
from quizbot.tui.widgets.transcript import Message

FILE = Path(__file__).with_name("marked-answer.svg")
QUESTION = "overfit-define"
ANSWER = (
    "The gap between train and validation loss keeps growing. I'd try dropuot and early stopping, and get more data."
)


async def draw() -> str:
    """Return the picture as SVG."""
    app = QuizApp(wish=Wish(count=500, topic="ml-foundations"), seed=1)
    async with app.run_test(size=(96, 22)) as pilot:
        while app.loaded is None:
            await pilot.pause(0.05)
        await pilot.pause()
        while QUESTION not in app.screen._conversation.state.asked.key:  # type: ignore[attr-defined]
            await pilot.press("f4")
            await pilot.pause()
        for message in list(app.screen.query(Message))[:-1]:
            await message.remove()
        app.screen.query_one(AnswerBox).insert(ANSWER)
        await pilot.press("enter")
        await pilot.pause()
        app.screen.query_one(AnswerBox).cursor_blink = False
        return app.export_screenshot(title="quizbot")


def main() -> None:
    """Draw the picture beside this file."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["QUIZBOT_HOME"] = home
        FILE.write_text(asyncio.run(draw()), encoding="utf-8")


if __name__ == "__main__":
    main()
