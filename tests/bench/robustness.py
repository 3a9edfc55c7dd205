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
import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean

from agreement import inline, rows_of

from quizbot.bank.library import Library, load_file
from quizbot.bank.model import Concept, Question, Vocabulary
from quizbot.grading.compiled import compiled
from quizbot.grading.grade import grade
from quizbot.grading.mark import Remark
from quizbot.grading.sides import Pair, compared
from quizbot.grading.words import read
from quizbot.text import clean

Answers = Sequence[tuple[Question, str]]

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*\s*")
_VERB = re.compile(
    r"\b(is|are|was|were|can|could|should|must|will|would|has|have|does|do|did|may|might)\b(?!\s+not|n't)",
    re.IGNORECASE,
)
_BORDER = re.compile(r"[.!?;:,]|\b(?:but|because|which|who|while|whereas|so|if|when|and|or)\b")


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


def denied_first(text: str) -> str:
    """Return the text with its first auxiliary verb denied, or with a denial before it if it has none."""
    changed = _VERB.sub(r"\1 not", text, count=1)
    return changed if changed != text else f"It is not true that {text}"


def denied_verbs(text: str) -> str:
    """Return the text with every auxiliary verb denied, or with a denial before it if it has none."""
    changed = _VERB.sub(r"\1 not", text)
    return changed if changed != text else f"It is not true that {text}"


def denied_sentences(text: str) -> str:
    """Return the text with every sentence denied as a whole."""
    return _SENTENCE.sub(lambda found: f"It is not the case that {found.group()}", text)


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


def bare_list(question: Question, joined: str) -> str:
    """Return keywords of each concept as somebody lists them who only learned the words."""
    return joined.join(", ".join(_bare(concept)) for concept in question.concepts)


def _bare(concept: Concept) -> Iterator[str]:
    for keyword in concept.keywords[: concept.at_least]:
        yield " ".join(" ".join(slot[0]) for slot in keyword.phrases[0].slots)


def earning_sentences(question: Question) -> Iterator[tuple[int, str]]:
    """Yield the sentences of the model answers that earn exactly one concept by themselves, with its number."""
    for text in (question.answer, *question.also):
        for found in _SENTENCE.findall(text):
            sentence = found.strip()
            mark = grade(question, sentence)
            earned = [number for number, concept in enumerate(mark.concepts) if concept.share == 1]
            if len(earned) == 1 and question.concepts[earned[0]].at_least == 1:
                yield earned[0], sentence


def earning_clauses(question: Question) -> Iterator[tuple[int, str, str]]:
    """Yield the clauses that earn a concept by themselves, with its number and with their first verb denied."""
    for text in map(clean, (question.answer, *question.also)):
        for number, concept in enumerate(grade(question, text).concepts):
            if concept.share < 1 or question.concepts[number].at_least > 1 or not concept.spans:
                continue
            first, last = min(span.start for span in concept.spans), max(span.end for span in concept.spans)
            begin = max((found.end() for found in _BORDER.finditer(text, 0, first)), default=0)
            border = _BORDER.search(text, last)
            clause = text[begin : border.start() if border else len(text)]
            denied = _VERB.sub(r"\1 not", clause, count=1)
            if denied != clause and grade(question, clause).concepts[number].share == 1:
                yield number, clause, denied


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
    results = []
    for question in questions:
        for pair in compared(question, compiled(question).lexicon):
            for text in map(clean, (question.answer, *question.also)):
                changed = grade(question, _swapped(text, pair))
                for number, concept in enumerate(grade(question, text).concepts):
                    if concept.share == 1 and _of_one_side(text, pair, [span.start for span in concept.spans]):
                        results.append(changed.concepts[number].share == 0)
    return (fmean(results) if results else 0.0), len(results)


def _swapped(text: str, pair: Pair) -> str:
    words = read(text)
    made, done = [], 0
    for start, end, item in zip(words.starts, words.ends, words.forms, strict=True):
        if item.stem in pair.stems:
            made += [text[done:start], pair.names[1 - pair.stems[item.stem]]]
            done = end
    return "".join([*made, text[done:]])


def _of_one_side(text: str, pair: Pair, starts: Sequence[int]) -> bool:
    for found in _SENTENCE.finditer(text):
        if starts and found.start() <= min(starts) and max(starts) < found.end():
            return len({pair.stems[item.stem] for item in read(found.group()).forms if item.stem in pair.stems}) == 1
    return False


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
