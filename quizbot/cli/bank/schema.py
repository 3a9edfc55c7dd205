"""`quizbot bank schema`: the JSON Schema of a bank, for editors."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from quizbot.errors import Exit

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    schema = actions.add_parser(
        "schema",
        help="print the JSON Schema of a bank, for editors",
        description="Print the JSON Schema (2020-12) of a bank. Editors complete and underline by it.",
        epilog="“quizbot bank new” puts it beside the new bank. For another bank: write it to quizbot-bank.schema.json "
        "beside the bank, and begin the bank with the line "
        "“# yaml-language-server: $schema=quizbot-bank.schema.json”.",
    )
    schema.set_defaults(run=print_schema)


def print_schema(_options: argparse.Namespace) -> int:
    """Print the JSON Schema of a bank."""
    from quizbot.bank.schema import schema_text

    sys.stdout.write(schema_text())
    return Exit.OK
