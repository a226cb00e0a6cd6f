"""`notegen day` with a model, as a person meets it: real processes, a real PDF, a real server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench import CANARY
from model_server import ModelServer, good_text
from real_pdfs import EXAMPLE_PDF

from notegen.desk import open_desk
from notegen.errors import UsageError
from notegen.llm.local_servers import local_servers
from notegen.store.proposals import Proposal
from notegen.vault import Vault

PAGE_LINE = re.compile(r"\[\[[^\]|#]+#page=\d+\|[^\]]+\]\]")


@pytest.fixture(autouse=True)
def book(vault: Path) -> Path:
    (vault / "notegen.toml").write_text('[day]\nmax_pages = 6\n[learner]\nstack = ["LangChain"]\n', encoding="utf-8")
    return Path(shutil.copy(EXAMPLE_PDF, vault / "Inbox"))


@pytest.fixture
def day(vault: Path, notegen, server: ModelServer):
    server.calls.clear()
    server.asked.clear()

    def run(*arguments: str, model: str = "good", **env: str):
        return notegen(
            "day", "--vault", vault, "--date", "2026-03-02", "--model", model, "--base-url", server.base_url,
            *arguments,
            OPENAI_API_KEY=CANARY, **env,
        )  # fmt: skip

    return run


def files(vault: Path) -> dict[str, tuple[bytes, int]]:
    return {str(each): (each.read_bytes(), each.stat().st_mtime_ns) for each in vault.rglob("*") if each.is_file()}


def test_a_drafted_note_a_second_run_and_a_refresh(vault: Path, day, notegen, server: ModelServer, tmp_path: Path):
    result = day("--json")
    assert result.status == 0
    [note] = result.data["notes"]
    assert note["drafter"] == "llm"
    assert {each["by"] for each in note["sections"]} == {"llm"}
    assert note["overview"]["by"] == "llm"
    assert note["calls"] == server.count == len(note["sections"]) + 1
    assert note["usage"]["prompt_tokens"] > 1000
    assert server.base_url in result.err
    assert "good" in result.err
    text = (vault / note["path"]).read_text(encoding="utf-8")
    for part in (
        "drafter: llm", "model: good", f'model_endpoint: "{server.base_url}"', "prompts: ",
        "TL;DR (90 seconds) · model draft",
        "Quick example", "Code First! · model draft, not run", "What's happening", "What this rests on",
        "Comparison: Two ways to count",
        "Visual architecture", "```mermaid", "Bridge to LangChain", "Common Mistakes", "Self-Check · model draft",
        "Goal · model draft", "Expected Learning", "Starter Code", "New Concepts Covered Today",
        "Quick Recap",
        "$x_1$", "| first | 1 | 2 | 3 |",
    ):  # fmt: skip
        assert part in text, part
    assert notegen("check", vault / note["path"], "--vault", vault).status == 0
    before = files(vault)
    again = day("--json")
    assert [(each["status"], each["calls"]) for each in again.data["notes"]] == [("unchanged", 0)]
    assert files(vault) == before
    for each in [*vault.rglob("*"), *(tmp_path / "home").rglob("*")]:
        assert not each.is_file() or CANARY.encode() not in each.read_bytes(), each
    assert CANARY not in result.out + result.err
    assert server.keys == {CANARY}


def test_the_model_takes_no_concept_note_away(vault: Path, day, server: ModelServer):
    """A concept that the source defines gets its note, and the attention figure its sentence, whoever explains it."""
    [quoted] = day("--json", "--dry-run").data["notes"]
    [drafted] = day("--json").data["notes"]
    assert "model draft" in (vault / drafted["path"]).read_text(encoding="utf-8")
    assert len(quoted["concepts"]) == 5
    assert drafted["concepts"] == quoted["concepts"]
    assert "is a list of zeros" in (vault / "Concepts/One-hot vector.md").read_text(encoding="utf-8")


def test_what_is_kept_is_not_asked_again_for_a_note_that_was_lost(vault: Path, day, server: ModelServer):
    [first] = day("--json").data["notes"]
    text = (vault / first["path"]).read_text(encoding="utf-8")
    before = server.count
    (vault / first["path"]).unlink()
    [again] = day("--json").data["notes"]
    assert (again["status"], again["calls"], server.count) == ("written", 0, before)
    assert (vault / first["path"]).read_text(encoding="utf-8") == text


def test_what_the_model_drafted_outlives_a_run_without_it(vault: Path, day, notegen, server: ModelServer):
    [note] = day("--json").data["notes"]
    before = files(vault)
    elsewhere = ("--offline", "--model", "gpt-5-mini", "--base-url", "https://example.org/v1")
    for without in ((), elsewhere):
        result = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json", *without)
        assert [each["status"] for each in result.data["notes"]] == ["unchanged"]
        assert files(vault) == before
        assert ("gpt-5-mini is not asked" in result.err) is bool(without)
    for wish in (("--refresh",), ("--sentence", "A map is a shadow of the space.")):
        [kept] = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json", *wish).data["notes"]
        assert kept["status"] == "unchanged"
        assert "name it again with --model" in kept["said"][0]
        assert files(vault) == before
    for model, more in (("fault:401", ()), ("good", ("--refresh", "--base-url", "http://127.0.0.1:9/v1"))):
        result = day("--json", *more, model=model)
        [kept] = result.data["notes"]
        assert kept["status"] == "unchanged"
        assert all(each["reason"] for each in kept["sections"])
        assert files(vault) == before
    notegen("day", "--vault", vault, "--date", "2026-03-02", "--drafter", "extractive")
    assert "drafter: extractive" in (vault / note["path"]).read_text(encoding="utf-8")


def test_a_key_alone_sends_nothing(vault: Path, notegen, server: ModelServer):
    before = server.count
    env = {"OPENAI_API_KEY": CANARY, "OPENAI_BASE_URL": server.base_url}
    [note] = notegen("day", "--vault", vault, "--json", **env).data["notes"]
    assert note["drafter"] == "extractive"
    assert {each["by"] for each in note["sections"]} == {"extracted"}
    assert note["calls"] == 0
    assert server.count == before


def test_the_model_of_the_environment_drafts(vault: Path, notegen, server: ModelServer):
    env = {"NOTEGEN_DRAFT__MODEL": "good", "OPENAI_BASE_URL": server.base_url, "OPENAI_API_KEY": CANARY}
    [note] = notegen("day", "--vault", vault, "--json", **env).data["notes"]
    assert note["drafter"] == "llm"


def test_a_dead_server_leaves_a_warning_and_the_next_run_asks_again(vault: Path, day, server: ModelServer):
    result = day("--json", model="fault:401*1")
    assert result.status == 0
    [note] = result.data["notes"]
    assert note["drafter"] == "extractive"
    assert all("does not accept the key" in each["reason"] for each in note["sections"])
    path = vault / note["path"]
    assert "Drafted without the model" in path.read_text(encoding="utf-8")
    typed = path.read_text(encoding="utf-8").replace(
        "What clicked for me today:", "What clicked for me today: the angle"
    )
    path.write_text(typed, encoding="utf-8")
    result = day(model="fault:401*1")
    assert result.status == 0
    text = path.read_text(encoding="utf-8")
    assert "model draft" in text
    assert "Drafted without the model" not in text
    assert "What clicked for me today: the angle" in text


def test_a_warning_for_a_person(day):
    result = day(model="fault:404")
    assert result.status == 0
    assert "parts stay as extracted" in result.err
    assert "notegen models" in result.err


def test_a_dry_run_asks_nothing_and_says_what_it_would_cost(vault: Path, day, server: ModelServer):
    before = files(vault)
    result = day("--dry-run")
    assert server.count == 0
    assert files(vault) == before
    for words in ("4 pages", "5 sections", "6 calls", "tokens sent", "price unknown", "would be written"):
        assert words in result.out
    [note] = day("--dry-run", "--json", model="gpt-5-mini").data["notes"]
    estimate = note["estimate"]
    assert estimate["calls"] == 6
    assert 0 < estimate["price_usd"][0] < estimate["price_usd"][1] < 0.1
    [made] = day("--json").data["notes"]
    least, most = estimate["prompt_tokens"]
    assert least <= made["usage"]["prompt_tokens"] <= most


def test_a_budget_stops_before_it_is_exceeded(vault: Path, day, server: ModelServer):
    [note] = day("--json", model="gpt-5-mini", NOTEGEN_DRAFT__BUDGET="0.0115").data["notes"]
    drafted = [each["by"] for each in note["sections"]]
    assert "llm" in drafted
    assert "extracted" in drafted
    assert 0 < note["usage"]["cost_usd"] <= 0.0115
    assert any("draft.budget" in each["reason"] for each in note["sections"])
    before = server.count
    [again] = day("--json", model="gpt-5-mini", NOTEGEN_DRAFT__BUDGET_PER_DAY="0.0000001").data["notes"]
    assert again["calls"] == 0
    assert server.count == before


def test_notes_of_the_learner_are_sent_only_with_leave(vault: Path, day, notegen, server: ModelServer):
    [first] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    path = vault / first["path"]
    text = path.read_text(encoding="utf-8").replace("find unclear:", "find unclear: what a quokka is")
    path.write_text(text, encoding="utf-8")
    day(model="good")
    assert not any("quokka" in each for each in server.prompts())
    result = day("--dry-run", "--refresh", NOTEGEN_DRAFT__SEND_NOTES="true")
    assert f"with what you wrote in {first['path']}" in result.out
    day("--refresh", NOTEGEN_DRAFT__SEND_NOTES="true")
    assert any("What I still find unclear: what a quokka is" in each for each in server.prompts())


def test_the_next_draft_is_told_why_a_proposal_was_refused(
    vault: Path, day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: ModelServer
):
    [note] = day("--json", model="good").data["notes"]
    title = next(each["title"] for each in note["sections"] if each["title"])
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "home" / "state"))
    refused = {"note": "", "path": note["path"], "text": "", "start": 0, "end": 0, "new": "x", "hash": "", "day": ""}
    told = Proposal(id="1", region="section-1", name=f"🔹 {title}", reason="too many commas", **refused)
    untold = Proposal(id="2", region="section-2", name="🔹 Quokkas", reason="too many quokkas", **refused)
    whole = Proposal(id="3", region="tldr", name="tldr", reason="too long by half", **refused)
    Vault(vault).proposals.put([told, untold, whole])
    day("--refresh", model="good")
    asked = [each for each in server.prompts() if "too many commas" in each]
    assert asked
    assert all(f"Section “{title}”" in each for each in asked)
    assert any("Key sentences" in each for each in server.prompts() if "too long by half" in each)
    assert not any("too many quokkas" in each for each in server.prompts())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--drafter", "llm"), "No language model is named"),
        (("--base-url", "http://localhost:1/v1"), "No language model is named"),
        (("--drafter", "extractive", "--model", "x"), "asks no model"),
        (("--model", "x", "--base-url", "http://example.org/v1"), "unencrypted"),
        (("--model", "x", "--base-url", "localhost:11434"), "must begin with http"),
        (("--model", "x", "--base-url", "https://me:secret@example.org/v1"), "must not hold a password"),
    ],
)
def test_a_wrong_wish_is_named(vault: Path, monkeypatch, tmp_path: Path, arguments: tuple[str, ...], words: str):
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    wishes = {name[2:].replace("-", "_"): value for name, value in zip(arguments[::2], arguments[1::2], strict=True)}
    with pytest.raises(UsageError) as caught:
        open_desk(vault, {}, **wishes)
    assert words in caught.value.reason
    assert caught.value.next_step
    assert "secret" not in f"{caught.value.reason} {caught.value.next_step}"


def test_the_watcher_drafts_with_a_model_too(vault: Path, notegen, server: ModelServer):
    server.calls.clear()
    result = notegen(
        "watch", "--once", "--vault", vault, "--model", "good", "--base-url", server.base_url, OPENAI_API_KEY=CANARY
    )
    assert result.status == 0, result.err
    [note] = (vault / "Logs").glob("*.md")
    assert "drafter: llm" in note.read_text(encoding="utf-8")
    assert server.count
    assert server.base_url in result.out + result.err
    assert CANARY not in result.out + result.err


def test_offline_asks_no_model_elsewhere(vault: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("NOTEGEN_STATE", str(tmp_path / "state"))
    elsewhere = open_desk(vault, {}, model="m", base_url="https://example.org/v1", offline=True)
    here = open_desk(vault, {}, model="m", base_url="http://localhost:1/v1", offline=True)
    assert (elsewhere.drafter.name, here.drafter.name) == ("extractive", "llm")


def test_models_are_listed(notegen, server: ModelServer):
    result = notegen("models", "--base-url", server.base_url)
    assert result.status == 0
    assert "good" in result.out.splitlines()
    data = notegen("models", "--base-url", server.base_url.removesuffix("/v1"), "--json").data
    assert data["endpoint"] == server.base_url
    assert "fault:hang" in data["models"]
    elsewhere = notegen("models", "--base-url", f"{server.base_url}/nothing", NOTEGEN_DRAFT__MODEL="good")
    assert elsewhere.status == 1
    assert f"There is no list of models at {server.base_url}/nothing" in elsewhere.err
    assert "ends in /v1" in elsewhere.err
    nothing = notegen("models", "--base-url", "http://127.0.0.1:9/v1")
    assert nothing.status == 1
    assert "Nothing answers" in nothing.err


def test_models_are_tried_on_one_page(vault: Path, notegen, server: ModelServer):
    before = files(vault)
    ran = notegen("models", "good", "fault:prose", "--try", "--vault", vault, "--base-url", server.base_url, "--json")
    assert ran.status == 0
    good, bad = ran.data["models"]
    assert (ran.data["pdf"], ran.data["page"] > 1) == ("Embeddings and Attention.pdf", True)
    assert good["claims"] == good["supported"] + good["unverified"] + good["contradicted"] > 3
    assert good["supported"] > 3
    assert good["calls"] >= 2
    assert (bad["claims"], bad["faults"] > 0, "not in the form" in bad["reason"]) == (0, True, True)
    assert files(vault) == before
    shown = notegen("models", "good", "--try", "--page", "4", "--vault", vault, "--base-url", server.base_url)
    assert "supported" in shown.out
    alone = notegen("models", "good", "--vault", vault, "--base-url", server.base_url)
    assert (alone.status, "Add --try" in alone.err) == (2, True)


def test_servers_of_this_machine_are_found(server: ModelServer):
    port = int(server.base_url.split(":")[2].partition("/")[0])
    [found] = local_servers({"Ollama": port, "LM Studio": 9})
    assert (found.name, found.base_url) == ("Ollama", server.base_url)
    assert "good" in found.models


def _hears_ctrl_c() -> None:
    """In a new process: as one that a terminal starts, though the tests may run in the background of a script."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send to one process")
def test_an_interrupted_run_leaves_no_note_and_keeps_the_answers(vault: Path, server: ModelServer, tmp_path: Path):
    server.calls.clear()
    env = {**os.environ, "NOTEGEN_STATE": str(tmp_path / "state"), "NOTEGEN_DRAFT__CALLS_AT_ONCE": "2"}
    command = [sys.executable, "-m", "notegen", "day", "--vault", str(vault), "--date", "2026-03-02",
               "--base-url", server.base_url, "--model", "slow:1.5"]  # fmt: skip
    process = subprocess.Popen(
        command, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=_hears_ctrl_c
    )
    while server.count < 4 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert not list((vault / "Logs").glob("*.md")) if (vault / "Logs").is_dir() else True
    asked = server.count
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0
    assert server.count - asked <= 7 - 2


def test_others_may_write_while_a_model_drafts(vault: Path, day, notegen, server: ModelServer, tmp_path: Path):
    wrote: list[str] = []

    def answer(prompt: str) -> str:
        if not wrote:
            done = notegen("day", "--vault", vault, "--date", "2026-03-02", "--offline")
            wrote.append(done.err + done.out)
        return good_text(prompt)

    server.answers["busy"] = answer
    result = day("--json", model="busy")
    assert result.status == 0, result.err
    assert "waiting for it" not in wrote[0]
    assert "(written)" in wrote[0]
    logs = [path for path in (vault / "Logs").iterdir() if path.suffix == ".md"]
    assert len(logs) == 1
    assert "drafter: llm" in logs[0].read_text("utf-8")
