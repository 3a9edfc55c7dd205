"""Plain data into the YAML that people type: long texts folded, short lists on one line, quotes where YAML needs them.

A writer of our own, for PyYAML's folds in the middle of lists, quotes what needs none and would misread nothing less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quizbot.bank.data import Data, Value, as_data
from quizbot.bank.model import Bank

WIDTH = 110
"""Columns of a folded text and of a short list, with its indentation."""

# Begins with a letter or digit and has nothing in it that means anything to YAML (the loader takes every plain text
# as it is typed; other programs would read numbers, dates and words for true and false as such).
_PLAIN = re.compile(r"[^\W_](?:[^\s:]|:(?=\S)| (?![ #]))*")
_FLOW = re.compile(r"[,\[\]{}:]")
_MISREAD = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|none|nan|inf)|0[xob][0-9a-f_]+|[0-9][0-9_.,:eE+\-TZ ]*", re.ASCII
)
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x85": "\\N", "\xa0": "\\_"}


def bank_yaml(bank: Bank) -> str:
    """Return a bank as the text of its file; reading it gives the same bank (without the comments it once had)."""
    return to_yaml(as_data(bank))


def to_yaml(data: Mapping[str, Value]) -> str:
    """Return plain data in the form of a bank as YAML text.

    Texts must be cleaned (see `quizbot.text.clean`): YAML has no place for control characters.
    """
    return "".join(f"{line}\n" if line else "\n" for line in _fields(data, 0))


def _fields(data: Mapping[str, Value], indent: int) -> Iterator[str]:
    space = " " * indent
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"{space}{key}:"
            yield from _fields(value, indent + 2)
        elif isinstance(value, list):
            yield from _list(f"{space}{key}:", value, indent + 2)
        else:
            yield from _text(f"{space}{key}:", value, indent + 2)


def _list(head: str, values: list[Value], indent: int) -> Iterator[str]:
    """Yield a list: on one line if it is short and of short things, else an item a line."""
    short = _flow(values)
    if short and len(head) + len(short) < WIDTH:
        yield f"{head} {short}"
        return
    yield head
    space = " " * indent
    for number, value in enumerate(values):
        if isinstance(value, dict) and "in_order" not in value:
            if indent == 2 and number:  # an empty line between questions
                yield ""
            inner = _fields(value, indent + 2)
            yield f"{space}- {next(inner).lstrip(' ')}"
            yield from inner
        elif isinstance(value, str):
            yield from _text(f"{space}-", value, indent + 2)
        else:
            yield f"{space}- {_inline(value)}"


def _flow(values: list[Value]) -> str:
    """Return a list as YAML on one line; nothing if it holds mappings or lists or sentences."""
    if any(isinstance(value, (dict, list)) or (isinstance(value, str) and len(value) > 60) for value in values):
        return ""
    return _inline(values)


def _inline(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_inline(inner)}' for key, inner in value.items())}}}"
    return _quoted(value, flow=True) if isinstance(value, str) else str(value)


def _text(head: str, value: str | float, indent: int) -> Iterator[str]:
    """Yield a text after its key or hyphen: on the same line, or below as a block."""
    space = " " * indent
    if not isinstance(value, str):
        yield f"{head} {value}"
    elif "\t" in value or "\r" in value or value != value.strip():
        yield f"{head} {_quoted(value)}"
    elif "\n" in value:
        yield f"{head} |-"
        yield from (f"{space}{line}" if line else "" for line in value.split("\n"))
    elif len(head) + len(value) < WIDTH:
        yield f"{head} {_quoted(value)}"
    else:
        yield f"{head} >-"
        yield from (f"{space}{line}" for line in _folded(value, WIDTH - indent))


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield lines that folding joins to `text` again: broken only at single spaces, which become the line ends."""
    start = 0
    last = 0
    for found in _BREAK.finditer(text):
        if found.start() - start > width and last > start:
            yield text[start:last]
            start = last + 1
        last = found.start()
    if len(text) - start > width and last > start:
        yield text[start:last]
        start = last + 1
    yield text[start:]


def _quoted(text: str, *, flow: bool = False) -> str:
    """Return a text on one line, or in brackets (`flow`): plain where YAML reads it as it stands, else in quotes."""
    plain = _PLAIN.fullmatch(text) and not _MISREAD.fullmatch(text) and not (flow and _FLOW.search(text))
    if not text.isprintable():
        return '"' + "".join(_ESCAPED.get(letter, letter) for letter in text) + '"'
    return text if plain else "'" + text.replace("'", "''") + "'"


__all__ = ["Data", "Value", "bank_yaml", "to_yaml"]
