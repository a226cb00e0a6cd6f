"""Locked PDFs: who gives the password, and that it is kept nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest
from real_pdfs import shared_pdf

from notegen.errors import LockedPdfError
from notegen.extract import extract

PASSWORD = "tide-table 7"
TEXT = "A tide table is a list of the times of high water and low water for one harbour."


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    document = pymupdf.open()
    document.new_page().insert_textbox((72, 72, 500, 400), f"{TEXT} " * 3, fontsize=11)
    path = tmp_path / "Tides.pdf"
    document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=PASSWORD, owner_pw="owner")
    return path


def test_the_password_opens_it_and_is_on_no_command_line(locked: Path, monkeypatch: pytest.MonkeyPatch):
    seen: list[str] = []
    start = subprocess.Popen

    def spy(*args: object, **kwargs: object) -> object:
        seen.append(repr((args, kwargs)))
        return start(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", spy)
    assert extract(locked, password=PASSWORD).pages[0].blocks[0].text.startswith(TEXT)
    assert seen
    assert PASSWORD not in "".join(seen)


@pytest.mark.parametrize(("password", "reason"), [("", "is locked by a password"), ("nope", "password does not open")])
def test_what_does_not_open_it_is_said(locked: Path, password: str, reason: str):
    with pytest.raises(LockedPdfError, match=reason) as caught:
        extract(locked, password=password)
    assert caught.value.next_step
    assert "nope" not in caught.value.reason + caught.value.next_step


def test_a_pdf_that_only_its_owner_may_change_is_not_locked(tmp_path: Path):
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), TEXT)
    document.save(tmp_path / "a.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner")
    assert extract(tmp_path / "a.pdf").pages[0].blocks[0].text == TEXT


def test_a_real_locked_pdf():
    assert "Lorem ipsum" in extract(shared_pdf("locked.pdf"), password="openpassword").pages[0].blocks[0].text


def test_the_option_of_the_command(locked: Path, notegen):
    assert TEXT in notegen("extract", locked, "--password", PASSWORD).out
    wrong = notegen("extract", locked, "--password", "nope")
    assert wrong.status == 1
    assert "password does not open Tides.pdf" in wrong.err
    without = notegen("extract", locked)
    assert without.status == 1
    assert "--password" in without.err


def test_a_day_of_a_locked_pdf_writes_the_password_nowhere(locked: Path, tmp_path: Path, notegen):
    vault = tmp_path / "vault"
    notegen("init", vault)
    locked.rename(vault / "Inbox" / locked.name)
    result = notegen("day", "--vault", vault, "--password", PASSWORD, "--json")
    assert result.status == 0
    [note] = result.data["notes"]
    assert "[[Tides.pdf#page=1|" in (vault / note["path"]).read_text(encoding="utf-8")
    assert notegen("check", "--vault", vault).status == 0
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]
    assert not kept
    again = notegen("day", "--vault", vault, "--refresh", "--json")
    assert "locked" in again.data["failed"][0]["reason"]


def test_an_entry_of_the_keyring_is_found_by_the_files_name(locked: Path, tmp_path: Path, notegen):
    place = tmp_path / "installed"
    place.mkdir()
    entries = {("notegen", "Tides.pdf"): PASSWORD}
    (place / "keyring.py").write_text(f"def get_password(service, name): return {entries!r}.get((service, name))\n")
    path = os.pathsep.join(filter(None, [str(place), os.environ.get("PYTHONPATH", "")]))
    assert TEXT in notegen("extract", locked, PYTHONPATH=path).out
    (place / "keyring.py").write_text("def get_password(service, name): raise RuntimeError('no keyring here')\n")
    assert "is locked by a password" in notegen("extract", locked, PYTHONPATH=path).err


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_on_a_terminal_the_person_is_asked_until_it_is_right(locked: Path):
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "notegen", "extract", str(locked)])
    shown = b""
    answers = [b"nope", PASSWORD.encode()]
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
            if answers and shown.count(b"Password of Tides.pdf") == 3 - len(answers):
                os.write(terminal, answers.pop(0) + b"\n")
    except OSError:  # how Linux tells the end of a terminal
        pass
    assert os.waitpid(pid, 0)[1] == 0
    assert b"Wrong." in shown
    assert TEXT.encode() in b" ".join(shown.split())
    assert PASSWORD.encode() not in shown
