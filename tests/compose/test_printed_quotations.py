"""How a log prints what it quotes, read as a person would read the Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from notegen.compose.compose import compose
from notegen.compose.filters import worded
from notegen.compose.place import Place
from notegen.compose.templates import Templates
from notegen.draft.quoting.extractive import ExtractiveDrafter
from notegen.extract.document import Block, Document
from notegen.link.related import Related
from notegen.reading.passage import Passage
from notegen.vault.vault import Vault

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000400015e0f3c1e"
    "0000000049454e44ae426082"
)


def block(text: str, kind: str = "paragraph", **more: Any) -> Block:
    return Block(kind=kind, page=more.pop("page", 0), bbox=(72, 100, 500, 120), text=text, **more)  # type: ignore[arg-type]


def printed(folder: Path, *blocks: Block, **how: Any) -> str:
    document = Document(sha256="0" * 64, title="Rivers", page_count=2, labels=("7", "8"), words=(300, 300))
    passage = Passage(
        document=document, title="Water", chapter="", first=0, last=1, blocks=blocks, pictures=(), tables=()
    )
    (folder / "Rivers.pdf").write_bytes(b"%PDF-1.4")
    place = Place(
        vault=Vault(folder),
        note_path="Log.md",
        pdf_path="Rivers.pdf",
        attachment_folder="",
        date="2026-03-01",
        tags=(),
        concept_tags=(),
        made_from="x",
        **how,
    )
    draft = ExtractiveDrafter().draft(passage)
    log = compose(draft, passage, Related(), place, Templates())
    return re.sub(r"\[\[Rivers\.pdf#page=\d+\|p\. (\d+)\]\]", r"[\1]", log.body)


LIST = (
    block("1 Rivers", "heading", level=1),
    block("The valley of the Po has two kinds of river that a visitor may see:"),
    block("streams that dry up in every summer,", "list", marker="1.", level=1),
    block("rivers that carry water all the year,", "list", marker="2.", level=1),
    block("Both of them carry much sand to the sea."),
)


def test_a_list_is_a_list_and_every_line_of_it_has_its_page(tmp_path: Path):
    note = printed(tmp_path, *LIST).replace("==", "")
    assert (
        "- The valley of the Po has two kinds of river that a visitor may see: [7]\n"
        "  1. streams that dry up in every summer, [7]\n"
        "  2. rivers that carry water all the year, [7]\n"
    ) in note


def test_a_formula_stands_between_the_lines_of_its_quotation(tmp_path: Path):
    note = printed(
        tmp_path,
        block("1 Sand", "heading", level=1),
        block("The share of the sand in the water of a river, which everyone measures, is"),
        block("s = m / v", "formula", crop=PNG),
        block("where m is the mass of the sand and v is the volume of the water."),
        block("A river is a stream of water that flows through its own valley to the sea.", page=1),
    ).replace("==", "")
    found = re.search(r"^- The share .* is \[7\]\n\n  !\[\[.*\n  \[7\]\n\n  where m is .* \[7\]$", note, re.MULTILINE)
    assert found


def test_the_text_of_a_formula_is_told_where_it_is_in_words():
    assert worded("share = mass of the sand / mass of the water")
    assert not worded("s = m v")
    assert not worded("S(a) = P{Well}(a) + sin(x)")


def test_the_raw_text_of_the_pages_stands_folded_where_it_is_asked_for(tmp_path: Path):
    assert "Raw Extract" not in printed(tmp_path, *LIST)
    note = printed(tmp_path, *LIST, block("a [[link]] of the page", page=1), raw_extract=True)
    raw = note[note.index("> [!quote]- 🧾 Raw Extract") :]
    assert "> Both of them carry much sand to the sea." in raw
    assert "> **8**" in raw
    assert "[[link" not in raw


def test_without_a_tldr_the_callout_asks_the_learner_for_one(tmp_path: Path):
    note = printed(tmp_path, *LIST)
    assert "TL;DR (90 seconds) · your turn\n> - What these pages say, in my own words:" in note
    assert "^ng-tldr" not in note


def test_formulas_without_words_are_folded(tmp_path: Path):
    formula = block("f(a) = g(b)", "formula", crop=PNG)
    note = printed(tmp_path, block("1 Sand", "heading", level=1), formula, *LIST)
    assert re.search(r"^> \[!abstract\]- More formulas of this section\n> !\[\[.*\n> \[7\]$", note, re.MULTILINE)
