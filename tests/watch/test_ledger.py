"""The ledger and the lock: what must survive, and what may not get in the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from notegen.errors import BusyError
from notegen.store import Ledger, Lock, drops, intents
from notegen.store.drops import Drop, FileFacts
from notegen.store.intents import IntendedWrite, Intent
from notegen.store.ledger import FILE_NAME

INTENT = Intent(
    writes=(IntendedWrite(path="a.png", data=b"\x89PNG", before_sha256=""),), notes={"ab" * 32: "Logs/a.md"}
)


def test_an_intent_is_there_until_it_is_finished_and_then_its_note_is_known(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path)
    number = intents.begin(ledger, INTENT)
    ledger.close()
    ledger = Ledger.open(tmp_path)
    assert list(intents.cut_off(ledger)) == [(number, INTENT)]
    assert intents.note_made_of(ledger, "ab" * 32) == ""
    intents.finish(ledger, number, INTENT.notes)
    assert list(intents.cut_off(ledger)) == []
    assert intents.note_made_of(ledger, "ab" * 32) == "Logs/a.md"


def test_a_change_that_fails_halfway_changes_nothing(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path)

    def fail_halfway() -> None:
        with ledger.changing() as change:
            change.execute("INSERT INTO made VALUES ('x', 'y')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert ledger.rows("SELECT * FROM made") == []


def test_drops_come_back_as_they_were_kept(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path)
    drop = Drop(path="Inbox/ä.pdf", turn=3, facts=FileFacts(1, 2, -3), state="failed", reason="r", deaths=2)
    drops.keep(ledger, [drop])
    other = Ledger.open(tmp_path)
    assert drops.all_drops(other) == {drop.path: drop}
    before = ledger.version()
    drops.keep(other, [drop])
    assert ledger.version() != before


@pytest.mark.parametrize("data", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_ledger_is_set_aside(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(data)
    ledger = Ledger.open(tmp_path)
    assert ledger.path is not None
    assert drops.all_drops(ledger) == {}
    assert (tmp_path / f"{FILE_NAME}.damaged").read_bytes() == data


def test_a_ledger_of_a_newer_notegen_is_left_alone(tmp_path: Path) -> None:
    newer = sqlite3.connect(tmp_path / FILE_NAME)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    ledger = Ledger.open(tmp_path)
    assert ledger.path is None
    assert drops.all_drops(ledger) == {}


def test_a_lock_is_held_by_one_and_says_by_whom(tmp_path: Path) -> None:
    mine, other = Lock(tmp_path / "x.lock"), Lock(tmp_path / "x.lock")
    assert other.holder() == ""
    with mine.held("notegen day"), mine.held("notegen day"):
        assert other.holder() == f"notegen day (process {os.getpid()})"
        with pytest.raises(BusyError, match="notegen day"), other.held("notegen watch"):
            pass
    with other.held("notegen watch"):
        assert not mine.is_held


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from notegen.store import Lock\n"
        "with Lock(Path(sys.argv[1])).held('child'): print('held', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "x.lock")], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().startswith(b"held")
    lock = Lock(tmp_path / "x.lock")
    assert lock.holder() == f"child (process {child.pid})"
    child.kill()
    child.wait()
    child.stdout.close()
    with lock.held("me"):
        pass


def test_without_a_place_there_is_no_lock_and_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for lock in (Lock(None), Lock(tmp_path / "file" / "x.lock")):
        with lock.held("me"):
            assert lock.holder() == ""
