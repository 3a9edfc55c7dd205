"""The author's guide keeps its word: its good questions pass, and quizbot says of the bad ones what the guide says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from quizbot.bank.library import Library
from quizbot.cli.bank.examine import examine

GUIDE = (Path(__file__).parents[2] / "questions" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml (good|bad)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
GOOD = [block for kind, block in BLOCKS if kind == "good"]
BAD = [block for kind, block in BLOCKS if kind == "bad"]
SHARED = Library().vocabulary


def problems(block: str) -> list[str]:
    data = f"schema: 1\nbank: guide\nquestions:\n{block}".encode()
    return [str(problem) for problem in examine(data, "guide.yaml", SHARED).problems]


def name(block: str) -> str:
    return block.split("\n")[0].removeprefix("- id: ")


def test_there_are_ten_pairs_each_on_one_question() -> None:
    assert [kind for kind, _ in BLOCKS] == ["bad", "good"] * 10
    assert [name(block) for block in GOOD] == [name(block) for block in BAD]


@pytest.mark.parametrize("block", GOOD, ids=name)
def test_a_good_question_passes(block: str) -> None:
    assert problems(block) == []


@pytest.mark.parametrize("block", BAD, ids=name)
def test_a_bad_question_is_objected_to_where_and_as_the_guide_says(block: str) -> None:
    (number, said), = (
        (number, line.split("# quizbot says: ")[1])
        for number, line in enumerate(block.split("\n"), start=4)
        if "# quizbot says: " in line
    )  # fmt: skip
    found = problems(block)
    assert any(said in problem for problem in found), found
    first = next(problem for problem in found if said in problem)
    if "the model answer" not in said:  # which is told at the question's first line
        assert first.startswith(f"guide.yaml:{number}:"), (number, first)


def test_the_rest_of_its_yaml_is_read() -> None:
    [vocabulary] = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    bank = f"schema: 1\nbank: guide\n{vocabulary}questions: [{{id: a, ask: b, answer: c}}]\n"
    assert examine(bank.encode(), "guide.yaml", SHARED).problems == ()


COMMANDS = set(re.findall(r"quizbot bank ([a-z]+)((?: --[a-z]+)*)", GUIDE))


def help_of(command: str) -> str:
    script = Path(sys.executable).with_name("quizbot")
    run = subprocess.run([script, "bank", command, "--help"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_every_command_in_it_exists() -> None:
    names = {name for name, _ in COMMANDS}
    assert len(names) >= 7
    for name in sorted(names):
        assert f"quizbot bank {name}" in help_of(name)


def test_every_option_in_it_exists() -> None:
    for name, options in sorted(COMMANDS):
        for option in options.split():
            assert option in help_of(name), (name, option)


TABLE = [
    ("validation error", "the error on the validation set", "the error is large. Then comes validation"),
    ("memorise", "it memorizes", "it has memory"),
    ("memorise", "memorisse", "memory"),
    ("fits|learns noise", "it learns the noise", "the noise"),
    ("early_stopping", "early stopping", "stopping it too early"),
    ("[low training error, high validation error]", "low training error. And a high validation error", "low training error"),
    ("{in_order: [split data, fit scaler]}", "split the data, then fit the scaler", "fit the scaler, then split the data"),
    ("not generalize", "it fails to generalise", "it generalizes"),
    ("not generalize", "it doesn't generalize", "it will generalize"),
    ("0.5", "at 0.5", "at 0.55"),
    ("95%", "in 95% of all cases", "in 9% of all cases"),
    ("O(n)", "it takes O(n) steps", "it takes n steps"),
]  # fmt: skip


@pytest.mark.parametrize(("keyword", "finds", "not_"), TABLE)
def test_the_table_of_keywords_tells_the_truth(keyword: str, finds: str, not_: str) -> None:
    shown = keyword.replace("|", "\\|")
    assert f"`{shown}`" in GUIDE
    block = f"- id: q\n  ask: Well?\n  concepts: [{{id: c, any: [{keyword}]}}]\n  examples:\n"
    block += f'  - {{say: "{finds}", earns: [c]}}\n  - {{say: "{not_}", misses: [c]}}\n'
    assert problems(block) == []
