"""How long quizbot takes to open, and how much memory it needs, beside a three-line Textual app in the same run.

Run it from a checkout with quizbot installed:  python tests/bench/start.py [--runs 9]

Each program is started in a terminal of its own (80x24) and watched from outside until the text that only its first
frame (or the first question) shows has been drawn; then it is ended. The programs take turns, so that a slow moment of
the machine hits all of them; medians and their ratios are printed. Ratios travel between machines, milliseconds don't.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

HELLO = """\
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self): yield Static("plain hello")
Hello().run()
"""

PROGRAMS: dict[str, tuple[list[str], bytes]] = {
    "three-line Textual app": ([sys.executable, "-c", HELLO], b"plain hello"),
    "home, first frame": ([sys.executable, "-m", "quizbot"], b"What shall we practise"),
    "first question": ([sys.executable, "-m", "quizbot", "practice", "-n", "5", "--seed", "1"], b"Question 1 of 5"),
}
REACH = {"home, first frame": (1.3, 1.6), "first question": (2.0, 1.6)}
PATIENCE = 20.0
"""Seconds after which a program that has not shown its text is given up."""


def measure(command: list[str], marker: bytes, home: str) -> tuple[float, float]:
    """Return the seconds until `marker` was drawn and the peak memory in MB, half a second later."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "QUIZBOT_HOME": home, "LINES": "24", "COLUMNS": "80"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True, close_fds=True
    )
    os.close(slave)
    seen = b""
    try:
        while marker not in seen:
            if time.perf_counter() - begun > PATIENCE:
                raise SystemExit(f"{command[1:]} did not show {marker!r}; the end of what it drew: {seen[-600:]!r}")
            ready, _, _ = select.select([master], [], [], 1.0)
            if ready:
                seen += os.read(master, 65536)
        took = time.perf_counter() - begun
        until = time.perf_counter() + 0.5  # what loads behind the first frame counts as memory too
        while time.perf_counter() < until:
            ready, _, _ = select.select([master], [], [], 0.05)
            if ready:
                os.read(master, 65536)
        memory = _peak(process.pid)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(master)
    return took, memory


def _peak(pid: int) -> float:
    """Return the peak resident memory of a running process in MB (Linux: VmHWM)."""
    with Path(f"/proc/{pid}/status").open(encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return float("nan")


def main() -> None:
    """Measure all programs in turn and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=9, help="counted runs of each program, after one warm-up")
    runs = arguments.parse_args().runs
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(runs + 1):
            for name, (command, marker) in PROGRAMS.items():
                figure = measure(command, marker, home)
                if turn:
                    figures[name].append(figure)
    base = figures["three-line Textual app"]
    print(f"{'':24} {'ms':>7} {'ratio':>7} {'reach':>7} {'MB':>7} {'ratio':>7} {'reach':>7}")
    for name, rows in figures.items():
        seconds, memory = statistics.median(row[0] for row in rows), statistics.median(row[1] for row in rows)
        slower = statistics.median(row[0] / beside[0] for row, beside in zip(rows, base, strict=True))
        larger = memory / statistics.median(row[1] for row in base)
        reach = REACH.get(name)
        limits = (f"{reach[0]:.2f}", f"{reach[1]:.2f}") if reach else ("", "")
        print(
            f"{name:24} {1000 * seconds:7.0f} {slower:7.2f} {limits[0]:>7} {memory:7.1f} {larger:7.2f} {limits[1]:>7}"
        )


if __name__ == "__main__":
    main()
