"""`quizbot bank add`: banks among the user's own, from a file, a folder or a zip archive."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.cli.bank.examine import examine
from quizbot.cli.bank.new import write_schema
from quizbot.errors import Exit
from quizbot.text import count, shorten

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_SHOWN = 5
_WIDTH = 100


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    adding = actions.add_parser(
        "add",
        help="add a bank, or a folder or .zip of banks, to your own",
        description="Check banks and copy them among your own; their questions are in the next quiz at once. "
        "If one of several has a problem, none is added.",
    )
    adding.add_argument("file", metavar="FILE", help="a bank's file, a folder of them, or a .zip")
    adding.add_argument("--replace", action="store_true", help="replace your own banks of the same ids")
    adding.set_defaults(run=add_bank)


def add_bank(options: argparse.Namespace) -> int:
    """Check banks, form and tests, and copy them among the user's own: all or none."""
    from quizbot.bank.incoming import incoming
    from quizbot.bank.library import Library
    from quizbot.bank.schema import MODELINE

    library = Library(paths.own_banks(), paths.cache())
    parcel = incoming(Path(options.file))
    shown = shlex.quote(options.file)
    found = 0
    for bank in parcel.banks:  # what is checked here is what is kept: the bytes are read once
        problems = examine(bank.data, bank.name, library.vocabulary).problems
        found += len(problems)
        for problem in problems:
            print(problem)
    if found:
        print(f"{count(found, 'problem')} in {count(len(parcel.banks), 'file')}.", file=sys.stderr)
        print("quizbot: Nothing was added. Mend the lines above and add the bank again.", file=sys.stderr)
        return Exit.PROBLEM
    added = library.add_all([(bank.name, bank.data) for bank in parcel.banks], replace=options.replace)
    if any(MODELINE.encode() in bank.data for bank in parcel.banks):
        write_schema(paths.own_banks(), renew=True)  # the copies look for it beside them, too
    for made in added:
        print(f"Added {made.id} with {count(len(made.questions), 'question')}.")
    if parcel.left_out:
        names = shorten(", ".join(parcel.left_out[:_SHOWN]), _WIDTH)
        more = "" if len(parcel.left_out) <= _SHOWN else f" and {count(len(parcel.left_out) - _SHOWN, 'more', 'more')}"
        print(f"Left out, for only .yaml and .yml files are banks: {names}{more}.")
    print(f"Practise it with: quizbot practice --bank {added[0].id}")
    print(f"What you change in {options.file} later comes in with: quizbot bank add --replace {shown}")
    return Exit.OK
