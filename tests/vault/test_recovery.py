"""What a run that was cut off left behind is finished by the next one that writes, or left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from notegen.store import intents
from notegen.store.intents import IntendedRemoval, IntendedWrite, Intent
from notegen.store.runs import FileChange, OpenRun, runs
from notegen.vault import Vault, writing
from notegen.vault.files import version_of
from notegen.vault.properties import render

SHA = "ab" * 32
NOTE = (render({"source_sha256": SHA, "pdf_pages": "1-2"}) + "# Tides\n").encode()
WRITES = (
    IntendedWrite(path="Attachments/a.png", data=b"\x89PNG", before_sha256=""),
    IntendedWrite(path="Logs/Tides.md", data=NOTE, before_sha256=""),
)


@pytest.fixture
def cut_off(root: Path) -> Path:
    """A vault in which a run ended right after it put its intent down."""
    intents.begin(Vault(root).ledger, Intent(writes=WRITES, notes={SHA: "Logs/Tides.md"}))
    return root


def everything(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def recover(root: Path) -> Vault:
    vault = Vault(root)
    with writing(vault):
        pass
    assert list(intents.cut_off(vault.ledger)) == []
    return vault


def test_what_was_cut_off_is_finished(cut_off: Path) -> None:
    vault = recover(cut_off)
    assert everything(cut_off) == {write.path: write.data for write in WRITES}
    assert intents.note_made_of(vault.ledger, SHA) == "Logs/Tides.md"


def test_what_was_done_already_is_left_alone(cut_off: Path) -> None:
    for write in WRITES:
        (cut_off / write.path).parent.mkdir(exist_ok=True)
        (cut_off / write.path).write_bytes(write.data)
        os.utime(cut_off / write.path, ns=(5, 5))
    recover(cut_off)
    assert all((cut_off / write.path).stat().st_mtime_ns == 5 for write in WRITES)


def test_a_note_that_the_learner_moved_meanwhile_is_not_made_twice(cut_off: Path) -> None:
    (cut_off / "My folder").mkdir()
    (cut_off / "My folder" / "Sea.md").write_bytes(NOTE + b"my own words\n")
    recover(cut_off)
    assert set(everything(cut_off)) == {"My folder/Sea.md", "Attachments/a.png"}


def test_a_file_that_came_in_the_way_wins(cut_off: Path) -> None:
    (cut_off / "Logs").mkdir()
    (cut_off / "Logs" / "Tides.md").write_bytes(b"mine")
    vault = recover(cut_off)
    assert everything(cut_off) == {"Logs/Tides.md": b"mine"}
    assert intents.note_made_of(vault.ledger, SHA) == ""


@pytest.fixture
def half_renamed(root: Path) -> Path:
    """A vault in which a run ended in the middle of a rename: one note links to the new name, the next one does not."""
    (root / "old.md").write_bytes(b"old")
    (root / "a.md").write_bytes(b"[[old]]")
    (root / "b.md").write_bytes(b"[[old]]")
    vault = Vault(root)
    writes = tuple(
        IntendedWrite(path=path, data=data, before_sha256=version_of(before))
        for path, data, before in (
            ("new.md", b"old", None),
            ("a.md", b"[[new]]", b"[[old]]"),
            ("b.md", b"[[new]]", b"[[old]]"),
        )
    )
    removal = IntendedRemoval(path="old.md", before_sha256=version_of(b"old"))
    changes = [
        FileChange(
            path=each.path, before_sha256=each.before_sha256, after_sha256=version_of(each.data), before=b"[[old]]"
        )
        for each in writes[1:]
    ]
    intent = Intent(writes=writes, removals=(removal,), notes={})
    intents.begin(vault.ledger, intent, OpenRun("notegen concepts rename"), changes)
    (root / "new.md").write_bytes(b"old")
    (root / "a.md").write_bytes(b"[[new]]")
    return root


def test_a_rename_that_was_cut_off_is_finished(half_renamed: Path) -> None:
    vault = recover(half_renamed)
    assert everything(half_renamed) == {
        "new.md": b"old",
        "a.md": b"[[new]]",
        "b.md": b"[[new]]",
        ".trash/old.md": b"old",
    }
    assert len(runs(vault.ledger)) == 1


def test_a_rename_that_cannot_be_finished_is_taken_back(half_renamed: Path) -> None:
    (half_renamed / "b.md").write_bytes(b"[[old]] and my own words")
    vault = recover(half_renamed)
    assert everything(half_renamed) == {
        "old.md": b"old",
        "a.md": b"[[old]]",
        "b.md": b"[[old]] and my own words",
    }
    assert runs(vault.ledger) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_signal_in_the_middle_of_a_plan_comes_after_it(root: Path) -> None:
    script = """
        import os, signal, sys
        from pathlib import Path
        from notegen import disk, stopping
        from notegen.vault import Vault, apply
        from notegen.vault.note import Plan, Write
        stopping.listen()
        sync = disk.sync
        disk.sync = lambda file: (os.kill(os.getpid(), signal.SIGTERM), sync(file))
        plan = Plan(writes=tuple(Write(path=f"{n}.md", data=b"x", status="written") for n in range(3)))
        try:
            apply(plan, Vault(Path(sys.argv[1])))
        except KeyboardInterrupt:
            print("stopped")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(root)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout == "stopped\n"
    assert set(everything(root)) == {"0.md", "1.md", "2.md"}
    assert list(intents.cut_off(Vault(root).ledger)) == []
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
