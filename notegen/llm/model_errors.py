"""Every way in which a model's server can fail, as one ModelError with a plain reason and a next step."""

from __future__ import annotations

import email.utils
import json
import re
import time

from notegen.errors import ModelError
from notegen.llm.endpoint import KEYRING_SERVICE, Endpoint
from notegen.markdown.write import clean

MAX_RETRY_AFTER_S = 20.0
"""A server that wants a longer pause is not asked again in this run."""
MAX_SAID_CHARS = 160
_CONTEXT = re.compile(
    r"context|maximum.{0,20}length|too (?:long|many tokens)|n_ctx|exceeds?.{0,30}tokens", re.IGNORECASE
)
_QUOTA = re.compile(r"quota|billing|credit|balance|insufficient", re.IGNORECASE)
_BLIND = re.compile(r"\bimage|vision|multimodal|mmproj", re.IGNORECASE)
_FORMAT = re.compile(r"response_format|json_schema|json schema|grammar|structured", re.IGNORECASE)
_ADDRESS = "Check draft.base_url: it often ends in /v1."

ANSWER_FAULTS: dict[str, tuple[str, str]] = {
    "refusal": ("The model refused to answer.", "Another model may not."),
    "cut": ("The model's answer was cut off before its end.", "Raise draft.max_tokens, or name a larger model."),
    "filter": ("The server's content filter stopped the answer.", "Another model may not."),
    "broken": ("The model's answer broke off.", "Run notegen day again."),
    "empty": ("The model gave an empty answer.", "Run notegen day again, or name another model."),
    "form": ("The model's answer was not in the form that was asked for.", "Name a larger model."),
    "content": ("The model's answer did not hold.", "Name a larger model."),
    "garbage": ("The server's answer is not that of a language model.", _ADDRESS),
}
"""Faults of an answer that arrived: reason and next step."""


def fault(kind: str) -> ModelError:
    """The error for an answer that arrived and cannot be used."""
    return ModelError(kind, *ANSWER_FAULTS[kind])


def retry_after_s(error: Exception) -> float | None:
    """What the server asks to wait, in seconds (RFC 9110: seconds, or a date); None when it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    value = str(headers.get("retry-after", "")).strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        date = email.utils.parsedate_tz(value)
        return max(0.0, email.utils.mktime_tz(date) - time.time()) if date else None


def as_model_error(error: Exception, endpoint: Endpoint) -> ModelError:
    """What went wrong on the way. Faults of notegen itself are raised again as they are."""
    import openai

    if isinstance(error, ModelError):
        return error
    host = endpoint.host
    if isinstance(error, openai.APITimeoutError):
        step = "Set draft.timeout_s higher for a slow model." if endpoint.is_local else "Run notegen day again later."
        return ModelError("timeout", f"{host} did not answer in time.", step)
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, endpoint)
    if isinstance(error, openai.APIConnectionError):
        return _of_connection(error, endpoint)
    if isinstance(error, openai.APIError):  # an error event in the middle of a stream
        return ModelError("server", f"{host} broke off: {_said(error, endpoint)}", "Run notegen day again.")
    if isinstance(
        error, (openai.OpenAIError, json.JSONDecodeError, AttributeError, TypeError, LookupError, ValueError)
    ):
        return fault("garbage")
    if type(error).__module__.partition(".")[0] in ("httpx2", "httpcore2", "h11"):  # while a stream is read
        kind = "timeout" if "Timeout" in type(error).__name__ else "connection"
        return ModelError(kind, f"{host} stopped in the middle of its answer.", "Run notegen day again.")
    raise error


def _of_connection(error: Exception, endpoint: Endpoint) -> ModelError:
    cause = type(error.__cause__).__name__ if error.__cause__ else ""
    if "CERTIFICATE" in str(error.__cause__).upper():
        step = "Check the system's certificates, or name them in SSL_CERT_FILE."
        return ModelError("refused", f"The certificate of {endpoint.host} is not trusted.", step, fatal=True)
    if cause == "ConnectError":
        step = (
            "Start the server, or correct draft.base_url; notegen doctor finds the ones that run."
            if endpoint.is_local
            else "Check the network and draft.base_url."
        )
        return ModelError("refused", f"Nothing answers at {endpoint.base_url}.", step, fatal=True)
    return ModelError("connection", f"The connection to {endpoint.host} broke.", "Run notegen day again.")


def _of_status(error: Exception, endpoint: Endpoint) -> ModelError:
    status, host = int(getattr(error, "status_code", 0)), endpoint.host
    said, code = _said(error, endpoint), str(getattr(error, "code", "") or "")
    if status == 401:
        step = f"Keep the right one: keyring set {KEYRING_SERVICE} {host}, or set OPENAI_API_KEY."
        return ModelError("key", f"{host} does not accept the key.", step, fatal=True)
    if status == 403:
        return ModelError("forbidden", f"{host} does not allow it: {said}", "Check the account's rights.", fatal=True)
    if status == 404:
        if not endpoint.model:  # its list of models was asked for
            return ModelError("missing", f"There is no list of models at {endpoint.base_url}.", _ADDRESS)
        reason = f"{host} has no model “{endpoint.model}” at {endpoint.base_url}."
        return ModelError("missing", reason, "notegen models lists what it offers.", fatal=True)
    if status == 402 or (status == 429 and _QUOTA.search(f"{code} {said}")):
        return ModelError("quota", f"The account at {host} is used up.", "Check its plan and billing.", fatal=True)
    if status == 429:
        long = (retry_after_s(error) or 0.0) > MAX_RETRY_AFTER_S
        step = "Run notegen day again later, or set draft.calls_at_once = 1."
        return ModelError("rate", f"{host} allows no more calls for now.", step, fatal=long)
    if status in (400, 413, 422) and (code == "context_length_exceeded" or _CONTEXT.search(said)):
        step = "Give the server a longer context, or name another model."
        return ModelError("context", f"The text is longer than {endpoint.model} takes.", step)
    if status in (400, 415, 422, 500, 501) and _BLIND.search(said):
        return ModelError("blind", f"{endpoint.model} takes no pictures.", "Set draft.pictures = false.")
    if status in (400, 413, 415, 422) or (status in (500, 501) and _FORMAT.search(said)):
        return ModelError("request", f"{host} does not accept the question: {said}", "Name another model.")
    if status in (408, 409) or status >= 500:
        return ModelError("server", f"{host} failed (HTTP {status}).", "Run notegen day again later.")
    return ModelError("garbage", *ANSWER_FAULTS["garbage"])


def _said(error: Exception, endpoint: Endpoint) -> str:
    """What the server said, one short line without the key."""
    body = getattr(error, "body", None)
    words = body.get("message") if isinstance(body, dict) else None
    text = clean(str(words or getattr(error, "message", "") or error))
    if endpoint.key:
        text = text.replace(endpoint.key, "…")
    return text if len(text) <= MAX_SAID_CHARS else text[: MAX_SAID_CHARS - 1] + "…"
