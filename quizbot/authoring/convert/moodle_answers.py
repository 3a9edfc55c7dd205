"""Moodle's accepted answers with their weights and feedback, into a model answer and others."""

from __future__ import annotations

from dataclasses import dataclass

from quizbot.authoring.convert.cards import Carried
from quizbot.text import shorten


@dataclass(frozen=True, slots=True)
class Answer:
    """An accepted answer; `weight` is the percentage of the points that it earns."""

    text: str
    weight: float
    feedback: str = ""


def best(place: str, answers: list[Answer], carried: Carried) -> list[str]:
    """Return the answers that earn the full points, in their order, or else the best of them.

    Another good answer earns full marks here, so an answer that earns a part of them is left out and noted; and so
    are wildcards and feedback.
    """
    usable: list[Answer] = []
    for answer in answers:
        shown = shorten(answer.text, 60)
        if answer.feedback:
            carried.note(place, f"the feedback to “{shown}” is left out: “{shorten(answer.feedback, 60)}”")
        if "*" in answer.text.replace("\\*", ""):
            carried.note(place, f"an answer with a wildcard is left out: “{shown}”")
        elif answer.text.strip():
            usable.append(answer)
    highest = max((answer.weight for answer in usable), default=0.0)
    kept = []
    for answer in usable:
        shown = shorten(answer.text, 60)
        if answer.weight == highest and highest > 0:
            kept.append(answer.text.replace("\\*", "*"))
        else:
            carried.note(place, f"an answer worth {answer.weight:g} % is left out: “{shown}”")
    if kept and highest != 100:
        carried.note(place, f"the best answer is worth {highest:g} % there, and full marks here")
    return kept
