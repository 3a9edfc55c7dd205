"""A question's keywords made ready to be looked for: stems, synonyms, and what a typo may be taken for.

Every place of every keyword becomes a numbered slot, shared by keywords that ask for the same words; tables lead from a
stem to the slots it fills. So marking reads the answer once, and looks at a keyword only if all its slots were filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from quizbot.bank.model import Keyword, Phrase, Question, Slot, Words
from quizbot.grading.english import is_english
from quizbot.grading.forms import FUNCTION_WORDS, Form, form
from quizbot.grading.lexicon import Lexicon, Stems, content, lexicon, stems, told
from quizbot.grading.mark import How
from quizbot.grading.sides import Sides
from quizbot.grading.words import read


class Option(NamedTuple):
    """One way to fill a slot: consecutive content words with these stems. `synonym`: of what the author wrote."""

    words: Words
    stems: Stems
    synonym: str


class Pattern(NamedTuple):
    """A phrase ready to be looked for: the numbers of its slots.

    `loose` is the phrase with a term of the vocabulary taken apart again, so that other words may stand in between
    ("more data" has synonyms as a whole, and is still found in "more training data"); empty if there is none.
    """

    slots: tuple[int, ...]
    loose: tuple[int, ...]
    negated: bool
    text: str


class Rule(NamedTuple):
    """A keyword ready to be looked for: all of its patterns, and the slots that all must be filled, as bits."""

    patterns: tuple[Pattern, ...]
    in_order: bool
    text: str
    needs: int


class Single(NamedTuple):
    """What one word may stand for: slot `slot`, by any of `words`, which share its stem.

    `words` leads from each to what the author wrote, if the word only means the same, or to nothing.
    """

    slot: int
    words: dict[str, str]


class Target(NamedTuple):
    """What several words may stand for: `words` (their stems: `stems`), which together fill slot `slot`.

    `name` is what the author wrote; `synonym` says that these words only mean the same.
    """

    slot: int
    words: Words
    stems: Stems
    name: str
    synonym: bool


class Look(NamedTuple):
    """What a word of an answer is to a question: the slots it fills by itself, and what it may begin or end.

    `stem` is its own, or that of the word it misspells (`corrected`); `fills` are slots with how, and by what, `slots`
    the same as bits; `first` leads from the stem of the next word to longer phrases that both begin; `joined` leads
    from the word before it to what both are together.
    """

    stem: str
    corrected: str
    fills: tuple[tuple[int, How, str], ...]
    first: dict[str, list[Target]]
    joined: dict[str, tuple[Target, ...]]
    slots: int


class Compiled:
    """A question ready to be marked."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.lexicon = lexicon(question.vocabulary, question.topic, told(question))
        self._slots: dict[frozenset[Option], int] = {}
        self._options: list[frozenset[Option]] = []
        self._wanted: list[str] = []
        self.concepts = tuple(self._rules(concept.keywords) for concept in question.concepts)
        self.misconceptions = tuple(self._rules(wrong.keywords) for wrong in question.misconceptions)
        self.single: dict[str, list[Single]] = {}
        self.first: dict[str, list[Target]] = {}
        self.joined: dict[str, list[Target]] = {}
        self.stems: set[str] = set()
        spellings: dict[str, None] = {}
        for options, slot in self._slots.items():
            for option in sorted(options):
                self._file(slot, option)
                spellings.update(dict.fromkeys(option.words))
                self.stems.update(option.stems)
        self.kept = frozenset(spellings)
        """Keyword words; a function word among them counts as a content word of the answer."""
        self._by_length: dict[int, tuple[str, ...]] = {}
        self.targets = tuple(word for word in spellings if len(word) >= _SHORTEST and word.isalpha())
        # A word of the question, its answers or the vocabulary is no misspelling of a keyword.
        self.known = self.lexicon.known | self.kept
        self.known.update(content([question.ask, *question.variants, question.answer, *question.also]))
        self.looks: dict[str, Look | None] = {}
        """What was looked up before, by the normal word; see `look`."""
        self.sides: Sides | None = None
        """The sides that the question compares, once they are learnt; see `sides`."""

    @cached_property
    def affirmed(self) -> frozenset[str]:
        """The stems that a good answer affirms and never denies: who denies one of them says the opposite."""
        said: set[str] = set()
        denied: set[str] = set()
        for text in (self.question.answer, *self.question.also):
            words = read(text)
            for at, item in enumerate(words.forms):
                if item.content:
                    (denied if len(words.negators.get(at, ())) % 2 else said).add(item.stem)
        for rules in self.concepts:
            for pattern in (pattern for rule in rules for pattern in rule.patterns):
                for options in (self._options[slot] for slot in pattern.slots):
                    (denied if pattern.negated else said).update(stem for option in options for stem in option.stems)
        return frozenset(said - denied - _WEAK)

    @cached_property
    def subject(self) -> frozenset[str]:
        """The stems of all content words of the question and its good answers: what belongs to its subject."""
        question = self.question
        texts = (question.ask, *question.variants, question.answer, *question.also)
        return frozenset(item.stem for text in texts for item in read(text).forms if item.content)

    @cached_property
    def _tails(self) -> dict[str, list[str]]:
        """The compounds by what they may end in: "fitting" leads to "overfitting"."""
        tails: dict[str, list[str]] = {}
        for whole in self.joined:
            for at in range(1, len(whole)):
                tails.setdefault(whole[at:], []).append(whole)
        return tails

    def look(self, item: Form) -> Look | None:
        """Return what a word of an answer is to this question, or None if it is nothing to it; remembered."""
        if len(self.looks) > 10_000:
            self.looks.clear()
        found = self.looks[item.normal] = self._look(item)
        return found

    def _look(self, item: Form) -> Look | None:
        if not item.content and item.normal not in self.kept:
            return None
        stem, corrected = item.stem, ""
        if stem not in self.stems and (meant := self.corrected(item.normal)):
            corrected, stem = meant, form(meant).stem
        fills: list[tuple[int, How, str]] = []
        for one in self.single.get(stem, ()):
            if fill := self._fill(corrected or item.normal, one, misspelled=bool(corrected)):
                fills.append((one.slot, *fill))
        joined = {whole[: -len(stem)]: tuple(self.joined[whole]) for whole in self._tails.get(stem, ())}
        first: dict[str, list[Target]] = {}
        for target in self.first.get(stem, ()):
            first.setdefault(target.stems[1], []).append(target)
        if not fills and not first and not joined and stem not in self.stems:
            return None
        slots = 0
        for slot, _, _ in fills:
            slots |= 1 << slot
        return Look(stem, corrected, tuple(fills), first, joined, slots)

    def wanted(self, slot: int) -> str:
        """Return what the author wrote for a slot: its alternatives."""
        return self._wanted[slot]

    def refusals(self, item: Form) -> Iterator[tuple[int, str, str]]:
        """Yield the slots that a word of an answer nearly fills: the slot, the word meant, and why it is refused."""
        look = self.looks.get(item.normal) or self._look(item)
        filled = {slot for slot, _, _ in look.fills} if look else set()
        for one in self.single.get(item.stem, ()):
            if one.slot not in filled:
                yield one.slot, next(iter(one.words)), "another word of the field"
        if item.stem in self.stems or not edits(len(item.normal)):
            return
        from rapidfuzz.distance import OSA

        allowed = edits(len(item.normal))
        for meant in self.targets:
            if OSA.distance(item.normal, meant, score_cutoff=allowed) > allowed:
                continue
            for one in self.single.get(form(meant).stem, ()):
                if one.slot not in filled:
                    apart = self.lexicon.apart(item.normal, meant)
                    yield one.slot, meant, "another word of the field" if apart else "a word of its own"

    def _fill(self, word: str, one: Single, *, misspelled: bool) -> tuple[How, str] | None:
        """Say how a word of the right stem fills a slot; None if it is the confusable twin of all that may."""
        if word in one.words:
            synonym = one.words[word]
            return "typo" if misspelled else "synonym" if synonym else "exact", synonym or word
        for meant, synonym in one.words.items():
            if not self.lexicon.apart(word, meant):
                return "typo" if misspelled else "synonym" if synonym else "stem", synonym or meant
        return None

    def _file(self, slot: int, option: Option) -> None:
        name = option.synonym or " ".join(option.words)
        target = Target(slot, option.words, option.stems, name, bool(option.synonym))
        whole = form("".join(option.words)).stem
        if len(option.words) > 1:
            self.first.setdefault(option.stems[0], []).append(target)
            if len(whole) < len("".join(option.words[:-1])) + 3:
                return  # the stem of "modellive" is "model"
            self._file_single(slot, whole, "".join(option.words), name)  # "crossvalidation" for cross validation
            self.stems.add(whole)
        else:
            self._file_single(slot, option.stems[0], option.words[0], option.synonym)
            for other in _inflected(option.words[0]):
                self._file_single(slot, other, option.words[0], option.synonym)
                self.stems.add(other)
            # "over fitting" for overfitting
            self.joined.setdefault(whole, []).append(target)

    def _file_single(self, slot: int, stem: str, word: str, synonym: str) -> None:
        singles = self.single.setdefault(stem, [])
        for single in singles:
            if single.slot == slot:
                if not synonym or word not in single.words:
                    single.words[word] = synonym
                return
        singles.append(Single(slot, {word: synonym}))

    def _rules(self, keywords: Iterable[Keyword]) -> tuple[Rule, ...]:
        return tuple(map(self._rule, keywords))

    def _rule(self, keyword: Keyword) -> Rule:
        patterns = tuple(map(self._pattern, keyword.phrases))
        needs = 0
        for pattern in patterns:
            for slot in () if pattern.loose else pattern.slots:
                needs |= 1 << slot
        return Rule(patterns, keyword.in_order, keyword.text, needs)

    def _pattern(self, phrase: Phrase) -> Pattern:
        merged = tuple(_merged(phrase.slots, self.lexicon))
        slots = tuple(map(self._slot, merged))
        loose = tuple(map(self._slot, phrase.slots)) if len(merged) < len(phrase.slots) else ()
        return Pattern(slots, loose, phrase.negated, phrase.text)

    def _slot(self, slot: Slot) -> int:
        options: dict[Words, Option] = {}
        for alternative in slot:
            written = content(alternative)
            _add(options, written, "")
            for other in self.lexicon.synonyms(written):
                _add(options, other, " ".join(written))
        kinds = frozenset(options.values())
        if kinds not in self._slots:
            self._slots[kinds] = len(self._slots)
            self._options.append(kinds)
            self._wanted.append("|".join("_".join(alternative) for alternative in slot))
        return self._slots[kinds]

    def corrected(self, written: str) -> str:
        """Return the keyword word that `written` is a misspelling of beyond doubt, or nothing.

        A misspelling is never a word of English or of the field, never a confusable, and differs by a few letters at
        most (optimal string alignment distance, scaled by length).
        """
        allowed = edits(len(written))
        if not allowed or written in self.known or not written.isalpha():
            return ""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        alike = self._alike(len(written), allowed)
        near = process.extract(written, alike, scorer=OSA.distance, score_cutoff=allowed, limit=4)
        for meant, distance, _ in near:
            # In a word of four letters the first one is seldom wrong, and much else is another word.
            close = distance <= edits(min(len(meant), len(written))) and (
                len(meant) > _SHORTEST or meant[0] == written[0]
            )
            if close and not self.lexicon.apart(written, meant):
                return "" if is_english(written) else str(meant)
        return ""

    def _alike(self, length: int, allowed: int) -> tuple[str, ...]:
        """Return the keyword words of about that length: the only ones that so few edits can reach."""
        found = self._by_length.get(length)
        if found is None:
            found = tuple(word for word in self.targets if abs(len(word) - length) <= allowed)
            self._by_length[length] = found
        return found


_WEAK = frozenset("use make take get give go keep need let do say see work know".split())
"""Stems of verbs that say too little for their denial to contradict anything."""

_SHORTEST = 4


def edits(length: int) -> int:
    """Return how many letters a misspelling may differ by: none in short words, where it would be another word."""
    return 0 if length < _SHORTEST else 1 if length < 8 else 2


def _inflected(word: str) -> tuple[str, ...]:
    """Return the other number of an abbreviation, whose "s" a stemmer doesn't know: GPU and GPUs, LLMs and LLM."""
    if not (2 <= len(word) <= 5 and word.isalnum() and word.isascii() and word not in FUNCTION_WORDS):
        return ()
    others = [word + "s"] if not word.endswith("s") else [word[:-1]] if len(word) > 3 and word[-2] != "s" else []
    return tuple(stem for other in others if (stem := form(other).stem) != form(word).stem)


def _merged(slots: tuple[Slot, ...], words: Lexicon) -> Iterator[Slot]:
    """Join neighbouring places that together are one phrase of the vocabulary ("machine learning" is "ml")."""
    at = 0
    while at < len(slots):
        for length in range(min(words.longest, len(slots) - at), 1, -1):
            run = slots[at : at + length]
            if all(len(slot) == 1 for slot in run):
                phrase = content(word for slot in run for word in slot[0])
                if words.synonyms(phrase):
                    yield (phrase,)
                    at += length
                    break
        else:
            yield slots[at]
            at += 1


def _add(options: dict[Words, Option], written: Words, synonym: str) -> None:
    if written and (written not in options or (options[written].synonym and not synonym)):
        options[written] = Option(written, stems(written), synonym)


_kept: dict[int, Compiled] = {}


def compiled(question: Question) -> Compiled:
    """Return the question made ready; the last few hundred are kept, so that asking again costs nothing."""
    found = _kept.get(id(question))
    if found is None or found.question is not question:
        if len(_kept) >= 512:
            _kept.clear()
        found = _kept[id(question)] = Compiled(question)
    return found
