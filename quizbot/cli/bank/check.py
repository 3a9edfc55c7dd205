"""`quizbot bank check`: a bank's form and its own tests."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit
from quizbot.text import count

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    check = actions.add_parser(
        "check",
        help="check a bank's form and run its own tests",
        description="Check a bank's form and run its own tests: examples, model answers, other good answers.",
        epilog="Each problem is a line “file:line:column: message”. Exit status: 0 all well, 1 problems, 2 usage.",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a bank's file, or a folder of them")
    check.set_defaults(run=lambda options: check_files(options.files))


def check_files(names: Sequence[str]) -> int:
    """Check every file named; print a line per problem."""
    from quizbot.authoring.check import check_tests
    from quizbot.bank.library import Library, load_file

    shared = Library(paths.own_banks()).vocabulary
    found = 0
    files = [file for name in names for file in _files(Path(name))]
    for file in files:
        loaded = load_file(file, shared)
        problems = list(loaded.problems)
        if loaded.bank:
            problems += check_tests(loaded.bank)
        for problem in sorted(problems, key=lambda item: (item.place.line, item.place.column)):
            print(problem)
        found += len(problems)
        if loaded.bank and not problems:
            questions = loaded.bank.questions
            examples = sum(len(question.examples) for question in questions)
            done = f"{count(len(questions), 'question')}, {count(examples, 'example')}: all well"
            print(f"{file}: {done}", file=sys.stderr)
    if found:
        print(f"{count(found, 'problem')} in {count(len(files), 'file')}.", file=sys.stderr)
    return Exit.PROBLEM if found else Exit.OK


def _files(path: Path) -> list[Path]:
    """Return the bank files that a name stands for: itself, or those of a folder."""
    if not path.is_dir():
        return [path]
    return sorted(file for ending in ("*.yaml", "*.yml") for file in path.rglob(ending) if file.stem != "vocabulary")
