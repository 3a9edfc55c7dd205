"""The README is true: its sample bank passes its own tests, its commands exist, its picture is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from quizbot.authoring.check import check_tests
from quizbot.bank.library import Library
from quizbot.bank.load import load_bank
from quizbot.cli import parser

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    command.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
    for command in line.split("|")
    if command.strip().startswith("quizbot")
]


def test_the_sample_bank_passes_its_own_tests() -> None:
    [sample] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    loaded = load_bank(sample.encode(), "README.md", "file", Library().vocabulary)
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.bank is not None
    assert [str(problem) for problem in check_tests(loaded.bank)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one(command: str) -> None:
    assert parser().parse_args(shlex.split(command)[1:])


def test_commands_were_found() -> None:
    assert len(COMMANDS) > 12


def test_install_and_test_are_one_line_each() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/quizbot\n" in TEXT
    assert "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest\n" in TEXT


def test_the_picture_is_there() -> None:
    [picture] = re.findall(r"!\[[^]]+\]\(([^)]+\.svg)\)", TEXT)
    assert "What exactly has the model learned" in (ROOT / picture).read_text(encoding="utf-8").replace("&#160;", " ")
