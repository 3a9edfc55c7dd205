"""How far quizbot's marks agree with those of people, beside simple graders computed in the same run.

    python tests/bench/agreement.py DATA [--bank tests/bench/nn_exam.yaml]

DATA is a folder with human-marked answers as JSON lines: `question`, `reference`, `answer`, `score` (0-1), `qid`. They are
measuring data and no part of this project. Each set is marked from its model answer alone; with a bank, the set
`nn_exam_dev` also from concepts (question ids are the `qid`).

Printed per set: Pearson r over all answers; the mean r within questions (those with 8 answers and any spread); and with
thresholds fitted on the same answers, macro-F1 and quadratic weighted kappa over the marks 0, 0.5, 1 (sets with two
marks: macro-F1 of right or wrong). Blank answers are left out.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from statistics import correlation, fmean, pstdev
from typing import Any

from rapidfuzz import fuzz

from quizbot import paths
from quizbot.bank.library import Library, load_file
from quizbot.bank.model import Kind, Level, Question, Vocabulary
from quizbot.grading.grade import grade
from quizbot.grading.words import read

SETS = ("data_structures_dev", "nn_exam_dev", "circuits_dev", "science_dev")

Row = dict[str, Any]
Grader = Callable[[Row], float]


def rows_of(file: Path) -> list[Row]:
    """Return the answers of a set, without the blank ones."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["answer"].strip()]


def stems(text: str) -> set[str]:
    """Return the stems of the content words of a text."""
    return {form.stem for form in read(text).forms if form.content}


def overlap(row: Row) -> float:
    """A simple grader: the share of the model answer's stems that the answer has, and the other way (F1)."""
    said, wanted = stems(row["answer"]), stems(row["reference"])
    both = len(said & wanted)
    return 2 * both / (len(said) + len(wanted)) if both else 0.0


def coverage(row: Row) -> float:
    """A simple grader: the share of the model answer's stems that the answer has, words of the question at 0.3."""
    asked = stems(row["question"])
    weights = {stem: 0.3 if stem in asked else 1.0 for stem in stems(row["reference"])}
    said = stems(row["answer"])
    return sum(weight for stem, weight in weights.items() if stem in said) / (sum(weights.values()) or 1)


def inline(row: Row, vocabulary: Vocabulary) -> Question:
    """Return a question that has only what is asked and a model answer."""
    ask, answer = row["question"], row["reference"]
    return Question("q", "b", Kind.SKILL, Level.MID, "t", ask, answer=answer, vocabulary=vocabulary)


def from_model_answer(vocabulary: Vocabulary) -> Grader:
    """Return the grader that knows only question and model answer."""
    made: dict[tuple[str, str], Question] = {}

    def mark(row: Row) -> float:
        key = (row["question"], row["reference"])
        if key not in made:
            made[key] = inline(row, vocabulary)
        return grade(made[key], row["answer"]).points / 100

    return mark


def from_concepts(bank: Path, vocabulary: Vocabulary) -> Grader:
    """Return the grader by a bank's concepts."""
    loaded = load_file(bank, vocabulary)
    if loaded.bank is None:
        raise SystemExit("\n".join(map(str, loaded.problems)))
    questions = {question.id: question for question in loaded.bank.questions}
    return lambda row: grade(questions[row["qid"]], row["answer"]).points / 100


def r_of(marks: Sequence[float], scores: Sequence[float]) -> float:
    """Return Pearson's r, 0 without spread."""
    return correlation(marks, scores) if pstdev(marks) > 0 and pstdev(scores) > 0 else 0.0


def within(rows: Sequence[Row], marks: Sequence[float]) -> float:
    """Return the mean r within questions."""
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row, mark in zip(rows, marks, strict=True):
        groups[row["qid"]].append((mark, row["score"]))
    wide = [group for group in groups.values() if len(group) >= 8 and pstdev([score for _, score in group]) > 0]
    return fmean(r_of([mark for mark, _ in group], [score for _, score in group]) for group in wide)


def macro_f1(told: Sequence[int], meant: Sequence[int], classes: Sequence[int]) -> float:
    """Return the mean of the classes' F1."""
    found = []
    for one in classes:
        right = sum(a == b == one for a, b in zip(told, meant, strict=True))
        found.append(2 * right / ((told.count(one) + meant.count(one)) or 1))
    return fmean(found)


def kappa(told: Sequence[int], meant: Sequence[int], top: int) -> float:
    """Return the quadratic weighted kappa of classes 0 to `top`."""
    total = len(told)
    seen = sum((a - b) ** 2 for a, b in zip(told, meant, strict=True)) / total
    chance = sum(
        (a - b) ** 2 * told.count(a) / total * meant.count(b) / total for a in range(top + 1) for b in range(top + 1)
    )
    return 1 - seen / chance if chance else 0.0


def classified(marks: Sequence[float], scores: Sequence[float]) -> tuple[float, float]:
    """Return macro-F1 and kappa with the best thresholds; kappa is 0 for sets of two marks."""
    levels = sorted({round(score, 2) for score in scores})
    if len(levels) > 3:
        return 0.0, 0.0
    meant = [levels.index(round(score, 2)) for score in scores]
    steps = sorted({round(step / 40, 3) for step in range(1, 40)})
    best = (0.0, 0.0)
    for cuts in combinations(steps, len(levels) - 1):
        told = [sum(mark >= cut for cut in cuts) for mark in marks]
        f1 = macro_f1(told, meant, range(len(levels)))
        best = max(best, (f1, kappa(told, meant, len(levels) - 1) if len(levels) == 3 else 0.0))
    return best


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--bank", type=Path, default=Path(__file__).with_name("nn_exam.yaml"))
    options = arguments.parse_args()
    vocabulary = Library(paths.own_banks()).vocabulary
    graders: dict[str, Grader] = {
        "token_set_ratio": lambda row: fuzz.token_set_ratio(row["reference"], row["answer"]) / 100,
        "WRatio": lambda row: fuzz.WRatio(row["reference"], row["answer"]) / 100,
        "stemmed overlap": overlap,
        "stem coverage": coverage,
        "quizbot, model answer": from_model_answer(vocabulary),
    }
    print(f"{'':22} {'r':>6} {'within':>7} {'F1':>6} {'QWK':>6}")
    for name in SETS:
        rows = rows_of(options.data / f"{name}.jsonl")
        scores = [row["score"] for row in rows]
        print(f"{name} ({len(rows)} answers)")
        also = (
            {"quizbot, concepts": from_concepts(options.bank, vocabulary)}
            if name.startswith("nn") and options.bank.exists()
            else {}
        )
        for title, grader in {**graders, **also}.items():
            marks = [grader(row) for row in rows]
            f1, weighted = classified(marks, scores)
            kinds = f"{f1:6.3f} {weighted:6.3f}" if f1 else f"{'':6} {'':6}"
            print(f"  {title:22} {r_of(marks, scores):5.3f} {within(rows, marks):7.3f} {kinds}")


if __name__ == "__main__":
    main()
