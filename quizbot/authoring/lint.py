"""The quality of questions: what is well formed and passes its own tests, and is still unfair, guessable or unclear.

Each rule has a short name. A question that breaks one on purpose says so in the file, with its reason:

    lint_ok: {no-hint: the question is a hint itself}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from quizbot.bank.model import Keyword, Problem, Question
from quizbot.grading.compiled import Compiled, Rule, compiled, edits
from quizbot.grading.forms import FUNCTION_WORDS, form, split
from quizbot.grading.grade import grade
from quizbot.grading.lexicon import content
from quizbot.grading.match import Answer
from quizbot.grading.words import read
from quizbot.text import shorten

ALIKE = 92
"""From this ratio (0-100, whatever the order of the words) on, two questions read alike."""

LONG_PROMPT = 60
"""Words from which a prompt is long."""

LONG_SENTENCE = 25
"""Words a sentence, on average, from which a long prompt is hard to read."""

CONFUSED = 6
"""Letters from which two words that are one slip apart are mistaken for each other."""

_COMMON = frozenset(
    """
    able accurate add answer ask bad best better big build case change check choose code common company complex correct
    cost customer data dataset deal different easy error example explain fast feature find first fix give goal good
    great hard help high idea important improve information input issue job know large learn learning less level look
    lot low machine make many matter mean method metric model more much need new number old one output part people
    person point poor possible prediction problem process product project question read reason result right run same
    see set show simple slow small solve step system take task team test thing think time tool train training true
    type understand unit use useful user value wait want way well work write wrong year
    """.split()
)
"""Words that stand in answers to any question."""

_CLOSED = re.compile(
    r"(?:^|[.!?]\s+)(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|must|may|might|am)\s"
    r"[^.!?]*\?\s*$",
    re.IGNORECASE,
)

Lint = Callable[[Question], Iterator[str]]


def lint(question: Question, *, strict: bool = False) -> Iterator[Problem]:
    """Yield what could be better in a question; `strict` also names keywords that nothing in the bank uses."""
    excused = {rule for rule, _ in question.lint_ok}
    for rule, look in RULES.items():
        if rule not in excused and (strict or rule not in STRICT):
            for message in look(question):
                yield Problem(question.place, f"{question.id}: {message}", rule)
    for rule in sorted(excused - set(RULES) - {"alike"}):
        known = ", ".join((*RULES, "alike"))
        yield Problem(question.place, f"{question.id}: “lint_ok” names the rule {rule}; there are {known}", "lint_ok")


def _no_hint(question: Question) -> Iterator[str]:
    bare = [concept.id for concept in question.concepts if not concept.hint]
    if bare:
        yield f"no “hint” for {', '.join(bare)}: say where to look, not what to say"


def _no_probe(question: Question) -> Iterator[str]:
    bare = [concept.id for concept in question.concepts if not concept.probe]
    if bare:
        yield f"no “probe” for {', '.join(bare)}: what would you ask if it is missing?"


def _yes_no(question: Question) -> Iterator[str]:
    if _CLOSED.search(question.ask):
        yield "it can be answered with yes or no; ask what, how or why"


def _long_prompt(question: Question) -> Iterator[str]:
    words = len(question.ask.split())
    if words > LONG_PROMPT:
        sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", question.ask)))
        hard = f", {words / sentences:.0f} a sentence" if words / sentences > LONG_SENTENCE else ""
        yield f"the prompt has {words} words{hard}; people skim more than {LONG_PROMPT}"


def _common_word(question: Question) -> Iterator[str]:
    for name, keyword in _keywords(question):
        if len(keyword.phrases) == 1 and len(keyword.phrases[0].slots) == 1:
            for words in () if keyword.phrases[0].negated else keyword.phrases[0].slots[0]:
                left = content(words)  # of "how_many_users" only the users are looked for
                if len(left) == 1 and is_common(left[0]):
                    said = f", which is all that counts of “{'_'.join(words)}”" if len(words) > 1 else ""
                    yield f"the keyword “{shorten(keyword.text, 50)}” of {name} is earned by “{left[0]}” alone{said}"
                    break


def is_common(word: str) -> bool:
    """Say whether a word stands in answers to any question."""
    return word in FUNCTION_WORDS or word in _COMMON or word.removesuffix("s") in _COMMON


def _asked_keyword(question: Question) -> Iterator[str]:
    """Yield the keywords that the question's own words satisfy, if they are said in an order of their own."""
    ready = compiled(question)
    answers = [Answer(read(text), ready) for text in (question.ask, *question.variants)]
    for concept, rules in zip(question.concepts, ready.concepts, strict=True):
        earned = next((rule for rule in rules if any(_found(answer, rule) for answer in answers)), None)
        if earned:
            yield f"the words of the question earn {concept.id} by “{shorten(earned.text, 60)}”"


def _found(answer: Answer, rule: Rule) -> bool:
    if rule.needs & answer.filled != rule.needs:
        return False
    found = answer.rule(rule)
    return bool(found) and not any(phrase.denied for phrase in found)


def _near_words(question: Question) -> Iterator[str]:
    """Yield words of different concepts that one slip turns into each other, and that nothing keeps apart.

    Only words that earn a concept by themselves: where more words are needed, a slip in one of them does no harm.
    Only long ones: short words are often a letter apart ("data" and "date"), and nobody takes them for each other.
    What is no keyword needs no such care, as the grader takes no word that it knows for a misspelling.
    """
    from rapidfuzz.distance import OSA

    ready = compiled(question)
    owners: dict[str, str] = {}
    for name, keyword in _keywords(question):
        if len(keyword.phrases) == 1 and len(keyword.phrases[0].slots) == 1:
            for word in _words(keyword):
                if len(word) >= CONFUSED:
                    owners.setdefault(word, name)
    by_length: dict[int, list[str]] = {}
    for word in owners:
        by_length.setdefault(len(word), []).append(word)
    for word, name in owners.items():
        near = [other for size in range(len(word), len(word) + 2) for other in by_length.get(size, ())]
        for other in near:
            if owners[other] == name or other == word or (len(other) == len(word) and other < word):
                continue
            if OSA.distance(word, other, score_cutoff=1) == 1 and _confusable(ready, word, other):
                pair = f"“{word}” ({name}) and “{other}” ({owners[other]})"
                yield f"{pair} are one slip apart; ask for a word beside them"


def _confusable(ready: Compiled, one: str, other: str) -> bool:
    return (
        bool(edits(min(len(one), len(other))))
        and form(one).stem != form(other).stem
        and not ready.lexicon.apart(one, other)
    )


def _words(keyword: Keyword) -> Iterator[str]:
    for phrase in keyword.phrases:
        for slot in phrase.slots:
            for alternative in slot:
                yield from (word for word in split(" ".join(alternative)) if word.isalpha())


def _always_with(question: Question) -> Iterator[str]:
    """Yield concepts that are never earned without another one: whoever says the first has said the second."""
    ready = compiled(question)
    spoken = [
        [_earned(ready, _said(keyword)) for keyword in concept.keywords if not _negated(keyword)]
        for concept in question.concepts
    ]
    for number, other in combinations(range(len(question.concepts)), 2):
        for one, two in ((number, other), (other, number)):
            if question.concepts[one].at_least == 1 and spoken[one] and all(two in earned for earned in spoken[one]):
                names = question.concepts[one].id, question.concepts[two].id
                yield f"every keyword of {names[0]} earns {names[1]} with it; part them, or make them one concept"


def _said(keyword: Keyword) -> str:
    return ". ".join(" ".join(" ".join(slot[0]) for slot in phrase.slots) for phrase in keyword.phrases)


def _negated(keyword: Keyword) -> bool:
    return any(phrase.negated for phrase in keyword.phrases)


def _earned(ready: Compiled, text: str) -> frozenset[int]:
    answer = Answer(read(text), ready)
    return frozenset(
        number for number, rules in enumerate(ready.concepts) if any(_found(answer, rule) for rule in rules)
    )


def _unused_keyword(question: Question) -> Iterator[str]:
    """Yield the keywords that no example or answer uses."""
    texts = (question.answer, *question.also, *question.variants, *(item.say for item in question.examples))
    ready = compiled(question)
    answers = [Answer(read(text), ready) for text in texts]
    for concept, rules in zip(question.concepts, ready.concepts, strict=True):
        unused = [rule.text for rule in rules if not any(_found(answer, rule) for answer in answers)]
        if unused:
            shown = "”, “".join(shorten(text, 40) for text in unused[:3])
            more = f" and {len(unused) - 3} more" if len(unused) > 3 else ""
            yield f"nothing in the bank uses these keywords of {concept.id}: “{shown}”{more}"


def _echo(question: Question) -> Iterator[str]:
    points = max(grade(question, text).points for text in (question.ask, *question.variants))
    if points > ECHO_AT_MOST:
        yield f"repeating the question earns {points} points"


ECHO_AT_MOST = 5
"""Points that repeating the question may earn."""

RULES: dict[str, Lint] = {
    "no-hint": _no_hint,
    "no-probe": _no_probe,
    "yes-no": _yes_no,
    "long-prompt": _long_prompt,
    "common-word": _common_word,
    "asked-keyword": _asked_keyword,
    "near-words": _near_words,
    "always-with": _always_with,
    "echo": _echo,
    "unused-keyword": _unused_keyword,
}
"""The rules for one question, by name."""

STRICT = frozenset({"unused-keyword"})
"""Rules that only a strict look asks for: a good bank has many keywords for answers nobody has given yet."""


def _keywords(question: Question) -> Iterator[tuple[str, Keyword]]:
    for concept in question.concepts:
        for keyword in concept.keywords:
            yield concept.id, keyword


def alike(questions: Sequence[Question]) -> Iterator[Problem]:
    """Yield the questions that read like an earlier one (rule `alike`)."""
    from rapidfuzz import fuzz, process

    asked: list[str] = []
    for question in questions:
        text = " ".join(sorted(split(question.ask)))  # sorted once here, not in each comparison
        if asked and "alike" not in dict(question.lint_ok):
            found = process.extractOne(text, asked, scorer=fuzz.ratio, score_cutoff=ALIKE)
            if found:
                other = questions[found[2]]
                said = f"{question.id}: it reads like {other.key} ({other.place}): “{shorten(other.ask, 60)}”"
                yield Problem(question.place, said, "alike")
        asked.append(text)
