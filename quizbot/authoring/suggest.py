"""Keywords that would have caught what an answer said in other words, and that break nothing.

An answer and the concept that it should have earned come from the bank itself (`also` answers that miss a concept) or
from somebody who said "but I did say that". What is proposed earns that concept there, changes no example, is not said
by the question itself and by no model answer of another question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from quizbot.authoring.check import check_question
from quizbot.authoring.lint import is_common
from quizbot.bank.model import Keyword, Phrase, Place, Question
from quizbot.grading.forms import form, split
from quizbot.grading.grade import grade
from quizbot.grading.words import CLAUSE, Words, read
from quizbot.text import clean

MOST = 3
"""Keywords that are proposed for one concept of one answer."""

NEAR = 3
"""Content words between the two of a proposed keyword, at most."""


@dataclass(frozen=True, slots=True)
class Missed:
    """An answer that should have earned a concept (by its id)."""

    text: str
    concept: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A keyword for a concept, as it is written in a bank, and the points of the answer `before` and `after` it."""

    concept: str
    keyword: str
    text: str
    before: int
    after: int


def missed(question: Question) -> Iterator[Missed]:
    """Yield the concepts that the question's own good answers do not earn."""
    for text in question.also:
        for concept in grade(question, text).concepts[: len(question.concepts)]:
            if not concept.share:
                yield Missed(text, concept.id)


def suggest(question: Question, answers: Iterable[Missed], others: Sequence[Question]) -> Iterator[Suggestion]:
    """Yield keywords for the answers; `others` are questions whose model answers must not earn them."""
    told = {(problem.place, problem.message) for problem in check_question(question)}
    foreign = [other.answer for other in others if other.key != question.key and other.answer]
    for answer in answers:
        number = next((at for at, concept in enumerate(question.concepts) if concept.id == answer.concept), None)
        if number is None or question.concepts[number].at_least > 1:
            continue
        text = clean(answer.text)
        before = grade(question, text).points
        found = 0
        for phrase in _phrases(question, number, read(text)):
            changed = _with(question, number, phrase)
            mark = grade(changed, text)
            if not mark.concepts[number].share or _harms(changed, number, told, foreign):
                continue
            yield Suggestion(answer.concept, phrase, text, before, mark.points)
            found += 1
            if found == MOST:
                break


def _phrases(question: Question, number: int, words: Words) -> list[str]:
    """Return pairs of neighbouring words of an answer that nobody says by chance, the likeliest first."""
    concept = question.concepts[number]
    wanted = {form(word).stem for word in split(f"{concept.name} {' '.join(item.text for item in concept.keywords)}")}
    asked = {form(word).stem for word in split(question.ask)}
    places = [
        at for at, item in enumerate(words.forms) if item.content and len(item.normal) > 2 and at not in words.negators
    ]
    pairs: dict[str, tuple[int, int]] = {}
    for one, two in combinations(places, 2):
        apart = words.places[two] - words.places[one]
        if apart > NEAR or apart >= CLAUSE:
            continue
        pair = words.forms[one], words.forms[two]
        if pair[0].stem == pair[1].stem or all(is_common(item.normal) for item in pair):
            continue
        fit = sum(2 * (item.stem in wanted) - (item.stem in asked) - is_common(item.normal) for item in pair)
        pairs.setdefault(f"{pair[0].normal} {pair[1].normal}", (-fit, apart))
    return sorted(pairs, key=pairs.__getitem__)


def _with(question: Question, number: int, phrase: str) -> Question:
    """Return the question with one more keyword for a concept."""
    slots = tuple(((word,),) for word in phrase.split())
    keyword = Keyword((Phrase(slots, negated=False, text=phrase),), in_order=False, text=phrase)
    concepts = list(question.concepts)
    concepts[number] = replace(concepts[number], keywords=(*concepts[number].keywords, keyword))
    return replace(question, concepts=tuple(concepts))


def _harms(changed: Question, number: int, told: set[tuple[Place, str]], foreign: Sequence[str]) -> bool:
    """Say whether a keyword breaks a test, is earned by the question itself or by answers to other questions."""
    only = replace(changed.concepts[number], keywords=changed.concepts[number].keywords[-1:])
    alone = replace(changed, concepts=(only,), misconceptions=(), examples=(), wording=0.0)
    if any(grade(alone, text).points for text in (changed.ask, *foreign)):
        return True
    return any((problem.place, problem.message) not in told for problem in check_question(changed))
