"""The forms that a model fills in, and the reading of what it made of them. Nothing here is trusted yet.

Every field is required, as strict JSON schemas want it; what may be missing is null or an empty list. The sources of a
statement are an enum of the sentence ids that the question shows, so that no other can be named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

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
    """Small models write null or a number where text is due."""
    return "" if value is None else str(value) if isinstance(value, (int, float)) else value


def _as_list(value: object) -> object:
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_as_text)]
SourceId = Annotated[str, Field(json_schema_extra={"source_id": True})]
Sources = Annotated[list[SourceId], BeforeValidator(_as_list), Field(max_length=4)]


class Form(BaseModel):
    """A part of an answer. Unknown fields are dropped."""

    model_config = ConfigDict(extra="ignore")


class StatementForm(Form):
    text: Text
    sources: Sources


class CodeForm(Form):
    language: Text
    code: Text


class TableForm(Form):
    title: Text
    header: Annotated[list[Text], Field(max_length=6)]
    rows: Annotated[list[list[Text]], Field(max_length=12)]
    sources: Sources


class NodeForm(Form):
    id: Text
    label: Text


class EdgeForm(Form):
    start: Text
    end: Text
    label: Text


class DiagramForm(Form):
    nodes: Annotated[list[NodeForm], Field(max_length=12)]
    edges: Annotated[list[EdgeForm], Field(max_length=16)]


class BridgeForm(Form):
    tool: Text
    text: Text


class QuestionForm(Form):
    question: Text
    answer: Text
    sources: Sources


class PictureForm(Form):
    name: Text
    description: Text


def _many(item: Any, at_most: int) -> Any:
    return Annotated[list[item], BeforeValidator(_as_list), Field(max_length=at_most)]


class SectionForm(Form):
    """What is asked about one section."""

    statements: _many(StatementForm, 5)  # type: ignore[valid-type]
    example: CodeForm | None
    happening: _many(StatementForm, 5)  # type: ignore[valid-type]
    table: TableForm | None
    diagram: DiagramForm | None
    bridge: BridgeForm | None
    mistakes: _many(Text, 4)  # type: ignore[valid-type]
    questions: _many(QuestionForm, 4)  # type: ignore[valid-type]
    pictures: _many(PictureForm, 6) = []  # type: ignore[valid-type]


class ConceptForm(Form):
    name: Text
    what: StatementForm
    why: Text
    example: CodeForm | None
    bridge: BridgeForm | None


class TldrForm(Form):
    core_idea: StatementForm
    why_it_matters: Text
    key_takeaway: StatementForm
    connects_to: Text
    watch_out: Text


class ChallengeForm(Form):
    goal: Text
    steps: _many(Text, 6)  # type: ignore[valid-type]
    expected: _many(Text, 4)  # type: ignore[valid-type]
    starter: CodeForm | None


class MasteryForm(Form):
    concept: Text
    statement: StatementForm


class WholeForm(Form):
    """What is asked about the passage as a whole."""

    tldr: TldrForm
    concepts: _many(ConceptForm, 5)  # type: ignore[valid-type]
    challenge: ChallengeForm | None
    mastery: _many(MasteryForm, 6)  # type: ignore[valid-type]
    recap: _many(StatementForm, 5)  # type: ignore[valid-type]


FormType = TypeVar("FormType", bound=Form)


def schema_of(
    form: type[Form],
    ids: Sequence[str],
    *,
    without: Iterable[str] = (),
    tools: Sequence[str] = (),
    pictures: Sequence[str] = (),
) -> dict[str, Any]:
    """The strict JSON schema of a form. ids: of the sentences shown. without: fields left out. tools: those to which
    bridges may be built; none: bridges must be null. pictures: names of the pictures sent along."""
    schema = form.model_json_schema()
    left_out = {*without, *(() if pictures else ("pictures",))}
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
    """The answer in its form. Raises ModelError ("form") that says what is wrong, for the model to correct."""
    found: ValidationError | None = None
    for data in _objects(text):
        if len(data.keys() & form.model_fields.keys()) < MIN_FIELDS:  # a piece of an answer that is broken
            continue
        try:
            return form.model_validate({**dict.fromkeys(form.model_fields), **data})
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
