"""`quizbot bank`: list, check, add and remove question banks."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit
from quizbot.text import count, one_line

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.library import Library
    from quizbot.bank.model import Bank, Problem


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command, its subcommands and their arguments."""
    command = commands.add_parser(
        "bank", help="list, check, add and remove question banks", description="Work with question banks."
    )
    actions = command.add_subparsers(title="commands", metavar="COMMAND", required=True)

    listing = actions.add_parser(
        "list", help="show all banks", description="Show all banks, where they lie and what they hold."
    )
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=list_banks)

    check = actions.add_parser(
        "check",
        help="check a bank's form and run its own tests",
        description="Check a bank's form and run its own tests: examples, model answers, other good answers.",
        epilog="Each problem is a line “file:line:column: message”. Exit status: 0 all well, 1 problems, 2 usage.",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a bank's file, or a folder of them")
    check.set_defaults(run=check_banks)

    adding = actions.add_parser(
        "add",
        help="add a bank to your own",
        description="Check a bank and copy it among your own; its questions are in the next quiz at once.",
    )
    adding.add_argument("file", metavar="FILE", help="the bank's file")
    adding.add_argument("--replace", action="store_true", help="replace your own bank of the same id")
    adding.set_defaults(run=add_bank)

    removing = actions.add_parser(
        "remove", help="remove one of your own banks", description="Remove one of your own banks."
    )
    removing.add_argument("bank", metavar="BANK", help="the bank's id (see: quizbot bank list)")
    removing.set_defaults(run=remove_bank)


def _library() -> Library:
    from quizbot.bank.library import Library

    return Library(paths.own_banks())


def list_banks(options: argparse.Namespace) -> int:
    """Show all banks; problems go to stderr and give status 1, the healthy banks are shown all the same."""
    library = _library()
    banks = library.banks()
    if options.json:
        rows = {"banks": [_as_json(bank) for bank in banks], "problems": [str(item) for item in library.problems]}
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        width = max((len(bank.id) for bank in banks), default=0)
        for bank in banks:
            levels = Counter(str(question.level) for question in bank.questions)
            split = ", ".join(f"{number} {level}" for level, number in levels.items())
            print(f"{bank.id:<{width}}  {bank.origin:<7}  {len(bank.questions):>4}  {one_line(bank.title)} ({split})")
        print(f"{count(len(banks), 'bank')}, {count(sum(len(bank.questions) for bank in banks), 'question')}.")
        own = [bank for bank in banks if bank.origin == "own"]
        print(f"Your own banks lie in {paths.own_banks()}" + ("." if own else "; add one with: quizbot bank add FILE"))
        _report(library.problems)
    return Exit.PROBLEM if library.problems else Exit.OK


def _as_json(bank: Bank) -> dict[str, object]:
    return {
        "id": bank.id,
        "title": bank.title,
        "topic": bank.topic,
        "origin": bank.origin,
        "file": bank.file,
        "questions": len(bank.questions),
        "levels": dict(Counter(str(question.level) for question in bank.questions)),
        "kinds": dict(Counter(str(question.kind) for question in bank.questions)),
    }


def _report(problems: tuple[Problem, ...] | list[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def check_banks(options: argparse.Namespace) -> int:
    """Check every file named; print a line per problem."""
    from quizbot.authoring.check import check_tests
    from quizbot.bank.library import load_file

    shared = _library().vocabulary
    found = 0
    files = [file for name in options.files for file in _files(Path(name))]
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


def add_bank(options: argparse.Namespace) -> int:
    """Check a bank, form and tests, and copy it among the user's own."""
    file = Path(options.file)
    problems = check_banks(argparse.Namespace(files=[options.file]))
    if problems:
        print("quizbot: Nothing was added. Mend the lines above and add the bank again.", file=sys.stderr)
        return problems
    bank = _library().add(file, replace=options.replace)
    print(f"Added {bank.id} with {count(len(bank.questions), 'question')}.")
    print(f"Practise it with: quizbot practice --bank {bank.id}")
    return Exit.OK


def remove_bank(options: argparse.Namespace) -> int:
    """Remove one of the user's own banks."""
    _library().remove(options.bank)
    print(f"Removed {options.bank}. What was recorded with it stays in your reviews.")
    return Exit.OK
