"""The app in a real terminal: it survives what terminals do, leaves them as they were, and loses no answer."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizbot.records.store import Store

SCRIPT = Path(sys.executable).with_name("quizbot")
LEFT = b"\x1b[?1049l"
"""What a terminal is told when the full screen is left."""


def _own_terminal() -> None:
    """Make the terminal the controlling one, so that closing it hangs up."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A quizbot in a terminal of `rows` by `columns`."""

    def __init__(self, home: Path, *arguments: str, rows: int = 24, columns: int = 80) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "QUIZBOT_HOME": str(home), "TERM": "xterm-256color"}
        environment.pop("COLUMNS", None)
        environment.pop("LINES", None)
        self.process = subprocess.Popen(
            [SCRIPT, *arguments], stdin=slave, stdout=slave, stderr=slave, env=environment, preexec_fn=_own_terminal
        )
        os.close(slave)
        self.seen = b""

    def wait_for(self, text: bytes, seconds: float = 20) -> None:
        until = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < until, (text, self.seen[-1500:])
            self._read()

    def _read(self) -> None:
        ready, _, _ = select.select([self.master], [], [], 0.2)
        if ready:
            with contextlib.suppress(OSError):
                self.seen += os.read(self.master, 65536)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def ended(self, seconds: float = 10) -> int:
        until = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < until, "it does not end"
            self._read()
        self._read()
        return self.process.returncode


@pytest.fixture
def practising(tmp_path: Path) -> Iterator[Terminal]:
    """A session that waits for its first answer."""
    terminal = Terminal(tmp_path, "practice", "-n", "3", "--seed", "2")
    terminal.wait_for(b"Question 1 of 3")
    yield terminal
    terminal.process.kill()
    terminal.process.wait()
    with contextlib.suppress(OSError):
        os.close(terminal.master)


def answers(home: Path) -> list[str]:
    with Store.open_reading(home / "records.sqlite3") as store:
        return [stored.event.text for stored in store.events(1) if stored.event.name == "answered"]  # type: ignore[union-attr]


def test_an_answer_is_typed_marked_and_kept(practising: Terminal, tmp_path: Path) -> None:
    practising.type("It depends on the data.\r")
    practising.wait_for(b"/100")
    practising.type("\x11")  # Ctrl+Q
    assert practising.ended() == 0
    assert LEFT in practising.seen
    assert b"Traceback" not in practising.seen
    assert answers(tmp_path) == ["It depends on the data."]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_good_order(practising: Terminal, tmp_path: Path, number: signal.Signals) -> None:
    practising.type("It depends on the data.\r")
    practising.wait_for(b"/100")
    practising.process.send_signal(number)
    assert practising.ended() == 128 + number
    assert LEFT in practising.seen, "the terminal is left as it was"
    assert b"Traceback" not in practising.seen
    assert answers(tmp_path) == ["It depends on the data."]


def test_a_closed_terminal_ends_it_and_the_answer_is_kept(practising: Terminal, tmp_path: Path) -> None:
    practising.type("It depends on the data.\r")
    practising.wait_for(b"/100")
    os.close(practising.master)
    practising.process.wait(timeout=10)
    assert answers(tmp_path) == ["It depends on the data."]


def test_ctrl_c_in_the_middle_of_a_question_is_answered_and_nothing_ends(practising: Terminal) -> None:
    practising.type("half an ans\x03")
    practising.wait_for(b"ctrl+q")
    practising.type("wer\r")
    practising.wait_for(b"/100")
    assert practising.process.poll() is None


def test_a_terminal_of_40_by_12(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "practice", "-n", "1", "--seed", "2", rows=12, columns=40)
    try:
        terminal.wait_for(b"Question 1 of 1")
        terminal.type("no idea what this means\r")
        terminal.wait_for(b"score 0")
    finally:
        terminal.process.kill()
        terminal.process.wait()
    assert b"Traceback" not in terminal.seen
