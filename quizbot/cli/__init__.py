"""The commands. Each file has `register` (its arguments) and what runs it; nothing heavy is imported before it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from quizbot import __version__
from quizbot.errors import Exit, QuizbotError

if TYPE_CHECKING:
    import argparse

DESCRIPTION = """\
Practise machine-learning-engineer interviews in the terminal. quizbot asks, you answer in your own words,
it marks concept by concept and shows which of your words earned what. Everything stays on this machine.

Without a command it opens the full-screen app."""

EPILOG = """\
examples:
  quizbot                                  open the app and choose what to practise
  quizbot practice -n 5 --topic ml-foundations
  quizbot practice --plain                 the same conversation in plain lines of text
  quizbot review last                      look at the last session again
  quizbot bank add my-questions.yaml       add a question bank
  quizbot why overfit-define "my answer"   see why an answer gets the mark it gets

Records and own banks lie in the data folder of your platform; set QUIZBOT_HOME to use another."""


COMMANDS = {
    "practice": "practice",
    "practise": "practice",
    "review": "review",
    "bank": "bank",
    "why": "why",
    "grade": "grade",
}
"""What is typed, and the module it is in."""


def parser(only: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line: of all commands, or of one (the others need not be loaded then)."""
    import argparse  # not on the way to the home screen

    top = argparse.ArgumentParser(
        prog="quizbot", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"quizbot {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in dict.fromkeys([COMMANDS[only]] if only else COMMANDS.values()):
        import_module(f"quizbot.cli.{name}").register(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; what goes wrong is said in one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an emoji must not end a session on an old code page
            stream.reconfigure(errors="replace")
    try:
        if not arguments:
            from quizbot.cli.home import home

            return home()
        typed = arguments[0] if arguments[0] in COMMANDS else ""
        options = parser(typed).parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.run
        status = command(options)
        sys.stdout.flush()
        return status
    except QuizbotError as problem:
        print(f"quizbot: {problem}", file=sys.stderr)
        return problem.status
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has gone (head, less): nothing is wrong
        _silence_stdout()
        return Exit.OK


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere, or it would complain about the closed pipe."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
