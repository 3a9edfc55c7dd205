"""`quizbot review`: look at scored sessions again, as they were marked then."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit
from quizbot.interview import wording
from quizbot.text import count, one_line

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.records.review import AnswerReview, QuestionReview, SessionReview
    from quizbot.records.store import SessionRow


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
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


def _list(rows: tuple[SessionRow, ...]) -> None:
    if not rows:
        print("No session yet. Start one with: quizbot practice")
        return
    for row in rows:
        score = "  -" if row.score is None else f"{row.score:3d}"
        state = "" if row.finished else "  (unfinished)"
        topics = ", ".join(row.topics)
        when = row.started.astimezone().strftime("%Y-%m-%d %H:%M")
        print(f"{row.id:>4}  {when}  {score}/100  {row.answered} of {row.total} answered  {topics}{state}")
    print(f"{count(len(rows), 'session')}. Show one with: quizbot review NUMBER")


def _show(session: SessionReview) -> None:
    score = "no score" if session.score is None else f"score {session.score}/100"
    when = session.started.astimezone().strftime("%Y-%m-%d %H:%M")
    print(f"Session {session.id} · {when} · {score}")
    if session.finished is None:
        print(f"Unfinished: go on with “quizbot practice --resume {session.id}”.")
    for question in session.questions:
        _show_question(question)
    if session.by_topic:
        print("\nBy topic")
        for topic, part in session.by_topic.items():
            print(f"  {wording.topic_name(topic)}: {part.score}/100 ({count(part.questions, 'question')})")


def _show_question(question: QuestionReview) -> None:
    points = "not counted" if question.points is None else f"{question.points}/100"
    print(f"\n{question.number}. {one_line(question.ask)}")
    print(f"   {wording.topic_name(question.topic)} · {question.level} · {question.outcome} · {points}")
    earned: frozenset[str] = frozenset()
    for answer in question.answers:
        _show_answer(answer, earned)
        earned |= wording.earned(answer.mark)
    if question.model_answer:
        print(f"   A full answer: {one_line(question.model_answer)}")


def _show_answer(answer: AnswerReview, before: frozenset[str]) -> None:
    lines = answer.text.splitlines() or [""]
    print(f"   You: {lines[0]}")
    for line in lines[1:]:
        print(f"        {line}")
    for line in wording.mark_lines(answer.mark, answer.text, before):
        print(f"     {line}")
