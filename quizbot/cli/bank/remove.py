"""`quizbot bank remove`: one of the user's own banks, away."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    removing = actions.add_parser(
        "remove", help="remove one of your own banks", description="Remove one of your own banks."
    )
    removing.add_argument("bank", metavar="BANK", help="the bank's id (see: quizbot bank list)")
    removing.set_defaults(run=remove_bank)


def remove_bank(options: argparse.Namespace) -> int:
    """Remove one of the user's own banks."""
    from quizbot.bank.library import Library

    Library(paths.own_banks()).remove(options.bank)
    print(f"Removed {options.bank}. What was recorded with it stays in your reviews.")
    return Exit.OK
