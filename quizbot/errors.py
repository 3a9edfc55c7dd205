"""What can go wrong in a way that a person should hear about, and the exit status each gives."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of every command."""

    OK = 0
    PROBLEM = 1  # the command ran and what it looked at is not right
    USAGE = 2  # the command could not run as it was asked


class QuizbotError(Exception):
    """Something a person can act on: one sentence of what is wrong and one of what to do.

    `message` says what is wrong and where; `hint` says the way on (may be empty).
    """

    def __init__(self, message: str, hint: str = "", *, status: Exit = Exit.PROBLEM) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.status = status

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
