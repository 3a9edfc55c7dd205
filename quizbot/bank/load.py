"""Plain data into a `Bank`: every error with its line and column, all of them in one pass, in our own words.

A question that is wrong is left out and the others stay usable; the caller decides whether problems matter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

from quizbot.bank.fields import FieldReader, absent, as_number
from quizbot.bank.keywords import read_keyword
from quizbot.bank.model import (
    Bank,
    Concept,
    Example,
    Keyword,
    Kind,
    Level,
    Misconception,
    Origin,
    Place,
    Problem,
    Question,
    Vocabulary,
)
from quizbot.bank.problems import Problems
from quizbot.bank.read import Fields, Items, Node, Text, read
from quizbot.bank.vocabulary import read_vocabulary
from quizbot.text import one_line

SCHEMA = 1
BANK_KEYS = ("schema", "bank", "title", "topic", "kind", "level", "vocabulary", "questions")
QUESTION_KEYS = (
    "id kind level topic minutes ask variants concepts misconceptions wording answer also followups sources covers "
    "examples lint_ok"
).split()
CONCEPT_KEYS = ("id", "name", "worth", "any", "at_least", "of", "hint", "probe")
MISCONCEPTION_KEYS = ("id", "any", "costs", "say")
EXAMPLE_KEYS = ("say", "mark", "earns", "misses", "hits")
MINUTES, WORTH, COSTS, POINTS = (0.1, 120.0), (0.01, 100.0), (0.0, 100.0), (0.0, 100.0)
WORDING = (0.0, 0.9)
"""The lowest and the highest that may be written (the JSON Schema says the same)."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bank and what is wrong in its file; no bank if no question of the file can be used."""

    bank: Bank | None
    problems: tuple[Problem, ...]


def load_bank(data: bytes, file: str, origin: Origin, shared: Vocabulary) -> Loaded:
    """Return the bank in `data` (a YAML file's bytes); `file` names it in messages.

    `shared` is the vocabulary of all banks, to which the bank adds its own.
    """
    problems = Problems(file)
    node = read(data, problems)
    bank = None
    if isinstance(node, Fields):
        bank = _BankReader(problems, file).bank(node, origin, shared)
    elif node is not None or not problems.found:
        problems.add(1, 1, "a bank begins with “schema: 1”, “bank: its-id” and “questions:”")
    return Loaded(bank, problems.all())


@dataclass(frozen=True, slots=True)
class _Defaults:
    """What a bank says for all of its questions."""

    bank: str
    topic: str
    kind: Kind
    level: Level
    vocabulary: Vocabulary
    salt: str


class _BankReader(FieldReader):
    """Reads a file's data into values and notes what is wrong with them."""

    def __init__(self, problems: Problems, file: str) -> None:
        super().__init__(problems)
        self._file = file

    def bank(self, node: Fields, origin: Origin, shared: Vocabulary) -> Bank | None:
        misread = self.problems.lines()
        schema = node.values.get("schema")
        if not isinstance(schema, Text) or schema.value != str(SCHEMA):
            self._wrong_schema(node, schema)
            return None
        self.known(node, BANK_KEYS)
        name = self.id(node, "bank")
        title = self.line(node, "title") or name or ""
        topic = self.line(node, "topic") or name or ""
        own = read_vocabulary(node.values.get("vocabulary"), self.report)
        listed = node.values.get("questions")
        starts = _mappings(listed)
        defaults = _Defaults(
            bank=name or "",
            topic=topic,
            kind=self.choice(node, "kind", Kind, Kind.SKILL),
            level=self.choice(node, "level", Level, Level.MID),
            vocabulary=shared.plus(own),
            salt=repr(own),
        )
        if not isinstance(listed, Items) or not listed.values:
            self.report(listed or node, "“questions” is a list of at least one question, each begun with “- id:”")
            return None
        questions = self.items(node, "questions", lambda item: self._question(item, defaults), ids="question")
        names = _names(listed)
        for start in starts:  # a question with a wrong followup can be asked all the same
            self.strangers(start, "followups", names, "question")
        usable = _usable(questions, [start.line for start in starts], misread)
        if name is None or not usable:
            return None
        return Bank(name, title, topic, usable, own, origin, self._file)

    def _wrong_schema(self, node: Fields, schema: Node | None) -> None:
        found = as_number(schema)
        if schema is None:
            self.report(node, "“schema: 1” is missing; it belongs in the first line")
        elif found is not None and found > SCHEMA:
            self.report(schema, f"schema {found:g} is newer than this quizbot knows ({SCHEMA}); update quizbot")
        else:
            self.report(schema, "“schema” is 1")

    def _question(self, node: Fields, defaults: _Defaults) -> Question | None:
        before = self.problems.found
        self.known(node, QUESTION_KEYS)
        name = self.id(node)
        ask = self.text(node, "ask", needed=True)
        concepts = self.items(node, "concepts", self._concept, ids="concept")
        wrong = self.items(node, "misconceptions", self._misconception, ids="misconception")
        answer = self.text(node, "answer")
        listed = node.values.get("concepts")
        if absent(node.values.get("answer")) and (absent(listed) or (isinstance(listed, Items) and not listed.values)):
            self.report(node, "a question needs “concepts”, or an “answer” to be marked by")
        wording = self.number(node, "wording", 0.0, WORDING)
        if wording and not answer:
            self.report(node, "“wording” compares with the model answer, and this question has no “answer”")
        earned, hit = _names(listed), _names(node.values.get("misconceptions"))
        examples = self.items(node, "examples", lambda item: self._example(item, earned, hit))
        variants, also = self.texts(node, "variants"), self.texts(node, "also")
        salt = f"{defaults.salt} {wording:g}" if wording else defaults.salt
        question = Question(
            id=name or "",
            bank=defaults.bank,
            kind=self.choice(node, "kind", Kind, defaults.kind),
            level=self.choice(node, "level", Level, defaults.level),
            topic=self.line(node, "topic") or defaults.topic,
            ask=ask,
            minutes=self.number(node, "minutes", 2.0, MINUTES),
            variants=variants,
            concepts=tuple(concepts),
            misconceptions=tuple(wrong),
            wording=wording,
            answer=answer,
            also=also,
            followups=self.texts(node, "followups"),
            sources=self.texts(node, "sources"),
            covers=self.texts(node, "covers"),
            examples=tuple(examples),
            lint_ok=self._lint_ok(node),
            vocabulary=defaults.vocabulary,
            digest=_digest(ask, variants, concepts, wrong, answer, also, salt),
            place=self._place(node),
        )
        return question if self.problems.found == before else None

    def _lint_ok(self, node: Fields) -> tuple[tuple[str, str], ...]:
        """Return the rules that are broken on purpose, with their reasons."""
        listed = node.values.get("lint_ok")
        if absent(listed):
            return ()
        if not isinstance(listed, Fields):
            self.report(
                listed or node, "“lint_ok” names rules with reasons, as in {no-hint: the question is one itself}"
            )
            return ()
        found: list[tuple[str, str]] = []
        for rule, reason in listed.values.items():
            if isinstance(reason, Text) and reason.value.strip():
                found.append((rule, one_line(reason.value)))
            else:
                self.report(reason, f"say in a few words why “{one_line(rule)[:40]}” is meant to be broken here")
        return tuple(found)

    def _place(self, node: Node) -> Place:
        return Place(self._file, node.line, node.column)

    def _concept(self, node: Fields) -> Concept | None:
        self.known(node, CONCEPT_KEYS)
        name = self.id(node)
        keywords, at_least = self._ways(node)
        concept = Concept(
            id=name or "",
            name=self.line(node, "name") or (name or "").replace("-", " "),
            keywords=keywords,
            worth=self.number(node, "worth", 1.0, WORTH),
            at_least=at_least,
            hint=self.text(node, "hint"),
            probe=self.text(node, "probe"),
        )
        return concept if name and keywords else None

    def _ways(self, node: Fields) -> tuple[tuple[Keyword, ...], int]:
        """Return the keywords of a concept and how many of them are needed."""
        if "any" in node.values:
            for key in ("of", "at_least"):
                if key in node.values:
                    said = f"“any” stands alone; use “at_least” with “of”, or “any” without “{key}”"
                    self.report(node.keys[key], said)
            return self._keywords(node, "any"), 1
        if "of" not in node.values:
            self.report(node, "a concept needs “any: [keyword, ...]”, or “at_least: 2” with “of: [keyword, ...]”")
            return (), 1
        keywords = self._keywords(node, "of")
        value = node.values.get("at_least")
        if value is None:
            said = "“of” needs “at_least”: how many of these; where one is enough, write “any” instead of “of”"
            self.report(node.keys["of"], said)
            return keywords, 1
        listed = node.values["of"]
        most = len(listed.values) if isinstance(listed, Items) else 1
        at_least = as_number(value) or 0
        if not 1 <= at_least <= most or at_least != int(at_least):
            self.report(value, f"“at_least” is a whole number from 1 to {most}, for so many keywords are in “of”")
            return keywords, 1
        return keywords, int(at_least)

    def _keywords(self, node: Fields, key: str) -> tuple[Keyword, ...]:
        value = node.values[key]
        listed = value.values if isinstance(value, Items) else [value]
        if not listed:
            self.report(value, f"“{key}” needs at least one keyword")
        found = [read_keyword(item, self.report) for item in listed]
        return tuple(keyword for keyword in found if keyword)

    def _misconception(self, node: Fields) -> Misconception | None:
        self.known(node, MISCONCEPTION_KEYS)
        name, say = self.id(node), self.text(node, "say", needed=True)
        costs = self.number(node, "costs", 1.0, COSTS)
        if "any" not in node.values:
            self.report(node, "a misconception needs “any: [keyword, ...]”")
            return None
        keywords = self._keywords(node, "any")
        return Misconception(name, keywords, say, costs) if name and say and keywords else None

    def _example(self, node: Fields, earned: Collection[str], hit: Collection[str]) -> Example | None:
        self.known(node, EXAMPLE_KEYS)
        return Example(
            say="" if _empty_quotes(node.values.get("say")) else self.text(node, "say", needed=True),
            mark=self._mark(node.values.get("mark")),
            earns=self.named(node, "earns", earned, "concept"),
            misses=self.named(node, "misses", earned, "concept"),
            hits=self.named(node, "hits", hit, "misconception"),
            place=self._place(node),
        )

    def _mark(self, node: Node | None) -> tuple[float, float] | None:
        if node is None:
            return None
        found = [as_number(value) for value in (node.values if isinstance(node, Items) else [node])]
        numbers = [value for value in found if value is not None and value <= POINTS[1]]
        if len(numbers) == len(found) and len(numbers) in (1, 2) and numbers == sorted(numbers):
            return numbers[0], numbers[-1]
        self.report(node, "“mark” is points from 0 to 100, or a range as in [25, 45]")
        return None


def _mappings(node: Node | None) -> list[Fields]:
    return [item for item in node.values if isinstance(item, Fields)] if isinstance(node, Items) else []


def _names(node: Node | None) -> dict[str, None]:
    """Return the ids in a list of mappings, also of those that are wrong elsewhere; in order, for steady messages."""
    return {name.value: None for item in _mappings(node) if isinstance(name := item.values.get("id"), Text)}


def _empty_quotes(node: Node | None) -> bool:
    """Say whether an empty answer is meant: `say: ""` tests what saying nothing earns."""
    return isinstance(node, Text) and not node.plain and not node.value


def _usable(questions: Iterable[Question], starts: list[int], misread: list[int]) -> tuple[Question, ...]:
    """Return the questions in which YAML itself was not wrong (`misread` lines), with followups among themselves.

    `starts` are the first lines of all questions.
    """
    spoilt = {bisect_right(starts, line) for line in misread}
    usable = [question for question in questions if bisect_right(starts, question.place.line) not in spoilt]
    names = {question.id for question in usable}
    return tuple(
        question
        if names.issuperset(question.followups)
        else replace(question, followups=tuple(name for name in question.followups if name in names))
        for question in usable
    )


def _digest(
    ask: str,
    variants: tuple[str, ...],
    concepts: list[Concept],
    wrong: list[Misconception],
    answer: str,
    also: tuple[str, ...],
    salt: str,
) -> str:
    """Return 12 hexadecimal digits that change with anything that is asked or marked (not with hints or names)."""
    earns = [(item.id, item.worth, item.at_least, _written(item.keywords)) for item in concepts]
    costs = [(item.id, item.costs, _written(item.keywords)) for item in wrong]
    kept = repr((ask, variants, earns, costs, answer, also, salt))
    return blake2b(kept.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _written(keywords: tuple[Keyword, ...]) -> list[tuple[bool, list[str]]]:
    return [(keyword.in_order, [phrase.text for phrase in keyword.phrases]) for keyword in keywords]
