"""What tricks and slips do to a mark, over the shipped banks.

    python tests/bench/robustness.py

Each row does something to every model answer and every `also` answer of every question, and tells what share of the
points is kept; "loses" rows tell in what share of cases the concept that was earned is lost.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterator
from statistics import fmean

from quizbot.bank.library import Library
from quizbot.bank.model import Concept, Question
from quizbot.grading.grade import grade
from quizbot.grading.mark import Mark

_SENTENCE = re.compile(r"[^.!?;]+[.!?;]*\s*")


def typos(text: str, share: float, chance: random.Random) -> str:
    """Return the text with a slip in that share of its words of four letters or more: a letter lost, doubled, swapped."""

    def slip(found: re.Match[str]) -> str:
        word = found.group()
        if chance.random() >= share:
            return word
        at = chance.randrange(1, len(word) - 1)
        kind = chance.randrange(3)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at] + word[at:]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return re.sub(r"[A-Za-z]{4,}", slip, text)


def gibberish(length: int, chance: random.Random) -> str:
    """Return so many words of random letters."""
    return " ".join("".join(chance.choices(string.ascii_lowercase, k=chance.randrange(2, 10))) for _ in range(length))


def kept(questions: list[Question], change: Callable[[Question, str], str]) -> float:
    """Return the mean share of points that answers keep."""
    shares = []
    for question, text in _answers(questions):
        before = grade(question, text).points
        if before:
            shares.append(grade(question, change(question, text)).points / before)
    return fmean(shares)


def _answers(questions: list[Question]) -> Iterator[tuple[Question, str]]:
    for question in questions:
        for text in (question.answer, *question.also):
            yield question, text


def earning_sentences(question: Question) -> Iterator[tuple[int, str]]:
    """Yield the sentences of the model answers that earn exactly one concept by themselves, with its number."""
    for text in (question.answer, *question.also):
        for found in _SENTENCE.findall(text):
            sentence = found.strip()
            mark = grade(question, sentence)
            earned = [number for number, concept in enumerate(mark.concepts) if concept.share == 1]
            if len(earned) == 1 and question.concepts[earned[0]].at_least == 1:
                yield earned[0], sentence


def lost(questions: list[Question], change: Callable[[str], str]) -> tuple[float, int]:
    """Return in what share of cases a changed sentence no longer earns its concept, and of how many."""
    results = []
    for question in questions:
        for number, sentence in earning_sentences(question):
            mark: Mark = grade(question, change(sentence))
            results.append(mark.concepts[number].share == 0)
    return fmean(results), len(results)


def _bare(concept: Concept) -> str:
    """Return keywords of a concept as somebody lists them who only learned the words."""
    return ", ".join(
        " ".join(" ".join(slot[0]) for slot in keyword.phrases[0].slots)
        for keyword in concept.keywords[: concept.at_least]
    )


def main() -> None:
    """Print the table."""
    questions = list(Library().questions())
    chance = random.Random(1)
    rows: dict[str, float] = {
        "typos in 5 % of words: points kept": kept(questions, lambda _, text: typos(text, 0.05, chance)),
        "typos in 10 % of words: points kept": kept(questions, lambda _, text: typos(text, 0.10, chance)),
        "upper case: points kept": kept(questions, lambda _, text: text.upper()),
        "first half: points kept": kept(questions, lambda _, text: text[: len(text) // 2]),
        "echo of the question: points of 100": fmean(grade(q, q.ask).points for q in questions) / 100,
        "gibberish: points of 100": fmean(grade(q, gibberish(80, chance)).points for q in questions) / 100,
        "another question's answer: points of 100": fmean(
            grade(q, chance.choice(questions).answer).points for q in questions for _ in range(10)
        )
        / 100,
        "bare keyword list: points of 100": fmean(grade(q, ", ".join(map(_bare, q.concepts))).points for q in questions)
        / 100,
    }
    for title, value in rows.items():
        print(f"{title:55} {value:6.3f}")
    flips: dict[str, Callable[[str], str]] = {
        "it is not the case that ...": lambda text: f"It is not the case that {text}",
        "... is not true": lambda text: f"{text.rstrip('.!?; ')} is not true.",
        "... , which is wrong": lambda text: f"{text.rstrip('.!?; ')}, which is wrong.",
        "the first verb denied": lambda text: re.sub(
            r"\b(is|are|was|were|can|should|must|will|would|has|have|does|do)\b(?! not)", r"\1 not", text, count=1
        ),
    }
    for title, change in flips.items():
        share, cases = lost(questions, change)
        print(f"negated, {title:46} {share:6.3f}  ({cases} sentences)")
    twice, cases = lost(questions, lambda text: f"It is not true that it is not the case that {text}")
    print(f"{'a double negative: concept kept':55} {1 - twice:6.3f}  ({cases} sentences)")


if __name__ == "__main__":
    main()
