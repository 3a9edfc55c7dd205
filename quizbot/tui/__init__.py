"""The full-screen app. Import `run` from here; nothing of Textual is loaded before it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizbot.interview.plan import Wish


def run(wish: Wish | None = None, seed: int | None = None, resume: int | None = None) -> int:
    """Run the app and return its exit status: at home, or with a wish (or a session to resume) straight in a chat.

    `resume` is a session's number, or a negative one for the latest unfinished session.
    """
    import gc

    gc.disable()  # nothing made while starting is garbage; the app enables it once it is ready
    from quizbot.tui.app import QuizApp

    app = QuizApp(wish=wish, seed=seed, resume=resume)
    app.run()
    return app.return_code or 0
