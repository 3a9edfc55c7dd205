"""`quizbot review`: look at scored sessions again, as they were marked then."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit
from quizbot.text import count, one_line

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.records.review import AnswerReview, QuestionReview, SessionReview
    from quizbot.records.store import SessionRow


def add(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "review",
        help="look at scored sessions again",
        description="List the sessions, or show one: each question, your answer, and the mark as it was then.",
    )
    command.add_argument("session", nargs="?", metavar="SESSION", help="a session's number, or “last”")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=review)


def review(options: argparse.Namespace) -> int:
    """List the sessions or show one of them."""
    from quizbot.records.export import session_json, sessions_json
    from quizbot.records.review import find
    from quizbot.records.store import Store

    with Store.open_reading(paths.database()) as store:
        if options.session is None:
            rows = store.sessions()
            if options.json:
                print(json.dumps(sessions_json(rows), ensure_ascii=False, indent=2))
            else:
                _list(rows)
            return Exit.OK
        one = find(store, options.session)
    if options.json:
        print(json.dumps(session_json(one), ensure_ascii=False, indent=2))
    else:
        _show(one)
    return Exit.OK
