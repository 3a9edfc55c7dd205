"""Two things at once, on every platform: lines that somebody types (or pipes), and saves of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import sleep

from quizbot.bank.saves import Stamp, stamp
from quizbot.text import MAX_ANSWER

POLL = 0.25
"""Seconds between two looks at the file."""
_LONGEST = 4 * MAX_ANSWER * 4  # bytes of a line; what is longer is cut


@dataclass(frozen=True, slots=True)
class Line:
    """A line was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The file has changed; `there` says whether it still exists."""

    there: bool


def happenings(file: Path, source: int, since: Stamp) -> Iterator[Line | Saved]:
    """Yield what happens, until the lines of the file descriptor `source` end.

    A save just before the end is still told. `since` is the stamp of the file as it is known.
    """
    # A thread, for Windows cannot wait for a console and a clock at once. It reads the descriptor itself: a daemon
    # that holds a buffered stream would stop the interpreter from ending.
    lines: SimpleQueue[str | None] = SimpleQueue()
    Thread(target=_read, args=(source, lines), daemon=True).start()
    known = since
    missed = False
    while True:
        try:
            line = lines.get(timeout=POLL)
            ended = line is None
        except Empty:
            line, ended = None, False
        now = stamp(file)
        if now != known:
            now = _settled(file, now)
        if now is None and known is not None and not missed and not ended:
            missed = True  # an editor that saves by renaming leaves a moment without the file
        elif now != known:
            known, missed = now, False
            yield Saved(now is not None)
        if line is not None:
            yield Line(line)
        if ended:
            return


def _settled(file: Path, now: Stamp) -> Stamp:
    """Return the stamp of a file once it rests: a save that is still being written is not one to check."""
    for _ in range(20):
        sleep(POLL / 5)
        before, now = now, stamp(file)
        if now == before:
            break
    return now


def _read(source: int, lines: SimpleQueue[str | None]) -> None:
    """Put every line into the queue, and None at the end."""
    rest = b""
    while True:
        try:
            piece = os.read(source, 1 << 16)
        except OSError:
            piece = b""
        if not piece:
            break
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            lines.put(_text(line))
        rest = rest[:_LONGEST]
    if rest:
        lines.put(_text(rest))
    lines.put(None)


def _text(line: bytes) -> str:
    return line[:_LONGEST].rstrip(b"\r").decode("utf-8", "replace")
