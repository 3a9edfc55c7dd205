"""Where banks come from: the shipped ones and one's own, added and removed safely, none hidden by another's fault."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from quizbot.bank import library as library_module
from quizbot.bank.library import Library, load_file, shipped_folder
from quizbot.bank.model import Vocabulary
from quizbot.errors import QuizbotError

GOOD = "schema: 1\nbank: {id}\nquestions:\n  - {{id: one, ask: Why?, answer: {answer}}}\n  - {{id: two, ask: How?, answer: Thus.}}\n"


def write(folder: Path, name: str, bank: str = "", answer: str = "So.") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(GOOD.format(id=bank or file.stem, answer=answer), encoding="utf-8")
    return file


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped banks with two banks and a vocabulary, in place of the real one."""
    folder = tmp_path / "shipped"
    write(folder / "skills", "evaluation.yaml")
    write(folder / "faq", "the-role.yaml")
    (folder / "vocabulary.yaml").write_text("schema: 1\nsame: [[machine learning, ml]]\n", encoding="utf-8")
    monkeypatch.setattr(library_module, "shipped_folder", lambda: folder)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def library(shipped: Path, own: Path) -> Library:
    return Library(own)


def ids(library: Library) -> list[tuple[str, str]]:
    return [(bank.id, bank.origin) for bank in library.banks()]


SHIPPED = [("the-role", "shipped"), ("evaluation", "shipped")]


class TestFinding:
    def test_shipped_banks_come_first_and_in_order(self, library: Library, own: Path) -> None:
        write(own, "mine.yaml")
        write(own / "team", "ours.yml")
        assert ids(library) == [*SHIPPED, ("mine", "own"), ("ours", "own")]
        assert library.problems == ()

    def test_no_folder_of_ones_own_is_no_problem(self, library: Library) -> None:
        assert ids(library) == SHIPPED
        assert library.problems == ()
        assert ids(Library()) == SHIPPED

    def test_every_question_knows_the_shared_vocabulary(self, library: Library) -> None:
        assert all(question.vocabulary.same for question in library.questions())

    def test_a_question_is_found_by_its_key(self, library: Library) -> None:
        assert library.find("the-role/two").ask == "How?"
        assert library.by_key()["evaluation/one"] is library.find("evaluation/one")
        assert len(library.questions()) == 4

    @pytest.mark.parametrize(
        ("key", "way"),
        [
            ("the-rol/one", "Did you mean the-role/one or"),
            ("zzz", "“quizbot bank list” shows the banks."),
            ("", "“quizbot bank list” shows the banks."),
            ("\x1b[31m" + "x" * 10_000, "“quizbot bank list” shows the banks."),
        ],
    )
    def test_an_unknown_key_gets_the_nearest(self, library: Library, key: str, way: str) -> None:
        with pytest.raises(QuizbotError) as caught:
            library.find(key)
        assert caught.value.hint.startswith(way)
        assert "\x1b" not in caught.value.message
        assert len(caught.value.message) < 200

    def test_nothing_is_read_before_it_is_asked_for(self, shipped: Path, own: Path) -> None:
        library = Library(own)
        write(own, "late.yaml")
        assert ("late", "own") in ids(library)

    def test_the_real_shipped_banks_are_found_in_a_checkout(self) -> None:
        library = Library()
        assert {question.kind for question in library.questions()} == {"faq", "skill"}
        assert not library.problems, [str(problem) for problem in library.problems]
        assert len({id(question.vocabulary) for question in library.questions()}) == len(library.banks())

    def test_banks_are_read_out_of_a_zip_as_well(
        self, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with zipfile.ZipFile(tmp_path / "quizbot.zip", "w") as packed:
            for file in sorted(shipped.rglob("*.yaml")):
                packed.write(file, f"questions/{file.relative_to(shipped)}")
        with zipfile.ZipFile(tmp_path / "quizbot.zip") as packed:
            inside = zipfile.Path(packed, "questions/")
            monkeypatch.setattr(library_module, "shipped_folder", lambda: inside)
            assert ids(Library()) == SHIPPED


class TestTrouble:
    """What is wrong with one file is said, and keeps no other from loading."""

    def said(self, library: Library) -> str:
        (problem,) = library.problems
        return str(problem)

    def test_a_broken_bank(self, library: Library, own: Path) -> None:
        write(own, "fine.yaml")
        (own / "broken.yaml").write_text("schema: 1\nbank: [", encoding="utf-8")
        assert ids(library) == [*SHIPPED, ("fine", "own")]
        assert self.said(library).startswith(f"{own / 'broken.yaml'}:")

    def test_a_bank_with_one_wrong_question_keeps_the_others(self, library: Library, own: Path) -> None:
        file = write(own, "mixed.yaml")
        file.write_text(file.read_text(encoding="utf-8") + "  - {id: three, ask: What?}\n", encoding="utf-8")
        assert len(library.banks()[-1].questions) == 2
        assert self.said(library).startswith(f"{file}:6:5: a question needs")

    def test_an_own_bank_with_the_id_of_a_shipped_one(self, library: Library, own: Path, shipped: Path) -> None:
        write(own, "other.yaml", bank="the-role", answer="Mine.")
        assert ids(library) == SHIPPED
        assert library.find("the-role/one").answer == "So."
        assert "“the-role” is taken by the shipped bank" in self.said(library)

    def test_a_broken_shipped_bank(self, library: Library, shipped: Path) -> None:
        (shipped / "faq" / "the-role.yaml").write_bytes(b"\xff")
        assert ids(library) == SHIPPED[1:]
        assert "not UTF-8" in self.said(library)

    @pytest.mark.parametrize("content", [None, b"same: []", b"schema: 1\nsame: [["])
    def test_a_vocabulary_that_is_missing_or_broken(
        self, library: Library, shipped: Path, content: bytes | None
    ) -> None:
        file = shipped / "vocabulary.yaml"
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)
        assert ids(library) == SHIPPED
        assert self.said(library).startswith(f"{file}:")

    def test_no_shipped_banks_at_all(self, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(library_module, "shipped_folder", lambda: tmp_path / "nowhere")
        write(own, "mine.yaml")
        library = Library(own)
        assert ids(library) == [("mine", "own")]
        assert any("the folder cannot be read" in problem.message for problem in library.problems)

    def test_what_is_no_file_that_can_be_read(self, library: Library, own: Path) -> None:
        write(own, "fine.yaml")
        (own / "gone.yaml").symlink_to(own / "nowhere")
        (own / "round.yaml").symlink_to(own / "round.yaml")
        (own / "folder.yaml").mkdir()
        os.mkfifo(own / "pipe.yaml")  # would be waited for without end
        assert ids(library) == [*SHIPPED, ("fine", "own")]
        assert [Path(problem.place.file).name for problem in library.problems] == [
            "gone.yaml",
            "pipe.yaml",
            "round.yaml",
        ]

    def test_a_link_that_leads_back_up_ends_somewhere(self, library: Library, own: Path) -> None:
        write(own, "fine.yaml")
        (own / "again").symlink_to(own)
        assert ids(library) == [*SHIPPED, ("fine", "own")]
        assert library.problems

    def test_the_own_folder_is_a_file(self, library: Library, own: Path) -> None:
        own.write_text("not a folder", encoding="utf-8")
        assert ids(library) == SHIPPED
        assert "the folder cannot be read" in self.said(library)

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
    def test_what_may_not_be_read(self, library: Library, own: Path) -> None:
        write(own, "secret.yaml").chmod(0)
        assert ids(library) == SHIPPED
        assert "Permission denied" in self.said(library)

    def test_a_file_for_a_check_that_is_not_there(self, tmp_path: Path) -> None:
        loaded = load_file(tmp_path / "nowhere.yaml", Vocabulary())
        assert loaded.bank is None
        assert "No such file" in loaded.problems[0].message
        assert "directory" in load_file(tmp_path, Vocabulary()).problems[0].message


class TestAdding:
    def test_it_is_there_at_once(self, library: Library, own: Path, tmp_path: Path) -> None:
        assert ids(library) == SHIPPED
        bank = library.add(write(tmp_path, "anything.yaml", bank="mine"))
        assert (bank.id, bank.origin, bank.file) == ("mine", "own", str(own / "mine.yaml"))
        assert library.find("mine/one")
        assert ids(Library(own))[-1] == ("mine", "own")

    def test_it_is_copied_byte_for_byte_and_nothing_else_stays(
        self, library: Library, own: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "mine.yaml"
        file.write_bytes(b"\xef\xbb\xbf" + GOOD.format(id="mine", answer="So.").replace("\n", "\r\n").encode())
        library.add(file)
        assert [path.name for path in own.iterdir()] == ["mine.yaml"]
        assert (own / "mine.yaml").read_bytes() == file.read_bytes()

    def test_a_pipe_is_read_once(self, library: Library, own: Path) -> None:
        text = GOOD.format(id="piped", answer="So.").encode()
        receiving, sending = os.pipe()
        os.write(sending, text)
        os.close(sending)
        library.add(Path(f"/dev/fd/{receiving}"))
        os.close(receiving)
        assert (own / "piped.yaml").read_bytes() == text

    @pytest.mark.parametrize("extra", ["    also: ['']\n", "colour: red\n", "  - {id: one, ask: a, answer: b}\n"])
    def test_a_bank_with_a_problem_is_refused(self, library: Library, own: Path, tmp_path: Path, extra: str) -> None:
        file = tmp_path / "mine.yaml"
        file.write_text(
            f"schema: 1\nbank: mine\nquestions:\n  - id: one\n    ask: a\n    answer: b\n{extra}", encoding="utf-8"
        )
        with pytest.raises(QuizbotError, match=r"mine\.yaml has 1 problem: .*mine\.yaml:7:") as caught:
            library.add(file)
        assert caught.value.hint == f"See all with: quizbot bank check {file}"
        assert not own.exists()

    def test_a_file_that_is_not_there_is_refused(self, library: Library, tmp_path: Path) -> None:
        with pytest.raises(QuizbotError, match="cannot be read: No such file"):
            library.add(tmp_path / "nowhere.yaml")

    def test_the_id_of_a_shipped_bank_is_refused_also_for_replacing(self, library: Library, tmp_path: Path) -> None:
        file = write(tmp_path, "the-role.yaml")
        for replace in (False, True):
            with pytest.raises(QuizbotError, match="The shipped bank the-role has this id") as caught:
                library.add(file, replace=replace)
            assert "another id" in caught.value.hint

    def test_ones_own_is_replaced_only_if_asked(self, library: Library, tmp_path: Path) -> None:
        library.add(write(tmp_path, "mine.yaml"))
        newer = write(tmp_path, "newer.yaml", bank="mine", answer="Better.")
        with pytest.raises(QuizbotError, match="You have a bank mine already") as caught:
            library.add(newer)
        assert "--replace" in caught.value.hint
        assert library.find("mine/one").answer == "So."
        library.add(newer, replace=True)
        assert library.find("mine/one").answer == "Better."

    def test_a_bank_in_a_file_of_another_name_is_replaced_where_it_is(
        self, library: Library, own: Path, tmp_path: Path
    ) -> None:
        write(own, "old-name.yaml", bank="mine")
        library.add(write(tmp_path, "mine.yaml", answer="Better."), replace=True)
        assert [path.name for path in own.iterdir()] == ["old-name.yaml"]
        assert library.find("mine/one").answer == "Better."

    def test_another_bank_in_a_file_of_this_name_is_not_overwritten(
        self, library: Library, own: Path, tmp_path: Path
    ) -> None:
        write(own, "mine.yaml", bank="other")
        library.add(write(tmp_path, "new.yaml", bank="mine"))
        assert ids(library)[2:] == [("mine", "own"), ("other", "own")]
        assert sorted(path.name for path in own.iterdir()) == ["mine-2.yaml", "mine.yaml"]

    def test_a_broken_own_file_is_not_overwritten_unasked(self, library: Library, own: Path, tmp_path: Path) -> None:
        write(own, "mine.yaml").write_text("half written", encoding="utf-8")
        new = write(tmp_path, "new.yaml", bank="mine")
        with pytest.raises(QuizbotError, match="You have a bank mine already"):
            library.add(new)
        library.add(new, replace=True)
        assert library.problems == ()

    def test_a_bank_may_be_called_vocabulary(self, library: Library, tmp_path: Path) -> None:
        library.add(write(tmp_path, "mine.yaml", bank="vocabulary"))
        assert ids(library)[-1] == ("vocabulary", "own")

    def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(
        self, library: Library, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        library.add(write(tmp_path, "mine.yaml"))

        def full(self: Path, target: Path) -> Path:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(QuizbotError, match="cannot be written: No space left on device"):
            library.add(write(tmp_path, "newer.yaml", bank="mine", answer="Better."), replace=True)
        assert [path.name for path in own.iterdir()] == ["mine.yaml"]
        assert library.find("mine/one").answer == "So."

    def test_without_a_folder_nothing_can_be_added(self, shipped: Path, tmp_path: Path) -> None:
        with pytest.raises(QuizbotError, match="no folder for banks of your own"):
            Library().add(write(tmp_path, "mine.yaml"))


class TestRemoving:
    def test_ones_own_goes(self, library: Library, own: Path) -> None:
        file = write(own, "file.yaml", bank="mine")
        library.remove("mine")
        assert not file.exists()
        assert ids(library) == SHIPPED

    def test_a_shipped_one_stays(self, library: Library, shipped: Path) -> None:
        with pytest.raises(QuizbotError, match="the-role is a shipped bank and stays") as caught:
            library.remove("the-role")
        assert "--bank" in caught.value.hint
        assert (shipped / "faq" / "the-role.yaml").exists()

    def test_a_broken_one_goes_by_its_files_name(self, library: Library, own: Path) -> None:
        file = write(own, "broken.yaml")
        file.write_text("[", encoding="utf-8")
        library.remove("broken")
        assert not file.exists()
        assert library.problems == ()

    def test_one_that_hides_behind_a_shipped_one_goes_by_its_files_name(self, library: Library, own: Path) -> None:
        file = write(own, "the-role.yaml")
        library.remove("the-role")
        assert not file.exists()
        assert ids(library) == SHIPPED

    @pytest.mark.parametrize("name", ["nothing", "", "../shipped/faq/the-role", "/etc/passwd", "\x1b[31mred"])
    def test_what_is_not_there_is_said(self, library: Library, own: Path, shipped: Path, name: str) -> None:
        write(own, "mine.yaml")
        with pytest.raises(QuizbotError, match="You have no bank") as caught:
            library.remove(name)
        assert "\x1b" not in caught.value.message
        assert (own / "mine.yaml").exists()
        assert (shipped / "faq" / "the-role.yaml").exists()


def test_the_shipped_folder_is_the_checkouts_without_one_in_the_package() -> None:
    folder = shipped_folder()
    assert (folder / "vocabulary.yaml").is_file()
    assert (folder / "faq").is_dir()
