"""Where a language model is asked, and with which key. Nothing is sent here."""

from __future__ import annotations

import importlib
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit, urlunsplit

from notegen.config import DraftSettings
from notegen.errors import UsageError

DEFAULT_BASE_URL = "https://api.openai.com/v1"
KEYRING_SERVICE = "notegen"
"""An entry's user name is the endpoint's host: keyring set notegen api.openai.com"""
LOCAL_TIMEOUT_S, REMOTE_TIMEOUT_S = 100.0, 50.0
"""Silence after which a call is given up. A model on one's own slow machine thinks long before its first word."""
LOCAL_CALLS, REMOTE_CALLS = 1, 4
"""Calls at the same time: a local model only gets slower with more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One OpenAI-compatible server and the model to ask there."""

    base_url: str
    """With its "/v1"; without user name, password, query and fragment."""
    model: str
    key: str = field(default="", repr=False)
    timeout_s: float
    calls_at_once: int
    follows_pace: bool = False
    """Waits longer than `timeout_s` for a model that is known or expected to be slow."""

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_local(self) -> bool:
        """It is this machine: nothing leaves it."""
        return is_loopback(self.host)

    @property
    def needs_key(self) -> bool:
        """A public server without a key would only answer that one is missing."""
        return not self.key and not _is_private(self.host)


def endpoint_of(settings: DraftSettings, env: Mapping[str, str]) -> Endpoint:
    """The endpoint that settings and environment name for drafting. Raises UsageError as `endpoint_at`."""
    found = endpoint_at(settings.base_url, settings.model, env, setting="draft.base_url")
    return replace(
        found,
        timeout_s=settings.timeout_s or found.timeout_s,
        calls_at_once=settings.calls_at_once or found.calls_at_once,
        follows_pace=found.is_local and not settings.timeout_s,
    )


def endpoint_at(base_url: str, model: str, env: Mapping[str, str], *, setting: str) -> Endpoint:
    """The endpoint at an address, with the key that is kept for its host: the one rule for every server that is asked.

    base_url: "" for what OPENAI_BASE_URL says, else OpenAI's. setting: where the learner wrote the address, for errors.
    Raises UsageError for an address that is none, or not safe: unencrypted text goes no further than the own network.
    """
    address = _checked(base_url or env.get("OPENAI_BASE_URL", "") or DEFAULT_BASE_URL, setting)
    host = urlsplit(address).hostname or ""
    local = is_loopback(host)
    return Endpoint(
        base_url=address,
        model=model,
        key=_key(host, env),
        timeout_s=LOCAL_TIMEOUT_S if local else REMOTE_TIMEOUT_S,
        calls_at_once=LOCAL_CALLS if local else REMOTE_CALLS,
    )


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return is_loopback(host) or "." not in host or host.endswith((".local", ".lan", ".home.arpa", ".internal"))


def _checked(base_url: str, setting: str) -> str:
    example = "For example http://localhost:11434/v1 (Ollama) or https://api.openai.com/v1."
    try:
        parts = urlsplit(base_url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"{setting} is no address.", example) from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{setting} must begin with http:// or https:// and name a server.", example)
    if parts.username or parts.password:
        raise UsageError(
            f"{setting} must not hold a password.", f"Keep the key in the keyring (keyring set notegen {host})."
        )
    if parts.scheme == "http" and not _is_private(host):
        raise UsageError(f"{setting} would send your text to {host} unencrypted.", "Write https:// instead.")
    place = f"[{host}]" if ":" in host else host
    path = re.sub(r"(?:/chat/completions|/models)$", "", parts.path.rstrip("/")) or "/v1"  # as a manual's curl has it
    return urlunsplit((parts.scheme, f"{place}:{port}" if port else place, path, "", ""))


def _key(host: str, env: Mapping[str, str]) -> str:
    """From the system's keyring, then from the environment; "" where there is none."""
    try:
        stored = importlib.import_module("keyring").get_password(KEYRING_SERVICE, host) or ""
    except Exception:  # not installed, no keyring on this system, or it stays locked: then there is no entry
        stored = ""
    key = str(stored or env.get("OPENAI_API_KEY", "")).strip()
    if not key.isascii() or not key.isprintable():
        raise UsageError(f"The key for {host} has characters that no key has.", "Copy it again, without a line break.")
    return key
