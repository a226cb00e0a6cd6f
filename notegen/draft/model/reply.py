"""The forms that a model fills in, and the reading of what it made of them. Nothing here is trusted yet.

Every field is required, as strict JSON schemas want it; what may be missing is null or an empty list. The sources of a
statement are an enum of the sentence ids that the question shows, so that no other can be named.

Small faults cost nothing: lists too long are cut, what is missing is empty, and an item that is none is left out alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from notegen.draft.model.mending import mended
from notegen.errors import ModelError
from notegen.llm.model_errors import ANSWER_FAULTS

MIN_FIELDS = 2
"""An object with fewer fields of a form is not that form."""
MAX_FAULTS = 6
"""Told to the model at most."""
_LONE_BACKSLASH = re.compile(
    r"(?<!\\)\\(?=(?:frac|forall|theta|tau|times|tilde|top|beta|bar|nabla|neq|notin|rho|rightarrow)\b|[^\"\\/bfnrtu]|u(?![0-9a-fA-F]{4}))"
)
"""A backslash of TeX that should have been written twice in JSON."""
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)


def _as_text(value: object) -> object:
    """Small models write null, a number or a list of one where text is due."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return "" if value is None else str(value) if isinstance(value, (int, float)) else value


def _as_list(value: object) -> object:
    """Or one item where a list is due."""
    return [] if value is None else value if isinstance(value, list) else [value]


def _as_ids(value: object) -> object:
    """Or "S1, S2", or the numbers alone."""
    parts = re.split(r"[,;\s]+", value.strip(" []")) if isinstance(value, str) else _as_list(value)
    assert isinstance(parts, list)
    return [f"S{each}" if re.fullmatch(r"\d+", str(each)) else str(each) for each in parts]


def _as_dict(value: object) -> object:
    return {} if value is None else value


def _as_statement(value: object) -> object:
    """Or the text alone."""
    return {"text": value} if value is None or isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_as_text)]
SourceId = Annotated[str, Field(json_schema_extra={"source_id": True})]
Sources = Annotated[list[SourceId], BeforeValidator(_as_ids), Field(max_length=4)]


def many(item: Any, at_most: int) -> Any:
    """The type of a list with so many items at most; null is none."""
    return Annotated[list[item], BeforeValidator(_as_list), Field(max_length=at_most)]


class Form(BaseModel):
    """A part of an answer. Unknown fields are dropped, missing ones are null."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        return {**dict.fromkeys(cls.model_fields), **value} if isinstance(value, dict) else value


class StatementForm(Form):
    text: Text
    sources: Sources


Said = Annotated[StatementForm, BeforeValidator(_as_statement)]


class CodeForm(Form):
    language: Text
    code: Text


class TableForm(Form):
    title: Text
    header: many(Text, 6)  # type: ignore[valid-type]
    rows: many(list[Text], 12)  # type: ignore[valid-type]
    sources: Sources


class NodeForm(Form):
    id: Text
    label: Text


class EdgeForm(Form):
    start: Text
    end: Text
    label: Text


class DiagramForm(Form):
    nodes: many(NodeForm, 12)  # type: ignore[valid-type]
    edges: many(EdgeForm, 16)  # type: ignore[valid-type]


class BridgeForm(Form):
    tool: Text
    text: Text


class AspectForm(Form):
    """One of the things that a passage of its kind is asked for: the holding of a case, an event of a history."""

    aspect: Text
    text: Text
    sources: Sources


class QuestionForm(Form):
    question: Text
    answer: Text
    sources: Sources


class PictureForm(Form):
    name: Text
    description: Text


class SectionForm(Form):
    """What is asked about one section."""

    statements: many(Said, 5)  # type: ignore[valid-type]
    aspects: many(AspectForm, 8)  # type: ignore[valid-type]
    example: CodeForm | None
    happening: many(Said, 5)  # type: ignore[valid-type]
    table: TableForm | None
    diagram: DiagramForm | None
    bridge: BridgeForm | None
    production: Text
    mistakes: many(Text, 4)  # type: ignore[valid-type]
    questions: many(QuestionForm, 4)  # type: ignore[valid-type]
    pictures: many(PictureForm, 6) = []  # type: ignore[valid-type]


class ConceptForm(Form):
    name: Text
    what: Said
    why: Text
    example: CodeForm | None
    bridge: BridgeForm | None


class TldrForm(Form):
    core_idea: Said
    why_it_matters: Text
    key_takeaway: Said
    connects_to: Text
    watch_out: Text


class ChallengeForm(Form):
    goal: Text
    steps: many(Text, 6)  # type: ignore[valid-type]
    expected: many(Text, 4)  # type: ignore[valid-type]
    starter: CodeForm | None


class MasteryForm(Form):
    concept: Text
    statement: Said


class WholeForm(Form):
    """What is asked about the passage as a whole."""

    tldr: Annotated[TldrForm, BeforeValidator(_as_dict)]
    concepts: many(ConceptForm, 5)  # type: ignore[valid-type]
    challenge: ChallengeForm | None
    mastery: many(MasteryForm, 6)  # type: ignore[valid-type]
    recap: many(Said, 5)  # type: ignore[valid-type]


FormType = TypeVar("FormType", bound=Form)


def schema_of(
    form: type[Form],
    ids: Sequence[str],
    *,
    without: Iterable[str] = (),
    tools: Sequence[str] = (),
    pictures: Sequence[str] = (),
    aspects: Sequence[str] = (),
) -> dict[str, Any]:
    """The strict JSON schema of a form. ids: of the sentences shown. without: fields left out. tools: those to which
    bridges may be built; none: bridges must be null. pictures: names of the pictures sent along. aspects: what may be
    told of a passage of its kind."""
    schema = form.model_json_schema()
    left_out = {*without, *(() if pictures else ("pictures",)), *(() if aspects else ("aspects",))}
    for part in (schema, *schema.get("$defs", {}).values()):
        properties = part["properties"]
        for name in left_out & properties.keys():
            del properties[name]
        if not tools and "bridge" in properties:
            properties["bridge"] = {"type": "null"}
        part |= {"required": list(properties), "additionalProperties": False}
        part.pop("description", None)
    definitions = schema.setdefault("$defs", {})
    if tools and "BridgeForm" in definitions:
        definitions["BridgeForm"]["properties"]["tool"] = {"type": "string", "enum": list(tools)}
    if aspects and "AspectForm" in definitions:
        definitions["AspectForm"]["properties"]["aspect"] = {"type": "string", "enum": list(aspects)}
    if pictures and "PictureForm" in definitions:
        definitions["PictureForm"]["properties"]["name"] = {"type": "string", "enum": list(pictures)}
    definitions["SourceId"] = {"type": "string", "enum": list(ids)}
    plain: dict[str, Any] = _plain(schema)
    return plain


def _plain(node: Any) -> Any:
    """The schema without titles and defaults, and with the enum of the sentence ids in its place."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("source_id"):
        return {"$ref": "#/$defs/SourceId"}
    return {
        key: {name: _plain(part) for name, part in value.items()} if key in ("properties", "$defs") else _plain(value)
        for key, value in node.items()
        if key != "default" and not (key == "title" and "properties" not in node)
    }


def read(form: type[FormType], text: str) -> FormType:
    """The answer in its form, small faults mended. Raises ModelError ("form") that says what is wrong, for the model to
    correct."""
    found: ValidationError | None = None
    for data in _objects(text):
        if len(data.keys() & form.model_fields.keys()) < min(
            MIN_FIELDS, len(form.model_fields)
        ):  # a piece of an answer that is broken
            continue
        try:
            return mended(form, dict(data))
        except ValidationError as error:
            found = found if found and found.error_count() <= error.error_count() else error
    if found is None:
        raise ModelError("form", *ANSWER_FAULTS["form"]) from ValueError("The answer holds no JSON object.")
    told = "; ".join(
        f"{'.'.join(map(str, each['loc'])) or 'answer'}: {each['msg']}" for each in found.errors()[:MAX_FAULTS]
    )
    raise ModelError("form", *ANSWER_FAULTS["form"]) from ValueError(told)


def _objects(text: str) -> Iterable[Mapping[str, Any]]:
    """The JSON objects in an answer, the first and outermost ones first: thoughts, fences and prose aside."""
    decoder = json.JSONDecoder(strict=False)
    bare = _LONE_BACKSLASH.sub(r"\\\\", _THOUGHT.sub("", text))
    at = bare.find("{")
    tries = 0
    while at >= 0 and tries < 20:
        tries += 1
        try:
            data, end = decoder.raw_decode(bare, at)
        except (ValueError, RecursionError):
            at = bare.find("{", at + 1)
            continue
        if isinstance(data, dict):
            yield data
        at = bare.find("{", end)
