"""`quizbot bank list`: all banks, where they lie and what they hold."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from quizbot import paths
from quizbot.errors import Exit
from quizbot.text import clean, count, one_line

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from quizbot.bank.library import Library
    from quizbot.bank.model import Bank, Origin

_TOPICS_SHOWN = 6


def register(actions: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    listing = actions.add_parser(
        "list",
        help="show all banks",
        description="Show all banks (shipped, your own, those of installed packages), where they lie and what they "
        "hold, by level, kind and topic.",
        epilog="Exit status: 1 if a bank or a part of one cannot be used; the problems are on stderr.",
    )
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=list_banks)


def list_banks(options: argparse.Namespace) -> int:
    """Show all banks; problems go to stderr and give status 1, the healthy banks are shown all the same."""
    from quizbot.bank.library import Library

    library = Library(paths.own_banks(), paths.cache())
    banks = library.banks()
    if options.json:
        rows = {
            "banks": [_as_json(bank, library.package_of(bank)) for bank in banks],
            "problems": [str(item) for item in library.problems],
        }
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _show(library, banks)
    return Exit.PROBLEM if library.problems else Exit.OK


def _show(library: Library, banks: tuple[Bank, ...]) -> None:
    from quizbot.cli.bank.edit import draft_of

    width = max((len(bank.id) for bank in banks), default=0)
    groups: tuple[tuple[Origin, str], ...] = (
        ("shipped", "Shipped with quizbot"),
        ("own", "Your own"),
        ("package", "From installed packages"),
    )
    for origin, name in groups:
        inside = [bank for bank in banks if bank.origin == origin]
        if inside:
            print(f"{name} ({count(len(inside), 'bank')}, {_questions(inside)}):")
        for bank in inside:
            _bank(bank, width, library.package_of(bank))
    print(f"{count(len(banks), 'bank')}, {_questions(banks)}.")
    own = any(bank.origin == "own" for bank in banks)
    way = "." if own else "; add one with: quizbot bank add FILE, or begin one with: quizbot bank new"
    print(f"Your own banks lie in {paths.own_banks()}{way}")
    for bank in banks:
        if bank.origin == "own" and (draft := draft_of(Path(bank.file))).exists():
            print(f"Not in the quiz yet: your draft {draft}; go on with: quizbot bank edit {bank.id}")
    sys.stdout.flush()
    if library.problems:
        print(f"Not used ({count(len(library.problems), 'problem')}):", file=sys.stderr)
        for problem in library.problems:
            print(f"  {problem}", file=sys.stderr)


def _bank(bank: Bank, width: int, package: str) -> None:
    from quizbot.bank.model import Level

    print(f"  {bank.id:<{width}}  {count(len(bank.questions), 'question'):<13}  {one_line(bank.title)}")
    indent = " " * (width + 4)
    levels = sorted((question.level for question in bank.questions), key=list(Level).index)
    print(f"{indent}{_counts(levels)}; {_counts(question.kind for question in bank.questions)}")
    topics = Counter(question.topic for question in bank.questions)
    print(f"{indent}topics: {_counts(topics.elements(), most=_TOPICS_SHOWN)}")
    print(f"{indent}{clean(bank.file)}{f' (package {clean(package)})' if package else ''}")


def _counts(names: Iterable[str], most: int = 0) -> str:
    """Return "3 entry, 2 mid": the most frequent first if there are more than `most`."""
    counted = Counter(names)
    shown = counted.most_common(most) if 0 < most < len(counted) else list(counted.items())
    more = f" and {len(counted) - len(shown)} more" if len(shown) < len(counted) else ""
    return ", ".join(f"{number} {one_line(name)}" for name, number in shown) + more


def _questions(banks: Iterable[Bank]) -> str:
    return count(sum(len(bank.questions) for bank in banks), "question")


def _as_json(bank: Bank, package: str) -> dict[str, object]:
    return {
        "id": bank.id,
        "title": bank.title,
        "topic": bank.topic,
        "origin": bank.origin,
        "package": package or None,
        "file": bank.file,
        "folder": str(Path(bank.file).parent),
        "questions": len(bank.questions),
        "levels": dict(Counter(str(question.level) for question in bank.questions)),
        "kinds": dict(Counter(str(question.kind) for question in bank.questions)),
        "topics": dict(Counter(question.topic for question in bank.questions)),
    }
