"""A slow model is waited for, a dead one is not, and one sees how far it is."""

from __future__ import annotations

from bench import Bench
from model_server import ModelServer

from notegen.config import DraftSettings
from notegen.draft.drafter import Brief
from notegen.errors import ModelError
from notegen.llm.circuit_breaker import CircuitBreaker
from notegen.llm.client import asked_of
from notegen.llm.endpoint import LOCAL_TIMEOUT_S, endpoint_of
from notegen.llm.pace import MAX_FIRST_S, Pace
from notegen.llm.stream import MAX_CALL_S, Heard

LOCAL = "http://127.0.0.1:9/v1"


def test_a_long_prompt_on_a_slow_machine_is_given_its_time():
    """2,000 tokens at 18 a second take 111 s, more than a local server's usual silence."""
    assert Pace(prompt=18.0).first_s(2000) > 2 * 111
    assert Pace().first_s(2000) > LOCAL_TIMEOUT_S
    assert Pace(prompt=0.1).first_s(2000) == MAX_FIRST_S
    assert Pace(prompt=500.0).first_s(2000) < LOCAL_TIMEOUT_S
    assert Pace(reply=0.5).call_s(4000) > MAX_CALL_S == Pace(reply=50.0).call_s(4000)


def test_the_pace_is_measured_by_the_first_word_and_the_last():
    heard = Heard(prompt_tokens=900, reply_tokens=300, first_s=50.0, last_s=90.0)
    pace = Pace().measured(heard)
    assert (pace.prompt, pace.reply) == (18.0, 7.5)
    kept_by_server = Heard(prompt_tokens=900, reply_tokens=300, first_s=1.0, last_s=41.0)
    assert pace.measured(kept_by_server).prompt == 18.0
    assert Pace.kept(pace.as_data()) == pace
    assert Pace.kept({"prompt_pace": "fast"}) == Pace()


def test_the_breaker_waits_as_long_as_a_slow_model_needs_and_no_longer():
    breaker = CircuitBreaker(100.0)
    assert breaker.wait_s() == 100.0
    assert breaker.wait_s(333.0) == 333.0
    breaker.failed(ModelError("timeout", "It was silent.", ""), 333.0)
    assert breaker.stopped


def test_a_time_limit_of_the_learner_holds():
    settings = DraftSettings(model="m", base_url=LOCAL)
    assert endpoint_of(settings, {}).follows_pace
    assert not endpoint_of(DraftSettings(model="m", base_url=LOCAL, timeout_s=30.0), {}).follows_pace
    assert not endpoint_of(DraftSettings(model="m", base_url="https://models.example.org/v1"), {}).follows_pace


def test_tokens_are_told_and_the_pace_is_remembered(bench: Bench, server: ModelServer):
    said: list[str] = []
    bench.draft("good", Brief(step=said.append))
    assert [each for each in said if each.startswith("1 Cosine Similarity: ") and each.endswith(" tokens")]
    endpoint = bench.drafter("good").endpoint
    assert Pace.kept(bench.memory.habit(asked_of(endpoint))).prompt > 0
