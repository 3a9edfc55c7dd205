"""An answer and a question in, a mark out. Pure, the same every time, in microseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quizbot.bank.model import Question
from quizbot.grading.compiled import Compiled, Rule, compiled
from quizbot.grading.forms import split
from quizbot.grading.mark import STRONG, ConceptMark, Mark, MisconceptionMark, Remark, State
from quizbot.grading.match import Answer, Found
from quizbot.grading.reference import grade_by_reference
from quizbot.grading.sides import Mentions, Pair, Sides, compared, good_answers, learn
from quizbot.grading.subject import STRAY_CAP, strays
from quizbot.grading.words import Words, read
from quizbot.text import clean

ECHO_RUN = 4
"""So many words in a row that the interviewer has just said are a quotation, and earn nothing."""

KEYWORD_LIST_CAP = 60
"""Most points for a bare list of keywords: it shows the words, not that they are understood."""

WORDING = "wording"
"""The id of the concept that a question's `wording` adds."""

SHORT = 4
"""An answer of fewer different words is remarked on unless it is strong."""


SLIP = 0.35
"""One misconception costs an answer that has all else right at most this share of its worth: it has not failed.

Of 700 answers written to the shipped questions, 320 right and 1 wrong one earned every concept; 4 and 1 of these also
seemed to say a misconception.
"""


def grade(question: Question, text: str, said: Sequence[str] = ()) -> Mark:
    """Return the mark of an answer.

    `text` is cleaned first (`quizbot.text.clean`); the spans of the mark are character offsets into the cleaned text.
    `said` is what the interviewer has said about the question besides its own wording: repeating it earns nothing.
    """
    text = clean(text)
    words = read(text)
    if not words.forms:
        return _nothing(question)
    heard = (question.ask, *question.variants, *said)
    deaf = echoes(words, heard)
    if not question.concepts:
        return grade_by_reference(question, words, deaf)
    ready = compiled(question)
    answer = Answer(words, ready, deaf)
    sides = sides_of(ready)
    mentions = Mentions(words, sides.pairs) if sides.pairs else None
    hits = [first_said(rules, answer) for rules in ready.misconceptions]
    false = words_of(hits)
    concepts = tuple(
        _concept(number, ready, answer, sides.expected[number] if mentions else (), mentions, false)
        for number in range(len(ready.concepts))
    )
    if question.wording:
        concepts = (*concepts, _wording(question, words, deaf, concepts))
    wrong = tuple(
        MisconceptionMark(misconception.id, misconception.say, misconception.costs, answer.spans(hit))
        for misconception, hit in zip(question.misconceptions, hits, strict=True)
        if hit is not None
    )
    return _whole(words, ready, deaf, concepts, wrong)


def _wording(question: Question, words: Words, deaf: frozenset[int], concepts: Sequence[ConceptMark]) -> ConceptMark:
    """Mark how much of the model answer is said in its own words, as one more concept of the right worth."""
    close = grade_by_reference(question, words, deaf)
    worth = sum(concept.worth for concept in concepts) * question.wording / (1 - question.wording)
    share = close.points / 100
    spans = tuple(sorted({span for part in close.concepts for span in part.spans})) if share else ()
    name = "close to the model answer"
    return ConceptMark(WORDING, name, _state(share, denied=False), round(worth, 2), share, spans)


def sides_of(ready: Compiled) -> Sides:
    """Return the sides that the question compares, learnt once from its good answers."""
    if ready.sides is None:
        pairs = compared(ready.question, ready.lexicon)
        ready.sides = _learnt(ready, pairs) if pairs else Sides((), ())
    return ready.sides


def _learnt(ready: Compiled, pairs: tuple[Pair, ...]) -> Sides:
    read_goods = [(words, Answer(words, ready)) for words in map(read, map(clean, good_answers(ready.question)))]

    def earned_in(words: Words, answer: Answer) -> Callable[[int], list[int]]:
        def earned(number: int) -> list[int]:
            mark = _concept(number, ready, answer)
            begins = {span.start for span in mark.spans} if mark.share else set()
            return [at for at, start in enumerate(words.starts) if start in begins]

        return earned

    goods = [(words, earned_in(words, answer)) for words, answer in read_goods]
    expected = learn(pairs, ready.question.concepts, goods)
    marks = [
        [_concept(number, ready, answer, sides, Mentions(words, pairs)).share for words, answer in read_goods]
        for number, sides in enumerate(expected)
    ]
    before = [[_concept(number, ready, answer).share for _, answer in read_goods] for number in range(len(expected))]
    # What would take a concept from an answer that its author calls good is a misunderstanding of ours.
    kept = (sides if now == then else () for sides, now, then in zip(expected, marks, before, strict=True))
    return Sides(pairs, tuple(kept))


def _concept(
    number: int,
    ready: Compiled,
    answer: Answer,
    expected: Sequence[tuple[int, int]] = (),
    mentions: Mentions | None = None,
    false: frozenset[int] = frozenset(),
) -> ConceptMark:
    """Mark one concept: the keywords that were found, each counted once, said of the `expected` sides.

    Nothing is earned with the `false` words, those that say a misconception.
    """
    concept = ready.question.concepts[number]
    earned: list[_Hit] = []
    denied: list[_Hit] = []
    used: set[int] = set()
    filled = answer.filled
    for rule in [rule for rule in ready.concepts[number] if rule.needs & filled == rule.needs]:
        found = answer.rule(rule)
        if not found:
            continue
        hit = _Hit(rule, found)
        if any(phrase.denied for phrase in found):
            denied.append(hit)
        elif mentions and any(mentions.side(pair, hit.places) == 1 - side for pair, side in expected):
            denied.append(hit)  # said of the other side
        elif false and not false.isdisjoint(hit.places):
            denied.append(hit)  # "an epoch is one update" says nothing right about updates
        elif concept.at_least == 1 or not used.issuperset(hit.places):  # one word is not two of "at least two"
            earned.append(hit)
            used |= hit.places
        if concept.at_least == 1 and earned:
            break
    share = min(1.0, len(earned) / concept.at_least)
    hits = earned or denied[:1]
    return ConceptMark(
        id=concept.id,
        name=concept.name,
        state=_state(share, denied=bool(denied)),
        worth=concept.worth,
        share=share,
        spans=answer.spans(phrase for hit in hits for phrase in hit.found),
        keyword="; ".join(hit.rule.text for hit in hits),
    )


def _state(share: float, *, denied: bool) -> State:
    if share == 1:
        return State.EARNED
    if share:
        return State.PARTLY
    return State.DENIED if denied else State.MISSED


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    found: tuple[Found, ...]

    @property
    def places(self) -> set[int]:
        return {fill.first for phrase in self.found for fill in phrase.fills}


def words_of(hits: Iterable[tuple[Found, ...] | None]) -> frozenset[int]:
    """Return the places of the words that say misconceptions."""
    return frozenset(fill.first for hit in hits if hit for phrase in hit for fill in phrase.fills)


def first_said(rules: Sequence[Rule], answer: Answer) -> tuple[Found, ...] | None:
    """Return the first keyword of a misconception that the answer says and does not deny."""
    for rule in rules:
        found = answer.rule(rule) if rule.needs & answer.filled == rule.needs else ()
        if found and not any(phrase.denied for phrase in found):
            return found
    return None


def _whole(
    words: Words,
    ready: Compiled,
    deaf: frozenset[int],
    concepts: tuple[ConceptMark, ...],
    wrong: tuple[MisconceptionMark, ...],
) -> Mark:
    """Add up a mark, and say what is to be said about the answer as a whole."""
    total = sum(concept.worth for concept in concepts)
    earned, lost = sum(concept.worth * concept.share for concept in concepts), sum(item.costs for item in wrong)
    if earned == total and len(wrong) == 1:
        lost = min(lost, SLIP * total)
    gained = earned - lost
    points = max(0.0, 100 * gained / total)
    remarks: list[Remark] = []
    if len(deaf) >= max(ECHO_RUN, 0.6 * len(words.forms)):
        remarks.append(Remark.ECHO)
    if points > KEYWORD_LIST_CAP and _is_keyword_list(words, ready, concepts):
        remarks.append(Remark.KEYWORD_LIST)
        points = min(points, KEYWORD_LIST_CAP)
    elif points > STRAY_CAP and strays(words, ready, concepts):
        remarks.append(Remark.STRAYING)
        points = STRAY_CAP
    if points < STRONG and len({item.normal for item in words.forms}) < SHORT:
        remarks.append(Remark.SHORT)
    elif not gained and not wrong and not remarks and all(item.state is State.MISSED for item in concepts):
        remarks.append(Remark.OFF_SUBJECT)
    return Mark(int(points + 0.5), concepts, wrong, tuple(remarks))


def _nothing(question: Question) -> Mark:
    missed = tuple(
        ConceptMark(concept.id, concept.name, State.MISSED, concept.worth, 0.0) for concept in question.concepts
    )
    return Mark(0, missed, (), (Remark.EMPTY,))


def echoes(words: Words, heard: tuple[str, ...]) -> frozenset[int]:
    """Return the places of words that only repeat what the interviewer said, in runs of at least `ECHO_RUN`."""
    runs, firsts = _runs(heard)
    said = [form[0] for form in words.forms]
    places: set[int] = set()
    for at in [at for at, word in enumerate(said) if word in firsts] if not firsts.isdisjoint(said) else ():
        if tuple(said[at : at + ECHO_RUN]) in runs:
            places.update(range(at, at + ECHO_RUN))
    return frozenset(places)


@lru_cache(maxsize=1024)
def _runs(heard: tuple[str, ...]) -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    """Return the runs of words in what was said, and the words that begin one."""
    runs: set[tuple[str, ...]] = set()
    for text in heard:
        said = split(text)
        runs.update(said[at : at + ECHO_RUN] for at in range(len(said) - ECHO_RUN + 1))
    return frozenset(runs), frozenset(run[0] for run in runs)


def _is_keyword_list(words: Words, ready: Compiled, concepts: Sequence[ConceptMark]) -> bool:
    """Say whether an answer is nothing but keywords: no sentence, and nearly every word is one that earns something.

    Concepts that ask for several things ("at least two of") are rightly answered by a list, and so is a question that
    asks for a list, or one whose own good answers are lists.
    """
    explained = any(
        mark.share == 1 and concept.at_least == 1
        for concept, mark in zip(ready.question.concepts, concepts, strict=False)
    )
    if not explained or not _is_bare(words, ready):
        return False
    if not _ENUMERATING.isdisjoint(split(ready.question.ask)):
        return False
    return not any(_is_bare(read(clean(text)), ready) for text in good_answers(ready.question))


def _is_bare(words: Words, ready: Compiled) -> bool:
    """Say whether nearly all words are the keywords' own, and hardly one only joins others."""
    number = len(words.forms)
    if number < SHORTEST_LIST:
        return False
    joining = sum(not item.content and item.normal not in ready.kept for item in words.forms)
    if joining > LIST_JOINING * number:
        return False
    looks = ready.looks
    own = sum((looks.get(item.normal) or ready.look(item)) is not None for item in words.forms)
    return own >= LIST_OWN * number


_ENUMERATING = frozenset("list enumerate types classes families".split())

SHORTEST_LIST, LIST_JOINING, LIST_OWN = 5, 0.1, 0.9
"""A list of keywords has so many words, at most this share of joining words ("the", "is"), at least this of keywords.

Where people write sentences a third of the words join; measured on full-mark exam answers (0.7 % look like lists) and
on lists made of the keywords themselves (84 % do).
"""
