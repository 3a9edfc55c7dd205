"""`quizbot bank`: what can be done with question banks, one file a command.

Each file has `register` (its arguments) and what runs it; nothing heavy is imported before it runs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from argparse import _SubParsersAction

COMMANDS = ("list", "new", "edit", "watch", "check", "suggest", "schema", "add", "remove", "import", "export")
"""What is typed, which is also the name of its file, in the order in which help shows them."""
_FILES = {"import": "importing"}
"""Those whose file is called otherwise, for no module can be called `import`."""


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its subcommands."""
    command = commands.add_parser(
        "bank", help="list, check, add and remove question banks", description="Work with question banks."
    )
    actions = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        import_module(f"quizbot.cli.bank.{_FILES.get(name, name)}").register(actions)
