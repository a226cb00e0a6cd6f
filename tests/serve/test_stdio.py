"""The face on standard input and output: what a program that starts notegen can rely on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from faces import RefusedError, StdioFace


def test_nothing_but_objects_comes_out(stdio: StdioFace):
    """Whatever comes in: each line out is JSON-RPC, for the listener of these tests reads nothing else."""
    for line in (
        b"garbage",
        b"[]",
        b"{}",
        b'{"jsonrpc": "2.0", "id": true, "method": "hello"}',
        b"\xff\x00",
        b"[" * 90000,
    ):
        stdio.say(line)
        with pytest.raises(RefusedError) as refused:
            stdio.answer_to(None)
        assert refused.value.fault["code"] in (-32700, -32600)
    assert stdio.ask("hello")["protocol"] == 1


def test_an_endless_line_is_refused_and_the_next_one_is_heard(stdio: StdioFace):
    for _ in range(17):
        stdio.process.stdin.write(b"x" * (1 << 20))
    stdio.say(b"")
    with pytest.raises(RefusedError, match="longer than 16 MB"):
        stdio.answer_to(None)
    assert stdio.ask("hello")["protocol"] == 1


def test_progress_counts_the_pages(stdio: StdioFace):
    number = stdio.send("day", date="2026-03-01")
    stdio.answer_to(number)
    assert {each["id"] for each in stdio.progress} == {number}
    counted = [(each["done"], each["total"]) for each in stdio.progress if "pages are read" in each["text"]]
    assert counted == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("moment", ["looking", "reading", "drafting"])
def test_a_request_that_is_cancelled_is_answered_so_and_leaves_things_whole(stdio: StdioFace, vault: Path, moment: str):
    number = stdio.send("day", date="2026-03-01")
    stdio.wait_for(moment)
    started = time.monotonic()
    stdio.say(json.dumps({"jsonrpc": "2.0", "method": "cancel", "params": {"id": number}}).encode())
    with pytest.raises(RefusedError, match="was cancelled"):
        stdio.answer_to(number)
    assert time.monotonic() - started < 10
    assert stdio.ask("day", date="2026-03-01")["failed"] == []
    assert len(list((vault / "Logs").glob("*.md"))) == 1
    assert stdio.ask("check")["ok"]


def test_a_request_that_waits_for_its_turn_can_be_cancelled(stdio: StdioFace, vault: Path):
    first = stdio.send("day", date="2026-03-01")
    second = stdio.send("day", date="2026-03-01", next=True)
    assert stdio.ask("$/cancel", id=second) == {"cancelled": True}
    with pytest.raises(RefusedError, match="cancelled"):
        stdio.answer_to(second)
    assert stdio.answer_to(first)["notes"]
    assert stdio.ask("cancel", id=first) == {"cancelled": False}


def test_it_ends_with_its_input_and_leaves_no_process(stdio: StdioFace):
    stdio.send("day", date="2026-03-01")
    stdio.wait_for("reading")
    family = [psutil.Process(stdio.process.pid), *psutil.Process(stdio.process.pid).children(recursive=True)]
    assert stdio.end_input() < 5  # one second on an idle machine; `benchmarks/` measures it
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


@pytest.mark.skipif(os.name == "nt", reason="Windows kills otherwise")
def test_killed_it_leaves_no_process_and_the_next_one_goes_on(stdio: StdioFace, vault: Path, env: dict[str, str]):
    stdio.send("day", date="2026-03-01")
    stdio.wait_for("reading")
    children = psutil.Process(stdio.process.pid).children(recursive=True)
    stdio.process.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
    again = StdioFace(vault, env)
    assert again.ask("day", date="2026-03-01")["failed"] == []
    again.close()


def test_what_is_asked_before_the_end_of_input_is_answered(vault: Path, env: dict[str, str]):
    asked = b'{"jsonrpc": "2.0", "id": "a", "method": "hello"}'
    command = [sys.executable, "-m", "notegen", "serve", "--stdio", "--vault", str(vault)]
    done = subprocess.run(command, input=asked, capture_output=True, env=env, timeout=60)
    assert json.loads(done.stdout)["id"] == "a"
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_vault_that_has_gone_is_said_and_the_face_stays(stdio: StdioFace, vault: Path):
    moved = vault.rename(vault.with_name("moved"))
    with pytest.raises(RefusedError, match="There is no folder"):
        stdio.ask("status")
    moved.rename(vault)
    assert stdio.ask("status")["counts"]["waiting"] == 1


def test_broken_settings_are_said_with_their_place(stdio: StdioFace, vault: Path):
    good = (vault / "notegen.toml").read_bytes()
    (vault / "notegen.toml").write_text("[day]\nmax_page = 3\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="max_pages"):
        stdio.ask("day")
    (vault / "notegen.toml").write_bytes(good)
    assert stdio.ask("day", date="2026-03-01")["notes"]


def test_serve_without_a_face_says_how(notegen, vault: Path):
    result = notegen("serve", "--vault", vault)
    assert result.status == 2
    assert "notegen serve --stdio" in result.err
