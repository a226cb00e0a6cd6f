"""A question answered by a model from passages: each statement held against them, what says the reverse left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from model_server import ModelServer

from notegen.compose.templates import Templates
from notegen.config import DraftSettings, LearnerSettings
from notegen.draft.drafter import UNTOLD
from notegen.draft.explained import Explained
from notegen.draft.model.drafter import LLMDrafter
from notegen.llm.endpoint import endpoint_of
from notegen.store.replies import Replies

PASSAGES = (
    "An oxbow lake is left behind when the river breaks through the neck of a meander.",
    "The outer bank is worn away because the water flows faster there.",
)


def explained(server: ModelServer, folder: Path, answer: dict[str, object]) -> Explained:
    server.answers["asked"] = lambda prompt: json.dumps(answer)
    settings = DraftSettings(model="asked", base_url=server.base_url)
    endpoint = endpoint_of(settings, {"OPENAI_API_KEY": "sk-test"})
    drafter = LLMDrafter(
        endpoint, settings, LearnerSettings(), Templates([]), Replies(folder / "replies.sqlite3"), None
    )
    return drafter.explain("How does an oxbow lake come about?", PASSAGES, UNTOLD)


def says(text: str, *sources: str) -> dict[str, object]:
    return {"text": text, "sources": list(sources)}


def test_each_statement_names_the_passages_that_bear_it(server: ModelServer, tmp_path: Path):
    server.asked.clear()
    good = "When a river breaks through the neck of a meander, an oxbow lake is left behind."
    made_up = "Such lakes are home to many rare birds and fish."
    reverse = "The outer bank is not worn away because the water flows faster there."
    answer = {"answered": True, "statements": [says(good, "S1"), says(made_up, "S2"), says(reverse, "S2")]}
    said = explained(server, tmp_path, answer).said
    assert [(each.text, each.verdict, each.passages) for each in said] == [
        (good, "supported", (0,)),
        (made_up, "unverified", (1,)),
    ]
    assert PASSAGES[0] in server.prompts()[-1]


def test_a_model_that_finds_no_answer_says_nothing(server: ModelServer, tmp_path: Path):
    assert explained(server, tmp_path, {"answered": False, "statements": [says("Rivers are long.", "S1")]}).said == ()


@pytest.mark.parametrize("text", ["See page 99 of the book for the lake.", "Short"])
def test_what_is_unfit_is_left_out(server: ModelServer, tmp_path: Path, text: str):
    assert explained(server, tmp_path, {"answered": True, "statements": [says(text, "S1")]}).said == ()
