"""`quizbot practice`: a session at once, in the app or in plain lines."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from quizbot import clock, paths
from quizbot.bank.model import Kind, Level
from quizbot.cli.home import need_terminal
from quizbot.errors import Exit, QuizbotError
from quizbot.text import count

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.library import Library
    from quizbot.interview.plan import Wish

LATEST = -1
"""What `--resume` without a number means: the latest unfinished session."""


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "practice",
        aliases=["practise"],
        help="start a practice session at once",
        description="Start a practice session at once: ten questions from all banks, those asked least first.",
        epilog="While practising you can say: hint, skip, I don't know, repeat, quit. Every answer is kept at once.",
    )
    command.add_argument("-n", "--count", type=_count, default=10, help="how many questions (default: 10)")
    command.add_argument("--topic", default="", help="only this topic, such as ml-foundations")
    command.add_argument("--level", choices=[str(level) for level in Level], help="only this level")
    command.add_argument("--kind", choices=[str(kind) for kind in Kind], help="faq: the job; skill: the field")
    command.add_argument("--bank", default="", help="only this bank (see: quizbot bank list)")
    command.add_argument("--seed", type=_seed, help="a number: the same seed asks the same questions in the same order")
    command.add_argument(
        "--resume", nargs="?", type=int, const=LATEST, metavar="SESSION", help="go on with an interrupted session"
    )
    command.add_argument("--plain", action="store_true", help="plain lines on stdin and stdout, without drawing")
    command.set_defaults(run=practise)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of questions from 1 to 1000")
    return int(text)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 999999999")
    return int(text)


def practise(options: argparse.Namespace) -> int:
    """Start, or resume, a session."""
    from quizbot.interview.plan import Wish

    wish = Wish(
        count=options.count,
        topic=options.topic,
        level=Level(options.level) if options.level else None,
        kind=Kind(options.kind) if options.kind else None,
        bank=options.bank,
    )
    if options.plain:
        return _plain(wish, options)
    need_terminal()
    from quizbot.tui import run

    return run(wish=wish, seed=options.seed, resume=options.resume)


def _plain(wish: Wish, options: argparse.Namespace) -> int:
    from quizbot.bank.library import Library
    from quizbot.interview.conversation import Conversation, begin
    from quizbot.interview.plan import choose
    from quizbot.plain import practise
    from quizbot.records.session import Recorder, resume
    from quizbot.records.store import Store

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    library = Library(paths.own_banks(), paths.cache())
    _warn(library)
    questions = library.questions()
    with Store.open(paths.database()) as store:
        if options.resume is not None:
            session = _unfinished(store.latest_unfinished()) if options.resume == LATEST else options.resume
            recorder = Recorder(store, session)
            conversation = Conversation(library.by_key(), recorder, resume(store, session))
            if conversation.finished:
                raise QuizbotError(f"Session {session} is finished.", f"Look at it with: quizbot review {session}")
            opening = conversation.resume()
        else:
            seed = clock.fresh_seed() if options.seed is None else options.seed
            asked = {key: times for key, (times, _) in store.asked_counts().items()} if options.seed is None else None
            chosen = choose(questions, wish, clock.chance(seed), asked)
            if len(chosen) < wish.count:
                print(f"Only {count(len(chosen), 'question')} fit.")
            recorder = Recorder(store)
            conversation = Conversation(library.by_key(), recorder)
            opening = conversation.start(begin(chosen, wish, seed))
        try:
            practise(conversation, opening, sys.stdin, sys.stdout, "> " if sys.stdin.isatty() else "")
        except KeyboardInterrupt:
            print(f"\nKept. Go on with: quizbot practice --plain --resume {recorder.session}")
            return 130
        print(f"Kept as session {recorder.session}. Look at it with: quizbot review {recorder.session}")
    return Exit.OK


def _unfinished(session: int | None) -> int:
    if session is None:
        raise QuizbotError("There is no interrupted session.", "Start one with: quizbot practice", status=Exit.USAGE)
    return session


def _warn(library: Library) -> None:
    """Say on stderr which banks, or parts of them, could not be used; the healthy ones are."""
    problems = library.problems
    if problems:
        print(f"quizbot: {count(len(problems), 'problem')} in the banks; what is healthy is used.", file=sys.stderr)
        for problem in problems[:5]:
            print(f"  {problem}", file=sys.stderr)
        if len(problems) > 5:
            print("  and more: see “quizbot bank check”", file=sys.stderr)
