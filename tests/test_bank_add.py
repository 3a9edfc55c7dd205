"""Banks come in as a file, a folder or an archive: checked first, all of them or none, and told apart in the list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from quizbot.bank.library import Library
from quizbot.errors import QuizbotError

SCRIPT = Path(sys.executable).with_name("quizbot")
BANK = "schema: 1\nbank: {id}\nquestions:\n  - {{id: one, ask: Why?, answer: {answer}}}\n"
FAILING = (
    "    concepts: [{id: c, any: [word]}]\n    examples: [{say: nothing of it, mark: 100}]\n"
)  # fmt: skip


def bank(name: str, answer: str = "So.") -> str:
    return BANK.format(id=name, answer=answer)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path):
    def run(*arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [SCRIPT, *map(str, arguments)],
            env={**os.environ, "QUIZBOT_HOME": str(home)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture(params=["folder", "zip"])
def several(request: pytest.FixtureRequest, tmp_path: Path):
    """Return what makes a folder, or an archive, of some files."""

    def make(**files: str) -> Path:
        folder = tmp_path / "ours"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
        (folder / "README.md").write_text("about", encoding="utf-8")
        if request.param == "folder":
            return folder
        with zipfile.ZipFile(tmp_path / "ours.zip", "w") as packed:
            for file in sorted(folder.iterdir()):
                packed.write(file, f"ours/{file.name}")
        return tmp_path / "ours.zip"

    return make


def own(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "banks").iterdir()) if (home / "banks").exists() else []


def test_all_of_several_are_added(run, several, home: Path) -> None:
    said = run("bank", "add", several(first=bank("first"), other=bank("second"))).stdout
    assert "Added first with 1 question." in said
    assert "Added second with 1 question." in said
    assert "Left out, for only .yaml and .yml files are banks:" in said
    assert "README.md" in said
    assert own(home) == ["first.yaml", "second.yaml"]


def test_none_of_several_is_added_if_one_is_broken(run, several, home: Path) -> None:
    path = several(a=bank("a"), b=bank("b") + "colour: red\n", c=bank("C"))
    done = run("bank", "add", path, status=1)
    assert f"{path / 'b.yaml' if path.is_dir() else str(path) + os.sep + 'ours/b.yaml'}:5:1: unknown key" in done.stdout
    assert "c.yaml:" in done.stdout
    assert "Nothing was added" in done.stderr
    assert own(home) == []


def test_none_of_several_is_added_if_the_own_tests_of_one_fail(run, several, home: Path) -> None:
    failing = f"schema: 1\nbank: b\nquestions:\n  - id: q\n    ask: Why?\n{FAILING}"
    done = run("bank", "add", several(a=bank("a"), b=failing), status=1)
    assert "earns 0 (misses c), expected 100" in done.stdout
    assert own(home) == []


def test_none_of_several_is_added_if_two_have_one_id(run, several, home: Path) -> None:
    assert "are both the bank same" in run("bank", "add", several(a=bank("same"), b=bank("same")), status=1).stderr
    assert own(home) == []


@pytest.mark.parametrize("taken", ["ml-foundations", "mine"])
def test_none_of_several_is_added_if_the_id_of_one_is_taken(
    run, several, home: Path, tmp_path: Path, taken: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(bank("mine"), encoding="utf-8")
    run("bank", "add", file)
    done = run("bank", "add", several(a=bank("a"), b=bank(taken, "Mine.")), status=1)
    assert "another id" in done.stderr
    assert own(home) == ["mine.yaml"]
    assert "So." in (home / "banks" / "mine.yaml").read_text(encoding="utf-8")


def test_several_replace_ones_own_if_asked(run, several, home: Path) -> None:
    run("bank", "add", several(a=bank("a"), b=bank("b")))
    run("bank", "add", "--replace", several(a=bank("a", "Better."), b=bank("b"), c=bank("c")))
    assert own(home) == ["a.yaml", "b.yaml", "c.yaml"]
    assert "Better." in (home / "banks" / "a.yaml").read_text(encoding="utf-8")


def test_a_disk_that_fails_half_way_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(tmp_path / "own")
    library.add_all([("a", bank("a").encode())])
    before = (tmp_path / "own" / "a.yaml").read_bytes()
    replaced: list[Path] = []
    really = Path.replace

    def fails_at_the_second(self: Path, target: Path) -> Path:
        replaced.append(target)
        if len(replaced) == 2:
            raise OSError(28, "No space left on device")
        return really(self, target)

    monkeypatch.setattr(Path, "replace", fails_at_the_second)
    with pytest.raises(QuizbotError, match="cannot be written: No space left"):
        library.add_all([("a", bank("a", "Better.").encode()), ("b", bank("b").encode())], replace=True)
    assert len(replaced) == 2
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["a.yaml"]
    assert (tmp_path / "own" / "a.yaml").read_bytes() == before


def test_two_new_banks_never_share_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mine.yaml").write_text(bank("other"), encoding="utf-8")
    Library(folder).add_all([("a", bank("mine").encode()), ("b", bank("mine-2").encode())])
    assert {made.id for made in Library(folder).banks() if made.origin == "own"} == {"other", "mine", "mine-2"}


def test_an_archive_that_leads_out_is_refused_by_the_command(run, tmp_path: Path, home: Path) -> None:
    with zipfile.ZipFile(tmp_path / "slip.zip", "w") as packed:
        packed.writestr("../../evil.yaml", bank("evil"))
    done = run("bank", "add", tmp_path / "slip.zip", status=1)
    assert "leads out of the archive. Nothing was added." in done.stderr
    assert own(home) == []
    assert not list(tmp_path.rglob("evil.yaml"))


def test_two_entries_of_one_name_are_two_banks(run, tmp_path: Path, home: Path) -> None:
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        packed.writestr("same.yaml", bank("a"))
        packed.writestr("same.yaml", bank("b"))
    run("bank", "add", tmp_path / "twice.zip")
    assert own(home) == ["a.yaml", "b.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_escape_codes_in_a_files_name_are_not_shown(run, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "\x1b[31mred.yaml").write_text("schema: [", encoding="utf-8")
    for done in (run("bank", "add", folder, status=1), run("bank", "check", folder, status=1)):
        assert "red.yaml:" in done.stdout
        assert "\x1b" not in done.stdout + done.stderr


class TestList:
    def test_shipped_and_own_are_told_apart_with_counts_and_places(self, run, home: Path, tmp_path: Path) -> None:
        file = tmp_path / "mine.yaml"
        more = "  - {id: two, ask: How?, answer: Thus., level: entry, kind: faq, topic: other}\n"
        file.write_text(bank("mine") + more, encoding="utf-8")
        run("bank", "add", file)
        listed = run("bank", "list").stdout
        before, after = listed.split("Your own (1 bank, 2 questions):")
        assert before.startswith("Shipped with quizbot (")
        assert "mine" not in before
        for said in ("1 entry, 1 mid; 1 skill, 1 faq", "topics: 1 mine, 1 other", str(home / "banks" / "mine.yaml")):
            assert said in after
        row = next(row for row in json.loads(run("bank", "list", "--json").stdout)["banks"] if row["id"] == "mine")
        assert row["origin"] == "own"
        assert row["topics"] == {"mine": 1, "other": 1}
        assert row["levels"] == {"mid": 1, "entry": 1}
        assert row["kinds"] == {"skill": 1, "faq": 1}

    def test_an_own_bank_of_a_shipped_id_is_not_used_and_that_is_said(self, run, home: Path) -> None:
        (home / "banks").mkdir(parents=True)
        (home / "banks" / "mine.yaml").write_text(bank("ml-foundations"), encoding="utf-8")
        done = run("bank", "list", status=1)
        assert "Your own (" not in done.stdout
        assert "Not used (1 problem):" in done.stderr
        assert "mine.yaml:1:1: the bank id “ml-foundations” is taken by the shipped bank" in done.stderr
