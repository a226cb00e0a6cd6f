"""Figures go to a model only with leave, and what it says of them is labelled as its own."""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib

import pytest
from bench import FIRST, SECOND, Bench, passage_of
from model_server import ModelServer

from notegen.draft.draft import Draft
from notegen.draft.drafter import Brief
from notegen.extract.document import Picture


def png(red: int) -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(bytes([0, red, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


@pytest.fixture
def figured(bench: Bench) -> Bench:
    caption = "Figure 1: The cosine similarity of six words."
    picture = Picture(
        page=0, bbox=(72, 300, 300, 400), kind="raster", label="Figure 1", caption=caption, png=png(200),
        width_px=1, height_px=1,
    )  # fmt: skip
    text = f"{FIRST} Figure 1 shows the cosine similarity of six words as a table of dark and light cells."
    passage = passage_of(("1 Cosine Similarity", text), ("2 Attention", SECOND))
    bench.passage = dataclasses.replace(passage, pictures=(picture,))
    return bench


def seen(draft: Draft) -> list[tuple[str, str]]:
    return [(each.name, each.claim.text) for section in draft.sections if section.added for each in section.added.seen]


def test_no_picture_goes_without_leave(figured: Bench, server: ModelServer):
    draft = figured.draft("good")
    assert "image_url" not in json.dumps(server.asked)
    assert seen(draft) == []


def test_a_description_is_the_models_own(figured: Bench, server: ModelServer):
    drafter = figured.drafter("good", pictures=True)
    estimate = drafter.draft(figured.passage, Brief(dry_run=True)).record.estimate
    assert estimate is not None
    assert estimate.pictures == 1
    assert server.count == 0
    draft = drafter.draft(figured.passage, Brief())
    assert json.dumps(server.asked).count("data:image/png;base64,") == 1
    assert seen(draft) == [("Figure 1", "Several points and two arrows between them.")]
    note = figured.note(draft)
    assert "What the model sees in the pictures** · model draft, unverified" in note
    assert figured.drafter("good", pictures=True).draft(figured.passage, Brief()).record.calls == 0


def test_a_model_that_does_not_see_drafts_from_the_text(figured: Bench, server: ModelServer):
    draft = figured.draft("fault:blind", pictures=True)
    assert {each.by for each in draft.record.sections} == {"llm"}
    assert seen(draft) == []
    assert server.count == 4
    assert figured.draft("fault:blind", pictures=True).record.calls == 0
