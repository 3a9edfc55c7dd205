"""An answer as words: where each stands, how it is spelled for comparing, its stem, and the clause it lies in.

Offsets are characters of the cleaned answer. Comparing is done on the American spelling of the lower-case word and on
its Snowball (Porter2) stem; nothing else in the grader looks at letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

_WORD = re.compile(
    r"""
      (?P<number>\d+(?:[.,]\d+)*%?)(?![^\W_])        # 3, 0.5, 99%, 1,000
    | (?P<word>[^\W_]+(?:['’][^\W_]+)*(?:\+\+|\#)?)  # words, don't, l1, c++, c#
    | (?P<stop>[.!?;:…]+|\n|[,()\[\]{}|•–—→]|\s[-*]\s|/)  # what separates
    | (?P<sign><=|>=|!=|==|[<>=+*^%≤≥≠≈×λσμ])
    """,
    re.VERBOSE,
)

FUNCTION_WORDS = frozenset(
    """
    a an the of to in on at is are was were be been being it its this that these those and or for with as by
    does do did has have had from than then so i you we they he she my your our their me us them will would
    can could should may might must just also very really quite some any such there here about into which who
    whom whose what how why where when while because if but though although however whereas am im ive etc e g
    ie let s t ll d m re ve
    """.split()
)
"""Words that carry no concept: skipped when the distance between words is counted."""

NEGATORS = frozenset(
    """
    not no never without cannot nor neither none nothing hardly barely unable lacks lack lacking lacked fails
    fail failing failed
    """.split()
)
_NT_WORDS = frozenset(
    """
    dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt mustnt
    """.split()
)
_TWO_WORD_NEGATORS = frozenset({("instead", "of"), ("rather", "than")})
_ONLY = frozenset({"only", "just", "merely", "simply", "necessarily"})  # "not only" affirms
_LIMITS = frozenset({"less", "fewer", "more", "longer", "later", "doubt"})  # "no less than" affirms

_CLAUSE_WORDS = frozenset(
    """
    but whereas while although though however because since so which who if when unless yet
    """.split()
)
_VERBAL = frozenset(
    """
    is are was were be been has have had does do did will would can could should may might must it they we you
    i isn't aren't doesn't don't won't can't goes grows gets becomes stays keeps falls rises drops means
    """.split()
)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - PyStemmer's name


@cache
def _stemmer() -> _Stemmer:
    import Stemmer

    made: _Stemmer = Stemmer.Stemmer("english")
    return made


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a normal word (see `normal`)."""
    if len(word) < 4 or not word.isalpha():
        return word
    return _stemmer().stemWord(word)


_AMERICAN = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2}ly)s(?=(?:e|ed|es|er|ers|ing)$)"), "z"),
    (re.compile(r"^(behavi|neighb|col|fav|lab|hon|flav|rig)our"), r"\1or"),
    (re.compile(r"^(.*(?:label|model|signal|parallel|cancel|travel|channel))l(ed|ing|er|ers|ings)$"), r"\1\2"),
    (re.compile(r"^(cent|fib)re(s?)$"), r"\1er\2"),
)


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """Return the form of a word in which it is compared: lower case, compatible letters, American spelling."""
    word = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 4 and word.isascii():
        word = _american(word)
    return word


def _american(word: str) -> str:
    for pattern, spelling in _AMERICAN:
        word = pattern.sub(spelling, word)
    return word


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an answer: [start, end) in characters; `clause` counts from 0.

    `negators` are the starts of the words that negate it: an odd number denies it, an even number does not.
    """

    start: int
    end: int
    normal: str
    stem: str
    clause: int
    negators: tuple[int, ...] = ()


def split(text: str) -> tuple[str, ...]:
    """Return the normal forms of the words in `text`, without places: for keywords and vocabularies."""
    return tuple(normal(found.group()) for found in _WORD.finditer(text) if found.lastgroup != "stop")


def read(text: str) -> tuple[Word, ...]:
    """Return the words of an answer with their places, stems, clauses and whether each is negated."""
    raw: list[tuple[int, int, str]] = []  # "" is a full stop, "," a comma or the like
    for found in _WORD.finditer(text):
        if found.lastgroup != "stop":
            raw.append((found.start(), found.end(), normal(found.group())))
            continue
        mark = found.group()
        if mark == ":" and text[found.end() : found.end() + 1].strip():
            continue  # 12:30, key:value
        if mark == "." and text[found.end() : found.end() + 1].strip():
            continue  # e.g., sklearn.svm
        raw.append((found.start(), found.end(), "," if mark in ",/()" else ""))
    clauses = _clauses([form for _, _, form in raw])
    words: list[Word] = []
    open_negators: tuple[int, ...] = ()
    reach, last_clause = 0, -1
    for place, (start, end, form) in enumerate(raw):
        if form == ",":
            reach = min(reach, 2)  # "no labels, no teacher": what comes after a comma is seldom still negated
        if form in ("", ","):
            continue
        if clauses[place] != last_clause or not reach:
            open_negators, last_clause = (), clauses[place]
        words.append(Word(start, end, form, stem(form), last_clause, open_negators))
        after = [item[2] for item in raw[place + 1 : place + 3]]
        if _negates(form, (after[0] if after else "", after[1] if len(after) > 1 else "")):
            open_negators, reach = (*open_negators[-3:], start), _REACH
        elif form not in FUNCTION_WORDS:
            reach -= 1
    return tuple(words)


_REACH = 4
"""How many content words after a negator it can negate, at most: negation is local (a wide scope marks people down)."""


def _negates(form: str, following: tuple[str, str]) -> bool:
    """Say whether a word begins a negation, given the two words after it."""
    negator = form in NEGATORS or form in _NT_WORDS or form.endswith("n't")
    if negator and following[0] in _ONLY:
        return False
    if form in ("no", "not") and following[0] in _LIMITS and (following[1] == "than" or following[0] == "doubt"):
        return False
    return negator or (form, following[0]) in _TWO_WORD_NEGATORS


def _clauses(forms: list[str]) -> list[int]:
    """Number the clauses: full stops and words like "but" part them; "and" and commas only between two verbs."""
    numbers: list[int] = []
    clause = 0
    verbal = _verbal_after(forms)
    verb_seen = False
    for place, form in enumerate(forms):
        if form == "" or form in _CLAUSE_WORDS or (form in (",", "and", "or") and verb_seen and verbal[place]):
            clause, verb_seen = clause + 1, False
        elif form in _VERBAL:
            verb_seen = True
        numbers.append(clause)
    return numbers


def _verbal_after(forms: list[str]) -> list[bool]:
    """Say for each place whether a verb comes before the next separator."""
    after = [False] * len(forms)
    verb = False
    for place in range(len(forms) - 1, -1, -1):
        form = forms[place]
        after[place] = verb
        if form in ("", ",", "and", "or") or form in _CLAUSE_WORDS:
            verb = False
        elif form in _VERBAL:
            verb = True
    return after
