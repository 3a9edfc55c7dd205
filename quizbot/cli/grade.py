"""`quizbot grade`: marks in bulk, JSON lines in and out. Outside tools measure the grader by this: keep it stable."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from quizbot import paths
from quizbot.cli.questions import of_file
from quizbot.errors import Exit, QuizbotError
from quizbot.text import MAX_ANSWER, clean

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.model import Question

EPILOG = """\
a row:   {"question": "ml-foundations/overfit-define", "text": "it learns the noise"}
or:      {"ask": "What is overfitting?", "answer": "A model that ...", "text": "it learns the noise"}
gives:   the row's other keys, and points (0-100), verdict, concepts [{id, name, state, worth, share, keyword,
         spans [{start, end, how, word}]}], misconceptions, remarks, grader. Spans are character offsets into the
         text after cleaning (line ends as newlines, Unicode form NFC, control codes removed).
         With --explain also explain {concepts [{id, keywords [{keyword, found, why, places [{wanted, start, end, said,
         how, word, refused [{start, end, said, meant, why}]}]}]}], misconceptions, quoted}.
A row that cannot be marked gives {"error": ...} with its other keys, and the rest goes on; exit status 1 then."""


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "grade",
        help="mark answers in bulk: JSON lines in, JSON lines out",
        description="Mark answers in bulk: JSON lines from FILE or stdin, one mark a line on stdout.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", nargs="?", default="-", metavar="FILE", help="JSON lines (default: stdin)")
    command.add_argument("--bank", metavar="FILE", help="take questions by their bare id from this bank's file")
    command.add_argument("--explain", action="store_true", help="add to each mark why it is what it is")
    command.set_defaults(run=grade_rows)


def grade_rows(options: argparse.Namespace) -> int:
    """Mark every row; the status is 1 if a row could not be marked."""
    find = _Finder(Path(options.bank) if options.bank else None)
    if options.file == "-":
        return _all(sys.stdin.buffer, find, explained=options.explain)
    try:
        with Path(options.file).open("rb") as file:
            return _all(file, find, explained=options.explain)
    except OSError as problem:
        raise QuizbotError(
            f"{options.file} cannot be read: {problem.strerror or problem}.",
            "Name a file of JSON lines, or leave it out to read stdin.",
            status=Exit.USAGE,
        ) from problem


def _all(source: BinaryIO, find: _Finder, *, explained: bool) -> int:
    status = Exit.OK
    for answer in _rows(source, find, explained=explained):
        if "error" in answer:
            status = Exit.PROBLEM
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return status


def _rows(source: Iterable[bytes], find: _Finder, *, explained: bool) -> Iterator[dict[str, Any]]:
    marked = _explained if explained else _marked
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        row: dict[str, Any] = {}
        try:
            row = _parse(line)
            text = row.get("text")
            if not isinstance(text, str):
                raise QuizbotError("a row needs a “text”: the answer, as a string")
            kept = {key: value for key, value in row.items() if key not in _OWN}
            mark = marked(find.question(row), clean(text)[:MAX_ANSWER])
            if len(text) > MAX_ANSWER:
                mark["remarks"].append("cut")
            yield {**kept, **mark}
        except QuizbotError as problem:
            kept = {key: value for key, value in row.items() if key != "text"}
            yield {**kept, "error": f"line {number}: {problem}"}


def _marked(question: Question, text: str) -> dict[str, Any]:
    from quizbot.grading.grade import grade

    return grade(question, text).to_json()


def _explained(question: Question, text: str) -> dict[str, Any]:
    from quizbot.grading.explain import explain

    told = explain(question, text)
    return {**told.mark.to_json(), "explain": told.to_json()}


_OWN = {"text", "explain", "points", "verdict", "concepts", "misconceptions", "remarks", "grader", "error"}


def _parse(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise QuizbotError(f"this is no JSON: {problem}") from problem
    if not isinstance(row, dict):
        raise QuizbotError("a row is a JSON object in braces")
    return row


class _Finder:
    """Finds the question of a row: in the banks, in one bank's file, or made from the row itself."""

    def __init__(self, file: Path | None) -> None:
        from quizbot.bank.library import Library

        self._library = Library(paths.own_banks(), paths.cache())
        self._own = of_file(self._library, file) if file else {}
        self._made: dict[tuple[str, ...], Question] = {}

    def question(self, row: Mapping[str, Any]) -> Question:
        """Return the question that a row names or brings.

        Raises:
            QuizbotError: it does neither, or names one that does not exist.
        """
        if "ask" not in row:
            name = row.get("question")
            if not isinstance(name, str):
                raise QuizbotError("a row needs “question”, or “ask” and “answer” (a model answer or a list of them)")
            return self._own[name] if name in self._own else self._library.find(name)
        asked, answer = row["ask"], row.get("answer")
        answers = [answer] if isinstance(answer, str) else answer
        if not isinstance(asked, str):
            raise QuizbotError("“ask” is a text: the question")
        if (
            not isinstance(answers, list)
            or not answers
            or not all(isinstance(item, str) and item.strip() for item in answers)
        ):
            raise QuizbotError("“answer” is a model answer or a list of them, none of them empty")
        return self._inline(asked, answers)

    def _inline(self, asked: str, answers: list[str]) -> Question:
        key = (asked, *answers)
        if key not in self._made:
            from quizbot.bank.model import Kind, Level, Question

            if len(self._made) > 1000:
                self._made.clear()
            self._made[key] = Question(
                id="inline",
                bank="inline",
                kind=Kind.SKILL,
                level=Level.MID,
                topic="inline",
                ask=clean(asked),
                answer=clean(answers[0]),
                also=tuple(clean(text) for text in answers[1:]),
                vocabulary=self._library.vocabulary,
            )
        return self._made[key]
