"""The vocabulary: phrases that mean the same, and words that must never be taken for each other."""

from __future__ import annotations

from collections.abc import Callable

from quizbot.bank.model import Place, Problem, Vocabulary, Words
from quizbot.bank.read import Fields, Items, Node, Text, read
from quizbot.text import clean

Report = Callable[[Node, str], None]


def load_vocabulary(data: bytes, file: str) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Return the shared vocabulary in `data` (a YAML file's bytes) and what is wrong with it."""
    node, problems = read(data, file)

    def report(where: Node, message: str) -> None:
        problems.append(Problem(where.place, message))

    if isinstance(node, Fields) and isinstance(schema := node.values.get("schema"), Text) and schema.value == "1":
        rest = {key: value for key, value in node.values.items() if key != "schema"}
        return read_vocabulary(Fields(node.place, rest, node.keys), report), tuple(problems)
    if not problems:
        place = node.place if node else Place(file, 1, 1)
        problems.append(Problem(place, "a vocabulary begins with “schema: 1” and has “same” and “apart”"))
    return Vocabulary(), tuple(problems)


def read_vocabulary(node: Node | None, report: Report) -> Vocabulary:
    """Return the vocabulary that a node of a bank means; what is wrong is reported and left out."""
    if node is None:
        return Vocabulary()
    if not isinstance(node, Fields):
        report(node, "“vocabulary” has two lists: “same” and “apart”")
        return Vocabulary()
    for key, value in node.values.items():
        if key not in ("same", "apart"):
            report(value, f"unknown key “{clean(key)}” in a vocabulary; it has “same” and “apart”")
    return Vocabulary(_groups(node, "same", report), _groups(node, "apart", report))


def _groups(node: Fields, key: str, report: Report) -> tuple[tuple[Words, ...], ...]:
    listed = node.values.get(key)
    if listed is None:
        return ()
    if not isinstance(listed, Items):
        report(listed, f"“{key}” is a list of lists, as in [[precision, recall]]")
        return ()
    groups = []
    for item in listed.values:
        phrases = item.values if isinstance(item, Items) else []
        if len(phrases) < 2 or not all(isinstance(phrase, Text) and _words(phrase) for phrase in phrases):
            report(item, f"“{key}” holds lists of two or more words or phrases")
            continue
        groups.append(tuple(dict.fromkeys(_words(phrase) for phrase in phrases if isinstance(phrase, Text))))
    return tuple(groups)


def _words(phrase: Text) -> Words:
    return tuple(clean(phrase.value).casefold().replace("_", " ").split())
