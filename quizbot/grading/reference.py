"""Marking by a model answer alone: for an imported card or a quick note that has no concepts yet.

Each sentence of the model answer is shown as a concept, earned by the share of its words that the answer has. Points
come from the answer as a whole: full-mark answers of people hold a third to a half of a model answer's words, so how
much is covered is mapped to points by a curve that was fitted on human-marked answers, and is not taken for them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p

from quizbot.bank.model import Question
from quizbot.grading.compiled import edits
from quizbot.grading.forms import Form, form
from quizbot.grading.lexicon import Lexicon, lexicon, told
from quizbot.grading.mark import ConceptMark, Mark, Remark, Span, State
from quizbot.grading.match import widened
from quizbot.grading.words import Denial, Words, read
from quizbot.text import shorten

ASKED_WEIGHT = 0.3
"""What a word counts that is also in the question: saying it again shows little."""

ENOUGH = 0.5
"""The share of a sentence's weight at which it counts as said in full: people use other words for the rest."""

CURVE = (0.30, 0.09, 0.41, 0.27, 0.071)
"""Weights of: coverage (full at 2/3), coverage (full at 1/3), letters, word pairs, and length (times coverage).

Ridge regression over four public sets of human-marked short answers (10,816 answers of students to 254 questions on
data structures, neural networks, circuits and school science), each set with its own base rate and equal weight;
scaled so that nothing found is 0 points and the median full-mark answer of the first three sets about 70.
"""

ALIKE = 0.55
"""Dice coefficient of letter triples from which two words count as kin (evaporated, vaporisation), in that share."""

MOST_CONCEPTS = 12

FEW = 3
"""An answer of fewer different content words that earns nothing is called short, and not off the subject."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of a model answer: its stems with their weights."""

    name: str
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Reference:
    """A model answer ready to be compared with. `denies`: it, or the question, says "not" or what is to be avoided."""

    parts: tuple[_Part, ...]
    weights: dict[str, float]
    denies: bool
    triples: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Said:
    """An answer ready to be compared: its content words with their places, letter triples, word pairs.

    `places` leads from a stem to the words that have it.
    """

    words: Words
    places: dict[str, list[int]]
    spans: dict[str, Span]
    normals: dict[str, str]
    triples: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    fresh: int


def grade_by_reference(question: Question, words: Words, deaf: frozenset[int]) -> Mark:
    """Return the mark against the best of the question's model answers; `deaf` words earn nothing."""
    meaning = _meaning(question)
    references = _references(question.ask, question.answer, question.also)
    said = _said(words, deaf, _asked(question.ask))
    marks = [_against(reference, said, meaning) for reference in references]
    best = max(marks, key=lambda mark: mark.points, default=Mark(0, ()))
    if best.points:
        return best
    return Mark(0, best.concepts, (), (Remark.SHORT if len(said.spans) < FEW else Remark.OFF_SUBJECT,))


_meanings: dict[int, tuple[Question, Lexicon]] = {}


def _meaning(question: Question) -> Lexicon:
    """Return the words of the field for a question, looked up once for the last few hundred questions."""
    kept = _meanings.get(id(question))
    if kept is None or kept[0] is not question:
        if len(_meanings) > 512:
            _meanings.clear()
        kept = _meanings[id(question)] = (question, lexicon(question.vocabulary, question.topic, told(question)))
    return kept[1]


def _said(words: Words, deaf: frozenset[int], asked: frozenset[str]) -> _Said:
    spans: dict[str, Span] = {}
    normals: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    heard = [item.normal for at, item in enumerate(words.forms) if at not in deaf]
    for at, item in enumerate(words.forms):
        if item.content and at not in deaf:
            if item.stem not in spans:
                spans[item.stem] = Span(words.starts[at], words.ends[at], "stem", item.normal)
                normals[item.stem] = item.normal
            places.setdefault(item.stem, []).append(at)
    return _Said(
        words,
        places,
        spans,
        normals,
        frozenset(triple for word in normals.values() for triple in _triples(word)),
        frozenset(itertools.pairwise(heard)),
        sum(stem not in asked for stem in spans),
    )


def _against(reference: _Reference, said: _Said, meaning: Lexicon) -> Mark:
    found = _found(reference, said, meaning)
    total = sum(reference.weights.values()) or 0.5
    cover = sum(weight * found[stem][0] for stem, weight in reference.weights.items() if stem in found) / total
    letters = len(reference.triples & said.triples) / (len(reference.triples) or 1)
    pairs = len(reference.pairs & said.pairs) / (len(reference.pairs) or 1)
    third = min(1.0, 3 * cover)
    features = (min(1.0, 1.5 * cover), third, letters * third, pairs * third, log1p(said.fresh) * third)
    points = sum(weight * value for weight, value in zip(CURVE, features, strict=True))
    points *= 1 - _contradicted(reference, said)
    return Mark(int(min(1.0, points) * 100 + 0.5), tuple(_concepts(reference.parts, found)))


def _contradicted(reference: _Reference, said: _Said) -> float:
    """Return the share of the words found that the answer denies where the model answer affirms them.

    Only denied verbs and denied statements count, and only against a model answer (and question) without any "not" of
    its own: else "avoids copies" and "does not copy" would contradict each other.
    """
    words = said.words
    if reference.denies or not (words.denials or words.refused):
        return 0.0
    # "is not connected to the positive terminal" contradicts nobody who says "separated from the positive terminal".
    denials = [denial for denial in words.denials if _denied_word(words, denial) in reference.weights]
    by_verb = {denial.at for denial in denials}
    negators = widened(words._replace(denials=denials), frozenset(reference.weights))
    found = against = 0.0
    for stem, weight in reference.weights.items():
        if stem in said.places:
            found += weight
            if all(
                (len(by_verb.intersection(negators.get(at, ()))) % 2 == 1) != (at in words.refused)
                for at in said.places[stem]
            ):
                against += weight
    return against / found if found else 0.0


def _denied_word(words: Words, denial: Denial) -> str:
    """Return the stem of the first word of meaning that a denied verb denies: mostly the verb itself."""
    following = (words.forms[at] for at in range(denial.at + 1, denial.end))
    return next((item.stem for item in following if item.content), "")


def _found(reference: _Reference, said: _Said, meaning: Lexicon) -> dict[str, tuple[float, Span]]:
    """Return for each stem of the model answer that the answer has: how surely (0-1), and the words for it."""
    found: dict[str, tuple[float, Span]] = {}
    others = {stem: word for stem, word in said.normals.items() if stem not in reference.weights}
    synonyms = {
        form(other[0]).stem: said.spans[stem]._replace(how="synonym")
        for stem, word in others.items()
        for other in meaning.synonyms((word,))
        if len(other) == 1
    }
    for stem in reference.weights:
        if stem in said.spans:
            found[stem] = 1.0, said.spans[stem]
        elif stem in synonyms:
            found[stem] = 1.0, synonyms[stem]
        elif others and (near := _kin(stem, others, meaning)):
            found[stem] = near[0], said.spans[near[1]]._replace(how="typo")
    return found


def _kin(stem: str, others: dict[str, str], meaning: Lexicon) -> tuple[float, str] | None:
    """Return the written stem that is most alike, and how much: a misspelling, or a word of the same family."""
    from rapidfuzz.distance import OSA

    best: tuple[float, str] | None = None
    wanted = _triples(stem)
    for other, word in others.items():
        if other[0] != stem[0] or meaning.apart(word, stem):
            continue
        allowed = edits(min(len(other), len(stem)))
        if allowed and OSA.distance(other, stem, score_cutoff=allowed) <= allowed:
            return 0.9, other
        alike = 2 * len(wanted & _triples(other)) / (len(wanted) + len(_triples(other)))
        if alike > ALIKE and (best is None or alike > best[0]):
            best = alike, other
    return best


def _concepts(parts: Sequence[_Part], found: dict[str, tuple[float, Span]]) -> list[ConceptMark]:
    concepts: list[ConceptMark] = []
    for number, part in enumerate(parts, start=1):
        hits = [(weight * found[stem][0], found[stem][1]) for stem, weight in part.weights.items() if stem in found]
        worth = sum(part.weights.values())
        share = min(1.0, sum(weight for weight, _ in hits) / (ENOUGH * worth))
        state = State.EARNED if share == 1 else State.PARTLY if share >= 0.4 else State.MISSED
        shown = state is not State.MISSED
        concepts.append(
            ConceptMark(
                id=f"part-{number}",
                name=part.name,
                state=state,
                worth=round(worth, 2),
                share=share if shown else 0.0,
                spans=tuple(sorted({span for _, span in hits})) if shown else (),
            )
        )
    return concepts


@lru_cache(maxsize=4096)
def _triples(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


@lru_cache(maxsize=256)
def _asked(ask: str) -> frozenset[str]:
    return frozenset(item.stem for item in read(ask).forms)


@lru_cache(maxsize=256)
def _references(ask: str, answer: str, also: tuple[str, ...]) -> tuple[_Reference, ...]:
    return tuple(reference for text in (answer, *also) if (reference := _reference(text, ask)).weights)


def _reference(text: str, ask: str) -> _Reference:
    asked = _asked(ask)
    asked_triples = {triple for item in read(ask).forms if item.content for triple in _triples(item.normal)}
    words = read(text)
    forms = words.forms
    normals = [item.normal for item in forms]
    contents = [item for item in forms if item.content]
    triples = {triple for item in contents for triple in _triples(item.normal)}
    return _Reference(
        parts=_parts(text, asked),
        weights=_weights(contents, asked),
        denies=any(heard.negators or heard.refused or heard.spared for heard in (words, read(ask))),
        triples=frozenset(triples - asked_triples),
        pairs=frozenset(itertools.pairwise(normals)),
    )


def _parts(text: str, asked: frozenset[str]) -> tuple[_Part, ...]:
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


def _weights(run: Sequence[Form], asked: frozenset[str]) -> dict[str, float]:
    return {item.stem: ASKED_WEIGHT if item.stem in asked else 1.0 for item in run}
