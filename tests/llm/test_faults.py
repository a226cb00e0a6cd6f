"""Every fault of a model or its server: the note is complete, says why, and neither calls nor waiting run away."""

from __future__ import annotations

import time

import pytest
from bench import CANARY, Bench
from model_server import FAULTS, ModelServer

from notegen.draft.drafter import Brief
from notegen.draft.quoting.extractive import ExtractiveDrafter

SILENT = ("hang", "stall", "pings")
QUESTIONS = 3
"""Two sections and the whole."""

DRAFTS = {
    "noschema": QUESTIONS + 1, "nojsonobject": QUESTIONS + 2, "newparams": QUESTIONS + 2, "blind": QUESTIONS,
    "surrogate": QUESTIONS,
    "nousage": QUESTIONS, "othermodel": QUESTIONS, "nostream": QUESTIONS, "duplast": QUESTIONS, "fenced": QUESTIONS,
    "think": QUESTIONS, "prosejson": QUESTIONS, "badcode": 2 * QUESTIONS, "foreignids": 2 * QUESTIONS,
}  # fmt: skip
"""Faults that a draft survives, and the calls that it takes at most."""
FALLS_BACK = {
    "429": ("no more calls", 6), "429date": ("no more calls", 6), "429long": ("no more calls", 1),
    "quota": ("used up", 1), "500": ("failed (HTTP 500)", 6), "503html": ("failed (HTTP 503)", 6),
    "401": ("does not accept the key", 1), "403": ("does not allow", 1), "404": ("has no model", 1),
    "ctx": ("longer than", QUESTIONS), "hang": ("did not answer in time", 2), "stall": ("in time|middle", 2),
    "html200": ("not that of a language model", QUESTIONS), "emptybody": ("not that of", QUESTIONS),
    "nochoices": ("not that of", QUESTIONS), "nullchoices": ("not that of", QUESTIONS),
    "err200": ("answered with an error", 6), "length": ("cut off", 2 * QUESTIONS), "refusal": ("refused", QUESTIONS),
    "filter": ("filter", QUESTIONS), "null": ("empty", 2 * QUESTIONS), "empty": ("empty", 2 * QUESTIONS),
    "lowprompt": ("read only 9 tokens", QUESTIONS), "badjson": ("not in the form", 2 * QUESTIONS),
    "prose": ("not in the form", 2 * QUESTIONS), "wrongschema": ("not in the form", 2 * QUESTIONS),
    "cut": ("broke off", 2 * QUESTIONS), "drop": ("middle|broke", 6), "sseerr": ("broke off", 6),
    "badsse": ("not that of", QUESTIONS), "pings": ("it is alive, and nothing else", 2),
    "oneline": ("cut off", 2 * QUESTIONS),
}  # fmt: skip
"""Faults that cost the draft, words of the reason, and the calls at most."""
CONTENT = ("falsequote", "invented", "truequote-wrongclaim", "loop", "echo")
"""Answers in the right form that say what the source does not."""


def test_every_fault_is_tried():
    assert {*DRAFTS, *FALLS_BACK, *CONTENT} == {*FAULTS}


@pytest.mark.parametrize("fault", FALLS_BACK)
def test_a_fault_leaves_the_extracted_note_with_its_reason(bench: Bench, server: ModelServer, fault: str):
    words, calls = FALLS_BACK[fault]
    began = time.monotonic()
    draft = bench.draft(f"fault:{fault}", timeout_s=0.4 if fault in SILENT else 20.0)
    seconds = time.monotonic() - began
    record = draft.record
    assert [each.by for each in record.sections] == ["extracted", "extracted"]
    assert all(any(word in each.reason for word in words.split("|")) for each in record.sections)
    assert (record.model, record.is_complete, draft.drafter) == ("", False, "extractive")
    assert record.calls == server.count <= calls
    assert record.advice
    note = bench.note(draft)
    assert "Drafted without the model" in note
    assert any(word in note.replace("\\", "") for word in words.split("|"))
    assert "model draft" not in note
    assert CANARY not in note + repr(record)
    print(f"{fault:12} {server.count} calls {seconds:5.2f} s  extracted: {record.sections[0].reason}")


@pytest.mark.parametrize("fault", DRAFTS)
def test_an_odd_server_is_understood(bench: Bench, server: ModelServer, fault: str):
    draft = bench.draft(f"fault:{fault}")
    assert [each.by for each in draft.record.sections] == ["llm", "llm"], draft.record.sections
    assert draft.record.is_complete
    assert draft.record.calls == server.count <= DRAFTS[fault]
    note = bench.note(draft)
    assert "model draft" in note
    assert CANARY not in note
    print(f"{fault:12} {server.count} calls  drafted by {draft.record.model}")


@pytest.mark.parametrize("fault", CONTENT)
def test_what_the_source_does_not_say_never_passes_for_it(bench: Bench, server: ModelServer, fault: str):
    draft = bench.draft(f"fault:{fault}")
    assert server.count <= 2 * QUESTIONS
    claims = [claim for section in draft.sections if section.added for claim in section.added.claims]
    assert [claim for claim in claims if claim.verdict != "unverified"] == []
    note = bench.note(draft)
    for lie in ("nobody will ever", "Vaswani", "412", "vector and it is a vector"):
        assert lie not in note
    print(f"{fault:22} {server.count} calls  {len(claims)} claims, unverified")


def test_a_fault_that_passes_is_asked_again(bench: Bench, server: ModelServer):
    draft = bench.draft("fault:500*2")
    assert {each.by for each in draft.record.sections} == {"llm"}
    assert server.count == QUESTIONS + 2


def test_the_other_sections_are_drafted(bench: Bench, server: ModelServer):
    """One bad answer, and one bad answer to the second try, cost one section."""
    draft = bench.draft("fault:badjson*2")
    assert [each.by for each in draft.record.sections] == ["extracted", "llm"]
    note = bench.note(draft)
    assert "The model did not draft this section." in note
    assert "not in the form" in note


def test_only_what_is_missing_is_asked_in_the_next_run(bench: Bench, server: ModelServer):
    bench.draft("fault:badjson*2")
    before = server.count
    draft = bench.draft("fault:badjson*2")
    assert {each.by for each in draft.record.sections} == {"llm"}
    assert server.count == before + 1
    assert bench.draft("fault:badjson*2").record.calls == 0


def test_refresh_asks_anew(bench: Bench, server: ModelServer):
    first = bench.draft("good")
    assert bench.draft("good", Brief(refresh=True)).sections == first.sections
    assert server.count == 2 * QUESTIONS


def test_nothing_listens(bench: Bench):
    bench.base_url = "http://127.0.0.1:9/v1"
    draft = bench.draft("good")
    assert draft.record.calls == 0
    assert "Nothing answers at" in draft.record.sections[0].reason
    assert "Nothing answers" in bench.note(draft)


def test_a_public_server_without_a_key_is_not_asked(bench: Bench):
    bench.base_url, bench.env = "https://models.example.org/v1", {}
    draft = bench.draft("good")
    assert draft.record.calls == 0
    assert "no key for models.example.org" in draft.record.sections[0].reason


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    bench: Bench, server: ModelServer, monkeypatch: pytest.MonkeyPatch
):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert bench.draft("good").record.model == "good"


def test_a_dead_server_stops_the_run_for_all_notes(bench: Bench, server: ModelServer):
    drafter = bench.drafter("fault:hang", timeout_s=0.4)
    first = drafter.draft(bench.passage, Brief())
    second = drafter.draft(bench.passage, Brief())
    assert (first.record.calls, second.record.calls) == (2, 0)
    assert second.record.sections[0].reason == first.record.sections[0].reason
    drafter.begin_run()  # a watcher lives longer than a server is away
    assert drafter.draft(bench.passage, Brief()).record.calls == 2


def test_the_way_a_server_wants_to_be_asked_is_remembered(bench: Bench, server: ModelServer):
    bench.draft("fault:noschema")
    before = server.count
    bench.draft("fault:noschema", Brief(refresh=True))
    assert server.count - before == QUESTIONS


def test_unverified_lines_take_no_place_of_extracted_ones(bench: Bench, server: ModelServer):
    """Never worse than extraction: what the source does not bear out stands beside it, or gives way."""
    extracted = ExtractiveDrafter().draft(bench.passage)
    doubtful = bench.draft("fault:truequote-wrongclaim")
    assert doubtful.added is not None
    assert doubtful.tldr == extracted.tldr
    assert (doubtful.background, doubtful.mastery, doubtful.recap) == (
        extracted.background, extracted.mastery, extracted.recap
    )  # fmt: skip
    assert doubtful.added.recap == ()
    sound = bench.draft("good")
    assert sound.added is not None
    assert not {each.name for each in sound.background} & {each.name for each in sound.added.concepts}
    assert [each.self_checks for each in sound.sections] == [each.self_checks for each in extracted.sections]
