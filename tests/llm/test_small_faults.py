"""Small faults never cost an answer, and what is asked fits the passage."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bench import Bench, block
from model_replies import as_text, good_answer, sentences_of
from model_server import ModelServer

from notegen.draft.model.passage_kinds import kind_of
from notegen.draft.model.reply import SectionForm, WholeForm, read
from notegen.errors import ModelError

SAID = {"text": "It is so.", "sources": ["S1"]}
CASE = (
    "The court held that the seller is liable for the goods. "
    "The plaintiff had bought a press that broke within a week. "
    "The judge asked whether the contract covered such goods. The verdict followed the statute on sales."
)


@pytest.mark.parametrize(
    ("answer", "statements"),
    [
        ({"statements": [SAID] * 9, "happening": []}, 5),
        ({"statements": [SAID], "happening": None, "questions": "none"}, 1),
        ({"statements": [SAID, 7, {"text": {"a": 1}}], "table": {"rows": None}}, 1),
        ({"statements": ["It is so."], "diagram": {"nodes": 3}}, 1),
        ({"statements": [{"text": "It is so.", "sources": "S1, S2"}], "mistakes": "one"}, 1),
        ({"statements": [SAID], "table": {"title": "t", "header": ["a"] * 9, "rows": [["1"] * 2]}}, 1),
    ],
)
def test_a_fault_of_one_item_costs_that_item(answer: dict[str, Any], statements: int):
    found = read(SectionForm, json.dumps(answer))
    assert [each.text for each in found.statements] == ["It is so."] * statements


def test_a_field_that_is_missing_is_left_out():
    found = read(WholeForm, json.dumps({"tldr": {"core_idea": SAID}, "recap": [SAID] * 7}))
    assert (found.tldr.core_idea.text, found.tldr.watch_out, len(found.recap)) == ("It is so.", "", 5)


def test_an_answer_of_which_nothing_is_left_is_no_answer():
    with pytest.raises(ModelError):
        read(SectionForm, json.dumps({"statements": 5, "questions": 7}))


def test_lists_that_are_too_long_cost_no_call(bench: Bench, server: ModelServer):
    def answer(prompt: str) -> str:
        good = good_answer(prompt)
        if "statements" in good:
            ids = list(sentences_of(prompt))
            good["mistakes"] *= 9
            good["statements"][0]["sources"] = ids * 4
        return as_text(good)

    server.answers["long"] = answer
    draft = bench.draft("long")
    assert [each.by for each in draft.record.sections] == ["llm", "llm"]
    assert draft.record.calls == 3


def test_a_model_of_this_machine_is_not_asked_again_for_doubts(bench: Bench, server: ModelServer):
    draft = bench.draft("fault:truequote-wrongclaim")
    assert draft.record.calls == 3
    assert "unverified" in bench.note(draft)


@pytest.mark.parametrize(
    ("text", "language", "has_code", "name"),
    [
        (CASE, "en", False, "case"),
        (CASE, "en", True, "listing"),
        ("The king lost the war. A revolution ended his reign in that century.", "en", False, "narrative"),
        ("Klicken Sie auf den Schalter. Im nächsten Schritt wählen und drücken Sie.", "de", False, "procedure"),
        ("Patients were given a placebo in the trial, and the sample was measured.", "en", False, "experiment"),
        ("A vector has a length and a direction, and both matter.", "en", False, "explanation"),
    ],
)
def test_a_passage_shows_its_kind(text: str, language: str, has_code: bool, name: str):
    assert kind_of([text], language, has_code=has_code, has_formulas=False).name == name


def test_a_case_is_asked_for_its_holding_and_for_no_program(bench: Bench, server: ModelServer):
    def answer(prompt: str) -> str:
        good = good_answer(prompt)
        if "statements" in good:
            ids = list(sentences_of(prompt))
            good["aspects"] = [
                {"aspect": "holding", "text": "The court held the seller liable for the goods.", "sources": ids[:1]},
                {"aspect": "melody", "text": "The plaintiff had bought a press that broke.", "sources": ids[1:2]},
            ]
        return as_text(good)

    server.answers["lawyer"] = answer
    bench.passage = replace(bench.passage, blocks=(*bench.passage.blocks[:3], block(CASE, page=1, top=140)))
    draft = bench.draft("lawyer")
    asked = next(each for each in server.asked if "plaintiff" in str(each["messages"][-1]["content"]))
    properties = asked["response_format"]["json_schema"]["schema"]["properties"]
    assert "aspects" in properties
    assert not {"example", "bridge", "production"} & properties.keys()
    assert "- **Holding**: The court held the seller liable for the goods." in bench.note(draft)
    assert "melody" not in bench.note(draft).casefold()


def test_the_form_comes_before_the_text_and_is_the_same_for_all_sections(bench: Bench, server: ModelServer):
    bench.draft("good")
    asked = [str(each["messages"][-1]["content"]) for each in server.asked][:2]
    before = [text.partition("=====")[0].partition("Section “")[0] for text in asked]
    assert before[0] == before[1]
    assert len(before[0]) > 1000
