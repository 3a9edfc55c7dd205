"""YAML into plain data that knows where it stands. Every scalar stays the text that was typed.

Works on the parser's events and builds the data itself: that is several times faster than `yaml.load`, sees duplicate
keys, cannot recurse, and makes neither numbers of words nor objects of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quizbot.bank.problems import Problems

if TYPE_CHECKING:
    from types import ModuleType

MAX_BYTES = 5_000_000
"""Largest bank that is read, in bytes: some 800 questions with all that belongs to them, or 20,000 bare ones."""

MAX_PARTS = 300_000
"""Most texts, lists and mappings of a bank (ends of lists count, too): a file of nothing but commas would fill the
memory otherwise. A rich question has some 300."""

MAX_DEPTH = 32
"""Deepest nesting of lists and mappings; the schema needs 8."""


@dataclass(slots=True)
class Text:
    """A scalar as it was typed. `plain`: without quotes, so that an empty one means "nothing"."""

    line: int
    column: int
    value: str
    plain: bool = True

    @property
    def missing(self) -> bool:
        """Say whether nothing was written here, as after “key:”."""
        return self.plain and not self.value


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    column: int
    values: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Fields:
    """A mapping; `keys` are its keys as they stand in the file."""

    line: int
    column: int
    values: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Text] = field(default_factory=dict)


Node = Text | Items | Fields


class _UnreadableError(Exception):
    """The file cannot be read on from here; the reason is among its problems."""


def read(data: bytes, problems: Problems, *, pure: bool = False) -> Node | None:
    """Return the data of a YAML file and add what is wrong with its form to `problems`.

    None if the file is empty or cannot be read to its end. `pure` uses PyYAML's own parser instead of libyaml (as is
    done where libyaml is missing); both give the same.
    """
    try:
        text = _mended(_decoded(data, problems), problems)
        return _build(_events(text, pure), text, problems)
    except _UnreadableError:
        return None
    except Exception as problem:
        if not _explained(problem, text, problems):
            raise
        return None


def _decoded(data: bytes, problems: Problems) -> str:
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 10**6} MB"
        problems.add(1, 1, f"the file is larger than {limit}, the most that a bank may have; split it")
        raise _UnreadableError
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8-sig", "replace")
        problems.add(*_position(before, len(before)), "this is not UTF-8 text; save the file as UTF-8")
        raise _UnreadableError from problem
    return text.replace("\r\n", "\n").replace("\r", "\n")


_INDENT_TAB = re.compile(r"^ *(\t)[ \t]*[^\s#]", re.MULTILINE)
# What YAML forbids, and U+0085, U+2028, U+2029: they end a line for YAML and not for an editor.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_RUBBISH = 20


def _mended(text: str, problems: Problems) -> str:
    """Return `text` of the same length without what one YAML parser takes and another does not."""
    if "\t" in text:
        tabs = [found.start(1) for found in _INDENT_TAB.finditer(text)]
        for at in tabs[:_RUBBISH]:
            problems.add(*_position(text, at), "a tab; indent with spaces, YAML allows no tab here")
        if tabs:
            raise _UnreadableError
        text = text.replace("\t", " ")
    for number, found in enumerate(_UNPRINTABLE.finditer(text)):
        place = _position(text, found.start())
        if number >= _RUBBISH:
            problems.add(*place, f"more than {_RUBBISH} control characters; this seems to be no text file")
            raise _UnreadableError
        problems.add(*place, f"a control character (U+{ord(found.group()):04X}); remove it, it could not be shown")
    return _UNPRINTABLE.sub(" ", text) if problems.found else text


def _position(text: str, at: int) -> tuple[int, int]:
    """Return line and column (from 1) of the character `at`."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _yaml() -> ModuleType:
    import yaml

    return yaml


def _events(text: str, pure: bool) -> Iterator[Any]:
    yaml = _yaml()
    loader = yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    return events


def _build(events: Iterator[Any], text: str, problems: Problems) -> Node | None:
    """Return the one document of a file, or None if it is empty. Without recursion, however deep it nests."""
    yaml = _yaml()
    scalar, sequence, mapping = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
    ends = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
    lines = text.split("\n") if " #" in text else []  # to see where a comment cuts a text short
    root: Node | None = None
    parent: Items | Fields | None = None
    outer: list[Items | Fields | None] = []
    key: Text | None = None  # the key of `parent` that waits for its value
    for number, event in enumerate(events):
        if number > MAX_PARTS:
            mark = event.start_mark
            said = f"more than {MAX_PARTS:,} values, the most that a bank may have; split it"
            problems.add(mark.line + 1, mark.column + 1, said)
            raise _UnreadableError
        kind = type(event)
        if kind in ends:
            parent = outer.pop()
            continue
        if kind is not scalar and kind is not sequence and kind is not mapping:
            _refuse(event, root, problems)
            continue
        start = event.start_mark
        line, column = start.line + 1, start.column + 1
        if event.anchor or event.tag:
            _refuse_marks(event, line, column, problems)
        node: Node
        if kind is scalar:
            value, plain = event.value, not event.style  # None, or "" from libyaml
            if plain and value:
                if lines:
                    _check_cut(value, event.end_mark, lines, problems)
                if value[0] in _CURLY and not any(quote in value[1:] for quote in _CURLY):
                    problems.add(
                        line, column, "a curly quote is opened here and never closed; YAML knows only ' and \""
                    )
            elif not plain and _UNPRINTABLE.search(value):
                problems.add(line, column, "an escape in double quotes makes a control character here; remove it")
            node = Text(line, column, value, plain)
        else:
            node = Items(line, column) if kind is sequence else Fields(line, column)
        if parent is None:
            root = node
        elif type(parent) is Items:
            parent.values.append(node)
        elif key is None:
            if not isinstance(node, Text):
                problems.add(line, column, "a list or mapping where a key is meant; put the text in quotes")
                raise _UnreadableError
            key = node
            continue
        else:
            _put(parent, key, node, problems)
            key = None
        if not isinstance(node, Text):
            if len(outer) >= MAX_DEPTH:
                problems.add(line, column, f"nested deeper than {MAX_DEPTH} levels")
                raise _UnreadableError
            outer.append(parent)
            parent = node
    return root


def _put(parent: Items | Fields, key: Text, node: Node, problems: Problems) -> None:
    """Add a value to a mapping, unless its key is there already."""
    assert isinstance(parent, Fields)  # noqa: S101 - a key is only ever read inside a mapping
    first = parent.keys.get(key.value)
    if first is not None:
        problems.report(key, f"the key “{key.value[:80]}” stands here a second time (first in line {first.line})")
        return
    parent.values[key.value] = node
    parent.keys[key.value] = key


def _refuse(event: Any, root: Node | None, problems: Problems) -> None:  # noqa: ANN401 - PyYAML's have no common type
    """Stop at an alias or a second document; other events only mark where things begin and end."""
    yaml = _yaml()
    start = event.start_mark
    if isinstance(event, yaml.AliasEvent):
        said = f"“*{event.anchor[:80]}” is a YAML alias; write the text out, or put it in quotes"
    elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
        said = "a second document begins here (“---”); a bank is one document"
    else:
        return
    problems.add(start.line + 1, start.column + 1, said)
    raise _UnreadableError


def _refuse_marks(event: Any, line: int, column: int, problems: Problems) -> None:  # noqa: ANN401
    """Note an anchor or a tag: neither is ever meant in a bank."""
    if event.anchor:
        said = f"“&{event.anchor[:80]}” is a YAML anchor; banks have none: put the text in quotes"
        problems.add(line, column, said)
    if event.tag:
        problems.add(line, column, f"“{event.tag[:80]}” is a YAML tag; banks have none: put the text in quotes")


_CURLY = "“”„«»"
"""Quotes of a word processor: letters to YAML, so that “one, two” in a list is two texts."""

_COMMENT = re.compile(r"( +)#(.?)")


def _check_cut(value: str, end: Any, lines: list[str], problems: Problems) -> None:  # noqa: ANN401
    """Note where “ #” cut an unquoted text short: “Explain F1 #2” would silently lose “ #2”.

    A comment that is meant as one stays possible: after two spaces, after a number or single word and “# ”, and on a
    line of its own.
    """
    found = _COMMENT.match(lines[end.line], end.column) if end.line < len(lines) else None
    if found is None or len(found[1]) > 1 or value.isdecimal() or (found[2] == " " and " " not in value):
        return
    said = "“ #” begins a comment, so the text ends before it; put the text in quotes to keep it whole"
    problems.add(end.line + 1, found.end(1) + 1, f"{said} (a comment that is meant has two spaces before it)")


_QUOTE = "a quote is opened here and never closed, or text follows the closing one"
_BRACKETS = "a list in [ ] or mapping in { } is not closed, or holds text that needs quotes"
_LIST = "a list in [ ] is not closed, or holds text that needs quotes"
_MAPPING = "a mapping in { } is not closed, or holds text that needs quotes"
_INDENTATION = (
    "this does not fit what is before it: other indentation, or a text with quotes or brackets that needs quotes"
)
_TAG = "“!” begins a tag in YAML; put the text in quotes"
_PERCENT = "a line may not begin with “%”; put the text in quotes"
_TRAPS = (
    ("while scanning a directive", _PERCENT),
    ("while scanning a %", _PERCENT),
    ("mapping values are not allowed", "“: ” inside an unquoted text begins a mapping; put the whole text in quotes"),
    ("unknown escape character", "a backslash means something in double quotes; use single quotes"),
    ("while scanning a quoted scalar", _QUOTE),
    ("expected node content", _BRACKETS),
    ("expected the node content", _BRACKETS),
    ("entries are not allowed", "a list begins in a line of its own; a text that begins with “- ” needs quotes"),
    ("while scanning a block scalar", "a text after “|” or “>” begins in the next line, indented with spaces"),
    ("expected ',' or ']'", _LIST),
    ("while parsing a flow sequence", _LIST),
    ("expected ',' or '}'", _MAPPING),
    ("while parsing a flow mapping", _MAPPING),
    ("cannot start any token", "a text may not begin with this character; put it in quotes"),
    ("expected alphabetic or numeric", "“*” and “&” have a meaning in YAML; put the text in quotes"),
    ("did not find expected '-' indicator", _INDENTATION),
    ("did not find expected key", _INDENTATION),
    ("expected <block end>", _INDENTATION),
    ("while scanning a tag", _TAG),
    ("while parsing a tag", _TAG),
    ("mapping keys are not allowed", "“? ” begins a key in YAML; put the text in quotes"),
    ("<document start>", "the file ends before this, at a line “...” or one that begins with “%”"),
    ("could not find expected ':'", "a key without “:”, or a text over several lines that needs quotes or “>”"),
)


def _explained(problem: Exception, text: str, problems: Problems) -> bool:
    """Note what PyYAML raised as one line; False if it is nothing that PyYAML raises about a file."""
    yaml = _yaml()
    if not isinstance(problem, (yaml.YAMLError, ValueError, OverflowError)):
        return False
    opened = getattr(problem, "context_mark", None)
    mark = getattr(problem, "problem_mark", None) or opened
    at = getattr(problem, "position", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else _position(text, at) if isinstance(at, int) else (1, 1)
    parts = (getattr(problem, "context", ""), getattr(problem, "problem", problem))
    raw = " ".join(" ".join(str(part) for part in parts if part).split())
    said = next((explanation for trap, explanation in _TRAPS if trap in raw), f"this is not YAML: {raw[:200]}")
    if opened and said == _QUOTE:  # the end of the file is no help
        line, column = opened.line + 1, opened.column + 1
    elif opened and said in (_LIST, _MAPPING) and opened.line + 1 != line:
        said += f" (it is opened in line {opened.line + 1})"
    problems.add(line, column, said)
    return True
