"""The shipped banks ask what the job is and what interviews ask: every topic, fact and most asked question.

The lists lie beside this file. `facts.tsv` numbers what job descriptions say of the role, with the way each is treated:
CORE is marked; FRAME is asked with "typically"; OPINION is asked for its criteria; DATED, REGION and DUBIOUS figures
are never a keyword; WRONG is a misconception or a claim to take apart. `most_asked.tsv` numbers the hundred questions
that most interview lists have, `topics.tsv` says how many questions each topic has at least, by level.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizbot.bank.library import Library
from quizbot.bank.model import Question

HERE = Path(__file__).parent
LIBRARY = Library(None)
COVERED: dict[str, list[Question]] = defaultdict(list)
for _question in LIBRARY.questions():
    for _fact in _question.covers:
        COVERED[_fact].append(_question)


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


FACTS, MOST_ASKED, TOPICS = table("facts.tsv"), table("most_asked.tsv"), table("topics.tsv")


def test_the_lists_are_whole() -> None:
    assert [row["id"] for row in FACTS] == [f"F-{number:03}" for number in range(1, 255)]
    assert [row["id"] for row in MOST_ASKED] == [f"M-{number:02}" for number in range(1, 101)]
    assert len(TOPICS) == 30


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row["topic"])
def test_a_topic_has_its_questions_by_level(row: dict[str, str]) -> None:
    levels = Counter(str(question.level) for question in LIBRARY.questions() if question.topic == row["topic"])
    least = {level: int(row[level]) for level in ("entry", "mid", "senior")}
    assert {level: levels[level] for level in least if levels[level] < least[level]} == {}


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row["topic"])
def test_a_topic_is_one_file_named_after_it(row: dict[str, str]) -> None:
    (bank,) = [bank for bank in LIBRARY.banks() if bank.topic == row["topic"]]
    assert bank.id == row["topic"]
    file = Path(bank.file)
    assert (file.parent.name, file.name) == (row["folder"], f"{row['topic']}.yaml")


def test_every_fact_is_asked() -> None:
    assert [row["id"] for row in FACTS if row["id"] not in COVERED] == []


def test_every_one_of_the_hundred_most_asked_questions_is_asked_in_its_topic() -> None:
    asked = {fact: {question.topic for question in questions} for fact, questions in COVERED.items()}
    assert [row["id"] for row in MOST_ASKED if row["topic"] not in asked.get(row["id"], ())] == []


def test_no_question_covers_what_is_in_no_list() -> None:
    known = {row["id"] for row in (*FACTS, *MOST_ASKED)}
    assert sorted(set(COVERED) - known) == []


def keywords() -> Iterator[tuple[str, str]]:
    for question in LIBRARY.questions():
        for concept in question.concepts:
            for keyword in concept.keywords:
                yield question.key, str(keyword)


def test_no_year_and_no_money_is_ever_a_keyword() -> None:
    dated = re.compile(r"\b(?:19[5-9]\d|20(?:0[1-9]|[1-4]\d))\b|[$€£₹]")
    assert [(key, keyword) for key, keyword in keywords() if dated.search(keyword)] == []


def test_what_is_wrong_is_held_against_an_answer_or_asked_to_be_taken_apart() -> None:
    wrong = [row["id"] for row in FACTS if row["treatment"] == "WRONG"]
    for fact in wrong:
        assert any(question.misconceptions for question in COVERED[fact]), fact
