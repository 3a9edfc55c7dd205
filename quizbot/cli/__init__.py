"""The commands. Each file has `add` (its arguments) and what runs it; nothing heavy is imported before it runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from quizbot import __version__
from quizbot.cli import bank, grade, practice, review
from quizbot.errors import Exit, QuizbotError

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

Records and own banks lie in the data folder of your platform; set QUIZBOT_HOME to use another."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="quizbot", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"quizbot {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for command in (practice, review, bank, grade):
        command.add(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; what goes wrong is said in one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an emoji must not end a session on an old code page
            stream.reconfigure(errors="replace")
    try:
        options = parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = getattr(options, "run", practice.home)
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
