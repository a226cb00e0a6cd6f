"""What every holder of a vault's files has to do: the same tests for a folder and for memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from notegen.errors import VaultError
from notegen.kinds.log import LOG
from notegen.vault import Vault, apply, plan
from notegen.vault.files import NEW, ChangedMeanwhileError, VaultFiles, version_of
from notegen.vault.folder import FolderFiles
from notegen.vault.memory import MemoryFiles
from notegen.vault.note import Attachment, Note
from notegen.vault.regions import wrap


def folder(place: Path) -> VaultFiles:
    place.mkdir()
    return FolderFiles(place)


@pytest.fixture(params=[folder, lambda place: MemoryFiles()], ids=["folder", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> VaultFiles:
    make: Callable[[Path], VaultFiles] = request.param
    return make(tmp_path / "held")


def test_what_was_written_is_read_with_its_version(files: VaultFiles) -> None:
    version = files.write_if("Logs/a.md", b"one", NEW)
    assert files.read("Logs/a.md") == (b"one", version)
    assert version == version_of(b"one") == files.version_to_replace("Logs/a.md")
    assert files.head("Logs/a.md", 2) == b"on"
    assert files.tail("Logs/a.md", 2) == files.read("Logs/a.md")[0][-2:]
    assert files.tail("Logs/a.md", 999) == files.read("Logs/a.md")[0]
    assert files.local_path("Logs/a.md").read_bytes() == b"one"
    assert files.path_of(files.local_path("Logs/a.md")) == "Logs/a.md"


def test_a_file_of_another_version_is_not_replaced(files: VaultFiles) -> None:
    first = files.write_if("a.md", b"one", NEW)
    second = files.write_if("a.md", b"two", first)
    for stale in (NEW, first):
        with pytest.raises(ChangedMeanwhileError):
            files.write_if("a.md", b"three", stale)
    assert files.read("a.md") == (b"two", second)
    assert files.list() == ["a.md"]


def test_a_file_that_went_away_is_not_written_again(files: VaultFiles) -> None:
    version = files.write_if("a.md", b"one", NEW)
    files.trash("a.md", version)
    with pytest.raises(ChangedMeanwhileError):
        files.write_if("a.md", b"two", version)


def test_of_threads_that_write_at_once_one_wins_each_time(files: VaultFiles) -> None:
    start = files.write_if("a.md", b"start", NEW)
    won: list[bytes] = []

    def write(number: int) -> None:
        data = b"by %d" % number
        try:
            files.write_if(f"new {number % 3}.md", data, NEW)
            won.append(data)
        except ChangedMeanwhileError:
            pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(won) == 3
    assert sorted(won) == sorted(files.read(f"new {number}.md")[0] for number in range(3))
    assert files.version_to_replace("a.md") == start


def test_only_what_is_visible_is_listed_but_all_is_read(files: VaultFiles) -> None:
    files.write_if("b/c/d.pdf", b"%PDF", NEW)
    version = files.write_if("a.md", b"one", NEW)
    assert files.trash("a.md", version) == ".trash/a.md"
    assert list(files.list()) == ["b/c/d.pdf"]
    assert files.read(".trash/a.md")[0] == b"one"


def test_the_trash_keeps_both_of_two_files_of_one_name(files: VaultFiles) -> None:
    for data in (b"one", b"two"):
        files.trash("n/a.md", files.write_if("n/a.md", data, NEW))
    assert [files.read(f".trash/n/{name}")[0] for name in ("a.md", "a 1.md")] == [b"one", b"two"]


def test_only_what_is_as_it_was_seen_goes_to_the_trash(files: VaultFiles) -> None:
    version = files.write_if("a.md", b"one", NEW)
    files.write_if("a.md", b"two", version)
    for stale in (version, NEW):
        with pytest.raises(ChangedMeanwhileError):
            files.trash("a.md", stale)
    assert files.read("a.md")[0] == b"two"


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "a//b.md", ".obsidian/app.json", "a/.hidden.md", "a\\b.md", ""])
def test_nothing_is_put_outside_or_in_a_hidden_folder(files: VaultFiles, path: str) -> None:
    def trash(each: str) -> None:
        files.trash(each, version_of(b"x"))

    for step in (files.check, files.version_to_replace, trash, lambda each: files.write_if(each, b"x", NEW)):
        with pytest.raises(VaultError):
            step(path)
    assert not files.list()


def test_a_missing_file_is_told_by_an_error_and_has_no_stamp(files: VaultFiles) -> None:
    for read in (files.read, lambda path: files.head(path, 9)):
        with pytest.raises(FileNotFoundError):
            read("a.md")
    assert files.stamp("a.md") is None
    assert files.version_to_replace("a.md") == NEW
    assert not files.is_there("a.md")


def test_the_stamp_changes_with_the_file(files: VaultFiles) -> None:
    version = files.write_if("a.md", b"one", NEW)
    before = files.stamp("a.md")
    assert before == files.stamp("a.md")
    files.write_if("a.md", b"other length", version)
    assert files.stamp("a.md") != before


def test_a_path_is_spelt_as_it_is_there(files: VaultFiles) -> None:
    files.write_if("Logs/Über.md", b"", NEW)
    assert files.spelling("logs/ÜBER.MD".replace("Ü", "U\u0308")) == "Logs/Über.md"
    assert files.spelling("logs/New.md") == "Logs/New.md"
    assert files.is_there("Logs")


def test_only_what_is_as_it_was_made_is_taken_away(files: VaultFiles) -> None:
    version = files.write_if("a.md", b"one", NEW)
    files.write_if("a.md", b"two", version)
    with pytest.raises(ChangedMeanwhileError):
        files.remove_if("a.md", version)
    files.remove_if("a.md", version_of(b"two"))
    assert not files.is_there("a.md")


def test_a_note_with_a_picture_is_planned_written_and_updated(files: VaultFiles, state: Path) -> None:
    vault = Vault(files)
    picture = Attachment(path="Attachments/a.png", data=b"\x89PNG")

    def note(text: str) -> Note:
        properties = {"source_sha256": "ab" * 32, "pdf_pages": "1-2"}
        return Note(path="Logs/a.md", properties=properties, body=wrap("tldr", text), attachments=(picture,), kind=LOG)

    apply(plan([note("One.")], vault), vault)
    own, version = vault.read_text("Logs/a.md")
    files.write_if("Logs/a.md", f"{own}\nMine.\n".encode(), version)
    again = plan([note("Two.")], vault)
    assert [write.status for write in again.writes] == ["unchanged", "updated"]
    apply(again, vault)
    after = vault.text("Logs/a.md")
    assert "Two." in after
    assert "Mine." in after
    assert "One." not in after
