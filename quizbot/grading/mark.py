"""What a mark is: points, and for every point the words that earned it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple

GRADER = "2"
"""Version of the grader; every mark carries it, so that a record can tell what a re-mark may change."""

STRONG, PARTIAL = 80, 40
"""Points from which a mark is called strong, or partial."""

How = Literal["exact", "stem", "synonym", "typo"]


class State(StrEnum):
    """What became of a concept in an answer."""

    EARNED = "earned"
    PARTLY = "partly"  # some of "at least n of"
    MISSED = "missed"
    DENIED = "denied"  # the answer says the opposite


class Verdict(StrEnum):
    """A mark in one word."""

    STRONG = "strong"
    PARTIAL = "partial"
    WEAK = "weak"


class Remark(StrEnum):
    """Something about the answer as a whole."""

    EMPTY = "empty"
    SHORT = "short"
    ECHO = "echo"
    KEYWORD_LIST = "keyword-list"
    OFF_SUBJECT = "off-subject"
    STRAYING = "straying"
    CUT = "cut"


class Span(NamedTuple):
    """Words of the answer that matched: character offsets [start, end) into the cleaned answer.

    `word` is the keyword's own word that they matched, and `how` they did.
    """

    start: int
    end: int
    how: How
    word: str


@dataclass(frozen=True, slots=True)
class ConceptMark:
    """What one concept earned: `share` of its `worth`, from 0 to 1, and the words that earned (or denied) it."""

    id: str
    name: str
    state: State
    worth: float
    share: float
    spans: tuple[Span, ...] = ()
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class MisconceptionMark:
    """A misconception that the answer holds."""

    id: str
    say: str
    costs: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one answer: `points` 0-100 and their reasons."""

    points: int
    concepts: tuple[ConceptMark, ...]
    misconceptions: tuple[MisconceptionMark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    grader: str = GRADER

    @property
    def verdict(self) -> Verdict:
        """Strong, partial or weak."""
        if self.points >= STRONG:
            return Verdict.STRONG
        return Verdict.PARTIAL if self.points >= PARTIAL else Verdict.WEAK

    def to_json(self) -> dict[str, Any]:
        """Return the mark as JSON values: the form of `quizbot grade` and of the records."""
        return {
            "points": self.points,
            "verdict": str(self.verdict),
            "concepts": [
                {
                    "id": concept.id,
                    "name": concept.name,
                    "state": str(concept.state),
                    "worth": concept.worth,
                    "share": round(concept.share, 4),
                    "keyword": concept.keyword,
                    "spans": [_span_json(span) for span in concept.spans],
                }
                for concept in self.concepts
            ],
            "misconceptions": [
                {
                    "id": wrong.id,
                    "say": wrong.say,
                    "costs": wrong.costs,
                    "spans": [_span_json(span) for span in wrong.spans],
                }
                for wrong in self.misconceptions
            ],
            "remarks": [str(remark) for remark in self.remarks],
            "grader": self.grader,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Mark:
        """Return the mark that `to_json` wrote.

        Raises:
            KeyError, ValueError: the data are not those of a mark.
        """
        return cls(
            points=int(data["points"]),
            concepts=tuple(
                ConceptMark(
                    id=concept["id"],
                    name=concept["name"],
                    state=State(concept["state"]),
                    worth=float(concept["worth"]),
                    share=float(concept["share"]),
                    keyword=concept.get("keyword", ""),
                    spans=tuple(_span_read(span) for span in concept["spans"]),
                )
                for concept in data["concepts"]
            ),
            misconceptions=tuple(
                MisconceptionMark(
                    id=wrong["id"],
                    say=wrong["say"],
                    costs=float(wrong["costs"]),
                    spans=tuple(_span_read(span) for span in wrong["spans"]),
                )
                for wrong in data["misconceptions"]
            ),
            remarks=tuple(Remark(remark) for remark in data["remarks"]),
            grader=str(data.get("grader", "")),
        )


def _span_json(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "how": span.how, "word": span.word}


def _span_read(data: Mapping[str, Any]) -> Span:
    return Span(int(data["start"]), int(data["end"]), data["how"], data["word"])
