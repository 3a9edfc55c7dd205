"""Banks from folders and archives of strangers: what is safe is read, all else is refused as a whole, with a sentence."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from quizbot.bank.incoming import MOST_FILES, incoming
from quizbot.bank.read import MAX_BYTES
from quizbot.errors import QuizbotError

BANK = b"schema: 1\nbank: b\nquestions: [{id: q, ask: Why?, answer: So.}]\n"


def pack(file: Path, *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, data in entries:
            packed.writestr(name, data)
    return file


def refused(path: Path) -> str:
    with pytest.raises(QuizbotError) as caught:
        incoming(path)
    message = str(caught.value)
    assert "\x1b" not in message
    assert len(message) < 500
    return message


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    return tmp_path / "banks.zip"


class TestArchives:
    def test_only_the_yaml_files_are_read_and_the_others_named(self, zipped: Path) -> None:
        pack(zipped, ("ours/", b""), ("ours/a.yaml", BANK), ("b.yml", BANK), ("ours/run.py", b"x"), ("README.md", b"x"))
        parcel = incoming(zipped)
        assert [bank.name for bank in parcel.banks] == [f"{zipped}{os.sep}b.yml", f"{zipped}{os.sep}ours/a.yaml"]
        assert parcel.banks[0].data == BANK
        assert parcel.left_out == ("README.md", "ours/run.py")

    def test_what_a_mac_hides_in_it_is_no_bank(self, zipped: Path) -> None:
        pack(zipped, ("a.yaml", BANK), ("__MACOSX/._a.yaml", b"\0"), (".hidden/b.yaml", b"?"))
        assert len(incoming(zipped).banks) == 1

    def test_nothing_is_written_to_the_disk(self, zipped: Path, tmp_path: Path) -> None:
        incoming(pack(zipped, ("ours/a.yaml", BANK)))
        assert list(tmp_path.iterdir()) == [zipped]

    @pytest.mark.parametrize(
        "name",
        ["../evil.yaml", "a/../../evil.yaml", "/etc/evil.yaml", "C:/evil.yaml", "..\\evil.yaml", "a\\b.yaml", "../run.py", ".."],
    )  # fmt: skip
    def test_a_name_that_leads_out_refuses_all_of_it(self, zipped: Path, name: str) -> None:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        pack(zipped, ("fine.yaml", BANK), (entry, BANK))
        assert "leads out of the archive" in refused(zipped)

    def test_a_link_refuses_all_of_it(self, zipped: Path) -> None:
        link = zipfile.ZipInfo("a.yaml")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        pack(zipped, (link, b"/etc/passwd"), ("fine.yaml", BANK))
        assert "is a link" in refused(zipped)

    def test_escape_codes_in_a_name_are_not_shown(self, zipped: Path) -> None:
        entry = zipfile.ZipInfo("x")
        entry.filename = "\x1b[31m/../red.yaml"
        assert "red.yaml" in refused(pack(zipped, (entry, BANK)))

    def test_an_encrypted_one(self, zipped: Path) -> None:
        data = bytearray(pack(zipped, ("a.yaml", BANK)).read_bytes())
        for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(signature) + at] |= 1
        zipped.write_bytes(data)
        assert "is encrypted" in refused(zipped)

    @pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
    def test_an_unusual_packing(self, zipped: Path, method: int) -> None:
        assert "pack it as an ordinary zip" in refused(pack(zipped, ("a.yaml", BANK), method=method))

    @pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all", b"PK\x05\x06" + b"\xff" * 18])
    def test_what_is_no_archive(self, zipped: Path, data: bytes) -> None:
        zipped.write_bytes(data)
        assert "no zip archive" in refused(zipped) or "table of contents" in refused(zipped)

    def test_a_damaged_one(self, zipped: Path) -> None:
        data = bytearray(pack(zipped, ("a.yaml", BANK * 50)).read_bytes())
        data[45:60] = b"\xff" * 15
        zipped.write_bytes(data)
        assert "damaged" in refused(zipped)

    def test_one_without_any_bank(self, zipped: Path) -> None:
        assert "no .yaml or .yml file" in refused(pack(zipped, ("run.py", b"")))

    def test_a_bomb_is_read_no_further_than_shows_that_it_is_one(self, zipped: Path) -> None:
        pack(zipped, ("bomb.yaml", b"\0" * 60_000_000))
        assert zipped.stat().st_size < 100_000
        [bank] = incoming(zipped).banks
        assert len(bank.data) == MAX_BYTES + 1  # which the loader refuses

    def test_many_bombs_together(self, zipped: Path) -> None:
        pack(zipped, *((f"{number}.yaml", b" " * 5_000_000) for number in range(11)))
        assert "more than 50 MB together" in refused(zipped)

    def test_many_files(self, zipped: Path) -> None:
        pack(zipped, *((f"{number}.yaml", BANK) for number in range(MOST_FILES + 1)))
        assert "200 banks" in refused(zipped)

    def test_an_endless_table_of_contents(self, zipped: Path) -> None:
        pack(zipped, *((f"{number:060}.txt", b"") for number in range(20_000)))
        assert "table of contents is too long" in refused(zipped)

    def test_a_table_of_contents_that_lies_about_its_length(self, zipped: Path) -> None:
        data = bytearray(pack(zipped, ("a.yaml", BANK)).read_bytes())
        struct.pack_into("<L", data, data.rindex(b"PK\x05\x06") + 12, 0x7FFFFFFF)
        zipped.write_bytes(data)
        assert refused(zipped)

    def test_one_of_more_than_50_mb(self, zipped: Path) -> None:
        with zipped.open("wb") as file:
            file.truncate(50_000_001)
        assert "larger than 50 MB" in refused(zipped)

    def test_one_that_is_not_there(self, zipped: Path) -> None:
        assert "cannot be read: there is no such file" in refused(zipped)

    @pytest.mark.skipif(os.name != "posix", reason="only there are named pipes")
    def test_a_pipe_is_not_waited_for(self, zipped: Path) -> None:
        os.mkfifo(zipped)
        assert "no ordinary file" in refused(zipped)


class TestFolders:
    def test_all_banks_in_it_in_order(self, tmp_path: Path) -> None:
        (tmp_path / "team").mkdir()
        for name in ("b.yml", "a.yaml", "team/c.yaml", "notes.txt", ".d.yaml"):
            (tmp_path / name).write_bytes(BANK)
        parcel = incoming(tmp_path)
        assert [Path(bank.name).relative_to(tmp_path).as_posix() for bank in parcel.banks] == [
            "a.yaml",
            "b.yml",
            "team/c.yaml",
        ]
        assert parcel.left_out == (".d.yaml", "notes.txt")

    def test_a_link_out_of_it_refuses_all_of_it(self, tmp_path: Path) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        (tmp_path / "outside.yaml").write_bytes(BANK)
        (folder / "inside.yaml").write_bytes(BANK)
        (folder / "link.yaml").symlink_to(folder / "inside.yaml")
        assert len(incoming(folder).banks) == 2
        (folder / "out.yaml").symlink_to(tmp_path / "outside.yaml")
        assert "leads out of the folder" in refused(folder)

    def test_a_link_to_a_folder_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_bytes(BANK)
        (tmp_path / "round").symlink_to(tmp_path)
        assert len(incoming(tmp_path).banks) == 1

    @pytest.mark.skipif(os.name != "posix", reason="only there are named pipes")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.yaml")
        assert "no ordinary file" in refused(tmp_path)

    def test_an_empty_one(self, tmp_path: Path) -> None:
        assert "no .yaml or .yml file" in refused(tmp_path)


def test_a_single_file_may_have_any_name_and_is_read_no_further_than_needed(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_bytes(b"x" * (MAX_BYTES + 100))
    [bank] = incoming(file).banks
    assert (bank.name, len(bank.data)) == (str(file), MAX_BYTES + 1)
    assert "cannot be read: No such file" in refused(tmp_path / "nowhere.yaml")
