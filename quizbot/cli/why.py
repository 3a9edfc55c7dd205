"""`quizbot why`: a mark explained word by word."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.cli.questions import named, of_file
from quizbot.errors import Exit, QuizbotError
from quizbot.text import MAX_ANSWER

if TYPE_CHECKING:
    from argparse import _SubParsersAction

EPILOG = """\
examples:
  quizbot why ml-foundations/overfit-define "it learns the noise"
  quizbot why overfit-define < answer.txt
  quizbot why my-question "an answer" --bank my-bank.yaml

Each concept is shown with the keywords that earned it, or with those that came nearest: which words matched what and
how (the same word, another form of it, a synonym, a misspelling), and what was refused and why (denied, a confusable
word, too far apart, said of the other side)."""


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "why",
        help="explain the mark of an answer word by word",
        description="Mark an answer and explain the mark word by word.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("question", metavar="QUESTION", help="BANK/ID, or an id that only one bank has")
    command.add_argument("answer", nargs="?", metavar="ANSWER", help="the answer (default: read from stdin)")
    command.add_argument("--bank", metavar="FILE", help="take the question from this bank's file")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=why)


def why(options: argparse.Namespace) -> int:
    """Print the mark and its reasons."""
    from quizbot.bank.library import Library
    from quizbot.grading.explain import explain, lines
    from quizbot.text import one_line

    library = Library(paths.own_banks(), paths.cache())
    own = of_file(library, Path(options.bank)) if options.bank else {}
    question = own[options.question] if options.question in own else named(library, options.question)
    text = options.answer
    if text is None:
        if sys.stdin.isatty():
            print(f"{one_line(question.ask)}\nYour answer (end it with Ctrl+D on a line of its own):", file=sys.stderr)
        text = sys.stdin.read(4 * MAX_ANSWER)
    if not text.strip():
        message, hint = "There is no answer to explain.", "Give it as the second argument or on stdin."
        raise QuizbotError(message, hint, status=Exit.USAGE)
    told = explain(question, text[:MAX_ANSWER])
    if options.json:
        print(json.dumps({**told.mark.to_json(), "explain": told.to_json()}, ensure_ascii=False, indent=2))
        return Exit.OK
    print(f"{told.mark.points}/100 for {question.key}: {one_line(question.ask)}")
    for line in lines(told):
        print(line)
    return Exit.OK
