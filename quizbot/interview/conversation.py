"""What the interviewer says next, given what it has heard.

One `Conversation` drives the full-screen chat, the plain-text mode and the tests. A turn is computed, kept as a
whole by the `keep` it was given (the record), and only then returned to be shown: what was shown is stored, and a
turn that could not be stored changes nothing, so that it can be sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from quizbot import __version__, clock
from quizbot.bank.model import Concept, Question
from quizbot.grading.mark import ConceptMark, Mark, Remark
from quizbot.grading.mark import State as Found
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
from quizbot.interview.intents import HELP, Intent, intent_of
from quizbot.interview.plan import Wish
from quizbot.interview.standing import after as standing_after
from quizbot.interview.state import State
from quizbot.text import MAX_ANSWER, clean


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the interviewer says that is no part of the record ("Take your time and type something")."""

    text: str


Said = Event | Notice
Keep = Callable[[Sequence[Event]], None]


def begin(questions: Sequence[Question], wish: Wish, seed: int) -> Started:
    """Return the event that begins a session over `questions`."""
    return Started(tuple(question.key for question in questions), wish.to_json(), seed, __version__)


class Conversation:
    """An interview in progress.

    `questions` holds every question that may be asked, by key. `keep` stores the events of one turn, all or none;
    what it raises passes through and leaves the conversation as it was. `state` continues an earlier session.
    """

    def __init__(self, questions: Mapping[str, Question], keep: Keep, state: State | None = None) -> None:
        self._questions = questions
        self._keep = keep
        self.state = state or State()

    @property
    def finished(self) -> bool:
        """Whether the session is over."""
        return self.state.finished is not None

    @property
    def question(self) -> Question | None:
        """The question that waits for an answer."""
        if self.state.asked is None or self.state.over:
            return None
        return self._questions.get(self.state.asked.key)

    def start(self, started: Started) -> tuple[Said, ...]:
        """Begin a new session and ask its first question."""
        return self._turn([started, *self._next(self.state.after(started))])

    def resume(self) -> tuple[Said, ...]:
        """Say again what an interrupted session was waiting for."""
        if self.finished:
            return ()
        if self.question is None:
            return self._turn(self._next(self.state))
        return self._again()

    def hear(self, text: str, seconds: float = 0.0) -> tuple[Said, ...]:
        """Take one message of the person and return what happens: stored events and passing notices, in order.

        `seconds` is how long the answer took.
        """
        if self.finished:
            return (Notice("This session is over."),)
        text = clean(text).strip()
        if not text:
            return (Notice("Nothing to mark yet: type an answer, or say “hint”, “skip” or “I don't know”."),)
        intent = intent_of(text)
        if intent is Intent.QUIT:
            return self.leave()
        if intent is Intent.HELP:
            return (Notice(HELP),)
        question = self.question
        if question is None:  # the bank went away in between
            return self._turn(self._next(self.state))
        match intent:
            case None:
                return self._answer(question, text, seconds)
            case Intent.REPEAT:
                return self._again()
            case Intent.HINT:
                return self._hint(question)
            case Intent.DONT_KNOW | Intent.SKIP:
                return self._pass_over(question, given_up=intent is Intent.DONT_KNOW)

    def leave(self) -> tuple[Said, ...]:
        """End the session now, in good order. Leaving twice is no error."""
        return () if self.finished else self._turn([Finished("quit")])

    def _answer(self, question: Question, text: str, seconds: float) -> tuple[Said, ...]:
        from quizbot.grading.grade import grade  # not on the way to the first question

        cut = len(text) > MAX_ANSWER
        text = text[:MAX_ANSWER].rstrip() if cut else text
        mark = grade(question, text, said=self.state.heard)
        if cut:
            mark = _with_remark(mark, Remark.CUT)
        stands = standing_after(self.state.standing, mark, self.state.hinted)
        probe = self.state.probe
        answered = Answered(
            self.state.number, text, mark, stands.rounded, round(seconds, 1), probe.concept if probe else ""
        )
        state = self.state.after(answered)
        events: list[Said] = [answered]
        missed = None if state.owed_model_answer else self._worth_probing(question, mark)
        if missed:
            events.append(Probed(state.number, missed.id, missed.probe))
        else:
            events.extend(self._close(question, state))
        if cut:
            said = f"Only the first {MAX_ANSWER:,} characters of an answer are marked and kept; the rest was left out."
            events.insert(1, Notice(said))
        return self._turn(events)

    def _pass_over(self, question: Question, *, given_up: bool) -> tuple[Said, ...]:
        hint = self._next_hint(question) if given_up and not self.state.hinted and not self.state.probe else None
        if hint:  # not knowing deserves one nudge before the answer is given away
            said = Notice("Have a try with this; say “I don't know” again to see the answer.")
            return self._turn([said, Hinted(self.state.number, hint.id, hint.hint)])
        events: list[Said] = []
        if not self.state.standing.answers:
            events.append(Skipped(self.state.number, given_up=given_up))
        return self._turn([*events, *self._close(question, self._folded(events))])

    def _hint(self, question: Question) -> tuple[Said, ...]:
        concept = self._next_hint(question)
        if concept:
            return self._turn([Hinted(self.state.number, concept.id, concept.hint)])
        more = "further " if self.state.hinted else ""
        return (Notice(f"There is no {more}hint for this question. Say what you can, or “I don't know”."),)

    def _again(self) -> tuple[Said, ...]:
        """Return what the interviewer said last that waits for a reply; nothing new happens."""
        asked, probe = self.state.asked, self.state.probe
        return tuple(event for event in (asked, probe) if event)

    def _close(self, question: Question, state: State) -> list[Said]:
        """Show the model answer and go on to the next question."""
        revealed = Revealed(state.number, question.answer)
        return [revealed, *self._next(state.after(revealed))]

    def _next(self, state: State) -> list[Said]:
        """Ask the next question that still exists, or finish."""
        said: list[Said] = []
        started = state.started
        keys = started.questions if started else ()
        for number, key in enumerate(keys[state.number :], start=state.number + 1):
            question = self._questions.get(key)
            if question is None:
                said.append(Notice(f"Question {number} ({key}) is no longer in your banks and was left out."))
                continue
            seed = started.seed if started else 0
            wording = clock.chance(f"{seed}/{number}").choice((question.ask, *question.variants))
            asked = Asked(
                number=number,
                total=len(keys),
                key=key,
                text=wording,
                topic=question.topic,
                level=str(question.level),
                kind=str(question.kind),
                digest=question.digest,
            )
            return [*said, asked]
        return [*said, Finished("done")]

    def _turn(self, said: Sequence[Said]) -> tuple[Said, ...]:
        """Keep the turn's events, then let them happen."""
        events = [item for item in said if not isinstance(item, Notice)]
        state = self._folded(events)
        if events:
            self._keep(events)
        self.state = state
        return tuple(said)

    def _folded(self, said: Sequence[Said]) -> State:
        state = self.state
        for item in said:
            if not isinstance(item, Notice):
                state = state.after(item)
        return state

    def _worth_probing(self, question: Question, mark: Mark) -> Concept | None:
        """Return the missed concept that would bring most, if it has a probe: ties go to the first in the bank."""
        probes = {concept.id: concept for concept in question.concepts if concept.probe}
        missed = [found for found in mark.concepts if found.state is not Found.EARNED and found.id in probes]
        return probes[max(missed, key=_left).id] if missed else None

    def _next_hint(self, question: Question) -> Concept | None:
        """Return the most valuable concept with a hint that is neither found nor hinted at; the probed one first."""
        shares = self.state.standing.shares
        open_ones = [
            concept
            for concept in question.concepts
            if concept.hint and concept.id not in self.state.hinted and shares.get(concept.id, 0.0) < 1
        ]
        probed = self.state.probe.concept if self.state.probe else ""
        return max(open_ones, key=lambda concept: (concept.id == probed, concept.worth), default=None)


def _left(found: ConceptMark) -> float:
    """Return what a concept could still bring."""
    return found.worth * (1 - found.share)


def _with_remark(mark: Mark, remark: Remark) -> Mark:
    return replace(mark, remarks=(*mark.remarks, remark))
