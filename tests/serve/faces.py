"""Callers of each face: a real process of notegen, asked as a program would ask it."""

from __future__ import annotations

import http.client
import itertools
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE_S = 120


class RefusedError(Exception):
    """A face said no; `fault` is its error form."""

    def __init__(self, fault: dict[str, Any]) -> None:
        super().__init__(fault)
        self.fault = fault


class StdioFace:
    """`notegen serve --stdio`."""

    def __init__(self, vault: Path, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notegen", "serve", "--stdio", "--vault", str(vault)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            bufsize=0,
        )
        self.heard: queue.Queue[Any] = queue.Queue()
        self.progress: list[dict[str, Any]] = []
        self.asked_back: list[dict[str, Any]] = []
        self.replace: Callable[[dict[str, Any]], str] = lambda asked: "unknown"
        self._answers: dict[Any, dict[str, Any]] = {}
        self._ids = itertools.count(1)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.heard.put(json.loads(line))
        self.heard.put(None)

    def say(self, line: bytes) -> None:
        self.process.stdin.write(line + b"\n")

    def send(self, method: str, **params: Any) -> int:
        number = next(self._ids)
        self.say(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())
        return number

    def answer_to(self, number: int | None) -> Any:
        """The result of a request; progress on the way is kept."""
        while number not in self._answers:
            message = self.heard.get(timeout=PATIENCE_S)
            assert message is not None, f"it ended: {self.process.stderr.read().decode()}"
            if message.get("method") == "progress":
                self.progress.append(message["params"])
            elif message.get("method") == "vault.process":
                self.asked_back.append(message["params"])
                outcome = self.replace(message["params"])
                reply = {"jsonrpc": "2.0", "id": message["id"], "result": {"outcome": outcome}}
                self.say(json.dumps(reply).encode())
            else:
                self._answers[message["id"]] = message
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RefusedError(answer["error"])
        return answer["result"]

    def wait_for(self, text: str) -> None:
        """Until progress speaks of it."""
        while True:
            message = self.heard.get(timeout=PATIENCE_S)
            assert message is not None
            if text in message.get("params", {}).get("text", ""):
                return

    def ask(self, method: str, **params: Any) -> Any:
        return self.answer_to(self.send(method, **params))

    def end_input(self) -> float:
        """Close its input; the seconds until it has ended."""
        started = time.monotonic()
        self.process.stdin.close()
        assert self.process.wait(timeout=PATIENCE_S) == 0
        return time.monotonic() - started

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()


class McpFace:
    """`notegen mcp`, asked by the client of the official package."""

    def __init__(self, vault: Path, env: dict[str, str]) -> None:
        from anyio.from_thread import start_blocking_portal
        from mcp import Client, StdioServerParameters

        self.progress: list[dict[str, Any]] = []
        arguments = ["-m", "notegen", "mcp", "--vault", str(vault)]
        server = StdioServerParameters(command=sys.executable, args=arguments, env=env)
        self._portal_of = start_blocking_portal()
        self.portal = self._portal_of.__enter__()
        self._client_of = self.portal.wrap_async_context_manager(Client(server))
        self.client = self._client_of.__enter__()

    async def _tell(self, progress: float, total: float | None, message: str | None) -> None:
        self.progress.append({"done": int(progress), "total": int(total or 0), "text": message})

    def ask(self, method: str, **params: Any) -> Any:
        if method in ("day", "draft", "cards", "undo", "review.accept", "review.reject"):
            params = {"dry_run": False, **params}
        call = self.client.call_tool
        result = self.portal.call(lambda: call(method.replace(".", "_"), params, progress_callback=self._tell))
        if result.is_error:
            raise RefusedError(result.structured_content["error"])
        return result.structured_content

    def close(self) -> None:
        self._client_of.__exit__(None, None, None)
        self._portal_of.__exit__(None, None, None)


class HttpFace:
    """`notegen serve --http`."""

    def __init__(self, vault: Path, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notegen", "serve", "--http", "--port", "0", "--vault", str(vault)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            text=True,
        )
        address = self.process.stdout.readline().strip()
        self.port = int(address.rstrip("/").rpartition(":")[2])
        self.token_file = Path(self.process.stderr.readline().strip().partition("the token is in ")[2])
        self.token = self.token_file.read_text(encoding="ascii")
        self.progress: list[dict[str, Any]] = []

    def open(self, method: str, params: dict[str, Any]) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        line.request("POST", f"/v1/{method}", json.dumps(params), headers | {"Accept": "application/x-ndjson"})
        return line.getresponse()

    def ask(self, method: str, **params: Any) -> Any:
        for line in self.open(method, params):
            data = json.loads(line)
            if "progress" in data:
                self.progress.append(data["progress"])
            elif "error" in data:
                raise RefusedError(data["error"])
            else:
                return data["result"]
        raise AssertionError("no answer")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


FACES = {"stdio": StdioFace, "mcp": McpFace, "http": HttpFace}
