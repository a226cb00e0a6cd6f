"""Where a model is asked and with which key; when a run stops asking; what is remembered."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from notegen.config import DraftSettings
from notegen.errors import ModelError, UsageError
from notegen.llm.circuit_breaker import MAX_WAIT_S, CircuitBreaker
from notegen.llm.endpoint import DEFAULT_BASE_URL, endpoint_of
from notegen.store.replies import Kept, Replies, Spent


@pytest.mark.parametrize(
    ("given", "base_url", "is_local"),
    [
        ("", DEFAULT_BASE_URL, False),
        ("http://localhost:11434", "http://localhost:11434/v1", True),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1", True),
        ("http://localhost:11434/v1/chat/completions", "http://localhost:11434/v1", True),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1", True),
        ("http://127.0.0.1:1234/api/openai", "http://127.0.0.1:1234/api/openai", True),
        ("http://192.168.1.7:8000/v1", "http://192.168.1.7:8000/v1", False),
        ("https://openrouter.ai/api/v1?x=1#y", "https://openrouter.ai/api/v1", False),
    ],
)
def test_an_address_is_tidied(given: str, base_url: str, is_local: bool):
    endpoint = endpoint_of(DraftSettings(model="m", base_url=given), {})
    assert (endpoint.base_url, endpoint.is_local) == (base_url, is_local)
    assert endpoint.calls_at_once == (1 if is_local else 4)


def test_the_environment_names_the_server_where_the_settings_do_not():
    env = {"OPENAI_BASE_URL": "https://models.example.org/v1", "OPENAI_API_KEY": "sk-env"}
    assert endpoint_of(DraftSettings(model="m"), env).host == "models.example.org"
    chosen = endpoint_of(DraftSettings(model="m", base_url="http://localhost:1/v1"), env)
    assert chosen.host == "localhost"
    assert "sk-env" not in repr(chosen)


def test_the_keyring_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch):
    keyring = types.ModuleType("keyring")
    keyring.get_password = lambda service, host: "sk-ring" if (service, host) == ("notegen", "api.openai.com") else None
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    env = {"OPENAI_API_KEY": "sk-env"}
    assert endpoint_of(DraftSettings(model="m"), env).key == "sk-ring"
    assert endpoint_of(DraftSettings(model="m", base_url="https://example.org/v1"), env).key == "sk-env"
    assert endpoint_of(DraftSettings(model="m", base_url="https://example.org/v1"), {}).needs_key
    with pytest.raises(UsageError, match="characters that no key has"):
        endpoint_of(DraftSettings(model="m", base_url="https://example.org/v1"), {"OPENAI_API_KEY": "sk-\nx"})


def test_no_draft_waits_for_two_minutes_on_a_dead_server():
    """Whatever fails, and however often: the seconds of one draft are bounded."""
    for kind in ("timeout", "connection", "server", "rate"):
        for timeout_s in (100.0, 50.0):
            line, waited_s = CircuitBreaker(timeout_s), 0.0
            line.begin_draft()
            while not line.stopped:
                wait_s = line.wait_s()
                waited_s += wait_s
                line.failed(ModelError(kind, "It failed."), wait_s)
            assert waited_s <= MAX_WAIT_S < 120
            with pytest.raises(ModelError):
                line.wait_s()


def test_what_is_remembered_survives_and_a_damaged_file_is_set_aside(tmp_path: Path):
    path = tmp_path / "replies.sqlite3"
    first = Replies(path)
    first.put("k", Kept(text="answer", model="m"))
    for _ in range(3):
        first.spend(
            Spent(day="2026-03-01", asked="a", prompt_chars=400, prompt_tokens=100, reply_tokens=9, cost_usd=0.5)
        )
    first.set_habit("a", {"rung": "text"})
    first.close()
    again = Replies(path)
    assert again.get("k") == Kept(text="answer", model="m")
    assert (again.spent_usd("2026-03-01"), again.spent_usd("2026-03-02")) == (1.5, 0)
    assert (again.characters_per_token("a"), again.habit("a")) == (4.0, {"rung": "text"})
    again.close()
    path.write_bytes(b"no database at all, and long enough to be read as one" * 99)
    fresh = Replies(path)
    assert fresh.get("k") is None
    fresh.put("k", Kept(text="anew", model="m"))
    fresh.close()
    assert path.with_name("replies.sqlite3.damaged").is_file()
    reopened = Replies(path)
    assert reopened.get("k") == Kept(text="anew", model="m")
    reopened.close()
