"""`quizbot bank add`: a bank among the user's own."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.cli.bank.check import check_files
from quizbot.errors import Exit
from quizbot.text import count

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    adding = actions.add_parser(
        "add",
        help="add a bank to your own",
        description="Check a bank and copy it among your own; its questions are in the next quiz at once.",
    )
    adding.add_argument("file", metavar="FILE", help="the bank's file")
    adding.add_argument("--replace", action="store_true", help="replace your own bank of the same id")
    adding.set_defaults(run=add_bank)


def add_bank(options: argparse.Namespace) -> int:
    """Check a bank, form and tests, and copy it among the user's own."""
    from quizbot.bank.library import Library

    problems = check_files([options.file])
    if problems:
        print("quizbot: Nothing was added. Mend the lines above and add the bank again.", file=sys.stderr)
        return problems
    bank = Library(paths.own_banks()).add(Path(options.file), replace=options.replace)
    print(f"Added {bank.id} with {count(len(bank.questions), 'question')}.")
    print(f"Practise it with: quizbot practice --bank {bank.id}")
    return Exit.OK
