"""The state of an interview: the fold of its events, so that an interrupted one resumes exactly where it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizbot.interview.events import (
    Answered,
    Asked,
    Event,
    Finished,
    Hinted,
    Probed,
    Revealed,
    Skipped,
    Started,
)
from quizbot.interview.standing import Standing
from quizbot.interview.standing import after as standing_after

_UNHEARD = Standing()


@dataclass(frozen=True, slots=True)
class State:
    """Where an interview is. `over`: the present question is done and the next one is owed."""

    started: Started | None = None
    asked: Asked | None = None
    standing: Standing = _UNHEARD
    hinted: tuple[str, ...] = ()
    probe: Probed | None = None
    heard: tuple[str, ...] = ()  # what the interviewer has said about this question: an echo of it earns nothing
    owed_model_answer: bool = False
    over: bool = True
    finished: Finished | None = None
    scores: tuple[int, ...] = ()  # points of the questions that count, in order

    @property
    def number(self) -> int:
        """The present question's place in the session, from 1; 0 before the first."""
        return self.asked.number if self.asked else 0

    @property
    def score(self) -> int | None:
        """Mean points of the questions that count so far, half up; None before the first."""
        return int(sum(self.scores) / len(self.scores) + 0.5) if self.scores else None

    def after(self, event: Event) -> State:
        """Return the state after `event`."""
        match event:
            case Started():
                return replace(self, started=event)
            case Asked():
                return State(started=self.started, asked=event, heard=(event.text,), over=False, scores=self.scores)
            case Answered():
                stands = standing_after(self.standing, event.mark, self.hinted)
                # The record's points are the truth, even if a later version would count differently.
                stands = replace(stands, points=float(event.points))
                scores = (self.scores[:-1] if self.standing.answers else self.scores) + (event.points,)
                return replace(self, standing=stands, scores=scores, owed_model_answer=self.probe is not None)
            case Probed():
                return replace(self, probe=event, heard=(*self.heard, event.text))
            case Hinted():
                return replace(self, hinted=(*self.hinted, event.concept), heard=(*self.heard, event.text))
            case Skipped():
                scores = (*self.scores, 0) if event.given_up and not self.standing.answers else self.scores
                return replace(self, owed_model_answer=True, scores=scores)
            case Revealed():
                return replace(self, over=True, owed_model_answer=False)
            case Finished():
                return replace(self, finished=event, over=True)


def fold(events: Iterable[Event]) -> State:
    """Return the state that `events` lead to, from the beginning."""
    state = State()
    for event in events:
        state = state.after(event)
    return state
