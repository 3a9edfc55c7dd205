"""Reading the fields of a mapping: text, texts, numbers, choices, ids; what is wrong is noted and a default given."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import TypeVar

from quizbot.bank.problems import Problems
from quizbot.bank.read import Fields, Items, Node, Text
from quizbot.text import clean, one_line

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
LONGEST_ID = 80

Made = TypeVar("Made")
Choice = TypeVar("Choice", bound=StrEnum)


def absent(node: Node | None) -> bool:
    """Say whether a key is not there, or has nothing after it."""
    return node is None or (isinstance(node, Text) and node.missing)


def as_number(node: Node | None) -> float | None:
    """Return the number that was typed (not negative, six digits at most), or None if it is none."""
    return float(node.value) if isinstance(node, Text) and _NUMBER.fullmatch(node.value) else None


class FieldReader:
    """Reads single fields and notes what is wrong with them."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.report = problems.report

    def known(self, node: Fields, keys: Collection[str]) -> None:
        """Note the keys that mean nothing here."""
        for key, place in node.keys.items():
            if key not in keys:
                self.problems.unknown(place, f"unknown key “{clean(key)[:80]}”", key, keys)

    def id(self, node: Fields, key: str = "id") -> str | None:
        """Return the id; None, and a problem, without one."""
        value = node.values.get(key)
        if isinstance(value, Text) and ID.fullmatch(value.value) and len(value.value) <= LONGEST_ID:
            return value.value
        said = f"“{key}” is a short name of a-z, 0-9 and single hyphens, as in “bias-variance”"
        self.report(value or node, said if value else f"“{key}” is missing; {said}")
        return None

    def text(self, node: Fields, key: str, *, needed: bool = False) -> str:
        """Return a text, cleaned; an empty one if the key is not there (a problem if it is `needed`)."""
        value = node.values.get(key)
        if value is None:
            if needed:
                self.report(node, f"“{key}” is missing")
            return ""
        if not isinstance(value, Text):
            self.report(value, f"“{key}” is a text; one that begins with [ or {{, or has “: ” in it, needs quotes")
            return ""
        text = clean(value.value).strip()
        if not text:
            self.report(value, f"“{key}” is empty; write it, or leave the key out")
        return text

    def line(self, node: Fields, key: str) -> str:
        """Return a text as a single line: what is shown in lists."""
        return one_line(self.text(node, key))

    def texts(self, node: Fields, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = node.values.get(key)
        if value is None or absent(value):
            return ()
        texts: list[str] = []
        for item in value.values if isinstance(value, Items) else [value]:
            text = clean(item.value).strip() if isinstance(item, Text) else ""
            if text:
                texts.append(text)
            else:
                self.report(item, f"“{key}” is a text or a list of texts; one with “: ” or [brackets] needs quotes")
        return tuple(texts)

    def named(self, node: Fields, key: str, names: Collection[str], thing: str) -> tuple[str, ...]:
        """Return a list of ids, all of which must be among `names`: the ids of each `thing`, as in "concept"."""
        found = self.texts(node, key)
        self.strangers(node, key, names, thing)
        return found

    def strangers(self, node: Fields, key: str, names: Collection[str], thing: str) -> None:
        """Note the ids in a list that are not among `names`."""
        value = node.values.get(key)
        for item in value.values if isinstance(value, Items) else [value]:
            if isinstance(item, Text) and (name := item.value.strip()) and name not in names:
                said = f"“{key}”: there is no {thing} “{clean(name)[:80]}” here"
                self.problems.unknown(item, said, name, names)

    def number(self, node: Fields, key: str, default: float, bounds: tuple[float, float]) -> float:
        """Return a number within its bounds, the lowest and the highest."""
        lowest, highest = bounds
        value = node.values.get(key)
        if value is None:
            return default
        found = as_number(value)
        if found is not None and lowest <= found <= highest:
            return found
        self.report(value, f"“{key}” is a number from {lowest:g} to {highest:g}")
        return default

    def choice(self, node: Fields, key: str, choices: type[Choice], default: Choice) -> Choice:
        """Return one of a few words."""
        value = node.values.get(key)
        if value is None:
            return default
        names = [str(choice) for choice in choices]
        said = value.value if isinstance(value, Text) else ""
        if said in names:
            return choices(said)
        self.problems.unknown(value, f"“{key}” is one of {', '.join(names)}", said, names)
        return default

    def items(self, node: Fields, key: str, make: Callable[[Fields], Made | None], *, ids: str = "") -> list[Made]:
        """Return what `make` makes of each mapping in a list; `ids`: what they are called, whose ids must differ."""
        value = node.values.get(key)
        if value is None or absent(value):
            return []
        if not isinstance(value, Items):
            self.report(value, f"“{key}” is a list, each item begun with “- ”")
            return []
        first: dict[str, Text] = {}
        made: list[Made] = []
        for item in value.values:
            if not isinstance(item, Fields):
                self.report(item, f"each item of “{key}” is a mapping of keys, begun as in “- id: its-name”")
                continue
            thing = make(item)
            if (not ids or self._new(item, first, ids)) and thing is not None:
                made.append(thing)
        return made

    def _new(self, item: Fields, first: dict[str, Text], thing: str) -> bool:
        """Note an id that was there before."""
        name = item.values.get("id")
        if not isinstance(name, Text):
            return False
        before = first.setdefault(name.value, name)
        if before is not name:
            self.report(name, f"a second {thing} “{clean(name.value)[:80]}” (the first is in line {before.line})")
        return before is name
