"""How fair the shipped banks are: cross-talk, slips, echoes, misconceptions, answers to neighbouring questions.

    python tests/bench/banks.py [BANK ...]

A line a bank (all shipped ones, or those named by their id). Cross-talk is the share of pairs of a question and a model
answer to another question that earn 40 or more, inside the bank's topic and outside. "wrong" is the mean of the examples
that hit a misconception (reach: at most 30 each), "near" that of the examples that may earn at most 24 (fluent answers
to a neighbouring question), each with the share that keeps within it.
"""

from __future__ import annotations

import argparse
from statistics import fmean

from quizbot.authoring.attack import typos
from quizbot.authoring.crosstalk import Tally, crosstalk
from quizbot.authoring.lint import lint
from quizbot.bank.library import Library
from quizbot.bank.model import Bank, Question
from quizbot.clock import chance
from quizbot.grading.grade import grade


def row(bank: Bank, everything: list[Question], total: Tally) -> str:
    """Return the line of one bank, and add its cross-talk to the `total`."""
    tally = Tally()
    for _ in crosstalk(bank.questions, everything, tally):
        pass
    total.inside += tally.inside
    total.inside_bad += tally.inside_bad
    total.outside += tally.outside
    total.outside_bad += tally.outside_bad
    answers = [(question, text) for question in bank.questions for text in (question.answer, *question.also) if text]
    before = [grade(question, text).points for question, text in answers]
    after = [grade(question, typos(text, 0.05, chance(1))).points for question, text in answers]
    kept = fmean(now / then for now, then in zip(after, before, strict=True) if then)
    echo = max(grade(question, question.ask).points for question in bank.questions)
    also = [grade(question, text).points for question in bank.questions for text in question.also]
    wrong = [grade(question, item.say).points for question in bank.questions for item in question.examples if item.hits]
    near = [
        grade(question, item.say).points
        for question in bank.questions
        for item in question.examples
        if item.mark and item.mark[1] <= 24 and not item.hits
    ]
    found = sum(1 for question in bank.questions for _ in lint(question))
    cells = [
        f"{len(bank.questions):>4}",
        f"{100 * tally.inside_bad / max(1, tally.inside):>8.1f} %",
        f"{100 * tally.outside_bad / max(1, tally.outside):>8.2f} %",
        f"{100 * kept:>7.1f} %",
        f"{echo:>5}",
        f"{min(also, default=0):>5}",
        _within(wrong, 30),
        _within(near, 24),
        f"{found:>5}",
    ]
    return f"{bank.id:<40}" + " ".join(cells)


def _within(points: list[int], most: int) -> str:
    if not points:
        return f"{'-':>12}"
    return f"{fmean(points):>4.0f} ({100 * fmean(value <= most for value in points):.0f} %)".rjust(12)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("banks", nargs="*")
    named = arguments.parse_args().banks
    library = Library()
    everything = list(library.questions())
    titles = f"{'n':>4} {'inside':>10} {'outside':>10} {'typos':>9} {'echo':>5} {'also':>5} {'wrong':>12} {'near':>12} {'lint':>5}"
    print(f"{'':40}{titles}")
    total = Tally()
    for bank in library.banks():
        if not named or bank.id in named:
            print(row(bank, everything, total), flush=True)
    print(f"{sum(len(bank.questions) for bank in library.banks() if not named or bank.id in named)} questions, {total}")


if __name__ == "__main__":
    main()
