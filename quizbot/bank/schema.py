"""The JSON Schema of a bank, so that editors complete, underline and explain while one types.

Made from what the loader itself goes by: its keys, words and limits. Only keywords that mean the same from draft 7 to
2020-12 are used, for many editors know no newer draft. The loader stays the judge: it also knows what no schema can
say (ids that must differ or exist, a phrase that only says "not"), and it reads every scalar as the text that was
typed, so a number is a text here, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from quizbot.bank.fields import ID, LONGEST_ID
from quizbot.bank.keywords import MAX_PHRASES
from quizbot.bank.load import (
    BANK_KEYS,
    CONCEPT_KEYS,
    COSTS,
    EXAMPLE_KEYS,
    MINUTES,
    MISCONCEPTION_KEYS,
    POINTS,
    QUESTION_KEYS,
    SCHEMA,
    WORDING,
    WORTH,
)
from quizbot.bank.model import Kind, Level

FILE = "quizbot-bank.schema.json"
"""The name under which the schema lies beside a bank."""

MODELINE = f"# yaml-language-server: $schema={FILE}"
"""The line of a bank that leads editors to the schema beside it (a path relative to the bank's file)."""

Schema = dict[str, Any]

_KEYWORDS = """\
Each keyword is a short phrase; its words must stand close together in one clause, in any order and inflection.
`a|b` is either word in this place, `two_words` stand next to each other, `[phrase, phrase]` are all of them anywhere,
`{in_order: [phrase, phrase]}` all in this order; a phrase with “not” finds only what is denied."""

_SAYS = {
    "bank": {
        "schema": "The version of this format: 1.",
        "bank": "The bank's own name among all banks: a-z, 0-9 and single hyphens. Records go by it, so keep it.",
        "title": "What people read in lists.",
        "topic": "The topic of its questions, as “area/topic” if nested; the bank's name if left out.",
        "kind": "Kind of all questions that name none: “skill” (the field; the default) or “faq” (the job).",
        "level": "Level of all questions that name none: entry, mid (the default) or senior.",
        "vocabulary": "Words of this bank that mean the same, or must never be taken for each other.",
        "questions": "The questions, each begun with “- id:”.",
    },
    "question": {
        "id": "The question's own name in this bank. Keep it when you edit the question: its history goes by it.",
        "kind": "“skill”: about the field. “faq”: about the job.",
        "level": "For whom: entry, mid or senior.",
        "topic": "Its topic, if it is not the bank's.",
        "minutes": "How long an answer takes, in minutes (2 if left out).",
        "ask": "What is asked. One open question: what, how, why.",
        "variants": "The same question in other words; one of them may be asked instead.",
        "concepts": "What a good answer says: two to seven things, each with its ways of saying it.",
        "misconceptions": "Wrong things that answers often say. Each costs points and is told.",
        "wording": "The share of the mark (0 to 0.9) that goes by how much of the model answer is said in its own "
        "words: for questions that people answer in too many ways for keywords. 0 if left out.",
        "answer": "The model answer. It must itself earn 100; without concepts it is what answers are marked by.",
        "also": "Other good answers in other words. Each must earn at least 70.",
        "followups": "Ids of questions of this bank that go on from here.",
        "sources": "Where to read more.",
        "covers": "Ids of a coverage list of your own.",
        "lint_ok": "Rules of the quality check that this question breaks on purpose, each with the reason.",
        "examples": "The question's own tests: what somebody might say, and what that must earn.",
    },
    "concept": {
        "id": "The concept's own name in this question.",
        "name": "What people read when it is earned or missed; made from the id if left out.",
        "worth": "Its weight against the question's other concepts (1 if left out).",
        "any": f"Keywords; one of them earns the concept.\n\n{_KEYWORDS}",
        "at_least": "How many different keywords of “of” are needed; fewer earn their share.",
        "of": f"Keywords; “at_least” so many of them earn the concept.\n\n{_KEYWORDS}",
        "hint": "Shown when somebody asks for a hint: where to look, not what to say.",
        "probe": "Asked when the concept is missing, as a good interviewer would.",
    },
    "misconception": {
        "id": "The misconception's own name in this question.",
        "any": f"Keywords; one of them hits.\n\n{_KEYWORDS}",
        "costs": "What it takes away, in the measure of the concepts' worth (1 if left out).",
        "say": "What the answerer is told: what is wrong, in a sentence.",
    },
    "example": {
        "say": "What somebody might say.",
        "mark": "The points it must earn, 0 to 100, or a range as in [25, 45].",
        "earns": "Ids of concepts that it must earn, at least in part.",
        "misses": "Ids of concepts that it must not earn.",
        "hits": "Ids of misconceptions that it must hit.",
    },
}


def bank_schema() -> Schema:
    """Return the JSON Schema of a bank."""
    bank = _thing("bank", BANK_KEYS, _bank(), ("schema", "bank", "questions"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A quizbot question bank",
        **bank,
        "$defs": {
            "id": {
                "type": ["string", "integer", "boolean"],  # “7” and “true” are names, too
                "minimum": 0,
                "pattern": f"^(?:{ID.pattern})$",
                "maxLength": LONGEST_ID,
            },
            "text": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
            "texts": {"anyOf": [_ref("text"), _list(_ref("text")), {"type": "null"}]},
            "keyword": _keyword(),
            "keywords": {"anyOf": [_ref("keyword"), _list(_ref("keyword"), fewest=1)]},
            "vocabulary": _vocabulary(),
            "question": _question(),
            "concept": _concept(),
            "misconception": _thing(
                "misconception",
                MISCONCEPTION_KEYS,
                {"id": _ref("id"), "any": _ref("keywords"), "costs": _number(COSTS), "say": _ref("text")},
                ("id", "any", "say"),
            ),
            "example": _example(),
        },
    }


def schema_text() -> str:
    """Return the JSON Schema of a bank as the text of a file."""
    return json.dumps(bank_schema(), ensure_ascii=False, indent=2) + "\n"


def _bank() -> Schema:
    return {
        "schema": {"const": SCHEMA},
        "bank": _ref("id"),
        "title": _ref("text"),
        "topic": _ref("text"),
        "kind": _choice(Kind),
        "level": _choice(Level),
        "vocabulary": {"anyOf": [_ref("vocabulary"), {"type": "null"}]},
        "questions": _list(_ref("question"), fewest=1),
    }


def _question() -> Schema:
    types = {
        "id": _ref("id"),
        "kind": _choice(Kind),
        "level": _choice(Level),
        "topic": _ref("text"),
        "minutes": _number(MINUTES),
        "wording": _number(WORDING),
        "lint_ok": {"anyOf": [{"type": "object", "additionalProperties": {"type": "string"}}, {"type": "null"}]},
        "ask": _ref("text"),
        "answer": _ref("text"),
        **{key: _ref("texts") for key in ("variants", "also", "followups", "sources", "covers")},
        **{f"{thing}s": _optional_list(thing) for thing in ("concept", "misconception", "example")},
    }
    question = _thing("question", QUESTION_KEYS, types, ("id", "ask"))
    marked_by = [
        {"required": ["answer"]},
        {"required": ["concepts"], "properties": {"concepts": {"type": "array", "minItems": 1}}},
    ]
    by_wording = {"required": ["wording"], "properties": {"wording": {"exclusiveMinimum": 0}}}
    return {**question, "anyOf": marked_by, "if": by_wording, "then": {"required": ["answer"]}}


def _concept() -> Schema:
    types = {
        "id": _ref("id"),
        "name": _ref("text"),
        "worth": _number(WORTH),
        "any": _ref("keywords"),
        "at_least": {"type": "integer", "minimum": 1},
        "of": _ref("keywords"),
        "hint": _ref("text"),
        "probe": _ref("text"),
    }
    either = [
        {"required": ["any"], "not": {"anyOf": [{"required": ["of"]}, {"required": ["at_least"]}]}},
        {"required": ["of", "at_least"], "not": {"required": ["any"]}},
    ]
    return {**_thing("concept", CONCEPT_KEYS, types, ("id",)), "oneOf": either}


def _example() -> Schema:
    points = _number(POINTS)
    types = {
        "say": {
            "type": ["string", "number", "boolean"],
            "pattern": r"^$|\S",
        },  # an empty one tests what saying nothing earns
        "mark": {"anyOf": [points, {"type": "array", "items": points, "minItems": 1, "maxItems": 2}]},
        **{key: _ref("texts") for key in ("earns", "misses", "hits")},
    }
    return _thing("example", EXAMPLE_KEYS, types, ("say",))


def _keyword() -> Schema:
    return {
        "description": _KEYWORDS,
        "anyOf": [
            _ref("text"),
            _list(_ref("text"), fewest=1, most=MAX_PHRASES),
            {
                "type": "object",
                "properties": {"in_order": _list(_ref("text"), fewest=2, most=MAX_PHRASES)},
                "required": ["in_order"],
                "additionalProperties": False,
            },
        ],
    }


def _vocabulary() -> Schema:
    groups = {"type": ["array", "null"], "items": _list(_ref("text"), fewest=2)}
    lists = {
        "same": {**groups, "description": "Lists of phrases that mean the same: [[validation set, held-out data]]."},
        "apart": {**groups, "description": "Lists of words never to be taken for each other: [[precision, recall]]."},
    }
    by_topic = {
        "type": "object",
        "properties": {"topics": _list(_ref("text"), fewest=1), **lists},
        "required": ["topics"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            **lists,
            "by_topic": {
                "description": "What holds in questions of some topics only.",
                "anyOf": [by_topic, _list(by_topic), {"type": "null"}],
            },
        },
        "additionalProperties": False,
    }


def _thing(name: str, keys: Iterable[str], types: Schema, required: tuple[str, ...]) -> Schema:
    """Return the schema of a mapping with the loader's `keys`, in their order, each explained."""
    properties = {key: {"description": _SAYS[name][key], **_inside(types[key])} for key in keys}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _inside(kind: Schema) -> Schema:
    """Return a schema that may stand beside a description: before 2019 nothing beside “$ref” was seen."""
    return {"allOf": [kind]} if "$ref" in kind else kind


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema, fewest: int = 0, most: int | None = None) -> Schema:
    bounds = {"minItems": fewest} | ({} if most is None else {"maxItems": most})
    return {"type": "array", "items": items, **bounds}


def _optional_list(thing: str) -> Schema:
    return {"type": ["array", "null"], "items": _ref(thing)}


def _number(bounds: tuple[float, float]) -> Schema:
    return {"type": "number", "minimum": bounds[0], "maximum": bounds[1]}


def _choice(choices: type[Kind] | type[Level]) -> Schema:
    return {"enum": [str(choice) for choice in choices]}
