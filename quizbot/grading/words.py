"""An answer as words: where each stands, its stem, the clause it lies in, and what negates it.

Comparing is done on the American spelling of the lower-case word and on its Snowball (Porter2) stem; nothing else in
the grader looks at letters. Offsets are characters of the cleaned answer.

The answer is cut into pieces by one `findall` and the pieces are looked up in a table that remembers them: this is
where a mark's microseconds go, so it is arrays and not objects.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple, Protocol

_SIGNS = "<>=≤≥≠≈^*+%"
_PIECE = re.compile(
    rf"""
      [eEiI]\.[gGeE]\.,?                                                 # e.g., i.e.
    | [^\W_]+(?:(?:['’]|(?<=\d)[.,](?=\d))[^\W_]+)*(?:\+\+|\#)?        # words, don't, l1, c++, c#, 0.5, 1,000
    | [ ]
    | (?:[^\w{re.escape(_SIGNS)}]|_)+                                  # what separates
    | [{re.escape(_SIGNS)}]=?                                          # <=, =
    """,
    re.VERBOSE,
)

FUNCTION_WORDS = frozenset(
    """
    a an the of to in on at is are was were be been being it its this that these those and or for with as by does do
    did has have had from than then so i you we they he she my your our their me us them will would can could should
    may might must just also very really quite some any such there here about into which who whom whose what how why
    where when while because if but though although however whereas am im ive etc e g ie let s t ll d m re ve e.g i.e
    """.split()
)
"""Words that carry no concept: skipped when the distance between words is counted."""

NEGATORS = frozenset(
    """
    not no never without cannot nor neither none nothing nobody hardly barely unable lacks lack lacking lacked fails
    fail failing failed dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt
    mustnt
    """.split()
)
_PAIRS = frozenset({("instead", "of"), ("rather", "than")})
_PAIRED = frozenset(first for first, _ in _PAIRS)
_ONLY = frozenset({"only", "just", "merely", "simply", "necessarily"})  # "not only" affirms
_LIMITS = frozenset({"fewer", "more", "longer", "later"})  # "no more than two" affirms, "no less" always
_CONTRASTS = frozenset("but whereas while although though however unless yet except".split())  # part two clauses
_LINKS = frozenset("because since so which who if when where that as until".split())  # join what they part
_VERBAL = frozenset(
    """
    is are was were be been has have had does do did will would can could should may might must it they we you i
    isn't aren't doesn't don't won't can't goes grows gets becomes stays keeps falls rises drops means
    """.split()
)

REACH = 4
"""So many content words after a negator it can negate: negation is local (a wide scope marks people down unfairly)."""


_IRREGULAR = {
    form: family.split()[0]
    for family in """
    become became; begin began begun; break broke broken; bring brought; build built; buy bought; catch caught;
    choose chose chosen; draw drew drawn; drive drove driven; experience experienced; fall fell fallen; feed
    fed; find found; forget forgot forgotten; get got gotten; give gave given; go went gone; grow grew grown;
    hide hid hidden; hold held; keep kept; know knew known; lead led; learn learnt; leave left; lose lost; make
    made; meet met; pay paid; rise rose risen; run ran; say said; see saw seen; sell sold; send sent; shrink
    shrank shrunk; speak spoke; spend spent; stand stood; take took taken; teach taught; tell told; think
    thought; throw threw thrown; understand understood; write wrote written; analysis analyses; child children;
    criterion criteria; datum data; hypothesis hypotheses; index indices; matrix matrices; person people; vertex
    vertices
    """.split(";")
    for form in family.split()[1:]
}
"""Forms that a stemmer does not bring together: each family's first word, then the others."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - PyStemmer's name


@cache
def _stemmer() -> _Stemmer:
    import Stemmer

    made: _Stemmer = Stemmer.Stemmer("english")
    return made


def stem(word: str) -> str:
    """Return the stem of a normal word (see `normal`)."""
    word = _IRREGULAR.get(word, word)
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


_PLURAL = re.compile(r"[A-Z0-9]{2,}s|[b-df-hj-np-tv-z]{2,4}s")


def normal(word: str) -> str:
    """Return the form of a word in which it is compared: lower case, compatible letters, American spelling."""
    if _PLURAL.fullmatch(word):  # LLMs, cnns: a stemmer takes no "s" from a word without a vowel
        word = word[:-1]
    word = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 4 and word.isascii():
        for pattern, spelling in _AMERICAN:
            word = pattern.sub(spelling, word)
    return word


class Form(NamedTuple):
    """What a piece of text is, wherever it stands."""

    normal: str
    stem: str
    content: bool
    role: int


_WORD, _NEGATOR, _VERB, _AND, _LINK, _CLAUSE, _COMMA, _STOP, _JOIN, _SPACE = range(10)
_forms: dict[str, Form] = {}


def form(piece: str) -> Form:
    """Return what a piece of text is; remembered, for the next answer says much the same words."""
    known = _forms.get(piece)
    if known is None:
        if len(_forms) > 50_000:
            _forms.clear()
        known = _forms[piece] = _form(piece)
    return known


def _form(piece: str) -> Form:
    if not piece[0].isalnum() and piece[0] not in _SIGNS:
        return Form("", "", False, _gap(piece))
    word = normal(piece).rstrip(".,").replace(".", "") if piece[1:2] == "." else normal(piece)
    role = _WORD
    if word in NEGATORS or word.endswith("n't"):
        role = _NEGATOR
    elif word in _CONTRASTS:
        role = _CLAUSE
    elif word in _LINKS:
        role = _LINK
    elif word in ("and", "or"):
        role = _AND
    elif word in _VERBAL:
        role = _VERB
    return Form(word, stem(word), word not in FUNCTION_WORDS, role)


def _gap(piece: str) -> int:
    """Say how far a piece between words parts them."""
    if piece in ("-", "‐", "‑", "_"):
        return _JOIN
    if any(sign in piece for sign in ("\n", "!", "?", ";", "…", "•", "–", "—", "→", ". ")):
        return _STOP
    if piece.endswith(".") and len(piece) > 1:
        return _STOP
    return _COMMA if any(sign in piece for sign in ",.:/()[]{}|&-") else _SPACE


class Words(NamedTuple):
    """The words of an answer, as arrays of one entry a word.

    `starts`, `ends`: characters; `forms`: what each word is; `places`: distance along the answer in content words,
    where a comma or "and" counts as one more, and a new clause as `CLAUSE` more; `negators`: for the words that are
    negated, which words do it (an odd number denies, an even number does not).
    """

    starts: list[int]
    ends: list[int]
    forms: list[Form]
    places: list[int]
    negators: dict[int, tuple[int, ...]]


LONG = 5
"""Words from which a stretch between commas is a clause of its own and no item of a list."""

CLAUSE = 1000
"""How far apart two clauses are: further than any phrase reaches."""


def split(text: str) -> tuple[str, ...]:
    """Return the normal forms of the words in `text`, without places: for keywords and vocabularies."""
    return tuple(found.normal for piece in _PIECE.findall(text) if (found := form(piece)).normal)


def read(text: str) -> Words:
    """Return the words of an answer with their places, stems and what negates them."""
    pieces = _PIECE.findall(text)
    known = _forms.get
    found = [known(piece) or form(piece) for piece in pieces]
    starts: list[int] = []
    ends: list[int] = []
    forms: list[Form] = []
    places: list[int] = []
    negators: dict[int, tuple[int, ...]] = {}
    verbs_ahead, words_ahead = _ahead(found)
    place = reach = end = since = 0
    verb = False
    scope: tuple[int, ...] = ()
    only: tuple[int, ...] = ()
    sentences: list[int] = []
    doubtful = False
    for at, item in enumerate(found):
        start, end = end, end + len(pieces[at])
        role = item.role
        if role == _SPACE:
            continue
        if role >= _COMMA:
            if role == _STOP:
                place, verb, scope = place + CLAUSE, False, ()
                sentences.append(len(forms))
            elif role == _COMMA:
                scope = ()  # what follows a comma is seldom still negated
                parts = (verb and verbs_ahead[at]) or (since >= LONG and words_ahead[at] >= LONG)
                place, verb = (place + CLAUSE, False) if parts else (place + 1, verb)
            since = 0
            continue
        since += 1
        if item.content:
            place += 1
        if role:
            if role == _CLAUSE or (role == _AND and verb and verbs_ahead[at]):
                place, verb, scope = place + CLAUSE, False, ()
            elif role == _AND:
                place += 1
                scope = scope if item.normal == "or" else ()
            elif role == _VERB:
                verb = True
            elif role == _LINK:
                verb, scope = False, ()
        if only:
            negators[len(forms)], only = only, ()
        elif scope:
            negators[len(forms)] = scope
            if item.content:
                reach -= 1
                if reach <= 0:
                    scope = ()
        if role == _NEGATOR or item.normal in _PAIRED:
            if _negates(item, found, at):
                scope, reach = (*scope[-3:], len(forms)), REACH if role == _NEGATOR else 2
            elif role == _NEGATOR:
                only = (len(forms),)  # "not only X" affirms X and denies the "only"
        doubtful = doubtful or item.normal in _TRUTH
        starts.append(start)
        ends.append(end)
        forms.append(item)
        places.append(place)
    if doubtful:
        _deny_sentences([form.normal for form in forms], [*sentences, len(forms)], negators)
    return Words(starts, ends, forms, places, negators)


def _deny_sentences(said: list[str], sentences: list[int], negators: dict[int, tuple[int, ...]]) -> None:
    """Add what denies a sentence as a whole: "it is not the case that ...", "... is not true", "..., which is wrong".

    `sentences` are the ends of the sentences, in words.
    """
    begin = 0
    for end in sentences:
        for at in range(begin, end):
            if said[at] not in _TRUTH:
                continue
            before = range(max(begin, at - 3), at)
            denials = [word for word in before if said[word] in NEGATORS or said[word].endswith("n't")]
            if not denials and said[at] not in _FALSE:
                continue
            if at + 1 < end and said[at + 1] == "that":
                reach = range(at + 2, end)
            elif at + 1 == end and (pointing := [word for word in before if said[word] in _POINTING]):
                reach = range(begin, pointing[0])
            elif at + 1 == end and denials and said[at] in ("true", "case"):
                reach = range(begin, denials[0])
            else:
                continue
            for word in reach:
                negators[word] = (*negators.get(word, ()), at)
        begin = end


_FALSE = frozenset({"wrong", "false", "untrue", "incorrect"})
_TRUTH = frozenset({"true", "case", "right", "correct"}) | _FALSE
_POINTING = frozenset({"which", "this", "that"})


def _ahead(found: list[Form]) -> tuple[list[bool], list[int]]:
    """Say for each piece whether a verb, and how many words, come before the next separator."""
    verbs, counts = [False] * len(found), [0] * len(found)
    verb, words = False, 0
    for at in range(len(found) - 1, -1, -1):
        role = found[at].role
        if role < _COMMA:
            words += 1
        if _AND <= role <= _STOP:
            verbs[at] = verb
            verb = False
            if role >= _COMMA:
                counts[at] = words
                words = 0
        elif role == _VERB:
            verb = True
    return verbs, counts


def _negates(item: Form, found: list[Form], at: int) -> bool:
    """Say whether a word begins a negation, given the words after it."""
    following = [other.normal for other in found[at + 1 : at + 5] if other.normal] + ["", ""]
    if item.role == _NEGATOR:
        if following[0] in _ONLY or (item.normal == "no" and following[0] == "doubt"):
            return False
        limit = following[0] == "less" or (following[0] in _LIMITS and following[1] == "than")
        return not (limit and item.normal in ("no", "not"))
    return (item.normal, following[0]) in _PAIRS
