"""The schema that editors use and the loader that quizbot uses say the same about every bank."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from quizbot.bank import load
from quizbot.bank.load import load_bank
from quizbot.bank.model import Vocabulary
from quizbot.bank.problems import Problems
from quizbot.bank.read import Fields, Items, Node, Text, read
from quizbot.bank.schema import bank_schema, schema_text

SHIPPED = sorted(
    file for file in (Path(__file__).parents[2] / "questions").rglob("*.yaml") if file.name != "vocabulary.yaml"
)


@pytest.fixture(scope="module")
def validator() -> Any:
    """A standard validator, which knows nothing of quizbot."""
    jsonschema = import_module("jsonschema")
    jsonschema.Draft202012Validator.check_schema(bank_schema())
    return jsonschema.Draft202012Validator(bank_schema())


def as_an_editor_reads(node: Node | None) -> Any:
    """Return the values that an editor sees: YAML 1.2, where plain numbers are numbers and “yes” is a word."""
    if isinstance(node, Fields):
        return {key: as_an_editor_reads(value) for key, value in node.values.items()}
    if isinstance(node, Items):
        return [as_an_editor_reads(value) for value in node.values]
    if not isinstance(node, Text) or node.missing:
        return None
    if node.plain:
        if node.value in ("true", "false"):
            return node.value == "true"
        for number in (int, float):
            try:
                return number(node.value)
            except ValueError:
                pass
    return node.value


def editor_is_content(validator: Any, text: str) -> bool:
    return bool(validator.is_valid(as_an_editor_reads(read(text.encode(), Problems("x")))))


def loader_is_content(text: str) -> bool:
    loaded = load_bank(text.encode(), "x", "file", Vocabulary())
    return loaded.bank is not None and not loaded.problems


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_bank_is_valid(validator: Any, file: Path) -> None:
    data = as_an_editor_reads(read(file.read_bytes(), Problems(str(file))))
    assert [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)] == []


BANK = "schema: 1\nbank: b\nquestions:\n  - id: q\n    ask: Why?\n    answer: So.\n"
CONCEPT = "    concepts:\n      - id: c\n        any: [word]\n"

GOOD = {
    "the least": BANK,
    "everything for all": BANK.replace(
        "questions", "title: T\ntopic: a/b\nkind: faq\nlevel: senior\nvocabulary: {same: [[a, b]]}\nquestions"
    ),
    "one text for a list": BANK + "    also: Thus.\n    variants: How so?\n",
    "nothing after a key of a list": BANK + "    also:\n    examples:\n    concepts:\n",
    "numbers where texts are meant": BANK.replace("So.", "42") + "    covers: [12, 1.5]\n",
    "words that other parsers take for truth values": BANK.replace("So.", "yes") + "    also: [no, true]\n",
    "one keyword for a list": BANK + CONCEPT.replace("[word]", "word"),
    "all of some phrases": BANK + CONCEPT.replace("word", "[low error, high loss]"),
    "phrases in order": BANK + CONCEPT.replace("word", "{in_order: [clean, train]}"),
    "two of three": BANK + CONCEPT.replace("any: [word]", "at_least: 2\n        of: [a1, b1, c1]"),
    "the lowest numbers": BANK + CONCEPT + "        worth: 0.01\n    minutes: 0.1\n",
    "the highest numbers": BANK + CONCEPT + "        worth: 100\n    minutes: 120\n",
    "wording with an answer": BANK + "    wording: 0.5\n",
    "no wording and no answer": BANK.replace("    answer: So.\n", CONCEPT) + "    wording: 0\n",
    "a misconception": BANK + "    misconceptions:\n      - {id: m, any: [wrong], say: No., costs: 0}\n",
    "examples": BANK + CONCEPT + "    examples:\n      - {say: word, mark: 100, earns: c}\n      - {say: '', mark: [0, 5], misses: [c]}\n",
    "a vocabulary by topic": BANK.replace(
        "questions", "vocabulary:\n  apart: [[a, b]]\n  by_topic: [{topics: [t], same: [[cv, cross validation]]}]\nquestions"
    ),
}  # fmt: skip

BROKEN = {
    "no schema": BANK.replace("schema: 1\n", ""),
    "another schema": BANK.replace("schema: 1", "schema: 2"),
    "no bank": BANK.replace("bank: b\n", ""),
    "an id with a space": BANK.replace("bank: b", "bank: my bank"),
    "an id in capitals": BANK.replace("id: q", "id: Q"),
    "an id with two hyphens": BANK.replace("id: q", "id: a--b"),
    "an id without end": BANK.replace("id: q", f"id: {'x' * 81}"),
    "no questions": BANK.split("questions")[0],
    "an empty list of questions": BANK.split("questions")[0] + "questions: []\n",
    "questions that are a text": BANK.split("questions")[0] + "questions: later\n",
    "an unknown key of the bank": BANK + "colour: red\n",
    "an unknown key of a question": BANK + "    anwser: So.\n",
    "an unknown key of a concept": BANK + CONCEPT + "        worht: 2\n",
    "an unknown key of an example": BANK + "    examples:\n      - {say: x, points: 3}\n",
    "no ask": BANK.replace("    ask: Why?\n", ""),
    "nothing to be marked by": BANK.replace("    answer: So.\n", ""),
    "an empty answer": BANK.replace("So.", "''"),
    "an answer of spaces": BANK.replace("So.", "'  '"),
    "an answer that is a list": BANK.replace("So.", "[So, thus]"),
    "another level": BANK + "    level: beginner\n",
    "another kind": BANK.replace("questions", "kind: fun\nquestions"),
    "no minutes at all": BANK + "    minutes: 0\n",
    "too many minutes": BANK + "    minutes: 121\n",
    "wording without an answer": BANK.replace("    answer: So.\n", CONCEPT) + "    wording: 0.5\n",
    "a negative worth": BANK + CONCEPT + "        worth: -1\n",
    "a worth in words": BANK + CONCEPT + "        worth: a lot\n",
    "a concept without keywords": BANK + "    concepts:\n      - id: c\n",
    "a concept with an empty list": BANK + CONCEPT.replace("[word]", "[]"),
    "any and of": BANK + CONCEPT + "        of: [word]\n        at_least: 1\n",
    "of without at_least": BANK + CONCEPT.replace("any", "of"),
    "at_least of nothing": BANK + CONCEPT.replace("any", "of") + "        at_least: 0\n",
    "at_least of a half": BANK + CONCEPT.replace("any", "of") + "        at_least: 1.5\n",
    "a keyword two lists deep": BANK + CONCEPT.replace("word", "[[[a, b]]]"),
    "too many phrases": BANK + CONCEPT.replace("word", str([f"w{n}" for n in range(9)]).replace("'", "")),
    "one phrase in order": BANK + CONCEPT.replace("word", "{in_order: [alone]}"),
    "a keyword of another key": BANK + CONCEPT.replace("word", "{in_oder: [a1, b1]}"),
    "an empty keyword": BANK + CONCEPT.replace("word", "''"),
    "a misconception without words": BANK + "    misconceptions:\n      - {id: m, any: [wrong]}\n",
    "a mark over 100": BANK + "    examples:\n      - {say: x, mark: 101}\n",
    "a mark of three": BANK + "    examples:\n      - {say: x, mark: [1, 2, 3]}\n",
    "a mark in words": BANK + "    examples:\n      - {say: x, mark: full}\n",
    "an example that says nothing": BANK + "    examples:\n      - {mark: 3}\n",
    "a vocabulary of one word": BANK.replace("questions", "vocabulary: {same: [[alone]]}\nquestions"),
    "a vocabulary of another key": BANK.replace("questions", "vocabulary: {syn: [[a, b]]}\nquestions"),
    "a vocabulary that is a list": BANK.replace("questions", "vocabulary: [[a, b]]\nquestions"),
    "a part without topics": BANK.replace("questions", "vocabulary: {by_topic: [{same: [[a, b]]}]}\nquestions"),
    "a list where the bank should be": "- schema: 1\n",
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_the_loader_takes_is_not_underlined(validator: Any, name: str) -> None:
    assert loader_is_content(GOOD[name])
    assert editor_is_content(validator, GOOD[name])


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_loader_refuses_is_underlined(validator: Any, name: str) -> None:
    assert not loader_is_content(BROKEN[name])
    assert not editor_is_content(validator, BROKEN[name])


@pytest.mark.parametrize(
    ("thing", "keys"),
    [
        ("bank", load.BANK_KEYS),
        ("question", load.QUESTION_KEYS),
        ("concept", load.CONCEPT_KEYS),
        ("misconception", load.MISCONCEPTION_KEYS),
        ("example", load.EXAMPLE_KEYS),
    ],
)
def test_each_key_of_the_loader_is_in_the_schema_and_explained(thing: str, keys: tuple[str, ...]) -> None:
    schema = bank_schema()
    properties = (schema if thing == "bank" else schema["$defs"][thing])["properties"]
    assert list(properties) == list(keys)
    assert all(len(properties[key]["description"]) > 8 for key in keys)


BEYOND_A_SCHEMA = ("there is no ", "only says “not”", "a range as in [25, 45]")
"""What the loader sees and no schema can: ids that do not exist, a lone “not”, a range the wrong way round."""

VALUES: list[Any] = [
    "a", "word", "two words", "x|y", "", "  ", "not", "a-b", "A B", "c", "entry", "mid", "skill", "faq", True, 0, 1, -1, 2,
    0.5, 1.5, 100, 101, 120, 121, [], ["a"], ["a", "b"], [["a", "b"]], [["a"]], [""], [25, 45], [45, 25], ["a", 1, True], {},
    {"in_order": ["a", "b"]}, {"in_order": ["a"]},
]  # fmt: skip


def some_bank(chance: random.Random) -> str:
    """Return a bank in which some keys have values of other keys, or are missing."""

    def thing(keys: Sequence[str], rate: float, **fixed: Any) -> dict[str, Any]:
        changed = {key: chance.choice(VALUES) for key in keys if chance.random() < rate}
        odd = {"odd": 1} if chance.random() < 0.01 else {}
        return {**fixed, **changed, **odd}

    question = {
        "concepts": [thing(load.CONCEPT_KEYS, 0.05, id="c", any=["word"])],
        "misconceptions": [thing(load.MISCONCEPTION_KEYS, 0.05, id="m", any=["wrong"], say="No.")],
        "examples": [thing(load.EXAMPLE_KEYS, 0.05, say="word")],
        **thing(load.QUESTION_KEYS, 0.02, id="q", ask="Why?", answer="So."),
    }
    if chance.random() < 0.2:
        del question[chance.choice(list(question))]
    bank = thing(load.BANK_KEYS, 0.02, schema=1, bank="b", questions=[question])
    return json.dumps(bank, ensure_ascii=False)


def test_of_any_bank_both_say_the_same_as_far_as_a_schema_can(validator: Any) -> None:
    chance = random.Random(4)
    agreed = {True: 0, False: 0}
    for _ in range(2000):
        text = some_bank(chance)
        loaded = load_bank(text.encode(), "x", "file", Vocabulary())
        messages = [problem.message for problem in loaded.problems]
        if any(beyond in message for message in messages for beyond in BEYOND_A_SCHEMA):
            continue
        assert editor_is_content(validator, text) == loader_is_content(text), (text, messages)
        agreed[loader_is_content(text)] += 1
    assert min(agreed.values()) > 300


def test_it_is_json_that_names_its_draft_and_every_reference_leads_somewhere() -> None:
    schema = json.loads(schema_text())
    assert schema == bank_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    names = [part.split('"')[0] for part in schema_text().split("#/$defs/")[1:]]
    assert set(names) == set(schema["$defs"])


def test_editors_that_know_only_draft_7_underline_the_same() -> None:
    older = import_module("jsonschema").Draft7Validator(bank_schema())
    assert all(editor_is_content(older, text) for text in GOOD.values())
    assert not any(editor_is_content(older, text) for text in BROKEN.values())
