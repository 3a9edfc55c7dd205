"""`quizbot bank list`: all banks, where they lie and what they hold."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit
from quizbot.text import count, one_line

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.model import Bank


def add(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    listing = actions.add_parser(
        "list", help="show all banks", description="Show all banks, where they lie and what they hold."
    )
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=list_banks)


def list_banks(options: argparse.Namespace) -> int:
    """Show all banks; problems go to stderr and give status 1, the healthy banks are shown all the same."""
    from quizbot.bank.library import Library

    library = Library(paths.own_banks())
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
        for problem in library.problems:
            print(problem, file=sys.stderr)
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
