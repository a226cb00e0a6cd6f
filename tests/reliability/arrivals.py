"""However a PDF arrives: copied in every way, cut off, renamed, in thousands, under every name."""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .stage import Row, Stage, look_for_loss, make_pdf

PAUSE_S = 0.15
CUTS = (0.1, 0.25, 0.5, 0.75, 0.9, 0.99)


@contextmanager
def watching(stage: Stage, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """A watcher at work; it is ended as a service manager ends it."""
    process = stage.start("watch", *arguments)
    try:
        until(lambda: process.poll() is not None or "Watching" in stage.said, "the watcher is at work")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(is_so: Callable[[], bool], what: str, limit_s: float = 60) -> None:
    """Wait until something is so."""
    deadline_s = time.monotonic() + limit_s
    while not is_so():
        if time.monotonic() > deadline_s:
            raise TimeoutError(f"it did not happen within {limit_s} s that {what}")
        time.sleep(0.05)


def ends(stage: Stage, count: int, limit_s: float = 60) -> None:
    """Wait until the watcher has said so many ends."""

    def said() -> int:
        return sum(line.startswith(("done ", "failed ")) for line in stage.said.splitlines())

    until(lambda: said() >= count, f"{count} PDFs come to their end (of {said()}): {stage.said[-2000:]}", limit_s)


def _slowly(data: bytes, target: Path) -> None:
    with target.open("wb") as file:
        for part in _parts(data):
            file.write(part)
            file.flush()
            time.sleep(PAUSE_S)


def _appending(data: bytes, target: Path) -> None:
    for part in _parts(data):
        with target.open("ab") as file:
            file.write(part)
        time.sleep(PAUSE_S)


def _preallocated(data: bytes, target: Path) -> None:
    with target.open("wb") as file:
        file.truncate(len(data))
        for part in _parts(data):
            file.write(part)
            file.flush()
            time.sleep(PAUSE_S)


def _mapped(data: bytes, target: Path) -> None:
    with target.open("w+b") as file:
        file.truncate(len(data))
        with mmap.mmap(file.fileno(), len(data)) as memory:
            at = 0
            for part in _parts(data):
                memory[at : at + len(part)] = part
                memory.flush()
                at += len(part)
                time.sleep(PAUSE_S)


def _moved(data: bytes, target: Path) -> None:
    outside = target.parents[2] / f"outside {target.name}"
    outside.write_bytes(data)
    outside.rename(target)


def _replaced(data: bytes, target: Path) -> None:
    """Over a half one that is there, as a sync tool does it."""
    target.write_bytes(data[: len(data) // 2])
    time.sleep(PAUSE_S)
    temp = target.with_name(f".{target.name}.tmp")
    temp.write_bytes(data)
    temp.replace(target)


def _firefox(data: bytes, target: Path) -> None:
    target.touch()
    part = target.with_name(target.name + ".part")
    _slowly(data, part)
    part.replace(target)


def _chrome(data: bytes, target: Path) -> None:
    part = target.with_name("Unconfirmed 77.crdownload")
    _slowly(data, part)
    part.rename(target)


def _linked(data: bytes, target: Path) -> None:
    outside = target.parents[2] / f"outside {target.name}"
    outside.write_bytes(data)
    os.link(outside, target)


WRITERS = (_slowly, _appending, _preallocated, _mapped, _moved, _replaced, _firefox, _chrome, _linked)


def _parts(data: bytes, count: int = 8) -> list[bytes]:
    size = -(-len(data) // count)
    return [data[at : at + size] for at in range(0, len(data), size)]


def writers(home: Path) -> Row:
    """Every kind of writer at once; each PDF becomes one note, of all of its bytes."""
    row = Row(f"{len(WRITERS)} kinds of writers at once (slow, append, preallocated, mapped, mv, replace, browsers)")
    stage = Stage(home, settle_s=0.4, incomplete_s=30)
    pdfs = {writer: make_pdf(home / f"{writer.__name__[1:]}.pdf", writer.__name__[1:].title()) for writer in WRITERS}
    with watching(stage):
        threads = [
            threading.Thread(target=writer, args=(pdf.read_bytes(), stage.inbox / pdf.name))
            for writer, pdf in pdfs.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ends(stage, len(WRITERS))
    found = look_for_loss(stage, None, "writers")
    hashes = re.findall(r'^source_sha256: "?([0-9a-f]{64})', "\n".join(stage.notes().values()), re.MULTILINE)
    for writer, pdf in pdfs.items():
        count = hashes.count(hashlib.sha256(pdf.read_bytes()).hexdigest())
        if count != 1:
            found.lost.append(f"{count} notes of what {writer.__name__} wrote")
    found.doubled += ["notes of half PDFs"] * (len(hashes) > len(WRITERS))
    row.add(found)
    row.tried = len(WRITERS)
    row.notes += [stage.said] * (not row.is_clean)
    return row


def truncations(home: Path, pdfs: list[Path]) -> Row:
    """Cut off at seven points, or half zeros: never a note that does not say so."""
    row = Row(f"{len(pdfs)} PDFs cut off at 7 points, or half of zeros: none is noted without a word")
    stage = Stage(home, settle_s=0, incomplete_s=0)
    for number, pdf in enumerate(pdfs):
        data = pdf.read_bytes()
        cuts = {f"{cut:.0%}": data[: int(len(data) * cut)] for cut in CUTS}
        cuts |= {"tail": data[:-16], "zeros": data[: len(data) // 2].ljust(len(data), b"\0")}
        for name, cut in cuts.items():
            (stage.inbox / f"{number} {name}.pdf").write_bytes(cut)
    stage.foreign = {**stage.foreign}
    stage.run("watch", "--once", timeout_s=1800)
    status = stage.status()
    found = look_for_loss(stage, None, "truncations", status)
    for each in status["pdfs"]:
        if each["state"] != "failed" and not each["suspect"]:
            found.lost.append(f"{each['path']} is {each['state']} without a word of what is missing")
        if each["note"] and "suspect" not in (stage.vault / each["note"]).read_text("utf-8"):
            found.lost.append(f"the note of {each['path']} does not say that it is suspect")
    row.add(found)
    row.tried = len(status["pdfs"])
    return row


def while_stopped(home: Path, count: int) -> Row:
    """Thousands of files while the process is stopped: copies, junk, new sub-folders, and some new PDFs among them."""
    row = Row(f"{count} files while the process is stopped (SIGSTOP)")
    stage = Stage(home, settle_s=0.3, incomplete_s=1)
    new = [make_pdf(home / f"New {number}.pdf", f"Topic{number}") for number in range(5)]
    shutil.copy(new[0], stage.inbox / "first.pdf")
    with watching(stage) as process:
        ends(stage, 1)
        process.send_signal(signal.SIGSTOP)
        data = new[0].read_bytes()
        for number in range(count - len(new)):
            folder = stage.inbox / f"{number % 20}" if number % 2 else stage.inbox
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.pdf").write_bytes(data if number % 3 else b"no PDF at all")
        for number, pdf in enumerate(new):
            folder = stage.inbox / f"new {number}"
            folder.mkdir()
            shutil.copy(pdf, folder)
        process.send_signal(signal.SIGCONT)
        until(lambda: stage.status()["counts"]["waiting"] == 0, "nothing waits any more", 600)
    status = stage.status()
    found = look_for_loss(stage, None, "while stopped", status)
    found.lost += [f"only {len(status['pdfs'])} files are known"] * (len(status["pdfs"]) != count + 1)
    found.lost += [f"{len(stage.notes())} notes of 5 PDFs"] * (len(stage.notes()) < 5)
    found.doubled += [f"{len(stage.notes())} notes of 5 PDFs"] * (len(stage.notes()) > 5)
    row.add(found)
    row.tried = count
    return row


def root_replaced(home: Path) -> Row:
    """The inbox is deleted and made anew, or moved away and made anew, while it is watched."""
    row = Row("inbox deleted and made anew, renamed and made anew, and with it the whole vault")
    stage = Stage(home, settle_s=0.2)
    pdfs = [make_pdf(home / f"{name}.pdf", name) for name in ("One", "Two", "Three", "Four")]
    with watching(stage):
        shutil.copy(pdfs[0], stage.inbox)
        ends(stage, 1)
        shutil.rmtree(stage.inbox)
        stage.inbox.mkdir()
        shutil.copy(pdfs[1], stage.inbox)
        ends(stage, 2)
        stage.inbox.rename(stage.home / "old inbox")
        until(lambda: "Waiting until it is back" in stage.said, "the watcher says that the inbox is gone")
        stage.inbox.mkdir()
        shutil.copy(pdfs[2], stage.inbox)
        ends(stage, 3)
        stage.vault.rename(home / "away")
        time.sleep(0.3)
        shutil.copytree(home / "away", stage.vault)
        shutil.copy(pdfs[3], stage.inbox)
        until(lambda: "Four.pdf →" in stage.said, "the PDF in the new vault has its note")
    stage.foreign = {}
    found = look_for_loss(stage, None, "root replaced")
    found.lost += [f"{len(stage.notes())} notes of 4 PDFs"] * (len(stage.notes()) < 4)
    row.add(found)
    row.tried = 4
    return row


def names(home: Path) -> Row:
    """Every kind of name, twins of Unicode and case, links, copies, and a new version under the old name."""
    row = Row("Unicode, NFC/NFD and case twins, 255-byte names, links out of the inbox, copies, new versions")
    stage = Stage(home)
    pdf = {number: make_pdf(home / f"{number}.pdf", f"Subject{number}") for number in range(9)}
    nfc = unicodedata.normalize("NFC", "Résumé é.pdf")
    wanted = [
        "学習ノート 🧭.pdf",
        nfc,
        unicodedata.normalize("NFD", nfc),
        "book.PDF",
        "Book.pdf",
        "ä" * 125 + "a.pdf",
        "line\nbreak [x] #^|.pdf",
    ]
    for number, name in enumerate(wanted):
        shutil.copy(pdf[number], stage.inbox / name)
    (stage.inbox / os.fsdecode(b"no unicode \xff.pdf")).write_bytes(pdf[7].read_bytes())
    (stage.inbox / "link out.pdf").symlink_to(pdf[8])
    (stage.inbox / "link in.pdf").symlink_to("Book.pdf")
    (stage.inbox / "nowhere.pdf").symlink_to("gone.pdf")
    (stage.inbox / "copy of book.pdf").write_bytes(pdf[4].read_bytes())
    (stage.inbox / "Book (conflicted copy).pdf").write_bytes(pdf[8].read_bytes())
    stage.foreign |= {path: facts for path, facts in _snapshot_of(stage).items() if path.startswith("Inbox/")}
    stage.run("watch", "--once", timeout_s=120)
    status = stage.status()
    states = {each["path"]: each for each in status["pdfs"]}
    found = look_for_loss(stage, None, "names", status)
    for name in wanted:
        if states.get(f"Inbox/{name}", {}).get("state") != "done":
            found.lost.append(f"{name!r} is not done: {states.get(f'Inbox/{name}')}")
    for name in ("Inbox/link in.pdf", "Inbox/copy of book.pdf"):
        if not states[name]["same_as"]:
            found.lost.append(f"{name} is not known as a copy")
    for name in ("Inbox/link out.pdf", "Inbox/nowhere.pdf", "Inbox/no unicode \\udcff.pdf"):
        if states.get(name, {}).get("state") != "failed":
            found.lost.append(f"{name} has not failed: {states.get(name)}")
    found.doubled += [f"{len(stage.notes())} notes"] * (len(stage.notes()) != len(wanted))
    row.add(found)
    before = len(stage.notes())
    shutil.copy(make_pdf(home / "v2.pdf", "Second edition"), stage.inbox / "Book.pdf")
    stage.foreign.pop("Inbox/Book.pdf")
    result = stage.run("watch", "--once")
    found = look_for_loss(stage, None, "a new version")
    found.lost += [result.stdout] * ("a new version" not in result.stdout or len(stage.notes()) != before + 1)
    row.add(found)
    row.tried = len(states) + 1
    return row


def _snapshot_of(stage: Stage) -> dict[str, tuple[str, int]]:
    from .stage import snapshot

    return snapshot(stage.vault)
