"""Writing with `bank watch` beside the editor: each save is checked, each typed line is marked with its reasons."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import pytest

from quizbot.text import MAX_ANSWER

SCRIPT = Path(sys.executable).with_name("quizbot")
BANK = """\
schema: 1
bank: b
questions:
  - id: overfit
    ask: What is overfitting?
    concepts:
      - id: noise
        name: fits the noise
        any: [learns noise]
      - id: new
        name: fails on new data
        any: [not generalize]
    misconceptions:
      - {id: slow, any: [too slow], say: Speed is another matter.}
  - id: cache
    ask: Why cache?
    answer: Frequent inputs are answered at once.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "b.yaml"
    file.write_text(BANK, encoding="utf-8")
    return file


def watch(file: Path, said: str | bytes, *options: str, status: int = 0) -> str:
    """Return what is said when all lines are there from the start and the input ends."""
    done = subprocess.run(
        [SCRIPT, "bank", "watch", file, *options],
        input=said if isinstance(said, bytes) else said.encode(),
        env={**os.environ, "QUIZBOT_HOME": str(file.parent / "home")}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == status, (done.returncode, out, err)
    assert "Traceback" not in err
    return out + err


class Watching:
    """A watch that goes on while the file changes."""

    def __init__(self, file: Path) -> None:
        self._process = subprocess.Popen(
            [SCRIPT, "bank", "watch", file],
            env={**os.environ, "QUIZBOT_HOME": str(file.parent / "home")},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._lines: SimpleQueue[str] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)

    def says(self, text: str) -> str:
        """Wait for a line with this text and return all that came up to it."""
        found, until = "", time.monotonic() + 20
        while text not in found:
            try:
                found += self._lines.get(timeout=max(0.01, until - time.monotonic()))
            except Empty:
                raise AssertionError(f"never said {text!r}, but: {found}") from None
        return found

    def type(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def end(self) -> int:
        assert self._process.stdin
        self._process.stdin.close()
        return self._process.wait(timeout=20)


@pytest.fixture
def watching(file: Path) -> Iterator[Watching]:
    process = Watching(file)
    yield process
    process._process.kill()
    process._process.wait()
    for stream in (process._process.stdin, process._process.stdout):
        if stream:
            stream.close()


class TestAnswers:
    def test_an_answer_is_marked_with_its_reasons(self, file: Path) -> None:
        out = watch(file, "it lerans the noise, and it is too slow\n")
        assert "2 questions, 0 examples: all well." in out
        assert "Question 1 of 2, overfit:\nWhat is overfitting?" in out
        assert re.search(r"^\d+/100, weak", out, re.MULTILINE)
        assert "✓ fits the noise: earned" in out
        assert re.search(r"“lerans”.*learns.*misspelt", out)
        assert "✗ fails on new data: missed" in out
        assert "! Speed is another matter." in out

    def test_questions_are_chosen_by_number_or_id_and_listed(self, file: Path) -> None:
        out = watch(file, "/2\nFrequent inputs are answered at once\n/overfit\n/list\n/7\n/nowhere\n")
        assert "Question 2 of 2, cache:" in out
        assert "100/100, strong" in out
        assert "   2  cache: Why cache?" in out
        assert out.count("/quit ends") == 3
        assert "Question 2 of 2" in watch(file, "", "--question", "cache")

    def test_quit_ends_it_and_an_empty_line_shows_the_question(self, file: Path) -> None:
        out = watch(file, "\n/quit\nlearns noise\n")
        assert out.count("What is overfitting?") == 2
        assert "/100" not in out

    @pytest.mark.parametrize(
        "said",
        [
            b"\xff\xfe noise\n",
            b"\x1b[31mlearns noise\x1b]0;t\x07\n",
            b"[/] [bold]{0}%s\n",
            b"x" * 3_000_000 + b"\n",
            b"no end",
        ],
        ids=["not-utf8", "escape-codes", "markup", "three-megabytes", "no-newline"],
    )
    def test_strange_answers_get_normal_service(self, file: Path, said: bytes) -> None:
        out = watch(file, said)
        assert "/100, " in out
        assert not {"\x1b", "\x07"} & set(out)
        assert len(out) < MAX_ANSWER

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert "quizbot bank new" in watch(tmp_path / "b.yaml", "", status=2)


class TestSaves:
    def test_problems_come_with_each_save_and_go_when_they_are_mended(self, file: Path, watching: Watching) -> None:
        watching.says("All else is an answer")
        file.write_text(BANK.replace("any: [learns noise]", "any: []"), encoding="utf-8")
        assert "Saved.\n" in watching.says(f"{file}:9:14: “any” needs at least one keyword")
        file.write_text(BANK, encoding="utf-8")
        watching.says("2 questions, 0 examples: all well.")
        assert watching.end() == 0

    def test_the_last_answer_is_marked_again_after_a_save(self, file: Path, watching: Watching) -> None:
        watching.says("All else is an answer")
        watching.type("it memorises everything")
        watching.says("0/100, weak")
        file.write_text(BANK.replace("[learns noise]", "[learns noise, memorise everything]"), encoding="utf-8")
        said = watching.says("(0 before you saved)")
        assert "Your last answer, “it memorises everything”, 50/100, partial" in said

    def test_a_question_that_is_broken_for_a_while_keeps_its_answer(self, file: Path, watching: Watching) -> None:
        watching.says("All else is an answer")
        watching.type("it learns the noise")
        watching.says("50/100")
        file.write_text(BANK.replace("ask: What", "aks: What"), encoding="utf-8")
        watching.says("The question overfit is not there, or has problems")
        watching.type("it does not generalize")
        watching.says("The question overfit is not there, or has problems")
        file.write_text(BANK, encoding="utf-8")
        assert "“it does not generalize”" in watching.says("50/100")

    def test_a_file_that_is_broken_goes_and_comes_back(self, file: Path, watching: Watching) -> None:
        watching.says("All else is an answer")
        file.write_text("schema: [", encoding="utf-8")
        watching.says("b.yaml:2:1: a list in [ ]")
        file.unlink()
        watching.says("is gone; waiting for it")
        file.write_text(BANK, encoding="utf-8")
        watching.says("all well.")

    def test_an_editor_that_saves_by_renaming_is_one_save(self, file: Path, watching: Watching) -> None:
        watching.says("All else is an answer")
        other = file.with_name("b.yaml.part")
        other.write_text(BANK.replace("Why cache?", "Why would you cache?"), encoding="utf-8")
        other.replace(file)
        watching.says("all well.")
        watching.type("/2")
        assert "Saved." not in watching.says("Why would you cache?")

    def test_the_status_tells_whether_the_last_save_was_healthy(self, file: Path, watching: Watching) -> None:
        watching.says("All else is an answer")
        file.write_text("schema: 2\n", encoding="utf-8")
        watching.says("b.yaml:1:9:")
        assert watching.end() == 1
