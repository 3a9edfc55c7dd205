"""`quizbot bank suggest`: keywords that would have caught good answers in other words."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.cli.questions import named, of_file
from quizbot.errors import Exit, QuizbotError
from quizbot.text import one_line, shorten

if TYPE_CHECKING:
    from argparse import _SubParsersAction

EPILOG = """\
examples:
  quizbot bank suggest my-bank/my-question
  quizbot bank suggest my-question --bank my-bank.yaml
  quizbot bank suggest my-question --bank my-bank.yaml --said "it learns by heart" --for definition

What is proposed earns the concept in that answer, breaks no example, is not said by the question itself and by no
model answer of another question. Paste the lines you agree with under “any:”, and run: quizbot bank check"""


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = actions.add_parser(
        "suggest",
        help="propose keywords for good answers in other words",
        description="Propose keywords for what the “also” answers, or an answer of yours, say in other words.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("question", metavar="QUESTION", help="BANK/ID, or an id that only one bank has")
    command.add_argument("--bank", metavar="FILE", help="take the question from this bank's file")
    command.add_argument("--said", metavar="TEXT", help="an answer that should have earned the concept of --for")
    command.add_argument("--for", dest="concept", metavar="CONCEPT", help="the concept's id")
    command.set_defaults(run=suggest_keywords)


def suggest_keywords(options: argparse.Namespace) -> int:
    """Print what is proposed, as lines for the bank's file."""
    from quizbot.authoring.suggest import Missed, missed, suggest
    from quizbot.bank.library import Library

    library = Library(paths.own_banks())
    own = of_file(library, Path(options.bank)) if options.bank else {}
    question = own[options.question] if options.question in own else named(library, options.question)
    ids = [concept.id for concept in question.concepts]
    if bool(options.said) != bool(options.concept) or (options.concept and options.concept not in ids):
        hint = f"Give both --said and --for; the concepts of {question.key} are {', '.join(ids) or 'none'}."
        raise QuizbotError("An answer needs the concept it should have earned.", hint, status=Exit.USAGE)
    wanted = [Missed(options.said, options.concept)] if options.said else list(missed(question))
    others = list({item.key: item for item in (*own.values(), *library.questions())}.values())
    shown = ""
    for found in suggest(question, wanted, others):
        title = f"# {found.concept}, for “{shorten(found.text, 70)}”: {found.before} -> {found.after}"
        if title != shown:
            print(title)
            shown = title
        print(f"          - {one_line(found.keyword)}")
    if not wanted:
        print(f"Every “also” answer of {question.key} earns every concept.", file=sys.stderr)
    elif not shown:
        print("Nothing that would break no example and is said by no other answer was found.", file=sys.stderr)
    return Exit.OK
