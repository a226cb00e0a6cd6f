"""Language model servers that run on this machine, found by asking the ports that they usually have."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from notegen.markdown.write import clean

PORTS: Mapping[str, int] = {"Ollama": 11434, "LM Studio": 1234, "llama.cpp": 8080, "vLLM": 8000}
"""Where each listens unless told otherwise."""
TIMEOUT_S = 0.5
MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalServer:
    name: str
    base_url: str
    models: tuple[str, ...]


def local_servers(ports: Mapping[str, int] = PORTS) -> tuple[LocalServer, ...]:
    """Those that answer GET /v1/models with a list of models. Nothing is sent to them."""
    found = []
    for name, port in ports.items():
        base_url = f"http://127.0.0.1:{port}/v1"
        models = _models(f"{base_url}/models")
        if models is not None:
            found.append(LocalServer(name=name, base_url=base_url, models=models))
    return tuple(found)


def _models(url: str) -> tuple[str, ...] | None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy is not this machine
    try:
        with opener.open(url, timeout=TIMEOUT_S) as response:
            data = json.loads(response.read(MAX_BYTES))
    except (OSError, ValueError):  # nothing listens, it is no such server, or it answers something else
        return None
    rows = data.get("data") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        return None
    return tuple(clean(str(each["id"]))[:80] for each in rows if isinstance(each, dict) and "id" in each)
