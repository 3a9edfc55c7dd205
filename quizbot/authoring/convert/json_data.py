"""A bank as JSON: every field of it, in the form of its YAML file."""

from __future__ import annotations

import json
import re
from collections import Counter

from quizbot.authoring.convert.cards import tidy
from quizbot.bank.data import Data, Value, as_data
from quizbot.bank.model import Bank
from quizbot.errors import QuizbotError

_WAY = "“quizbot bank export --format json BANK” shows the form."
_KEY = re.compile(r"[a-z_][a-z_-]{0,39}")  # with “-” for the rules of the lint, which `lint_ok` names
_DEEPEST = 32


def write_json(bank: Bank) -> str:
    """Return a bank as JSON; reading it gives the same bank."""
    return json.dumps(as_data(bank), ensure_ascii=False, indent=2) + "\n"


def read_json(text: str) -> Data:
    """Return the plain data of a bank; whether it is right is for the loader to say.

    Raises:
        QuizbotError: it is no JSON, no mapping, nests too deep, or has a key that no bank could have or has it twice.
    """
    try:
        made = json.loads(text, object_pairs_hook=_once, parse_constant=str)
        if isinstance(made, dict):
            return {_key(key): _tidied(value, 1) for key, value in made.items() if value is not None}
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise QuizbotError(f"This is no JSON ({place}): {problem.msg}.", _WAY) from problem
    except (RecursionError, ValueError) as problem:
        raise QuizbotError("This JSON nests too deep or holds a number without end.", _WAY) from problem
    raise QuizbotError("A bank in JSON begins with “{”.", _WAY)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise QuizbotError(f"The key “{tidy(twice)[:40]}” stands twice in one mapping.", _WAY)
    return made


def _key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise QuizbotError(f"“{tidy(key)[:40]}” is no key of a bank.", _WAY)
    return key


def _tidied(value: object, depth: int) -> Value:
    """Return a value with its texts cleaned, and null as nothing."""
    if depth > _DEEPEST:
        raise QuizbotError(f"This JSON nests deeper than {_DEEPEST} levels.", _WAY)
    if isinstance(value, dict):
        return {_key(key): _tidied(inner, depth + 1) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_tidied(inner, depth + 1) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, (int, float)) else tidy(str(value))
