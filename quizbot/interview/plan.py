"""Which questions a session asks, in which order, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from quizbot.bank.model import Kind, Level, Question
from quizbot.errors import Exit, QuizbotError

DEFAULT_COUNT = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to practise; an empty value means "any"."""

    count: int = DEFAULT_COUNT
    topic: str = ""
    level: Level | None = None
    kind: Kind | None = None
    bank: str = ""
    question: str = ""  # the key of the only one

    def fits(self, question: Question) -> bool:
        """Say whether `question` is wanted. A topic also names everything nested in it ("area" has "area/topic")."""
        return (
            (not self.topic or question.topic == self.topic or question.topic.startswith(self.topic + "/"))
            and (self.level is None or question.level is self.level)
            and (self.kind is None or question.kind is self.kind)
            and (not self.bank or question.bank == self.bank)
            and (not self.question or question.key == self.question)
        )

    def to_json(self) -> dict[str, Any]:
        """Return the wish as JSON values, for the record."""
        return asdict(self)


def choose(
    questions: Sequence[Question], wish: Wish, rng: Random, asked: Mapping[str, int] | None = None
) -> tuple[Question, ...]:
    """Return at most `wish.count` questions that fit the wish: those asked least often first, else by chance.

    `asked` says how often each question (by key) was asked before; without it, chance alone decides, so that the
    same generator gives the same session. Topics take turns, so that a short session is a mixed one.

    Raises:
        QuizbotError: nothing fits, with what there is instead.
    """
    fitting = [question for question in questions if wish.fits(question)]
    if not fitting:
        raise _nothing(questions, wish)
    rng.shuffle(fitting)
    if asked is not None:
        fitting.sort(key=lambda question: asked.get(question.key, 0))
    chosen: list[Question] = []
    rounds: dict[str, int] = {}
    turns: list[tuple[int, int, int, Question]] = []
    for place, question in enumerate(fitting):
        turn = rounds[question.topic] = rounds.get(question.topic, -1) + 1
        turns.append((asked.get(question.key, 0) if asked else 0, turn, place, question))
    turns.sort(key=lambda row: row[:3])
    chosen.extend(row[3] for row in turns[: max(1, wish.count)])
    return tuple(chosen)


def _nothing(questions: Sequence[Question], wish: Wish) -> QuizbotError:
    """Say why no question fits, and name the values that would."""
    if not questions:
        return QuizbotError(
            "There is no question in any bank.", "Add one with: quizbot bank add FILE", status=Exit.PROBLEM
        )
    for name, wanted, has in (
        ("bank", wish.bank, sorted({question.bank for question in questions})),
        ("topic", wish.topic, sorted({question.topic for question in questions})),
        ("key", wish.question, sorted(question.key for question in questions) if wish.question else []),
    ):
        if wanted and not any(value == wanted or value.startswith(wanted + "/") for value in has):
            import difflib  # only on the way to a message

            near = difflib.get_close_matches(wanted, has, n=3)
            way = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(has)}."
            return QuizbotError(f"No question has the {name} “{wanted}”.", way, status=Exit.USAGE)
    parts = [
        f"{name} {value}"
        for name, value in (
            ("topic", wish.topic),
            ("level", wish.level),
            ("kind", wish.kind),
            ("bank", wish.bank),
        )
        if value
    ]
    return QuizbotError(
        f"No question fits {', '.join(parts)} at once.",
        "Leave one of them out; “quizbot bank list” shows what there is.",
        status=Exit.USAGE,
    )
