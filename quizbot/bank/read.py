"""YAML into plain data that knows where it stands. Every scalar stays the text that was typed.

Works on the parser's events and builds the data itself: that is several times faster than `yaml.load`, sees duplicate
keys, cannot recurse, and makes neither numbers of words nor objects of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quizbot.bank.model import Place, Problem

if TYPE_CHECKING:
    from types import ModuleType

MAX_BYTES = 5_000_000
"""Largest bank that is read, in bytes: some 5,000 questions. A larger file is refused before it is parsed."""

MAX_DEPTH = 32
"""Deepest nesting of lists and mappings; the schema needs 8."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as it was typed. `plain`: without quotes, so that an empty one means "nothing"."""

    place: Place
    value: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    values: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; `keys` says where each key stands."""

    place: Place
    values: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Text | Items | Fields


class _UnreadableError(Exception):
    """The file cannot be read on from here."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(place, message)


def read(data: bytes, file: str, *, pure: bool = False) -> tuple[Node | None, list[Problem]]:
    """Return the data of a YAML file and what is wrong with its form; None if it cannot be read at all.

    `pure` uses PyYAML's own parser instead of libyaml (which is also used where libyaml is missing).
    """
    start = Place(file, 1, 1)
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:,.1f} MB"
        return None, [Problem(start, f"the file has {size}; a bank may have {MAX_BYTES // 10**6} MB: split it")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before) - before.rfind(b"\n")
        return None, [Problem(Place(file, line, column), "this is no UTF-8 text; save the file as UTF-8")]
    problems = list(_lines(text, file))
    if any("tab" in problem.message for problem in problems):
        return None, problems
    try:
        return _Builder(file, problems).build(_events(text, pure)), problems
    except _UnreadableError as stop:
        return None, [*problems, stop.problem]
    except Exception as problem:
        known = _explained(problem, file, text)
        if known is None:
            raise
        return None, [*problems, known]


def _yaml() -> ModuleType:
    import yaml

    return yaml


def _events(text: str, pure: bool) -> Iterator[Any]:
    yaml = _yaml()
    loader = yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    return events


_INDENT_TAB = re.compile(r"^[ ]*\t+[ \t]*(?=[^\s#])")
_CUT = re.compile(r"^\s*(?:-\s+)?(?:[\w-]+:\s+)?(?![\"'|>\[{&*!#])(\S.*?)\s#\S")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _lines(text: str, file: str) -> Iterator[Problem]:
    """Yield what is wrong with single lines, before YAML makes something else of it."""
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line and (tab := _INDENT_TAB.match(line)):
            column = tab.group().index("\t") + 1
            yield Problem(Place(file, number, column), "a tab; indent with spaces, YAML allows no tab here")
        if "#" in line and (cut := _CUT.match(line)) and "  #" not in line:
            column = cut.end(1) + 2
            said = "“ #” begins a comment, so the text ends before it; put the text in quotes to keep it"
            yield Problem(Place(file, number, column), said)
        if unprintable := _UNPRINTABLE.search(line):
            code = f"U+{ord(unprintable.group()):04X}"
            place = Place(file, number, unprintable.start() + 1)
            yield Problem(place, f"a control character ({code}); remove it, it could not be shown")


class _Builder:
    """Builds nodes from events, without recursion."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems

    def _place(self, event: Any) -> Place:  # noqa: ANN401 - PyYAML's events have no common type
        return Place(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def build(self, events: Iterator[Any]) -> Node | None:
        """Return the one document of a file, or None if it is empty."""
        root: Node | None = None
        open_nodes: list[Items | Fields] = []
        key: list[Text | None] = []
        documents = 0
        for event in events:
            name = type(event).__name__
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise _UnreadableError(self._place(event), "a second document (“---”); a bank is one document")
                continue
            if name in ("SequenceEndEvent", "MappingEndEvent"):
                open_nodes.pop()
                key.pop()
                continue
            node = self._node(event, name)
            if node is None:
                continue
            if not open_nodes:
                root = node
            else:
                self._put(open_nodes[-1], node, key)
            if not isinstance(node, Text):
                if len(open_nodes) >= MAX_DEPTH:
                    raise _UnreadableError(node.place, f"nested deeper than {MAX_DEPTH} levels")
                open_nodes.append(node)
                key.append(None)
        return root

    def _node(self, event: Any, name: str) -> Node | None:  # noqa: ANN401
        if name == "AliasEvent":
            raise _UnreadableError(
                self._place(event), f"“*{event.anchor}” is a YAML alias; write the text out, or put it in quotes"
            )
        if name not in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
            return None
        place = self._place(event)
        if event.anchor:
            raise _UnreadableError(
                place, f"“&{event.anchor}” is a YAML anchor; banks have none: put the text in quotes"
            )
        if event.tag and event.tag != "!":
            self._problems.append(
                Problem(place, f"“{event.tag}” is a YAML tag; banks have none: put the text in quotes")
            )
        if name == "ScalarEvent":
            return Text(place, event.value, plain=event.style is None)
        return Items(place) if name == "SequenceStartEvent" else Fields(place)

    def _put(self, parent: Items | Fields, node: Node, key: list[Text | None]) -> None:
        """Add a node to the list or mapping that is open."""
        if isinstance(parent, Items):
            parent.values.append(node)
            return
        name = key[-1]
        if name is None:
            if not isinstance(node, Text):
                raise _UnreadableError(node.place, "a list or mapping where a key is meant; put the text in quotes")
            key[-1] = node
            return
        key[-1] = None
        if name.value in parent.values:
            first = parent.keys[name.value]
            said = f"the key “{name.value}” stands here a second time (first in line {first.line})"
            self._problems.append(Problem(name.place, said))
            return
        parent.values[name.value] = node
        parent.keys[name.value] = name.place


_TRAPS = (
    ("mapping values are not allowed", "“: ” inside an unquoted text begins a mapping; put the whole text in quotes"),
    ("found unexpected end of stream", "a quote is opened and never closed"),
    ("while scanning a quoted scalar", "a quote is opened and never closed, or text follows the closing one"),
    ("did not find expected ',' or ']'", "a list in [ ] is not closed, or holds text that needs quotes"),
    ("expected ',' or ']'", "a list in [ ] is not closed, or holds text that needs quotes"),
    ("did not find expected ',' or '}'", "a mapping in { } is not closed, or holds text that needs quotes"),
    ("expected ',' or '}'", "a mapping in { } is not closed, or holds text that needs quotes"),
    ("cannot start any token", "a text may not begin with this character; put it in quotes"),
    ("did not find expected alphabetic", "“*” and “&” have a meaning in YAML; put the text in quotes"),
    ("did not find expected key", "this line does not fit the indentation around it, or text before it needs quotes"),
    ("did not find expected '-' indicator", "this line does not fit the list around it: begin it with “- ”"),
    ("expected <block end>", "this line does not fit the indentation around it, or text before it needs quotes"),
    ("could not find expected ':'", "a key without “:”, or a text over several lines that needs quotes or “>”"),
    ("could not find expected ':'", "a key without “:”"),
    ("control characters are not allowed", "a control character; remove it"),
    ("special characters are not allowed", "a control character; remove it"),
)


def _explained(problem: Exception, file: str, text: str) -> Problem | None:
    """Turn what PyYAML raised into one line; None if it is none of PyYAML's."""
    yaml = _yaml()
    if not isinstance(problem, (yaml.YAMLError, ValueError, OverflowError)):
        return None
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    position = getattr(problem, "position", None)
    place = Place(file, 1, 1)
    if mark is not None:
        place = Place(file, mark.line + 1, mark.column + 1)
    elif isinstance(position, int):
        before = text[:position]
        place = Place(file, before.count("\n") + 1, position - before.rfind("\n"))
    said = " ".join(
        str(part) for part in (getattr(problem, "context", ""), getattr(problem, "problem", problem)) if part
    )
    for trap, explanation in _TRAPS:
        if trap in said:
            return Problem(place, explanation)
    return Problem(place, f"this is no YAML: {' '.join(said.split())[:200]}")
