"""The vocabulary: phrases that mean the same, and words that must never be taken for each other.

As in keywords, `a|b` is either word in one place: `[mean, means|meaning]` keeps both apart from "mean", not from
each other. What holds in some topics only is said under `by_topic`:

    by_topic:
      - topics: [evaluation, model-selection]
        same: [[cv, cross validation]]
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import prod

from quizbot.bank.model import Problem, Vocabulary, Words
from quizbot.bank.problems import Problems
from quizbot.bank.read import Fields, Items, Node, Text, read
from quizbot.text import clean

Report = Callable[[Node, str], None]
_KEYS = ("same", "apart", "by_topic")
_MOST = 500


def load_vocabulary(data: bytes, file: str) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Return the shared vocabulary in `data` (a YAML file's bytes) and what is wrong with it."""
    problems = Problems(file)
    node = read(data, problems)
    vocabulary = Vocabulary()
    schema = node.values.pop("schema", None) if isinstance(node, Fields) else None
    if isinstance(node, Fields) and isinstance(schema, Text) and schema.value == "1":
        del node.keys["schema"]
        vocabulary = read_vocabulary(node, problems.report)
    elif not problems.found:
        problems.add(1, 1, "a vocabulary begins with “schema: 1” and has “same” and “apart”")
    return vocabulary, problems.all()


def read_vocabulary(node: Node | None, report: Report) -> Vocabulary:
    """Return the vocabulary that a node of a bank means; what is wrong is reported and left out."""
    if node is None or (isinstance(node, Text) and node.missing):
        return Vocabulary()
    if not isinstance(node, Fields):
        report(node, "“vocabulary” has two lists: “same” and “apart”")
        return Vocabulary()
    _known(node, _KEYS, report)
    return Vocabulary(_groups(node, "same", report), _groups(node, "apart", report), _by_topic(node, report))


def _known(node: Fields, keys: tuple[str, ...], report: Report) -> None:
    for name, key in node.keys.items():
        if name not in keys:
            listed = ", ".join(f"“{known}”" for known in keys[:-1])
            report(key, f"unknown key “{clean(name)[:80]}” in a vocabulary; it has {listed} and “{keys[-1]}”")


def _by_topic(node: Fields, report: Report) -> tuple[tuple[tuple[str, ...], Vocabulary], ...]:
    """Return what holds in some topics only."""
    listed = node.values.get("by_topic")
    if listed is None or (isinstance(listed, Text) and listed.missing):
        return ()
    found = []
    for item in listed.values if isinstance(listed, Items) else [listed]:
        named = item.values.get("topics") if isinstance(item, Fields) else None
        topics = tuple(
            clean(topic.value).strip().casefold()
            for topic in (named.values if isinstance(named, Items) else ())
            if isinstance(topic, Text)
        )
        if not isinstance(item, Fields) or not topics or not all(topics):
            report(item, "each part of “by_topic” has “topics: [a-topic]” and its own “same” or “apart”")
            continue
        _known(item, ("topics", "same", "apart"), report)
        found.append((topics, Vocabulary(_groups(item, "same", report), _groups(item, "apart", report))))
    return tuple(found)


def _groups(node: Fields, key: str, report: Report) -> tuple[tuple[Words, ...], ...]:
    listed = node.values.get(key)
    if listed is None or (isinstance(listed, Text) and listed.missing):
        return ()
    if not isinstance(listed, Items):
        report(listed, f"“{key}” is a list of lists, as in [[precision, recall]]")
        return ()
    groups: list[tuple[Words, ...]] = []
    for item in listed.values:
        sides = [_side(phrase) for phrase in item.values] if isinstance(item, Items) else []
        words = [phrase for side in sides for phrase in side]
        if len(sides) < 2 or not all(words) or len(set(words)) < len(words):
            report(item, f"“{key}” holds lists of two or more different words or phrases, as in [[precision, recall]]")
        elif key == "same":
            groups.append(tuple(words))
        elif prod(map(len, sides)) > _MOST:
            report(item, f"more than {_MOST} pairs in one list; write several lists")
        else:  # the alternatives of one side are not apart from each other
            groups.extend(product(*sides))
    return tuple(groups)


def _side(phrase: Node) -> list[Words]:
    """Return the alternatives of one side, as in "mean|average", each as its words."""
    if not isinstance(phrase, Text):
        return [()]
    return [tuple(part.replace("_", " ").split()) for part in clean(phrase.value).casefold().split("|")]
