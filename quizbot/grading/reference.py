"""Marking by a model answer alone: for an imported card or a quick note that has no concepts yet.

Each sentence of the model answer becomes a concept, earned by the share of its words that the answer has, words of the
question at low weight. Full-mark answers of people hold a third to a half of a model answer's words, so coverage is
mapped to points and not taken for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quizbot.bank.model import Question
from quizbot.grading.lexicon import lexicon
from quizbot.grading.mark import ConceptMark, Mark, Remark, Span, State
from quizbot.grading.words import Form, Words, form, read
from quizbot.text import shorten

ASKED_WEIGHT = 0.3
"""What a word counts that is also in the question: saying it again shows little."""

ENOUGH = 0.55
"""The share of a sentence's weight at which it counts as said in full: people use other words for the rest."""

MOST_CONCEPTS = 12


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of a model answer: its stems with their weights."""

    name: str
    weights: dict[str, float]

    @property
    def worth(self) -> float:
        return sum(self.weights.values())


def grade_by_reference(question: Question, words: Words, deaf: frozenset[int]) -> Mark:
    """Return the mark against the best of the question's model answers; `deaf` words earn nothing."""
    said: dict[str, Span] = {}
    meaning = lexicon(question.vocabulary)
    for at, item in enumerate(words.forms):
        if item.content and at not in deaf:
            span = Span(words.starts[at], words.ends[at], "stem", item.normal)
            said.setdefault(item.stem, span)
            for other in meaning.synonyms((item.normal,)):
                if len(other) == 1:
                    said.setdefault(form(other[0]).stem, span._replace(how="synonym", word=other[0]))
    marks = [_against(parts, said) for parts in _references(question.ask, question.answer, question.also)]
    best = max(marks, key=lambda mark: mark.points, default=Mark(0, ()))
    if best.points:
        return best
    return Mark(0, best.concepts, (), (Remark.SHORT if len(words.forms) < 4 else Remark.OFF_SUBJECT,))


def _against(parts: Sequence[_Part], said: dict[str, Span]) -> Mark:
    concepts: list[ConceptMark] = []
    for number, part in enumerate(parts, start=1):
        hits = [said[stem] for stem in part.weights if stem in said]
        weight = sum(value for stem, value in part.weights.items() if stem in said)
        share = min(1.0, weight / (ENOUGH * part.worth))
        state = State.EARNED if share == 1 else State.PARTLY if share >= 0.3 else State.MISSED
        spans = sorted({span.start: span for span in hits}.items())
        concepts.append(
            ConceptMark(
                id=f"part-{number}",
                name=part.name,
                state=state,
                worth=round(part.worth, 2),
                share=share if state is not State.MISSED else 0.0,
                spans=tuple(span for _, span in spans) if state is not State.MISSED else (),
            )
        )
    total = sum(concept.worth for concept in concepts) or 1.0
    points = 100 * sum(concept.worth * concept.share for concept in concepts) / total
    return Mark(int(points + 0.5), tuple(concepts))


@lru_cache(maxsize=256)
def _references(ask: str, answer: str, also: tuple[str, ...]) -> tuple[tuple[_Part, ...], ...]:
    asked = {item.stem for item in read(ask).forms}
    return tuple(parts for text in (answer, *also) if (parts := _parts(text, asked)))


def _parts(text: str, asked: set[str]) -> tuple[_Part, ...]:
    """Cut a model answer at its sentences; short ones join the one before."""
    words = read(text)
    parts: list[_Part] = []
    begin = 0
    for at, end in enumerate(words.ends):
        last = at + 1 == len(words.ends)
        if not last and not any(sign in text[end : words.starts[at + 1]] for sign in ".!?;\n"):
            continue
        run = [item for item in words.forms[begin : at + 1] if item.content]
        if len(run) < 3 and not last:
            continue
        if run:
            parts.append(_Part(shorten(text[words.starts[begin] : end], 60), _weights(run, asked)))
        begin = at + 1
    if len(parts) <= MOST_CONCEPTS:
        return tuple(parts)
    rest: dict[str, float] = {}
    for part in parts[MOST_CONCEPTS - 1 :]:
        rest.update(part.weights)
    return (*parts[: MOST_CONCEPTS - 1], _Part("and the rest of the model answer", rest))


def _weights(run: Sequence[Form], asked: set[str]) -> dict[str, float]:
    return {item.stem: ASKED_WEIGHT if item.stem in asked else 1.0 for item in run}
