"""The one form in which every face says that a request came to nothing: a code, a reason and the next step."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from notegen.errors import NotegenError, UsageError

PARSE_ERROR, INVALID_REQUEST, UNKNOWN_METHOD, INVALID_PARAMS, INTERNAL = -32700, -32600, -32601, -32602, -32603
"""JSON-RPC 2.0, section 5.1."""
FAILED = -32000
"""The first of JSON-RPC's codes for the server's own errors: reason and next step say what it is."""
CANCELLED = -32800
"""RequestCancelled of the Language Server Protocol 3.17."""


class CancelledError(BaseException):
    """Nobody wants the answer any more. It is no fault of a PDF, so what goes on after one lets it through."""


class UnknownMethodError(Exception):
    """There is no method of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a request came to nothing."""

    code: int
    reason: str
    """One sentence."""
    next_step: str
    """One sentence; "" where nothing can be done."""
    kind: str
    """The class of the error."""
    passes: bool = False
    """The same request may succeed later."""

    def as_data(self) -> dict[str, Any]:
        """As the error object of JSON-RPC."""
        data = {"reason": self.reason, "next_step": self.next_step, "kind": self.kind, "passes": self.passes}
        return {"code": self.code, "message": self.reason, "data": data}


def fault_of(error: BaseException) -> Fault:
    """The fault that an error of a method is. Of notegen's own it says the place: it quotes no document."""
    kind = type(error).__name__
    if isinstance(error, NotegenError):
        code = INVALID_PARAMS if isinstance(error, UsageError) else FAILED
        return Fault(code=code, reason=error.reason, next_step=error.next_step, kind=kind, passes=error.passes)
    if isinstance(error, ValidationError):
        return Fault(code=INVALID_PARAMS, reason=_what_is_wrong(error), next_step="Mend the parameters.", kind=kind)
    if isinstance(error, CancelledError):
        reason = "The request was cancelled. What was finished is in the vault."
        return Fault(code=CANCELLED, reason=reason, next_step="Ask again for the rest.", kind="CancelledError")
    if isinstance(error, UnknownMethodError):
        reason = f"There is no method {error}."
        return Fault(code=UNKNOWN_METHOD, reason=reason, next_step="hello lists the methods.", kind=kind)
    place = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"notegen came to a fault of its own ({kind} in {Path(place.filename).name}, line {place.lineno})."
    return Fault(code=INTERNAL, reason=reason, next_step="Please report it.", kind=kind)


def _what_is_wrong(error: ValidationError) -> str:
    told = []
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        name = ".".join(map(str, each["loc"])) or "params"
        unknown = each["type"] == "extra_forbidden"
        told.append(f"there is no parameter {name}" if unknown else f"{name}: {each['msg'].rstrip('.')}")
    return f"The parameters do not fit: {'; '.join(told[:5])}."
