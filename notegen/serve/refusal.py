"""Answers of the HTTP face that say no, in the one error form."""

from __future__ import annotations

from starlette.responses import JSONResponse

from notegen.serve.fault import CANCELLED, FAILED, INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR, UNKNOWN_METHOD, Fault

STATUS = {
    PARSE_ERROR: 400,
    INVALID_REQUEST: 400,
    UNKNOWN_METHOD: 404,
    INVALID_PARAMS: 422,
    FAILED: 409,
    CANCELLED: 409,
}
"""The status of HTTP for each code; 500 for all others."""


def refusal(status: int, reason: str, next_step: str) -> JSONResponse:
    """A refusal of the face itself."""
    fault = Fault(code=INVALID_REQUEST, reason=reason, next_step=next_step, kind="Refused")
    return JSONResponse({"error": fault.as_data()}, status)


def failure(fault: Fault) -> JSONResponse:
    """What a method says no by."""
    return JSONResponse({"error": fault.as_data()}, STATUS.get(fault.code, 500))
