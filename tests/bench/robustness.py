"""What tricks and slips do to a mark, over the shipped banks and over full-mark answers of people.

    python tests/bench/robustness.py [DATA] [--bank tests/bench/nn_exam.yaml]

DATA is a folder with human-marked answers as for `agreement.py`; without it only the shipped banks are looked at.

The first table changes whole answers: the model answers and `also` answers of the shipped banks, and the full-mark
answers of two sets, one marked by a bank's concepts and one by its model answers alone. "AUC" is the chance that an
answer earns more than a changed one (0.5: the change is not noticed). The second table changes the sentence or clause
of a shipped answer that earns a concept by itself, and tells in what share of cases the concept is lost (or kept).
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

from agreement import inline, rows_of

from quizbot.authoring.attack import (
    bare_list,
    denied_first,
    denied_sentences,
    denied_verbs,
    earning_clauses,
    earning_sentences,
    gibberish,
    pairs,
    sides_lost,
    typos,
)
from quizbot.bank.library import Library, load_file
from quizbot.bank.model import Question, Vocabulary
from quizbot.grading.grade import grade
from quizbot.grading.mark import Remark

Answers = Sequence[tuple[Question, str]]


def auc(more: Sequence[float], less: Sequence[float]) -> float:
    """Return the chance that one of `more` is higher than one of `less`, ties counting half."""
    ordered = sorted(less)
    ranks = [(bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in more]
    return fmean(ranks) / len(less)


def points(answers: Answers, change: Callable[[str], str] = str) -> list[float]:
    """Return the points of the changed answers."""
    return [grade(question, change(text)).points for question, text in answers]


def whole_answers(answers: Answers, chance: random.Random) -> dict[str, float]:
    """Return the rows of the first table for one set of answers."""
    before = points(answers)
    questions = list({id(question): question for question, _ in answers}.values())

    def kept(change: Callable[[str], str]) -> float:
        after = points(answers, change)
        return fmean(now / then for now, then in zip(after, before, strict=True) if then)

    def spotted(change: Callable[[str], str]) -> float:
        return auc(before, points(answers, change))

    others = [(question, chance.choice(answers)[1]) for question in questions for _ in range(10)]
    rows = {
        "typos in 5 % of words: points kept": kept(lambda text: typos(text, 0.05, chance)),
        "typos in 10 % of words: points kept": kept(lambda text: typos(text, 0.10, chance)),
        "upper case: points kept": kept(str.upper),
        "first half: points kept": kept(lambda text: text[: len(text) // 2]),
        "first verb denied: AUC": spotted(denied_first),
        "all verbs denied: AUC": spotted(denied_verbs),
        "all sentences denied: AUC": spotted(denied_sentences),
        "echo of the question: of full marks": fmean(grade(q, q.ask).points for q in questions) / 100,
        "gibberish: of full marks": fmean(grade(q, gibberish(80, chance)).points for q in questions) / 100,
        "one word repeated: of full marks": fmean(grade(q, "data " * 50).points for q in questions) / 100,
        "another question's answer: of full marks": fmean(points(others)) / 100,
    }
    if questions[0].concepts:
        lists = [
            grade(question, bare_list(question, joined)) for question in questions for joined in (", ", " ", "\n- ")
        ]
        rows["bare keyword list: of full marks"] = fmean(mark.points for mark in lists) / 100
        rows["bare keyword list: taken for one"] = fmean(Remark.KEYWORD_LIST in mark.remarks for mark in lists)
        hit = [Remark.KEYWORD_LIST in grade(question, text).remarks for question, text in answers]
        rows["good answers taken for a list"] = fmean(hit)
    return rows


def lost(questions: Sequence[Question], change: Callable[[str], str]) -> tuple[float, int]:
    """Return in what share of cases a changed sentence no longer earns its concept, and of how many."""
    results = [
        grade(question, change(sentence)).concepts[number].share == 0
        for question in questions
        for number, sentence in earning_sentences(question)
    ]
    return fmean(results), len(results)


def lost_by_verb(questions: Sequence[Question]) -> tuple[float, int]:
    """Return the same for clauses whose own verb is denied."""
    results = [
        grade(question, denied).concepts[number].share == 0
        for question in questions
        for number, _, denied in earning_clauses(question)
    ]
    return fmean(results), len(results)


def lost_by_swap(questions: Sequence[Question]) -> tuple[float, int]:
    """Return in what share of cases a concept said of one side is lost when the sides change their names throughout.

    Counted are concepts whose words stand in a sentence that names exactly one side.
    """
    results = [lost for question in questions for pair in pairs(question) for _, _, lost in sides_lost(question, pair)]
    return (fmean(results) if results else 0.0), len(results)


def sets(data: Path | None, bank: Path, shipped: Sequence[Question], vocabulary: Vocabulary) -> dict[str, Answers]:
    """Return the sets of answers of the first table."""
    found: dict[str, Answers] = {
        "shipped": [(question, text) for question in shipped for text in (question.answer, *question.also)]
    }
    if data is not None:
        loaded = load_file(bank, vocabulary).bank
        assert loaded is not None
        by_id = {question.id: question for question in loaded.questions}
        exam = [row for row in rows_of(data / "nn_exam_dev.jsonl") if row["score"] == 1]
        found["people, concepts"] = [(by_id[row["qid"]], row["answer"]) for row in exam]
        science = [row for row in rows_of(data / "data_structures_dev.jsonl") if row["score"] == 1]
        made = {(row["question"], row["reference"]): inline(row, vocabulary) for row in science}
        found["people, model ans."] = [(made[row["question"], row["reference"]], row["answer"]) for row in science]
    return found


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path, nargs="?")
    arguments.add_argument("--bank", type=Path, default=Path(__file__).with_name("nn_exam.yaml"))
    options = arguments.parse_args()
    library = Library()
    shipped = list(library.questions())
    answers = sets(options.data, options.bank, shipped, library.vocabulary)
    columns = {title: whole_answers(found, random.Random(1)) for title, found in answers.items()}
    print(f"{'':45}" + "".join(f"{f'{title} ({len(answers[title])})':>26}" for title in columns))
    for row in columns["shipped"]:
        cells = [f"{column[row]:.3f}" if row in column else "" for column in columns.values()]
        print(f"{row:45}" + "".join(f"{cell:>26}" for cell in cells))
    print("\nshipped banks: the words that earn a concept are changed")
    changes: dict[str, Callable[[str], str]] = {
        "it is not the case that ...": lambda text: f"It is not the case that {text}",
        "... is not true": lambda text: f"{text.rstrip('.!?; ')} is not true.",
        "... , which is wrong": lambda text: f"{text.rstrip('.!?; ')}, which is wrong.",
    }
    for title, change in changes.items():
        share, cases = lost(shipped, change)
        print(f"lost: {title:39} {share:6.3f}  ({cases} sentences)")
    share, cases = lost_by_verb(shipped)
    print(f"{'lost: the verb of the clause denied':45} {share:6.3f}  ({cases} clauses)")
    share, cases = lost_by_swap(shipped)
    print(f"{'lost: the two sides change their names':45} {share:6.3f}  ({cases} concepts)")
    for title, twice in {
        "it is not true that it is not the case that": "It is not true that it is not the case that {}",
        "it is not wrong that": "It is not wrong that {}",
    }.items():
        share, cases = lost(shipped, lambda text, twice=twice: twice.format(text))  # type: ignore[misc]
        print(f"kept: {title:39} {1 - share:6.3f}  ({cases} sentences)")


if __name__ == "__main__":
    main()
