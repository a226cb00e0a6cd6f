"""A note that is made again, or whose PDF was changed by its reader, stays one note with all that the learner wrote."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pymupdf

from notegen.vault.regions import find

TOPICS = ["Rivers", "Glaciers", "Dunes", "Volcanoes"]
EXAMPLE = Path(__file__).parent / "old_vault/Inbox/Embeddings and Attention.pdf"
HIDES_FIRST = """{% extends "shipped/daily.md.j2" %}
{% block main %}{% for section in draft.sections[1:] %}{% set number = loop.index %}
{% include "shipped/partials/section.md.j2" %}{% endfor %}{% endblock %}
"""


def book(path: Path, pages: int = 1) -> Path:
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page()
        for place, topic in enumerate(TOPICS):
            page.insert_text((72, 90 + 170 * place), f"{number + 1}.{place + 1} {topic}", fontsize=18)
            text = (
                f"{topic} shape the land over a long time in region {number}. A map of {topic.lower()} shows where "
                f"they begin and where they end. People have studied {topic.lower()} since the first field survey."
            )
            page.insert_textbox((72, 105 + 170 * place, 520, 240 + 170 * place), text, fontsize=11)
    document.save(path)
    return path


def headings(note: Path) -> list[str]:
    return re.findall(r"^### 🔹 (.*)$", note.read_text("utf-8"), re.MULTILINE)


def test_a_section_that_an_own_template_hid_comes_in_without_moving_an_edited_one(vault: Path, notegen) -> None:
    shutil.copy(EXAMPLE, vault / "Inbox")
    own = vault / ".notegen/templates/daily.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(HIDES_FIRST, "utf-8")
    assert notegen("day", "--vault", vault, "--date", "2026-03-01").status == 0
    (note,) = (vault / "Logs").glob("*.md")
    before = headings(note)
    assert len(before) >= 3
    text = note.read_text("utf-8")
    second = [region for region in find(text) if region.id.startswith("section-")][1]
    end = text.index("%% notegen:end " + second.id)
    note.write_text(f"{text[:end]}MY OWN LINE\n\n{text[end:]}", "utf-8")
    own.unlink()
    assert "(updated)" in notegen("day", "--vault", vault, "--date", "2026-03-01").out
    after = headings(note)
    assert sorted(after[1:]) == sorted(before)
    assert len(after) == len(set(after)) == len(before) + 1
    assert "MY OWN LINE" in note.read_text("utf-8")


def test_a_highlight_makes_no_new_book_and_comes_into_the_log_on_the_next_run(vault: Path, notegen) -> None:
    pdf = book(vault / "Inbox/Land.pdf", pages=40)
    assert notegen("day", "--vault", vault, "--date", "2026-03-01").status == 0
    (note,) = (vault / "Logs").glob("*.md")
    document = pymupdf.open(pdf)
    page = document[0]
    marked = page.add_highlight_annot(page.search_for("Rivers shape the land"))
    marked.set_info(content="the *Nile*, too")
    marked.update()
    document.saveIncr()
    pages = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data
    assert pages["missing"] == []
    assert sorted(each["status"] for each in pages["notes"]) == ["updated", "written"]
    text = note.read_text("utf-8")
    callout = text[text.index("🖍️ Your highlights") :]
    assert re.search(r"^> - Rivers shape the land \[\[.*#page=1\|.*\]\]$", callout, re.MULTILINE)
    assert ">   💬 the \\*Nile\\*, too" in callout
    again = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data["notes"]
    assert [each["status"] for each in again] == ["unchanged"]
    assert note.read_text("utf-8") == text


def test_a_highlighted_copy_beside_the_book_is_the_same_book(vault: Path, notegen) -> None:
    pdf = book(vault / "Land.pdf", pages=2)
    assert notegen("day", pdf, "--vault", vault, "--date", "2026-03-01").status == 0
    document = pymupdf.open(pdf)
    document[0].add_highlight_annot(document[0].search_for("Rivers"))
    document.save(vault / "Inbox/Land (mine).pdf")
    ran = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data
    assert [each["status"] for each in ran["notes"]] == ["updated"]
    assert len(list((vault / "Logs").glob("*.md"))) == 1


def test_another_edition_of_a_book_is_another_book(vault: Path, notegen) -> None:
    book(vault / "Inbox/Land.pdf", pages=2)
    assert notegen("day", "--vault", vault, "--date", "2026-03-01").status == 0
    (vault / "Inbox/Land.pdf").unlink()
    book(vault / "Inbox/Land 2.pdf", pages=3)
    ran = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data
    assert [each["status"] for each in ran["notes"]] == ["written"]
    assert ran["missing"] == ["Land.pdf"]
