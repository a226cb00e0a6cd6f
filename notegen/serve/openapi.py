"""The HTTP face described: as OpenAPI 3.1 for programs, and as a page for people."""

from __future__ import annotations

from html import escape
from typing import Any

from pydantic import BaseModel

from notegen import __version__
from notegen.serve.methods import METHODS, Method

_REFERENCE = "#/components/schemas/{model}"
_INTRODUCTION = (
    "Each method is a notegen command: its parameters are the long options, its result is what --json prints. "
    "Ask by POST with Content-Type: application/json and Authorization: Bearer TOKEN. "
    "With Accept: application/x-ndjson the answer comes as lines: "
    '{"progress": {"done", "total", "text"}} while it is made, then {"result"} or {"error"}. '
    "Closing the connection cancels."
)


def description() -> dict[str, Any]:
    """The description for programs."""
    schemas: dict[str, Any] = {}
    paths = {f"/v1/{name}": {"post": _operation(method, schemas)} for name, method in METHODS.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "notegen", "version": __version__, "description": _INTRODUCTION},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }


def page() -> str:
    """The description for people: one HTML page that loads nothing."""
    rows = "".join(_row(method) for method in METHODS.values())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>notegen</title>'
        f"<h1>notegen {escape(__version__)}</h1><p>{escape(_INTRODUCTION)}</p>"
        '<p><a href="/openapi.json">openapi.json</a></p>'
        f"<table><thead><tr><th>POST<th>does<th>parameters<tbody>{rows}</table></html>"
    )


def _row(method: Method) -> str:
    names = ", ".join(name for name in method.request.model_fields if name != "vault")
    return f"<tr><td>/v1/{escape(method.name)}<td>{escape(method.summary)}<td>{escape(names)}"


def _operation(method: Method, schemas: dict[str, Any]) -> dict[str, Any]:
    asked, answered = _schema(method.request, schemas), _schema(method.result, schemas)
    asked["properties"].pop("vault", None)
    return {
        "operationId": method.name,
        "summary": method.summary,
        "requestBody": {"content": {"application/json": {"schema": asked}}},
        "responses": {
            "200": {"description": "Done.", "content": {"application/json": {"schema": answered}}},
            "default": {"description": "Not done: error has a code, and data the reason and the next step."},
        },
    }


def _schema(model: type[BaseModel], schemas: dict[str, Any]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template=_REFERENCE)
    schemas.update(schema.pop("$defs", {}))
    return schema
