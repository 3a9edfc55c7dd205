"""Microseconds an answer takes, beside RapidFuzz's own ratios in the same run, and that they grow as the words do.

    python tests/bench/speed.py [--runs 200]

Answers of 10 to 2,000 words are cut from the shipped banks' own answers (all of them, one after the other, so that no
two are alike), and marked against questions of 1 to 30 concepts with 8 keywords each, taken from the shipped banks
too. The ratios compare the same answers with a model answer of 60 words. Each figure is the median over the answers
(p99: one in a hundred takes longer) and the words are counted as a person would.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from statistics import median, quantiles
from time import perf_counter_ns

from rapidfuzz import fuzz

from quizbot.bank.library import Library
from quizbot.bank.model import Concept, Question
from quizbot.grading.grade import grade

LENGTHS = (10, 30, 100, 300, 1000, 2000)
CONCEPTS = (1, 5, 10, 30)
KEYWORDS = 8


def timed(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Return how many microseconds each text took."""
    taken = []
    for text in texts:
        start = perf_counter_ns()
        work(text)
        taken.append((perf_counter_ns() - start) / 1000)
    return taken


def answers(questions: Sequence[Question], words: int, number: int) -> list[str]:
    """Return so many different answers of so many words."""
    stream = cycle(
        word for question in questions for text in (question.answer, *question.also) for word in text.split()
    )
    return [" ".join(islice(stream, words)) for _ in range(number)]


def question_of(questions: Sequence[Question], concepts: int) -> Question:
    """Return a question of so many concepts with 8 keywords each."""
    found: list[Concept] = []
    for question in questions:
        for concept in question.concepts:
            if len(concept.keywords) >= KEYWORDS and concept.at_least == 1:
                found.append(replace(concept, id=f"c{len(found)}", keywords=concept.keywords[:KEYWORDS]))
    return replace(questions[0], concepts=tuple(found[:concepts]), misconceptions=(), answer="", also=())


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=200, help="answers of each length")
    options = arguments.parse_args()
    questions = list(Library().questions())
    made = {number: question_of(questions, number) for number in CONCEPTS}
    reference = " ".join(questions[0].answer.split()[:60])
    columns: dict[str, Callable[[str], object]] = {
        f"{number} concepts": lambda text, question=made[number]: grade(question, text) for number in CONCEPTS
    }
    columns["token_set"] = lambda text: fuzz.token_set_ratio(reference, text)
    columns["WRatio"] = lambda text: fuzz.WRatio(reference, text)
    print("microseconds an answer, median (p99)")
    print(f"{'words':>6} " + " ".join(f"{title:>16}" for title in columns))
    gc.freeze()
    for length in LENGTHS:
        texts = answers(questions, length, options.runs)
        cells = []
        for work in columns.values():
            timed(work, texts[: max(20, options.runs // 10)])  # what is learnt once is learnt
            taken = timed(work, texts)
            cells.append(f"{median(taken):.0f} ({quantiles(taken, n=100)[98]:.0f})")
        print(f"{length:>6} " + " ".join(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    main()
