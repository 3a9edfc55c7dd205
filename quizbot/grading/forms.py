"""What a word is, wherever it stands: the form in which it is compared, its stem, and what it does in a sentence.

Comparing is done on the American spelling of the lower-case word and on its Snowball (Porter2) stem. Numbers and
symbols are compared by what they mean: 0.5 = .5 = 50 %, λ = lambda, R² = R^2 = r2, >= = ≥, O(n log n) = O(n·log n).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple, Protocol

_SIGNS = "<>=≤≥≠≈^*+%!"
_GAP = rf"(?:[^\w{re.escape(_SIGNS)}.]|_|!(?!=)|\.(?!\d)|(?<=\w)\.)*"
_WORD = rf"""
    (?: [oOΘΩ]\((?:[^()\n]|\([^()\n]{{0,12}}\)){{1,30}}\)                               # O(n log n)
      | (?:\d+(?:[.,]\d+)*|\.\d+)(?:\s?(?:%|percent\b|per\ cent\b|pct\b)|(?![^\W_%]))    # 0.5, .5, 1,000, 50 %
      | (?:(?<![^\W_])[^\W\d_]\.){{2,}},?                                                  # e.g., i.e., A.I.
      | (?<![^\W_])[^\W\d_]\s?(?:\^|\*\*)\s?\d(?!\d)                                     # x^2
      | [^\W_]+(?:(?:['’]|(?<=\d)[.,](?=\d))[^\W_]+)*(?:\+\+|\#)?                        # words, don't, l1, c++, c#
      | !=|[{re.escape(_SIGNS.replace("!", ""))}]=?                                      # <=, =, !=
    )
"""
PIECE = re.compile(
    rf"""
    [^\W\d_]{{2,}}[ ]                                                                      # most words: tried first
    | {_WORD} {_GAP}
    | (?:[^\w{re.escape(_SIGNS)}.]|_|!(?!=)|\.(?!\d)|(?<=\w)\.)+ | \.                    # what stands before the first
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A word or a sign together with what separates it from the next."""

FUNCTION_WORDS = frozenset(
    """
    a an the of to in on at is are was were be been being it its this that these those and or for with as by does do
    did has have had from than then so i you we they he she my your our their me us them will would can could should
    may might must just also very really quite some any such there here about into which who whom whose what how why
    where when while because if but though although however whereas am im ive etc e g ie let s t ll d m re ve eg
    """.split()
)
"""Words that carry no concept: skipped when the distance between words is counted."""

NEGATORS = frozenset(
    """
    not no never without cannot nor neither none nothing nobody hardly barely rarely seldom unable lacks lack lacking
    lacked fails fail failing failed dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt
    havent hadnt mustnt
    """.split()
)
VERB_NEGATORS = NEGATORS - set("no without nor neither none nothing nobody not".split())
"""Negators that deny a verb wherever they stand; "not" does after an auxiliary verb."""

PREVENTERS = frozenset(
    """
    prevent prevents prevented preventing avoid avoids avoided avoiding stop stops stopped stopping hinder hinders
    """.split()
)
"""What they name is wanted away: said of it, and not said of it."""

TRUTH = frozenset({"true", "case", "right", "correct", "wrong", "false", "untrue", "incorrect"})
"""Words that judge a whole sentence: "... is not true", "it is wrong that ..."."""

POINTLESS = frozenset(
    "irrelevant pointless useless unnecessary meaningless needless superfluous unimportant immaterial nonsense".split()
)
"""Words that dismiss what is said to be so."""

NEEDED = frozenset("needed necessary required matter matters important relevant".split())
"""Words that dismiss what is said to be not so."""

EFFECT = frozenset("difference sense role influence bearing".split())
"""What makes no such thing is dismissed."""

_PAIRED = frozenset({"instead", "rather"})  # of, than
_CONTRASTS = frozenset("but whereas while although though however unless yet except".split())  # part two clauses
_LINKS = frozenset(
    "because since so which who whose whom if then when where that as until once whenever".split()
)  # join parts
_VERBAL = frozenset(
    """
    is are was were be been has have had does do did will would can could should may might must it they we you i
    isn't aren't doesn't don't won't can't goes grows gets becomes stays keeps falls rises drops means
    """.split()
)

WORD, NEGATOR, PREVENTER, FROM, PAIR, JUDGE, VERB, AND, LINK, CONTRAST = range(10)
"""What a word does in a sentence."""

SPACE, COMMA, STOP = range(3)
"""How far what follows a word parts it from the next one."""

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

_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
"""Numbers that are often spelled out; "one" is more often no number."""

_SIGN_FORMS = {
    ">=": "≥",
    "<=": "≤",
    "!=": "≠",
    "==": "=",
    "^=": "^",
    "*=": "*",
    "+=": "+",
    "≈=": "≈",
}

_GREEK = {
    chr(letter): unicodedata.name(chr(letter)).rsplit(" ", 1)[-1].lower().replace("lamda", "lambda")
    for letter in (*range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA))
}


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
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POWER = re.compile(r"\s*(?:\^|\*\*)\s*")
_NUMERIC = re.compile(r"(\d+(?:[.,]\d+)*|\.\d+)\s?(%|percent|per cent|pct)?")


def normal(word: str) -> str:
    """Return the form in which a word is compared: lower case, compatible letters, American spelling, plain numbers."""
    word = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    if word.isalpha():
        if word.isascii():
            if len(word) > 4:
                for pattern, spelling in _AMERICAN:
                    word = pattern.sub(spelling, word)
            return _NUMBER_WORDS.get(word, word)
        return _greek(word)
    if word.endswith("'s"):
        return normal(word[:-2])
    if word[0].isdigit() or word[0] == ".":
        return _number(word)
    if word in _SIGN_FORMS:
        return _SIGN_FORMS[word]
    if word[1:2] == ".":
        return word.replace(".", "").rstrip(",")
    if word[1:2] == "(":
        return _greek(re.sub(r"[\s·×*^]", "", word))
    return _greek(_POWER.sub("", word)) if len(word) > 1 else word


def _greek(word: str) -> str:
    """Spell a word's Greek letters, if they are symbols and not a language."""
    greek = sum(letter in _GREEK for letter in word)
    return "".join(_GREEK.get(letter, letter) for letter in word) if 0 < greek <= 2 else word


def _number(word: str) -> str:
    found = _NUMERIC.fullmatch(word)
    if found is None or len(word) > 24:
        return word
    digits, percent = found.groups()
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    try:
        value = float(digits)
    except ValueError:  # a version, a date
        return word
    return f"{value / 100 if percent else value:.12g}"


class Form(NamedTuple):
    """What a piece of text is, wherever it stands: `width` characters of word, then what parts it from the next.

    `content`: it carries meaning; `role`: what it does in a sentence (`WORD` ...); `gap`: how far it is parted
    (`SPACE` ...); `length`: characters in all; `plain`: it does nothing and nothing parts it.
    """

    normal: str
    stem: str
    content: bool
    role: int
    gap: int
    width: int
    length: int
    plain: bool


_forms: dict[str, Form] = {}
_chunks: dict[str, tuple[Form, ...]] = {}


def form(piece: str) -> Form:
    """Return what a piece of text is; remembered, for the next answer says much the same words."""
    known = _forms.get(piece)
    if known is None:
        if len(_forms) > 50_000:
            _forms.clear()
        known = _forms[piece] = _form(piece)
    return known


def forms_of(text: str) -> list[Form]:
    """Return the words of a text in order, with what stands between them.

    What lies between two spaces is looked up whole, unless something in the text may be one word across a space.
    """
    small = text.lower()
    if any(map(small.__contains__, _ACROSS)):
        return [form(piece) for piece in PIECE.findall(text)]
    known = _chunks.get
    return [item for chunk in text.split(" ") for item in known(chunk) or _chunk(chunk)]


_ACROSS = ("%", "^", "**", "percent", "per cent", "pct", "o(", "θ(", "ω(")


def _chunk(chunk: str) -> tuple[Form, ...]:
    found = tuple(form(piece) for piece in PIECE.findall(chunk + " "))
    if len(chunk) < 40:
        if len(_chunks) > 50_000:
            _chunks.clear()
        _chunks[chunk] = found
    return found


_WORD_ALONE = re.compile(_WORD, re.VERBOSE | re.IGNORECASE)


def _form(piece: str) -> Form:
    found = _WORD_ALONE.match(piece)
    if found is None:
        return Form("", "", False, WORD, _gap(piece), 0, len(piece), False)
    word, gap = normal(found.group()), _gap(piece[found.end() :])
    role, content = _role(word), word not in FUNCTION_WORDS
    return Form(word, stem(word), content, role, gap, found.end(), len(piece), role == WORD and gap == SPACE)


def _role(word: str) -> int:
    if word in NEGATORS or word.endswith("n't"):
        return NEGATOR
    for words, role in (
        (_CONTRASTS, CONTRAST),
        (_LINKS, LINK),
        (("and", "or"), AND),
        (_VERBAL, VERB),
        (TRUTH | POINTLESS | NEEDED | EFFECT, JUDGE),
        (_PAIRED, PAIR),
        (PREVENTERS, PREVENTER),
        (("from",), FROM),
    ):
        if word in words:
            return role
    return WORD


def _gap(piece: str) -> int:
    """Say how far a piece between words parts them."""
    if not piece or piece == " ":
        return SPACE
    if any(sign in piece for sign in ("\n", "!", "?", ";", "…", "•", "–", "—", "→", ". ", "...")):
        return STOP
    if piece.endswith(".") or piece.rstrip(" ").endswith("."):
        return STOP
    if piece in ("-", "‐", "‑", "_", "/"):
        return SPACE  # "A/B test" is one term
    return COMMA if any(sign in piece for sign in ",.:/()[]{}|&-") else SPACE


def split(text: str) -> tuple[str, ...]:
    """Return the normal forms of the words in `text`, without places: for keywords and vocabularies."""
    return tuple(found.normal for piece in PIECE.findall(text) if (found := form(piece)).normal)
