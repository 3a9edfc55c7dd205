"""`quizbot` alone: the app at its home screen. Imports nothing that the first frame does not need."""

from __future__ import annotations

import sys

from quizbot.errors import Exit, QuizbotError


def home() -> int:
    """Open the app at its home screen."""
    need_terminal()
    from quizbot.tui import run

    return run()


def need_terminal() -> None:
    """Raise unless there is a terminal to draw on (the app draws on stderr): without one it would hang."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise QuizbotError(
            "The full-screen app needs a terminal.",
            "Use “quizbot practice --plain” to practise over a pipe or with a screen reader.",
            status=Exit.USAGE,
        )
