"""From nothing to a bank that is asked, with only `bank new` and what it says; and an editor on the way."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from quizbot.cli.bank.editors import command, editor
from quizbot.cli.bank.new import as_id
from quizbot.errors import QuizbotError

SCRIPT = Path(sys.executable).with_name("quizbot")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An empty folder to write in."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture
def run(desk: Path, tmp_path: Path):
    """Run quizbot in the folder, with a home and an editor of its own."""

    def run(*arguments: str, said: str = "", editor: str = "", status: int = 0) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "QUIZBOT_HOME": str(tmp_path / "home"), "EDITOR": editor}
        environment.pop("VISUAL", None)
        done = subprocess.run(
            [SCRIPT, *arguments], cwd=desk, env=environment, input=said, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done

    return run


def an_editor(tmp_path: Path, *saves: str) -> str:
    """Return an editor that notes how it was called and makes one replacement (`old=>new`) each time it is opened."""
    script = tmp_path / "an editor.py"
    script.write_text(
        "import sys, pathlib\n"
        f"log = pathlib.Path({str(tmp_path / 'opened.txt')!r})\n"
        "before = log.read_text().splitlines() if log.exists() else []\n"
        "log.write_text('\\n'.join([*before, ' '.join(sys.argv[1:])]))\n"
        f"saves = {list(saves)!r}\n"
        "if len(before) < len(saves):\n"
        "    old, new = saves[len(before)].split('=>')\n"
        "    file = pathlib.Path(sys.argv[-1])\n"
        "    text = file.read_text(encoding='utf-8')\n"
        "    assert old in text, old\n"
        "    file.write_text(text.replace(old, new, 1), encoding='utf-8')\n",
        encoding="utf-8",
    )
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"


class TestNew:
    def test_its_messages_lead_to_a_bank_that_is_asked(self, run, desk: Path) -> None:
        said = run("bank", "new").stdout
        steps = [
            shlex.split(re.split(r"\s{3,}", line.strip())[0])
            for line in said.splitlines()
            if line.startswith("  quizbot ")
        ]
        assert [step[1:3] for step in steps] == [
            ["bank", "edit"],
            ["bank", "watch"],
            ["bank", "check"],
            ["bank", "add"],
            ["practice", "--bank"],
        ]
        for step in steps[1:4]:
            run(*step[1:])
        talk = run(*steps[4][1:], "--plain", said="I don't know\n" * 6).stdout
        assert "Question 3 of 3" in talk
        guide = Path(said.strip().splitlines()[-1].split(": ")[1])
        assert guide.is_file()

    def test_what_it_writes_passes_the_whole_check_with_nothing_to_remark(self, run) -> None:
        run("bank", "new")
        checked = run("bank", "check", "my-questions.yaml")
        assert "problem" not in checked.stdout
        assert "3 questions" in checked.stdout + checked.stderr

    def test_editors_find_the_schema_beside_it(self, run, desk: Path) -> None:
        run("bank", "new", "llm")
        first = (desk / "llm.yaml").read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads((desk / named).read_text(encoding="utf-8"))["properties"]["questions"]
        assert (desk / named).read_text(encoding="utf-8") == run("bank", "schema").stdout

    def test_it_never_overwrites(self, run, desk: Path) -> None:
        (desk / "llm.yaml").write_text("mine", encoding="utf-8")
        (desk / "quizbot-bank.schema.json").write_text("mine, too", encoding="utf-8")
        said = run("bank", "new", "llm", status=1).stderr
        assert "stays as it is" in said
        assert "quizbot bank edit llm.yaml" in said
        run("bank", "new", "other")
        assert (desk / "llm.yaml").read_text(encoding="utf-8") == "mine"
        assert (desk / "quizbot-bank.schema.json").read_text(encoding="utf-8") == "mine, too"

    def test_a_file_in_a_folder_gets_its_id_from_its_name(self, run, desk: Path) -> None:
        (desk / "my banks").mkdir()
        said = run("bank", "new", "my banks/Large Models.yml").stdout
        assert "bank: large-models " in (desk / "my banks" / "Large Models.yml").read_text(encoding="utf-8")
        assert "quizbot bank add 'my banks/Large Models.yml'" in said
        run("bank", "check", "my banks/Large Models.yml")

    def test_a_strange_name_cannot_break_out_of_the_comment(self, run, desk: Path) -> None:
        name = "a\nquestions: [].yaml"
        run("bank", "new", name)
        run("bank", "check", name)

    @pytest.mark.parametrize(
        ("name", "status", "way"),
        [
            ("???", 2, "quizbot bank new llm-serving"),
            (".", 2, "as in"),
            ("nowhere/x.yaml", 1, "Choose a folder"),
            ("ml-foundations", 1, "quizbot bank new my-ml-foundations"),
        ],
    )
    def test_a_name_that_cannot_be_is_told_with_a_way_on(self, run, desk: Path, name: str, status: int, way: str):
        assert way in run("bank", "new", name, status=status).stderr
        assert list(desk.iterdir()) == []

    @pytest.mark.parametrize(
        ("name", "made"), [("Über LLMs!", "uber-llms"), ("a__b", "a-b"), ("机器学习", ""), ("x" * 99, "x" * 80)]
    )
    def test_a_name_becomes_the_nearest_id(self, name: str, made: str) -> None:
        assert as_id(name) == made


class TestEdit:
    def opened(self, tmp_path: Path) -> list[str]:
        return (tmp_path / "opened.txt").read_text(encoding="utf-8").splitlines()

    def test_a_file_that_becomes_healthy_is_done(self, run, tmp_path: Path) -> None:
        run("bank", "new", "llm")
        done = run("bank", "edit", "llm.yaml", editor=an_editor(tmp_path, "level: mid=>level: senior"))
        assert "3 questions, 7 examples: all well" in done.stdout
        assert "quizbot bank add llm.yaml" in done.stdout

    def test_problems_are_shown_and_it_opens_again_until_they_are_mended(self, run, tmp_path: Path) -> None:
        run("bank", "new", "llm")
        opener = an_editor(tmp_path, "level: mid=>level: boss", "level: boss=>level: senior")
        done = run("bank", "edit", "llm.yaml", editor=opener, said="y\n")
        assert "“level” is one of entry, mid, senior" in done.stdout
        assert re.search(r"1 problem\. Open it again at line 1\d\? \[Y/n\]", done.stdout)
        assert len(self.opened(tmp_path)) == 2

    @pytest.mark.parametrize("said", ["n\n", "", "what?\n"])
    def test_nobody_is_made_to_go_on(self, run, tmp_path: Path, said: str) -> None:
        run("bank", "new", "llm")
        opener = an_editor(tmp_path, "level: mid=>level: boss")
        done = run("bank", "edit", "llm.yaml", editor=opener, said=said, status=1)
        assert "Go on with: quizbot bank edit llm.yaml" in done.stderr
        assert len(self.opened(tmp_path)) == 1

    def test_a_bank_in_the_quiz_changes_only_when_the_draft_is_healthy(self, run, tmp_path: Path) -> None:
        run("bank", "new", "llm")
        run("bank", "add", "llm.yaml")
        own = tmp_path / "home" / "banks" / "llm.yaml"
        before = own.read_bytes()
        broken = run("bank", "edit", "llm", editor=an_editor(tmp_path, "level: mid=>level: boss"), said="n\n", status=1)
        assert "In the quiz the bank stays as it was" in broken.stderr
        assert own.read_bytes() == before
        assert "go on with: quizbot bank edit llm" in run("bank", "list").stdout
        assert "Question 3 of 3" in run("practice", "--plain", "--bank", "llm", said="skip\nskip\nskip\n").stdout

        (tmp_path / "opened.txt").unlink()
        mended = run("bank", "edit", "llm", editor=an_editor(tmp_path, "level: boss=>level: senior"))
        assert "Going on with your draft" in mended.stdout
        assert "It is in the quiz now" in mended.stdout
        assert b"level: senior" in own.read_bytes()
        assert not list((tmp_path / "home" / "drafts").glob("*.yaml"))
        assert "draft" not in run("bank", "list").stdout

    def test_a_draft_can_be_thrown_away(self, run, tmp_path: Path) -> None:
        run("bank", "new", "llm")
        run("bank", "add", "llm.yaml")
        run("bank", "edit", "llm", editor=an_editor(tmp_path, "level: mid=>level: boss"), status=1)
        run("bank", "edit", "llm", "--discard")
        (tmp_path / "opened.txt").unlink()
        assert "Nothing was changed" in run("bank", "edit", "llm", editor=an_editor(tmp_path)).stdout

    def test_a_broken_own_bank_is_mended_by_its_files_name(self, run, tmp_path: Path) -> None:
        run("bank", "new", "llm")
        run("bank", "add", "llm.yaml")
        own = tmp_path / "home" / "banks" / "llm.yaml"
        own.write_text(own.read_text(encoding="utf-8").replace("bank: llm", "bank: L L M"), encoding="utf-8")
        run("bank", "edit", "llm", editor=an_editor(tmp_path, "bank: L L M=>bank: llm"))
        assert "bank: llm" in own.read_text(encoding="utf-8")

    def test_an_own_bank_named_by_its_path_is_edited_as_safely(self, run, tmp_path: Path) -> None:
        run("bank", "new", "llm")
        run("bank", "add", "llm.yaml")
        own = tmp_path / "home" / "banks" / "llm.yaml"
        before = own.read_bytes()
        run("bank", "edit", str(own), editor=an_editor(tmp_path, "level: mid=>level: boss"), status=1)
        assert own.read_bytes() == before

    def test_it_does_not_take_the_id_of_another_bank(self, run, tmp_path: Path) -> None:
        run("bank", "new", "llm")
        run("bank", "add", "llm.yaml")
        opener = an_editor(tmp_path, "bank: llm=>bank: ml-foundations")
        assert "is taken by the shipped bank" in run("bank", "edit", "llm", editor=opener, status=1).stderr
        assert "bank: llm" in (tmp_path / "home" / "banks" / "llm.yaml").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("name", "way"),
        [("nowhere", "quizbot bank new nowhere"), ("ml-foundations", "Copy "), ("\x1b[31mred", "quizbot bank new")],
    )
    def test_what_cannot_be_edited_is_told_with_a_way_on(self, run, name: str, way: str) -> None:
        said = run("bank", "edit", name, editor="true", status=2).stderr
        assert way in said
        assert "\x1b" not in said

    def test_an_editor_that_is_not_there(self, run) -> None:
        run("bank", "new", "llm")
        assert "cannot be started" in run("bank", "edit", "llm.yaml", editor="no-such-editor -x", status=2).stderr
        assert "$EDITOR is no command" in run("bank", "edit", "llm.yaml", editor="'open", status=2).stderr


class TestEditors:
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("vim", "vim +7 FILE"),
            ("/usr/bin/nano -w", "/usr/bin/nano -w +7 FILE"),
            ("emacsclient -t", "emacsclient -t +7 FILE"),
            ("hx", "hx FILE:7"),
            ("code", "code --wait -g FILE:7"),
            ("code -w", "code -w -g FILE:7"),
            ("subl --wait", "subl --wait FILE:7"),
            ("some-other", "some-other FILE"),
        ],
    )
    def test_each_is_told_the_line_in_its_own_way(self, typed: str, expected: str, tmp_path: Path) -> None:
        file = tmp_path / "bank.yaml"
        assert command(shlex.split(typed), file, 7) == expected.replace("FILE", str(file)).split()

    def test_the_first_line_needs_no_telling(self, tmp_path: Path) -> None:
        assert command(["vim"], tmp_path / "b.yaml") == ["vim", str(tmp_path / "b.yaml")]

    def test_visual_comes_before_editor_and_a_known_one_after_both(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("VISUAL", "one --flag")
        monkeypatch.setenv("EDITOR", "two")
        assert editor() == ["one", "--flag"]
        monkeypatch.setenv("VISUAL", " ")
        assert editor() == ["two"]
        monkeypatch.delenv("EDITOR")
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(QuizbotError, match="No editor is set"):
            editor()
        (tmp_path / "vi").write_text("", encoding="utf-8")
        (tmp_path / "vi").chmod(0o755)
        assert editor() == ["vi"]
