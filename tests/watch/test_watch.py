"""`notegen watch`, `status` and `retry` as a person meets them: real processes, real PDFs, a real vault."""

from __future__ import annotations

import os
import plistlib
import shutil
import signal
from pathlib import Path

import pymupdf
import pytest
from reliability.arrivals import ends, until, watching
from reliability.stage import Stage, make_pdf, snapshot

from notegen.store import Ledger, Lock, drops, private_folder
from notegen.watch.service import systemd_unit

ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and programs")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "stage")


def pdf(stage: Stage, topic: str, pages: int = 1) -> Path:
    return make_pdf(stage.home / f"{topic}.pdf", topic, pages)


def states(stage: Stage) -> dict[str, str]:
    return {each["path"].removeprefix("Inbox/"): each["state"] for each in stage.status()["pdfs"]}


def ledger_of(stage: Stage) -> Ledger:
    return Ledger.open(private_folder(str(stage.vault), stage.env))


def test_each_pdf_comes_to_one_end_and_stays_there(stage: Stage) -> None:
    stage.drop(pdf(stage, "Tides"))
    shutil.copy(stage.inbox / "Tides.pdf", stage.inbox / "Tides again.pdf")
    (stage.inbox / "page.pdf").write_text("<html>not found</html>")
    (stage.inbox / "letter.docx").write_text("a letter")
    (stage.inbox / "half.pdf.crdownload").write_text("%PDF-1.7")
    first = stage.run("watch", "--once")
    assert first.returncode == 1
    assert "done     Inbox/Tides again.pdf" in first.stdout
    assert "failed   Inbox/page.pdf" in first.stdout
    assert "ignored  Inbox/letter.docx" in first.stdout
    assert "ignored  Inbox/half.pdf.crdownload" in first.stdout
    told = stage.status()
    assert told["counts"] == {"done": 2, "failed": 1, "waiting": 0}
    assert not told["watching"]
    ends = {each["path"]: each for each in told["pdfs"]}
    note = ends["Inbox/Tides.pdf"]["note"]
    assert (stage.vault / note).is_file()
    same = {ends["Inbox/Tides.pdf"]["same_as"], ends["Inbox/Tides again.pdf"]["same_as"]}
    assert same in ({"", "Inbox/Tides.pdf"}, {"", "Inbox/Tides again.pdf"})
    assert ends["Inbox/page.pdf"]["reason"]
    assert ends["Inbox/page.pdf"]["next_step"]
    assert [each["path"] for each in told["ignored"]] == ["Inbox/half.pdf.crdownload", "Inbox/letter.docx"]

    before = snapshot(stage.vault)
    second = stage.run("watch", "--once")
    assert second.returncode == 0
    assert "done" not in second.stdout
    assert "failed" not in second.stdout
    assert snapshot(stage.vault) == before


def test_what_failed_is_tried_again_when_its_bytes_change(stage: Stage) -> None:
    bad = stage.inbox / "Tides.pdf"
    bad.write_text("no PDF at all")
    assert stage.run("watch", "--once").returncode == 1
    shutil.copy(pdf(stage, "Tides"), bad)
    assert stage.run("watch", "--once").returncode == 0
    assert states(stage) == {"Tides.pdf": "done"}


def test_what_failed_is_tried_again_when_the_settings_change(stage: Stage) -> None:
    settings = stage.vault / "notegen.toml"
    good = settings.read_text()
    settings.write_text('[log]\npath = "{nonsense}/{title}.md"\n')
    stage.drop(pdf(stage, "Tides"))
    with watching(stage):
        ends(stage, 1)
        assert "no place for a log" in stage.said
        settings.write_text("[log\n")
        until(lambda: "The settings of before are kept" in stage.said, "the broken settings are named")
        settings.write_text(good)
        until(lambda: "done     Inbox/Tides.pdf" in stage.said, "the PDF has its note")


@ON_POSIX
def test_an_inbox_may_be_a_link(stage: Stage) -> None:
    elsewhere = stage.home / "Downloads"
    stage.inbox.rename(elsewhere)
    stage.inbox.symlink_to(elsewhere)
    with watching(stage):
        shutil.copy(pdf(stage, "Tides"), elsewhere)
        ends(stage, 1, 30)


def test_without_events_it_looks_itself(stage: Stage) -> None:
    stage.settings |= {"poll": True, "scan_s": 0.3}
    with watching(stage):
        shutil.copy(pdf(stage, "Tides"), stage.inbox)
        ends(stage, 1)


def test_retry_gives_another_chance(stage: Stage) -> None:
    stage.drop(pdf(stage, "Tides"))
    ledger = ledger_of(stage)
    sha256 = next(iter(snapshot(stage.inbox).values()))[0]
    for _ in range(2):
        drops.count_stop(ledger, sha256)
    ledger.close()
    assert stage.run("watch", "--once").returncode == 1
    [told] = stage.status()["pdfs"]
    assert "set aside after 2 tries" in told["reason"]
    shown = stage.run("retry", "--dry-run")
    assert (shown.returncode, "Inbox/Tides.pdf" in shown.stdout) == (0, True)
    assert states(stage) == {"Tides.pdf": "failed"}
    assert stage.run("retry", "Nothing.pdf").returncode == 2
    assert stage.run("retry", stage.inbox / "Tides.pdf").returncode == 0
    assert states(stage) == {"Tides.pdf": "done"}
    assert "Nothing has failed" in stage.run("retry").stdout
    again = stage.run("retry", "Inbox/Tides.pdf")
    assert again.returncode == 2
    assert "has its note" in again.stderr


@ON_POSIX
def test_one_that_may_not_be_read_says_so_until_it_may(stage: Stage) -> None:
    stage.drop(pdf(stage, "Tides"))
    closed = stage.inbox / "Tides.pdf"
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("this user may read everything")
    assert stage.run("watch", "--once").returncode == 1
    [told] = stage.status()["pdfs"]
    assert (told["state"], told["reason"]) == ("waiting", "It cannot be read: Permission denied.")
    closed.chmod(0o644)
    assert stage.run("watch", "--once").returncode == 0
    assert states(stage) == {"Tides.pdf": "done"}


@ON_POSIX
def test_a_name_commands_no_terminal_and_breaks_no_line(stage: Stage) -> None:
    (stage.inbox / "red\x1b[31m\nline.pdf").write_bytes(b"no PDF at all")
    (stage.inbox / "red\x1b[31m\nline.txt").write_bytes(b"")
    for shown in (stage.run("watch", "--once"), stage.run("status"), stage.run("retry", "--dry-run")):
        assert "\x1b" not in shown.stdout
        assert "red�[31m�line.pdf" in shown.stdout
    [told] = stage.status()["pdfs"]
    assert told["path"] == "Inbox/red\x1b[31m\nline.pdf"


@ON_POSIX
def test_retry_opens_no_pipe_and_follows_no_link_out_of_the_inbox(stage: Stage) -> None:
    os.mkfifo(stage.inbox / "pipe.pdf")
    (stage.inbox / "link.pdf").symlink_to(pdf(stage, "Tides"))
    assert stage.run("watch", "--once").returncode == 1
    assert stage.run("retry").returncode == 1
    assert states(stage) == {"pipe.pdf": "failed", "link.pdf": "failed"}
    with watching(stage):
        assert stage.run("retry").returncode == 0
        stage.drop(pdf(stage, "Currents"))
        until(lambda: states(stage).get("Currents.pdf") == "done", "the next PDF has its note")
    assert states(stage) == {"pipe.pdf": "failed", "link.pdf": "failed", "Currents.pdf": "done"}


def test_retry_is_handed_to_the_watcher(stage: Stage) -> None:
    bad = stage.inbox / "page.pdf"
    bad.write_text("no PDF at all")
    with watching(stage) as process:
        ends(stage, 1)
        result = stage.run("retry")
        assert result.returncode == 0
        assert f"handed to notegen watch (process {process.pid})" in result.stdout
        assert stage.status()["watching"]
        ends(stage, 2)


@ON_POSIX
def test_a_second_watcher_says_who_is_at_work(stage: Stage) -> None:
    with watching(stage) as process:
        second = stage.run("watch")
        assert second.returncode == 1
        assert f"watched already, by notegen watch (process {process.pid})" in second.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 0
    assert "Stopped." in stage.said
    assert stage.run("watch", "--once").returncode == 0


def test_day_waits_for_the_one_that_writes(stage: Stage) -> None:
    stage.drop(pdf(stage, "Tides"))
    folder = private_folder(str(stage.vault), stage.env)
    assert folder is not None
    with Lock(folder / "writer.lock").held("notegen watch"):
        process = stage.start("day")
        until(lambda: f"notegen watch (process {os.getpid()}) is writing" in stage.said, "day says whom it waits for")
        assert stage.notes() == {}
    assert process.wait(60) == 0
    assert len(stage.notes()) == 1


def test_only_the_first_passage_is_the_watchers(stage: Stage) -> None:
    with (stage.vault / "notegen.toml").open("a") as settings:
        settings.write("[day]\nmax_pages = 1\n")
    stage.drop(pdf(stage, "Tides", pages=3))
    for _ in range(2):
        assert stage.run("watch", "--once").returncode == 0
    assert len(stage.notes()) == 1
    assert stage.run("day", "--next").returncode == 0
    assert stage.run("watch", "--once").returncode == 0
    assert len(stage.notes()) == 2


def test_a_deleted_note_stays_deleted_and_a_lost_ledger_doubles_nothing(stage: Stage) -> None:
    stage.drop(pdf(stage, "Tides"), pdf(stage, "Currents"))
    assert stage.run("watch", "--once").returncode == 0
    gone = stage.vault / next(path for path, text in stage.notes().items() if "Currents" in path)
    gone.unlink()
    assert stage.run("watch", "--once").returncode == 0
    assert not gone.exists()
    shutil.rmtree(stage.state)
    (stage.inbox / "Currents.pdf").unlink()
    assert states(stage) == {"Tides.pdf": "done"}
    before = snapshot(stage.vault)
    assert stage.run("watch", "--once").returncode == 0
    assert snapshot(stage.vault) == before


def test_an_incomplete_pdf_waits_then_is_taken_with_a_word(stage: Stage) -> None:
    whole = pdf(stage, "Tides", pages=4).read_bytes()
    half = stage.inbox / "Tides.pdf"
    half.write_bytes(whole[: int(len(whole) * 0.8)])
    first = stage.run("watch", "--once")
    assert first.returncode == 0
    assert "waiting  Inbox/Tides.pdf: It does not begin and end like a complete PDF" in first.stdout
    [told] = stage.status()["pdfs"]
    assert (told["state"], bool(told["reason"])) == ("waiting", True)
    os.utime(half, (1e9, 1e9))
    stage.run("watch", "--once")
    [told] = stage.status()["pdfs"]
    assert told["state"] == "failed" or told["suspect"]
    half.write_bytes(whole)
    assert stage.run("watch", "--once").returncode == 0
    [told] = stage.status()["pdfs"]
    assert (told["state"], told["suspect"]) == ("done", False)


def test_the_log_holds_no_word_of_a_document_and_no_key(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-123")
    shutil.copy(pdf(stage, "Moonlight"), stage.inbox / "a name.pdf")
    (stage.inbox / "bad.pdf").write_bytes(b"no PDF at all")
    stage.run("watch", "--once")
    log = Path(stage.status()["log"]).read_text("utf-8")
    assert "done 'Inbox/a name.pdf'" in log
    assert "failed 'Inbox/bad.pdf'" in log
    for word in ("Moonlight", "spring", "canary"):
        assert word not in log
    written = [path for path in (*stage.vault.rglob("*"), *stage.state.rglob("*")) if path.is_file()]
    assert not [path for path in written if b"sk-canary" in path.read_bytes()]


@ON_POSIX
def test_the_desktop_is_told_on_request(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = stage.home / "programs"
    programs.mkdir()
    for name in ("notify-send", "osascript"):
        (programs / name).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{stage.home}/shown"\n')
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    stage.drop(pdf(stage, "Tides"))
    assert stage.run("watch", "--once").returncode == 0
    assert not (stage.home / "shown").exists()
    stage.settings["notify"] = True
    (stage.inbox / "-rf.pdf").write_text("no PDF at all")
    stage.run("watch", "--once")
    assert "No note: -rf.pdf" in (stage.home / "shown").read_text()


def test_the_service_starts_what_was_asked_for(stage: Stage) -> None:
    unit = stage.run("watch", "--service", "systemd", "--drafter", "extractive")
    assert unit.returncode == 0
    [line] = [line for line in unit.stdout.splitlines() if line.startswith("ExecStart=")]
    assert f'"--vault={stage.vault}" "--drafter=extractive"' in line
    agent = stage.run("watch", "--service", "launchd")
    command = plistlib.loads(agent.stdout.encode())["ProgramArguments"]
    assert command[1:] == ["-m", "notegen", "watch", f"--vault={stage.vault}"]


def test_odd_names_in_a_unit_are_quoted() -> None:
    unit = systemd_unit(["py", '--vault=/My $vault/50% "x"\\'], "v")
    assert 'ExecStart="py" "--vault=/My $$vault/50%% \\"x\\"\\\\"' in unit


def test_without_an_inbox_nothing_is_called_done(stage: Stage) -> None:
    stage.inbox.rmdir()
    result = stage.run("watch", "--once")
    assert result.returncode == 1
    assert "Inbox is not there" in result.stderr
    assert "Inbox is not there" in stage.status()["trouble"]


def test_a_missing_folder_keeps_no_other_from_being_watched(stage: Stage) -> None:
    with (stage.vault / "notegen.toml").open("a") as settings:
        settings.write('[inbox]\nfolders = ["Papers", "Inbox"]\n')
    stage.drop(pdf(stage, "Tides"))
    stage.run("watch", "--once")
    assert states(stage) == {"Tides.pdf": "done"}


def test_a_locked_pdf_fails_with_what_to_do(stage: Stage) -> None:
    document = pymupdf.open(pdf(stage, "Tides"))
    document.save(stage.inbox / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    assert stage.run("watch", "--once").returncode == 1
    [told] = stage.status()["pdfs"]
    assert "locked" in told["reason"]
    assert stage.run("day", "Inbox/locked.pdf", "--password", "x").returncode in (0, 1)
