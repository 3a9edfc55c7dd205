"""Sessions as JSON values, for `quizbot review --json` and other programs. Keys are only ever added.

A session in a list: `id`, `started`, `finished` (ISO 8601 in UTC; null while unfinished), `reason` ("done", "quit" or
null), `seed`, `total` (questions planned), `answered`, `score` (0-100 or null), `topics` (of the questions asked).

One session: the same, and
- `by_topic`: [{`topic`, `questions` (those that count), `score`}]
- `questions`: [{`number`, `key` ("bank/question"), `ask`, `topic`, `level`, `kind`, `digest`, `outcome` ("answered",
  "given up", "skipped", "unanswered"), `points` (0-100, or null if it does not count), `hints`, `probe` (what the
  interviewer asked after), `model_answer`, `answers`}]
- `answers` of a question: [{`text`, `points` (where the question stood after it), `seconds`, `probe` (the concept it
  replies on, or ""), `mark` (as `quizbot grade` gives it)}]; offsets of spans count characters of `text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from quizbot.records.review import AnswerReview, Outcome, QuestionReview, SessionReview
from quizbot.records.times import stamp

if TYPE_CHECKING:
    from quizbot.records.store import SessionRow


def sessions_json(rows: Iterable[SessionRow]) -> list[dict[str, Any]]:
    """Return a list of sessions, in the order given."""
    return [
        {
            "id": row.id,
            "started": stamp(row.started),
            "finished": _stamp(row.finished),
            "reason": row.reason,
            "seed": row.seed,
            "total": row.total,
            "answered": row.answered,
            "score": row.score,
            "topics": list(row.topics),
        }
        for row in rows
    ]


def session_json(session: SessionReview) -> dict[str, Any]:
    """Return one session with everything that a review shows."""
    return {
        "id": session.id,
        "started": stamp(session.started),
        "finished": _stamp(session.finished),
        "reason": session.reason,
        "seed": session.seed,
        "total": session.total,
        "answered": sum(question.outcome is Outcome.ANSWERED for question in session.questions),
        "score": session.score,
        "topics": list(dict.fromkeys(question.topic for question in session.questions)),
        "by_topic": [
            {"topic": topic, "questions": part.questions, "score": part.score}
            for topic, part in session.by_topic.items()
        ],
        "questions": [_question(question) for question in session.questions],
    }


def _question(question: QuestionReview) -> dict[str, Any]:
    return {
        "number": question.number,
        "key": question.key,
        "ask": question.ask,
        "topic": question.topic,
        "level": question.level,
        "kind": question.kind,
        "digest": question.digest,
        "outcome": str(question.outcome),
        "points": question.points,
        "hints": list(question.hints),
        "probe": question.probe_text,
        "model_answer": question.model_answer,
        "answers": [_answer(answer) for answer in question.answers],
    }


def _answer(answer: AnswerReview) -> dict[str, Any]:
    return {
        "text": answer.text,
        "points": answer.points,
        "seconds": answer.seconds,
        "probe": answer.probe,
        "mark": answer.mark.to_json(),
    }


def _stamp(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
