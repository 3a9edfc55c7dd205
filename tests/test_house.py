"""The house keeps its order: imports go one way, and nothing is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after `statement`."""
    code = f"{statement}\nimport sys\nprint(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_imports_go_one_way_only() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import quizbot.cli", {"textual", "yaml", "rapidfuzz", "sqlite3", "Stemmer", "platformdirs", "hypothesis"}),
        (
            "import quizbot.tui.app",
            {"yaml", "rapidfuzz", "sqlite3", "Stemmer", "quizbot.bank.library", "quizbot.grading.grade"},
        ),
        (
            "import quizbot.grading.grade, quizbot.interview.conversation",
            {"textual", "rich", "yaml", "sqlite3", "rapidfuzz"},
        ),
        ("import quizbot.plain, quizbot.records.store, quizbot.authoring.check", {"textual", "rich"}),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(statement: str, unwanted: set[str]) -> None:
    assert not loaded_by(statement) & unwanted


def test_marking_an_answer_loads_no_screen_and_no_database() -> None:
    statement = (
        "from quizbot.bank.model import *\nfrom quizbot.grading.grade import grade\n"
        "grade(Question('q', 'b', Kind.FAQ, Level.MID, 't', 'What?', answer='It learns.'), 'it lerans')"
    )
    assert not loaded_by(statement) & {"textual", "rich", "yaml", "sqlite3"}
