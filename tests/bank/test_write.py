"""What quizbot writes as YAML reads back as the same bank, whatever stands in its texts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.bank.data import as_data
from quizbot.bank.library import Library
from quizbot.bank.load import load_bank
from quizbot.bank.model import Bank, Vocabulary
from quizbot.bank.write import WIDTH, bank_yaml, to_yaml
from quizbot.text import clean

SHIPPED = Library(None).banks()
NASTY = [
    "yes", "No", "1.0", "012", "2024-01-01", "~", "null", "a: b", "a:", "a #b", "#b", "- a", "-", "? x", "[CLS] token",
    "{a}", "*x", "&x", "!x", "%x", "@x", "`x`", "'", '"', "it's", "a, b", "|", ">", "a\nb", "a\n\n  b\n c", "a  b", "a\tb",
    "a\n\tb", "---", "...", "<<", "=", "é", "\U0001f600", "\xa0x", "x\xa0y", "\\n", "w" * 300, "ab " * 100 + "c",
    "ab  " * 100 + "c", "# " * 100 + "c", "- " * 100 + "c", "a\n#b", "a\n---\nb", "key: >", "a \n b", "a\n \nb",
]  # fmt: skip


def reread(text: str) -> Bank:
    loaded = load_bank(text.encode(), "test.yaml", "file", Vocabulary())
    assert loaded.bank, (text, [str(problem) for problem in loaded.problems])
    assert not loaded.problems, (text, [str(problem) for problem in loaded.problems])
    return loaded.bank


def holding(text: str) -> dict:
    return {
        "schema": 1, "bank": "b", "title": "b", "topic": "b",
        "questions": [{
            "id": "one", "ask": text, "answer": text, "also": [text, text], "sources": [text],
            "examples": [{"say": text, "mark": [0, 100]}, {"say": ""}],
        }],
    }  # fmt: skip


def comes_back(text: str) -> None:
    question = reread(to_yaml(holding(text))).questions[0]
    assert (question.ask, question.answer, question.also, question.sources) == (text, text, (text, text), (text,))
    assert [example.say for example in question.examples] == [text, ""]


@pytest.mark.parametrize("text", NASTY)
def test_a_text_that_yaml_might_misread_comes_back(text):
    comes_back(clean(text).strip())


ALPHABET = st.one_of(st.sampled_from("a b:#-?'\"\\|>[]{},&*!%@`~\n\t  =.0yn"), st.characters())


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, max_size=400))
def test_any_text_comes_back(text):
    text = clean(text.replace("\ufffe", "").replace("\uffff", "")).strip()
    if text:
        comes_back(text)


@pytest.mark.parametrize("bank", SHIPPED, ids=lambda bank: bank.id)
def test_every_shipped_bank_comes_back_with_every_field(bank):
    own = load_bank(bank_yaml(bank).encode(), bank.file, bank.origin, Library(None).vocabulary).bank
    assert own == bank
    for before, after in zip(bank.questions, own.questions, strict=True):
        assert after.digest == before.digest
        assert [replace(item, place=None) for item in after.examples] == [
            replace(item, place=None) for item in before.examples
        ]


@pytest.mark.parametrize("bank", SHIPPED, ids=lambda bank: bank.id)
def test_plain_data_survives_json(bank):
    assert json.loads(json.dumps(as_data(bank))) == as_data(bank)


def test_vocabulary_and_keywords_in_order_come_back():
    bank = reread(
        "schema: 1\nbank: b\nvocabulary:\n  same: [[cv, cross validation]]\n  apart: [[mean, means|meaning]]\n"
        "  by_topic:\n    - topics: [vision]\n      same: [[cv, computer vision]]\n"
        "questions:\n  - id: one\n    ask: Why?\n    concepts:\n      - id: c\n        any: [{in_order: [a_b, c|d]}, [e, not f]]\n"
        "      - {id: d, at_least: 2, of: [x, y, z], worth: 0.5}\n"
    )  # fmt: skip
    assert reread(bank_yaml(bank)) == bank


def test_long_texts_are_folded_and_short_lists_stay_on_a_line():
    text = to_yaml(holding("one two three " * 30 + "end"))
    assert "answer: >-\n" in text
    assert max(map(len, text.splitlines())) <= WIDTH + 10
    assert "mark: [0, 100]" in text
