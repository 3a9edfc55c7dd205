"""Banks that were read before come from the cache, the same as from their file; anything odd in it is passed over."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from quizbot.bank import library
from quizbot.bank.library import Library
from tests.conftest import OVERFIT


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Shipped banks of our own, and a cache."""
    banks = tmp_path / "banks"
    banks.mkdir()
    (banks / "one.yaml").write_text(OVERFIT, encoding="utf-8")
    (banks / "vocabulary.yaml").write_text("schema: 1\nsame: [[training, fitting]]\n", encoding="utf-8")
    monkeypatch.setattr(library, "shipped_folder", lambda: banks)
    return banks, tmp_path / "cache"


def test_a_bank_comes_out_of_the_cache_as_it_went_in(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Library(None, folders[1]).banks()
    monkeypatch.setattr(library, "load_bank", lambda *_: pytest.fail("the file was read again"))
    again = Library(None, folders[1])
    assert again.banks() == fresh
    [question] = again.questions()
    assert question.vocabulary == fresh[0].questions[0].vocabulary
    assert question.vocabulary.same[0] == (("training",), ("fitting",))
    assert question.examples == fresh[0].questions[0].examples


def test_a_changed_file_is_read_again(folders: tuple[Path, Path]) -> None:
    Library(None, folders[1]).banks()
    (folders[0] / "one.yaml").write_text(OVERFIT.replace("title: Model evaluation", "title: Other"), encoding="utf-8")
    assert Library(None, folders[1]).banks()[0].title == "Other"


def test_problems_are_remembered_with_their_place(folders: tuple[Path, Path]) -> None:
    (folders[0] / "one.yaml").write_text(OVERFIT.replace("worth: 2", "worht: 2"), encoding="utf-8")
    fresh = [str(problem) for problem in Library(None, folders[1]).problems]
    assert fresh
    assert [str(problem) for problem in Library(None, folders[1]).problems] == fresh


class Trap:
    """What a foreign file might hold: unpickled, it would call something."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("code from the cache was run",))


@pytest.mark.parametrize("junk", [b"", b"junk", pickle.dumps(Trap()), pickle.dumps({"a": 1})])
def test_a_damaged_or_foreign_file_is_passed_over(folders: tuple[Path, Path], junk: bytes) -> None:
    fresh = Library(None, folders[1]).banks()
    for file in folders[1].iterdir():
        file.write_bytes(junk)
    assert Library(None, folders[1]).banks() == fresh


def test_a_folder_that_cannot_be_made_only_means_reading_again(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert Library(None, tmp_path / "file" / "cache").banks() == Library(None).banks()


def test_the_cache_stays_small(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizbot.bank.cache.MOST", 3)
    for number in range(6):
        (folders[0] / "one.yaml").write_text(f"{OVERFIT}# {number}\n", encoding="utf-8")
        Library(None, folders[1]).banks()
    assert len(list(folders[1].iterdir())) == 3
