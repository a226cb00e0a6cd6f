"""One writer at a time, be the others threads of the same process or processes of their own; nothing is doubled."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notegen import disk
from notegen.errors import BusyError, PassingVaultError
from notegen.kinds.log import LOG
from notegen.store import Ledger, Lock, Store, intents
from notegen.store.intents import IntendedWrite, Intent
from notegen.vault import Vault, apply, plan, writing
from notegen.vault.memory import MemoryFiles
from notegen.vault.note import Note

MANY = """
import sys, threading
from pathlib import Path
from notegen.errors import VaultError
from notegen.kinds.log import LOG
from notegen.vault import Vault, apply, plan
from notegen.vault.note import Attachment, Note

vault = Vault(Path(sys.argv[1]))

def make(number):
    properties = {"source_sha256": "ab" * 32, "pdf_pages": "1-2"}
    picture = Attachment(path="Attachments/a.png", data=b"PNG")
    body = f"By {sys.argv[2]}.{number}\\n"
    note = Note(path="Logs/Tides.md", properties=properties, body=body, attachments=(picture,), kind=LOG)
    try:
        apply(plan([note], vault), vault)
    except VaultError as error:
        assert "changed while notegen was working" in error.reason, error.reason

threads = [threading.Thread(target=make, args=(number,)) for number in range(3)]
for each in threads: each.start()
for each in threads: each.join()
"""


def at_once(work: Callable[[int], None], many: int = 4) -> None:
    """Run in several threads; what one of them raises is raised here."""
    errors: list[BaseException] = []

    def one(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if errors:
        raise errors[0]


@pytest.mark.parametrize("held_by", ["folder", "memory"])
def test_of_the_threads_that_share_a_vault_one_writes_at_a_time(root: Path, held_by: str) -> None:
    vault = Vault(root if held_by == "folder" else MemoryFiles())
    inside = most = 0

    def write(number: int) -> None:
        nonlocal inside, most
        with writing(vault, f"thread {number}"), writing(vault):
            inside += 1
            most = max(most, inside)
            time.sleep(0.02)
            inside -= 1

    at_once(write)
    assert most == 1


def test_a_thread_that_waits_in_vain_is_told_who_writes(root: Path) -> None:
    vault, told = Vault(root), list[str]()

    def wait(number: int) -> None:
        with pytest.raises(BusyError, match="the first"), writing(vault, "another", told.append, patience_s=0.01):
            pass

    with writing(vault, "the first"):
        at_once(wait, 1)
    assert told[0].startswith("the first")
    with writing(vault, "another", patience_s=0):
        pass


def test_a_lock_that_was_waited_for_in_vain_is_free_afterwards(tmp_path: Path) -> None:
    one, other = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    with one.held("one"), pytest.raises(BusyError), other.held("other"):
        pass
    with other.held("other"):
        assert one.holder().startswith("other")


def test_processes_and_threads_that_make_the_same_note_at_once_make_it_once(root: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", MANY, root, str(number)]) for number in range(2)]
    assert [each.wait(60) for each in started] == [0, 0]
    made = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    assert made == ["Attachments/a.png", "Logs/Tides.md"]
    assert (root / "Logs/Tides.md").read_text().count("By ") == 1


def test_threads_may_share_the_records_of_a_vault(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "state")
    write = IntendedWrite(path="a.md", data=b"x", before_sha256="")

    def put_down(number: int) -> None:
        done = intents.begin(ledger, Intent(writes=(write,), notes={}))
        intents.begin(ledger, Intent(writes=(write, write), notes={}))
        intents.finish(ledger, done, {str(number): "a.md"})

    at_once(put_down)
    assert [len(intent.writes) for _, intent in intents.cut_off(ledger)] == [2] * 4
    assert [intents.note_made_of(ledger, str(number)) for number in range(4)] == ["a.md"] * 4


def test_threads_may_share_a_cache(tmp_path: Path) -> None:
    file, store = tmp_path / "a.pdf", Store(tmp_path / "store")
    file.write_bytes(b"%PDF")
    hashes = set[str]()
    at_once(lambda number: hashes.add(store.sha256_of(file)))
    assert len(hashes) == 1


@pytest.mark.parametrize("step", ["make_folder", "create", "link"])
def test_on_a_read_only_drive_nothing_is_left_and_the_note_is_made_once_later(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    vault = Vault(root)
    note = Note(
        path="Logs/Tides.md", properties={"source_sha256": "ab" * 32, "pdf_pages": "1-2"}, body="Tides.\n", kind=LOG
    )

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(disk, step, refuse)
        with pytest.raises(PassingVaultError, match=r"Logs/Tides\.md.*denied"):
            apply(plan([note], vault), vault)
    assert not [path for path in root.rglob("*") if path.is_file()]
    assert list(intents.cut_off(vault.ledger)) == []
    for _ in range(2):
        apply(plan([note], vault), vault)
    assert [path.name for path in root.rglob("*") if path.is_file()] == ["Tides.md"]
