"""A law: whatever stands in an answer of the right form, the note that comes of it is sound."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

from bench import Bench
from hostile_replies import PAYLOADS
from hypothesis import given, settings
from hypothesis import strategies as st
from test_hostile_model import check_inert

from notegen.config import LearnerSettings
from notegen.draft.draft import DraftRecord
from notegen.draft.model.assemble import Assembly
from notegen.draft.model.joining import with_section, with_whole
from notegen.draft.model.questions import Questions
from notegen.draft.model.reply import SectionForm, WholeForm, read
from notegen.draft.quoting.extractive import Work

IDS = ("S1", "S2", "S3", "S99", "")
TEXT = st.one_of(
    st.text(max_size=80),
    st.sampled_from(PAYLOADS),
    st.sampled_from(
        [
            "The dot product of two vectors is divided by their lengths.",
            "Take $q \\cdot k$ and $\\sqrt{d}$ of it.",
            "1",
            "-2.5",
            "[1, 2]",
            "9" * 400,
            "x = 1\nprint(x)",
            "sum",
            "softmax",
            "dot product",
            "LangChain",
            "Figure 1",
        ]
    ),
)


def of_schema(schema: dict[str, Any], definitions: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Answers that a JSON schema allows, their texts from TEXT."""
    if "$ref" in schema:
        return of_schema(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        return st.one_of([of_schema(each, definitions) for each in schema["anyOf"]])
    if schema.get("type") == "object":
        return st.fixed_dictionaries({n: of_schema(part, definitions) for n, part in schema["properties"].items()})
    if schema.get("type") == "array":
        return st.lists(of_schema(schema["items"], definitions), max_size=min(3, schema.get("maxItems", 3)))
    if "enum" in schema or schema.get("source_id"):
        return st.sampled_from(IDS)
    return st.none() if schema.get("type") == "null" else TEXT


def answers(form: type[SectionForm] | type[WholeForm]) -> st.SearchStrategy[str]:
    schema = form.model_json_schema()
    return of_schema(schema, schema["$defs"]).map(json.dumps)


@settings(max_examples=15)
@given(st.lists(answers(SectionForm), min_size=2, max_size=2), answers(WholeForm))
def test_any_answer_makes_a_sound_note(sections: list[str], whole: str):
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(base_url="http://127.0.0.1:9/v1", folder=Path(folder))
        learner = LearnerSettings(stack=("LangChain",))
        templates = bench.drafter("good").templates
        work = Work(bench.passage)
        draft = dataclasses.replace(work.draft(), record=DraftRecord(model="m", endpoint=bench.base_url))
        questions = Questions(work=work, learner=learner, templates=templates)
        for index, text in enumerate(sections):
            question = questions.section(draft.sections[index], index)
            added = Assembly(question, work, learner, None).assembled(read(SectionForm, text))
            draft = with_section(draft, index, added, "")
        added = Assembly(questions.whole(), work, learner, None).assembled(read(WholeForm, whole))
        check_inert(bench.note(with_whole(draft, added)).partition("\n")[2])
