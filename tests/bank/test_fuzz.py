"""A bank whose parts are of the wrong kind, missing, doubled or in the wrong place gives messages, never a traceback.

`test_safety` damages the text of a file; here it is well-formed YAML with the wrong things in it, and what can still be
used of it goes through every layer of the check. QUIZBOT_FUZZ=5000 tries more files than usual.
"""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from quizbot.authoring.attack import attack
from quizbot.authoring.check import check_tests
from quizbot.authoring.crosstalk import Tally, crosstalk
from quizbot.authoring.lint import alike, lint
from quizbot.bank.load import load_bank
from quizbot.bank.model import Bank, Problem, Vocabulary
from tests.conftest import OVERFIT

RUNS = int(os.environ.get("QUIZBOT_FUZZ", "160"))

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 3, 1e9, float("nan"), "", " ", "-", "no", "not", "a", "overfit-define", "12", "[CLS] {x}",
    "*", "_", "|", "a||b", "_a_", "a|_|b", "not not no", "x" * 3000, "ä ß Ω 文字 😀", "1/0", "a: b", "𝐛𝐨𝐥𝐝", "e\u0301" * 9,
    [], {}, [[]], [{}], [[], [[]]], {"a": {}}, ["a", "a"], {"in_order": []}, {"in_order": "a"}, {"in_order": ["a", ["b"]]},
    {"no-hint": ""}, {"alike": ["x"]}, [60, 40], [0, 100], ["a", 1], "swapped", "definition", ["definition", "symptom"],
)  # fmt: skip


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every list or mapping with every index or key of it, from the top down."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], (dict, list)):
            yield from places(node[key])


def damaged(whole: Any, chance: random.Random) -> bytes:
    """Return a bank with a few of its parts replaced, removed, renamed, doubled, wrapped or exchanged."""
    bank = copy.deepcopy(whole)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        spots = list(places(bank))
        if not spots:
            break
        parent, key = chance.choice(spots)
        kind = chance.randrange(6)
        if kind == 0:
            parent[key] = copy.deepcopy(chance.choice(JUNK))
        elif kind == 1:
            del parent[key]
        elif kind == 2 and isinstance(parent, dict):
            parent[chance.choice((*map(str, parent), "ani", "exampels", "", "no", "à", 7))] = parent.pop(key)
        elif kind == 2:
            parent.insert(key, copy.deepcopy(parent[key]))
        elif kind == 3:
            parent[key] = [parent[key]]
        elif kind == 4:
            parent[key] = {chance.choice(("any", "in_order", "id", "say")): parent[key]}
        else:
            other, where = chance.choice(spots)
            parent[key] = copy.deepcopy(other[where])
    text = yaml.dump(bank, allow_unicode=True, sort_keys=False, default_flow_style=chance.choice((None, False, True)))
    return text.encode("utf-8", "surrogatepass")


def every_layer(bank: Bank) -> Iterator[Problem]:
    yield from check_tests(bank)
    for question in bank.questions:
        yield from lint(question, strict=True)
        yield from attack(question)
    yield from alike(bank.questions)
    yield from (found for found in crosstalk(bank.questions, bank.questions, Tally()) if found)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_bank_of_the_wrong_shape_gives_messages_and_nothing_else(seed: int) -> None:
    whole = yaml.safe_load(OVERFIT)
    second = copy.deepcopy(whole["questions"][0])
    whole["questions"].append(
        {**second, "id": "second", "lint_ok": {"alike": "a copy"}, "followups": ["overfit-define"]}
    )
    chance = random.Random(seed)
    refused = usable = 0
    for _ in range(RUNS // 2):
        data = damaged(whole, chance)
        loaded = load_bank(data, "fuzzed.yaml", "file", Vocabulary())
        assert loaded.bank or loaded.problems, data
        refused += bool(loaded.problems)
        usable += bool(loaded.bank)
        for problem in (*loaded.problems, *(every_layer(loaded.bank) if loaded.bank else ())):
            assert str(problem).startswith("fuzzed.yaml:"), data
            assert str(problem).isprintable(), data
            assert len(str(problem)) < 1500, data
            assert all(line.isprintable() for line in problem.detail), data
    assert refused > RUNS // 8
    assert usable > RUNS // 8
