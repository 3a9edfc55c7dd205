"""`quizbot bank watch`: check a bank at each save, and try answers against the question one is writing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.bank.saves import stamp
from quizbot.cli.bank.examine import Examined, examine_file
from quizbot.cli.bank.live import Line, Saved, happenings
from quizbot.errors import Exit, QuizbotError
from quizbot.text import MAX_ANSWER, clean, count, shorten

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.model import Question, Vocabulary

_HELP = "/list shows the questions, /2 or /its-id chooses one, /ask shows it again, /quit ends. All else is an answer."
_PROBLEMS_SHOWN = 12
_WIDTH = 100


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    watch = actions.add_parser(
        "watch",
        help="check a bank at each save, and mark answers you type",
        description="Check a bank's file at each save. What you type meanwhile is marked as an answer to the question "
        "you are writing, with its reasons; after a save your last answer is marked again.",
        epilog=_HELP,
    )
    watch.add_argument("file", metavar="FILE", help="the bank's file")
    watch.add_argument("--question", metavar="ID", default="", help="the question to begin with (default: the first)")
    watch.set_defaults(run=watch_bank)


def watch_bank(options: argparse.Namespace) -> int:
    """Check a file at each save and mark what is typed; the exit status is that of the last check."""
    from quizbot.bank.library import Library

    file = Path(options.file)
    if not file.is_file():
        raise QuizbotError(
            f"There is no file {file}.", f"Begin one with: quizbot bank new {clean(options.file)}", status=Exit.USAGE
        )
    desk = _Desk(file, Library(paths.own_banks(), paths.cache()).vocabulary, options.question)
    since = stamp(file)
    desk.check()
    desk.show()
    prompt = "> " if sys.stdin.isatty() else ""
    print(f"\n{_HELP}\n{prompt}", end="", flush=True)
    for event in happenings(file, sys.stdin.fileno(), since):
        if isinstance(event, Saved):
            print("\n" if prompt else "", end="")  # below what is being typed
            desk.saved(event.there)
        elif not desk.hear(event):
            break
        print(prompt, end="", flush=True)
    if prompt:
        print()
    return Exit.PROBLEM if desk.now.problems else Exit.OK


class _Desk:
    """The file that is written, the question one is at, and the last answer to it."""

    def __init__(self, file: Path, shared: Vocabulary, question: str) -> None:
        self.now = Examined(None, ())
        self._file = file
        self._shared = shared
        self._at = question
        self._answer: str | None = None
        self._points: int | None = None

    @property
    def _questions(self) -> tuple[Question, ...]:
        return self.now.bank.questions if self.now.bank else ()

    def check(self) -> None:
        """Read the file and say what is wrong with it."""
        self.now = examine_file(self._file, self._shared)
        problems = self.now.problems
        for problem in problems[:_PROBLEMS_SHOWN]:
            print(problem)
        if len(problems) > _PROBLEMS_SHOWN:
            print(f"and {count(len(problems) - _PROBLEMS_SHOWN, 'more problem')}: quizbot bank check {self._file}")
        if not problems:
            examples = sum(len(question.examples) for question in self._questions)
            print(f"{count(len(self._questions), 'question')}, {count(examples, 'example')}: all well.")

    def show(self) -> None:
        """Show the question that answers go to."""
        question = self._question()
        if question:
            self._at = question.id
            number = self._questions.index(question) + 1
            print(f"\nQuestion {number} of {len(self._questions)}, {question.id}:\n{clean(question.ask)}")
        elif self._at:
            print(f"\nThe question {clean(self._at)[:80]} is not there, or has problems; save it, or choose by /list.")
        else:
            print("\nNo question can be asked yet.")

    def _question(self) -> Question | None:
        if not self._at:
            return next(iter(self._questions), None)
        return next((question for question in self._questions if question.id == self._at), None)

    def saved(self, there: bool) -> None:
        """Check again after a save, and mark the last answer again."""
        if not there:
            print(f"{self._file} is gone; waiting for it to be saved again.")
            return
        print("Saved.")
        before = self._question()
        self.check()
        after = self._question()
        if after is None or before is None or after.ask != before.ask:
            self.show()
        if after and self._answer is not None:
            old = self._points
            self._mark(after, self._answer, f"Your last answer, “{shorten(self._answer, 40)}”, ")
            if old is not None and old != self._points:
                print(f"  ({old} before you saved)")

    def hear(self, line: Line) -> bool:
        """Take what was typed: a command or an answer. False when it was the last."""
        text = clean(line.text).strip()
        if text.startswith("/"):
            return self._command(text[1:].strip())
        question = self._question()
        if not text:
            self.show()
        elif question is None:
            self.show()
            self._answer = text
        else:
            self._answer = text[:MAX_ANSWER]
            self._mark(question, self._answer, "")
        return True

    def _command(self, name: str) -> bool:
        ids = [question.id for question in self._questions]
        if name in ("quit", "q"):
            return False
        if name in ("list", "ask"):
            if name == "list":
                for number, question in enumerate(self._questions, start=1):
                    print(f"{number:>4}  {question.id}: {shorten(question.ask, _WIDTH)}")
            self.show()
        elif name in ids or (name.isdecimal() and len(name) < 7 and 1 <= int(name) <= len(ids)):
            self._at = name if name in ids else ids[int(name) - 1]
            self._answer = self._points = None
            self.show()
        else:
            print(_HELP)
        return True

    def _mark(self, question: Question, answer: str, opening: str) -> None:
        from quizbot.grading.explain import explain, lines
        from quizbot.interview.wording import remarks

        told = explain(question, answer)
        self._points = told.mark.points
        print(f"{opening}{told.mark.points}/100, {told.mark.verdict}")
        for line in (*lines(told), *remarks(told.mark)):
            print(f"  {line}")
