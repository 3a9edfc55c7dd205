"""Attacks on a question: what slips take away from good answers, and what tricks earn.

The changes are plain functions from text to text; `tests/bench/robustness.py` measures the grader with the same ones.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from random import Random

from quizbot.bank.model import Concept, Problem, Question
from quizbot.clock import chance
from quizbot.grading.compiled import compiled
from quizbot.grading.forms import split
from quizbot.grading.grade import KEYWORD_LIST_CAP, SHORTEST_LIST, grade
from quizbot.grading.lexicon import Lexicon
from quizbot.grading.sides import Pair, compared
from quizbot.grading.words import read
from quizbot.text import clean, shorten

RULE = "attack"

TYPOS_KEEP = 0.75
"""The share of its points that an answer with slips in 5 % of its words must keep: one concept of four, no more."""

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*\s*")
_VERB = re.compile(
    r"\b(is|are|was|were|can|could|should|must|will|would|has|have|does|do|did|may|might)\b(?!\s+not|n't)",
    re.IGNORECASE,
)
_BORDER = re.compile(r"[.!?;:,]|\b(?:but|because|which|who|while|whereas|so|if|when|and|or)\b")


def typos(text: str, share: float, luck: Random) -> str:
    """Return the text with a slip in that share of its longer words: a letter lost, doubled or swapped."""

    def slip(found: re.Match[str]) -> str:
        word = found.group()
        if luck.random() >= share:
            return word
        at = luck.randrange(1, len(word) - 1)
        kind = luck.randrange(3)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at] + word[at:]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return re.sub(r"[A-Za-z]{4,}", slip, text)


def gibberish(length: int, luck: Random) -> str:
    """Return so many words of random letters."""
    return " ".join("".join(luck.choices(string.ascii_lowercase, k=luck.randrange(2, 10))) for _ in range(length))


def denied_first(text: str) -> str:
    """Return the text with its first auxiliary verb denied, or with a denial before it if it has none."""
    changed = _VERB.sub(r"\1 not", text, count=1)
    return changed if changed != text else f"It is not true that {text}"


def denied_verbs(text: str) -> str:
    """Return the text with every auxiliary verb denied, or with a denial before it if it has none."""
    changed = _VERB.sub(r"\1 not", text)
    return changed if changed != text else f"It is not true that {text}"


def denied_sentences(text: str) -> str:
    """Return the text with every sentence denied as a whole."""
    return _SENTENCE.sub(lambda found: f"It is not the case that {found.group()}", text)


def bare_list(question: Question, joined: str) -> str:
    """Return keywords of each concept as somebody lists them who only learned the words."""
    return joined.join(", ".join(_bare(concept)) for concept in question.concepts)


def _bare(concept: Concept) -> Iterator[str]:
    for keyword in concept.keywords[: concept.at_least]:
        yield " ".join(" ".join(slot[0]) for slot in keyword.phrases[0].slots)


def swapped(text: str, pair: Pair) -> str:
    """Return the text with the names of the two sides exchanged throughout."""
    words = read(text)
    made: list[str] = []
    done = 0
    for start, end, item in zip(words.starts, words.ends, words.forms, strict=True):
        if item.stem in pair.stems:
            made += [text[done:start], pair.names[1 - pair.stems[item.stem]]]
            done = end
    return "".join([*made, text[done:]])


def of_one_side(text: str, pair: Pair, starts: Sequence[int]) -> bool:
    """Say whether words that begin at `starts` stand in one sentence, and that sentence names exactly one side."""
    for found in _SENTENCE.finditer(text):
        if starts and found.start() <= min(starts) and max(starts) < found.end():
            return len({pair.stems[item.stem] for item in read(found.group()).forms if item.stem in pair.stems}) == 1
    return False


def answers(question: Question) -> Iterator[str]:
    """Yield the good answers that a question brings."""
    yield from (clean(text) for text in (question.answer, *question.also) if text)


def earning_sentences(question: Question) -> Iterator[tuple[int, str]]:
    """Yield the sentences of the good answers that earn exactly one concept by themselves, with its number."""
    for text in answers(question):
        for found in _SENTENCE.findall(text):
            sentence = found.strip()
            mark = grade(question, sentence)
            earned = [number for number, concept in enumerate(mark.concepts) if concept.share == 1]
            if len(earned) == 1 and earned[0] < len(question.concepts) and question.concepts[earned[0]].at_least == 1:
                yield earned[0], sentence


def earning_clauses(question: Question) -> Iterator[tuple[int, str, str]]:
    """Yield the clauses that earn a concept by themselves, with its number and with their first verb denied."""
    for text in answers(question):
        for number, concept in enumerate(grade(question, text).concepts[: len(question.concepts)]):
            if concept.share < 1 or question.concepts[number].at_least > 1 or not concept.spans:
                continue
            first, last = min(span.start for span in concept.spans), max(span.end for span in concept.spans)
            begin = max((found.end() for found in _BORDER.finditer(text, 0, first)), default=0)
            border = _BORDER.search(text, last)
            clause = text[begin : border.start() if border else len(text)]
            denied = _VERB.sub(r"\1 not", clause, count=1)
            if denied != clause and grade(question, clause).concepts[number].share == 1:
                yield number, clause, denied


def sides_lost(question: Question, pair: Pair) -> Iterator[tuple[int, str, bool]]:
    """Yield the concepts that an answer says of exactly one side, with whether they are lost when the sides change."""
    for text in answers(question):
        changed = grade(question, swapped(text, pair))
        for number, concept in enumerate(grade(question, text).concepts[: len(question.concepts)]):
            if concept.share == 1 and of_one_side(text, pair, [span.start for span in concept.spans]):
                yield number, text, changed.concepts[number].share == 0


def pairs(question: Question) -> tuple[Pair, ...]:
    """Return the sides that a question compares."""
    meaning: Lexicon = compiled(question).lexicon
    return compared(question, meaning)


def attack(question: Question) -> Iterator[Problem]:
    """Yield what earns too much or loses too much; the same every time."""
    if not question.concepts:
        return
    for message in (*_earns(question), *_loses(question), *_keeps(question)):
        yield Problem(question.place, f"{question.id}: {message}", RULE)


def _earns(question: Question) -> Iterator[str]:
    if (points := grade(question, question.ask).points) > 5:
        yield f"repeating the question earns {points}"
    if points := grade(question, gibberish(80, chance(1))).points:
        yield f"random letters earn {points}"
    listed = bare_list(question, ", ")
    if len(split(listed)) > SHORTEST_LIST and (points := grade(question, listed).points) > KEYWORD_LIST_CAP:
        yield f"a bare list of keywords earns {points}: “{shorten(listed, 80)}”"


def _loses(question: Question) -> Iterator[str]:
    for text in answers(question):
        before = grade(question, text).points
        after = grade(question, typos(text, 0.05, chance(1))).points
        if after < TYPOS_KEEP * before:
            yield f"slips in 5 % of the words take “{shorten(text, 50)}” from {before} to {after}"


def _keeps(question: Question) -> Iterator[str]:
    for number, sentence in earning_sentences(question):
        denied = f"It is not the case that {sentence}"
        concept = grade(question, denied).concepts[number]
        if concept.share:
            yield f"“{shorten(denied, 80)}” still earns {concept.id} by “{shorten(concept.keyword, 50)}”"
    for pair in pairs(question):
        for number, text, lost in sides_lost(question, pair):
            if not lost:
                names = f"{pair.names[0]} and {pair.names[1]}"
                concept_id = question.concepts[number].id
                yield f"with {names} exchanged, “{shorten(text, 50)}” still earns {concept_id}"
