"""What happens in an interview, event by event. The state of an interview is the fold of these.

Events are what is stored and what is shown; `number` is the question's place in the session, from 1. Points are
0-100, seconds are whole session time that the answer took.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Literal

from quizbot.grading.mark import Mark


@dataclass(frozen=True, slots=True)
class Started:
    """A session begins: the keys of its questions in order, and what was wished for (see `plan.Wish`)."""

    name: ClassVar[str] = "started"
    questions: tuple[str, ...]
    wish: Mapping[str, Any]
    seed: int
    version: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The interviewer asks. Everything a review needs is here, so that it shows the question as it was then."""

    name: ClassVar[str] = "asked"
    number: int
    total: int
    key: str
    text: str
    topic: str
    level: str
    kind: str
    digest: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and its mark. `points` is where the question stands after it.

    They differ from the mark's own points where help was given (a hint, a probe): see `standing`. `probe` is the id
    of the concept that had been asked after, or empty for a first answer.
    """

    name: ClassVar[str] = "answered"
    number: int
    text: str
    mark: Mark
    points: int
    seconds: float
    probe: str = ""


@dataclass(frozen=True, slots=True)
class Probed:
    """The interviewer asks after the most valuable concept that was missed."""

    name: ClassVar[str] = "probed"
    number: int
    concept: str
    text: str


@dataclass(frozen=True, slots=True)
class Hinted:
    """The interviewer gives a hint towards a concept; what it earns from then on counts three quarters."""

    name: ClassVar[str] = "hinted"
    number: int
    concept: str
    text: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """The question is passed over. `given_up`: the person did not know (it counts as 0), else it is not counted."""

    name: ClassVar[str] = "skipped"
    number: int
    given_up: bool


@dataclass(frozen=True, slots=True)
class Revealed:
    """The model answer is shown; the question is over."""

    name: ClassVar[str] = "revealed"
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The session is over: all questions were asked (`done`), or the person left (`quit`)."""

    name: ClassVar[str] = "finished"
    reason: Literal["done", "quit"]


Event = Started | Asked | Answered | Probed | Hinted | Skipped | Revealed | Finished

_KINDS: dict[str, type[Event]] = {
    kind.name: kind for kind in (Started, Asked, Answered, Probed, Hinted, Skipped, Revealed, Finished)
}


def to_json(event: Event) -> dict[str, Any]:
    """Return the event's fields as JSON values (its kind is `event.name`)."""
    if isinstance(event, Answered):
        data = {item.name: getattr(event, item.name) for item in fields(event)}
        data["mark"] = event.mark.to_json()
        return data
    data = asdict(event)
    if isinstance(event, Started):
        data["questions"] = list(event.questions)
    return data


def from_json(name: str, data: Mapping[str, Any]) -> Event:
    """Return the event of kind `name` that `to_json` wrote; fields that this version does not know are ignored.

    Raises:
        KeyError, TypeError, ValueError: the data are not those of such an event.
    """
    kind = _KINDS[name]
    known = {item.name for item in fields(kind)}
    values = {key: value for key, value in data.items() if key in known}
    if kind is Answered:
        values["mark"] = Mark.from_json(values["mark"])
    if kind is Started:
        values["questions"] = tuple(values["questions"])
    return kind(**values)
