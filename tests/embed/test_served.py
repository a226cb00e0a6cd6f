"""Vectors from a server that speaks OpenAI's protocol: a real one, which also lies, fails and counts."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from notegen.config import DraftSettings
from notegen.embed.kept import KeptEncoder
from notegen.embed.on_demand import EncoderOnDemand
from notegen.embed.served import ServedEncoder
from notegen.errors import NotegenError, UsageError
from notegen.llm.endpoint import endpoint_of
from notegen.store.vectors import Vectors


class Server:
    def __init__(self) -> None:
        self.calls: list[dict[str, object]] = []
        self.keys: list[str] = []
        self.fault = ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.calls.append(body)
                outer.keys.append(self.headers.get("Authorization", ""))
                texts = body["input"]
                rows = [[float(len(text)), 1.0, float(text.count("a"))] for text in texts]
                if len(outer.calls) > 1 and outer.fault:
                    rows = {"fewer": rows[1:], "ragged": [[1.0], *rows[1:]], "empty": [[] for _ in rows],
                            "text": [["x", "y", "z"] for _ in rows]}.get(outer.fault, rows)  # fmt: skip
                data = [{"object": "embedding", "index": at, "embedding": row} for at, row in enumerate(rows)]
                reply = json.dumps({"object": "list", "model": body["model"], "data": data[::-1]}).encode()
                is_down = outer.fault == "down" and len(outer.calls) > 1
                self.send_response(500 if is_down else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.http.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.http.shutdown()
    server.http.server_close()


def encoder_of(server: Server, max_texts: int = 1000) -> ServedEncoder:
    return ServedEncoder("m", server.url, max_texts=max_texts, local=None, env={"OPENAI_API_KEY": "sk-test"})


def test_vectors_come_in_batches_in_order_and_of_length_one(server: Server):
    encoder = encoder_of(server)
    assert (encoder.name, encoder.dimensions) == ("m at 127.0.0.1", 3)
    texts = ["a" * number for number in range(1, 151)]
    vectors = encoder.encode(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[9], np.array([10, 1, 10]) / np.sqrt(201))
    assert [len(call["input"]) for call in server.calls] == [1, 64, 64, 22]
    assert set(server.keys) == {"Bearer sk-test"}
    assert encoder.encode([]).shape == (0, 3)


def test_what_was_asked_is_kept(server: Server, tmp_path: Path):
    first = KeptEncoder(encoder_of(server), Vectors(tmp_path / "v")).encode(["one", "two"])
    before = len(server.calls)
    again = KeptEncoder(encoder_of(server), Vectors(tmp_path / "v")).encode(["two", "one"])
    assert np.array_equal(first, again[::-1])
    assert len(server.calls) == before + 1  # the one that asks for the vectors' length


def test_the_budget_is_never_exceeded(server: Server):
    encoder = encoder_of(server, max_texts=10)
    encoder.encode(["x"] * 5)
    with pytest.raises(NotegenError, match="exceed"):
        encoder.encode(["x"] * 5)
    assert sum(len(call["input"]) for call in server.calls) == 6


@pytest.mark.parametrize("fault", ["fewer", "ragged", "empty", "text", "down"])
def test_a_wrong_answer_is_an_error_and_nothing_more_is_asked(server: Server, fault: str):
    encoder = encoder_of(server)
    server.fault = fault
    with pytest.raises(NotegenError) as caught:
        encoder.encode(["a", "b"])
    assert "127.0.0.1" in caught.value.reason
    assert "sk-test" not in caught.value.reason
    asked = len(server.calls)
    with pytest.raises(NotegenError):
        encoder.encode(["c"])
    assert len(server.calls) == asked


@pytest.mark.parametrize("url", ["ftp://x/v1", "http://example.com/v1", "https://u:p@example.com/v1", "nonsense"])
def test_a_wrong_address_is_refused_before_anything_is_sent(url: str):
    with pytest.raises(UsageError):
        ServedEncoder("m", url, max_texts=1, local=None, env={})


@pytest.mark.parametrize(("host", "is_own"), [("nas.internal", True), ("example.com", False)])
def test_an_address_is_judged_by_one_rule_whoever_asks_there(host: str, is_own: bool):
    """An unencrypted server is fine in the own network, though this one does not answer, and refused beyond it."""
    url = f"http://{host}:9/v1"
    with pytest.raises(NotegenError) as embedding:
        ServedEncoder("m", url, max_texts=1, local=None, env={})
    assert isinstance(embedding.value, UsageError) is not is_own
    if is_own:
        assert endpoint_of(DraftSettings(model="m", base_url=url), {}).host == host
    else:
        with pytest.raises(UsageError, match="unencrypted"):
            endpoint_of(DraftSettings(model="m", base_url=url), {})


def test_a_dead_server_leaves_a_run_without_and_says_so(tmp_path: Path):
    env = {"NOTEGEN_STATE": str(tmp_path)}
    asked = EncoderOnDemand(served="m", base_url="http://127.0.0.1:9/v1", max_texts=9, env=env)
    assert asked.get() is None
    assert "127.0.0.1" in asked.missing
    forbidden = EncoderOnDemand(served="m", base_url="http://127.0.0.1:9/v1", max_texts=9, env=env, may_send=False)
    assert forbidden.get() is None
    assert "notegen model fetch" in forbidden.missing
