"""A session as a person looks at it again: each question, what was answered, and the mark as it was then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from quizbot.errors import Exit, QuizbotError
from quizbot.grading.mark import Mark
from quizbot.interview.events import Answered, Asked, Finished, Hinted, Probed, Revealed, Skipped, Started
from quizbot.records.score import counted, mean

if TYPE_CHECKING:
    from quizbot.records.store import Store, Stored


class Outcome(StrEnum):
    """What became of a question that was asked."""

    ANSWERED = "answered"
    GIVEN_UP = "given up"  # "I don't know": it counts as 0
    SKIPPED = "skipped"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class AnswerReview:
    """One answer: its `text`, its own `mark`, and where the question stood after it (`points`, 0-100).

    `seconds` is how long it took; `probe` the concept that had been asked after, empty for a first answer.
    """

    text: str
    mark: Mark
    points: int
    seconds: float
    probe: str


@dataclass(frozen=True, slots=True)
class QuestionReview:
    """One question as it was asked (`ask`, `digest`) and all that was said to it.

    `points` (0-100) is None if the question does not count. `probe_text` is what the interviewer asked after, and
    `model_answer` what was shown at the end; both may be empty.
    """

    number: int
    key: str
    ask: str
    topic: str
    level: str
    kind: str
    digest: str
    answers: tuple[AnswerReview, ...]
    hints: tuple[str, ...]
    probe_text: str
    points: int | None
    outcome: Outcome
    model_answer: str


class TopicScore(NamedTuple):
    """How many questions of a topic count, and their mean points (0-100)."""

    questions: int
    score: int


@dataclass(frozen=True, slots=True)
class SessionReview:
    """A session: `total` questions were planned, `questions` were asked.

    `score` is the mean points of the questions that count, None if none does: answered ones, and given-up ones as 0.
    `finished` and `reason` are None if it was interrupted or still goes on.
    """

    id: int
    started: datetime
    finished: datetime | None
    reason: str | None
    seed: int
    total: int
    questions: tuple[QuestionReview, ...]
    score: int | None
    by_topic: Mapping[str, TopicScore]


@dataclass(slots=True)
class _Question:
    """A question while its events come in."""

    asked: Asked
    answers: list[AnswerReview] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    probe_text: str = ""
    model_answer: str = ""
    skipped: Skipped | None = None

    def review(self) -> QuestionReview:
        given_up = self.skipped is not None and self.skipped.given_up
        if self.answers:
            outcome = Outcome.ANSWERED
        elif self.skipped is None:
            outcome = Outcome.UNANSWERED
        else:
            outcome = Outcome.GIVEN_UP if given_up else Outcome.SKIPPED
        return QuestionReview(
            number=self.asked.number,
            key=self.asked.key,
            ask=self.asked.text,
            topic=self.asked.topic,
            level=self.asked.level,
            kind=self.asked.kind,
            digest=self.asked.digest,
            answers=tuple(self.answers),
            hints=tuple(self.hints),
            probe_text=self.probe_text,
            points=counted(self.answers[-1].points if self.answers else None, given_up=given_up),
            outcome=outcome,
            model_answer=self.model_answer,
        )


def review(session: int, happened: Iterable[Stored]) -> SessionReview:
    """Return the review of what happened in a session, from its beginning; it may have been interrupted anywhere.

    Raises:
        QuizbotError: these are not the events of a session.
    """
    started: tuple[datetime, Started] | None = None
    finished: datetime | None = None
    reason: str | None = None
    questions: dict[int, _Question] = {}
    try:
        for stored in happened:
            match stored.event:
                case Started():
                    started = stored.at, stored.event
                case Asked() as asked:
                    questions[asked.number] = _Question(asked)
                case Answered() as said:
                    questions[said.number].answers.append(
                        AnswerReview(said.text, said.mark, said.points, said.seconds, said.probe)
                    )
                case Probed() as probed:
                    questions[probed.number].probe_text = probed.text
                case Hinted() as hinted:
                    questions[hinted.number].hints.append(hinted.text)
                case Skipped() as skipped:
                    questions[skipped.number].skipped = skipped
                case Revealed() as revealed:
                    questions[revealed.number].model_answer = revealed.text
                case Finished():
                    finished, reason = stored.at, stored.event.reason
    except KeyError as problem:
        raise QuizbotError(
            f"The record of session {session} is incomplete: question {problem} was never asked.",
            "“quizbot review” lists the others.",
        ) from problem
    if started is None:
        raise QuizbotError(
            f"The record of session {session} is incomplete: it has no beginning.", "“quizbot review” lists the others."
        )
    reviewed = tuple(question.review() for question in questions.values())
    begun, plan = started
    return SessionReview(
        id=session,
        started=begun,
        finished=finished,
        reason=reason,
        seed=plan.seed,
        total=len(plan.questions),
        questions=reviewed,
        score=mean([question.points for question in reviewed if question.points is not None]),
        by_topic=_by_topic(reviewed),
    )


def _by_topic(questions: Iterable[QuestionReview]) -> dict[str, TopicScore]:
    """Return the score of each topic that has a question that counts, in the order they came up."""
    points: dict[str, list[int]] = {}
    for question in questions:
        if question.points is not None:
            points.setdefault(question.topic, []).append(question.points)
    return {topic: TopicScore(len(each), mean(each) or 0) for topic, each in points.items()}


def find(store: Store, name: str) -> SessionReview:
    """Return the review of the session called `name`: its number, or "last" for the newest.

    Raises:
        QuizbotError: there is none, with the way to one; or it cannot be read.
    """
    newest = next(iter(store.sessions(limit=1)), None)
    if newest is None:
        raise QuizbotError("There is no session yet.", "Start one with: quizbot practice", status=Exit.USAGE)
    name = name.strip()
    if name == "last":
        number = newest.id
    elif name.isascii() and name.isdecimal() and len(name) <= 18:
        number = int(name)
    else:
        raise QuizbotError(
            f"“{name}” names no session.", "Give its number, or “last”: “quizbot review” lists them.", status=Exit.USAGE
        )
    return review(number, store.events(number))
