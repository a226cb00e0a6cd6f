"""Cards of what was read: which there are, what becomes of them in the learner's hands, and what Anki gets."""

from __future__ import annotations

import io
import json
import random
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from study import Study, read_on

from notegen.learner.cards.anki import package, table
from notegen.learner.cards.exported import as_html, exported
from notegen.learner.cards.noted import cards_in, troubled_in
from notegen.learner.cards.plugin import DATA_FILE, CardSyntax
from notegen.vault.appending import append

NOTE = "Cards/Sea.md"
REVIEWED = "<!--SR:!fsrs,2026-03-01,11,250,530,2,3,0,0,2026-02-18-->"


def cards_of(study: Study) -> dict[str, tuple[str, str]]:
    """Question → (id, answer) in the note."""
    found = cards_in(study.note(NOTE).read_text(encoding="utf-8"), CardSyntax())
    return {card.question: (card.id, card.answer) for card in found}


def as_the_plugin_reads(text: str) -> list[str]:
    """The cards that the plugin finds with its defaults: a state machine by its documentation."""
    cards, lines, is_card = [], [], False
    for line in [*re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).split("\n"), ""]:
        if not line.strip():
            cards += ["\n".join(lines)] if is_card else []
            lines, is_card = [], False
        elif "::" in line or re.search(r"==.+?==", line):
            cards.append(line)
            lines, is_card = [], False
        else:
            is_card = is_card or (line.strip() == "?" and bool(lines))
            lines.append(line)
    return cards


def test_the_plugin_finds_each_card_and_nothing_else(study: Study):
    study.cards()
    text = study.note(NOTE).read_text(encoding="utf-8")
    assert as_the_plugin_reads(text) == [
        "What is a trade wind?\n?\nA trade wind is a steady wind that blows towards the equator. "
        "[[Sea.pdf#page=1|p. 1]]"
    ]
    assert "tags:\n  - flashcards/Sea\n" in text


def test_a_passage_has_no_more_cards_than_its_pages_and_the_day_allow(study: Study):
    read_on(study)
    study.note("notegen.toml").write_text("[cards]\npages_per_card = 1\nper_day = 0\n", encoding="utf-8")
    assert [one.new for one in study.cards(dry_run=True).books] == [0]
    study.note("notegen.toml").write_text("[cards]\npages_per_card = 1\nper_day = 1\n", encoding="utf-8")
    assert [one.new for one in study.cards(dry_run=True).books] == [2]


def test_a_second_run_writes_nothing_and_a_new_passage_adds_its_own(study: Study):
    assert [one.status for one in study.cards().books] == ["written"]
    before = study.note(NOTE).read_bytes()
    assert [(one.status, one.new) for one in study.cards().books] == [("unchanged", 0)]
    assert study.note(NOTE).read_bytes() == before
    read_on(study)
    assert [(one.status, one.new) for one in study.cards().books] == [("updated", 1)]
    assert list(cards_of(study)) == ["What is a trade wind?", "What is a spring tide?"]


def test_what_the_plugin_wrote_and_the_learner_edited_stays_byte_for_byte(study: Study):
    study.cards()
    study.change(NOTE, "p. 1]]\n", f"p. 1]]\n{REVIEWED}\n")
    study.change(NOTE, "a steady wind", "a constant wind")
    before = study.note(NOTE).read_text(encoding="utf-8")
    read_on(study)
    study.cards()
    after = study.note(NOTE).read_text(encoding="utf-8")
    card = before[before.index("%% notegen:begin card-") : before.index("%% notegen:regions")]
    assert card in after
    assert "spring tide" in after
    [first, *_] = cards_in(after, CardSyntax())
    assert first.is_edited
    assert first.schedule.startswith("!fsrs,2026-03-01")
    assert "SR" not in first.answer


def test_a_card_that_was_deleted_or_refused_never_comes_back(study: Study):
    read_on(study)
    study.cards()
    text = study.note(NOTE).read_text(encoding="utf-8")
    start, end = text.index("%% notegen:begin card-"), text.index("%% notegen:begin passage-2-2")
    study.note(NOTE).write_text(text[:start] + text[end:], encoding="utf-8")
    study.change(NOTE, "full moon. [[Sea.pdf#page=2|p. 2]]\n", "full moon. [[Sea.pdf#page=2|p. 2]]\ncard: no\n")
    study.change(NOTE, 'passages:\n  - "1-1"\n  - "2-2"\n', "passages: []\n")
    [one] = study.cards().books
    assert (one.new, one.asked) == (0, ())
    assert "What is a trade wind?" not in cards_of(study)


def test_a_question_that_is_refused_in_its_log_becomes_no_card(study: Study):
    study.change("Logs/2026-01-05 Winds.md", "- [ ] What is a trade wind?", "- [ ] What is a trade wind? (card: no)")
    assert [one.path for one in study.cards().books] == [""]


def test_a_log_whose_property_says_no_gives_none(study: Study):
    study.change("Logs/2026-01-05 Winds.md", "reviewed: false\n", "reviewed: false\ncard: no\n")
    assert [one.path for one in study.cards().books] == [""]


def test_half_a_card_is_said_and_kept(study: Study):
    study.cards()
    study.change(NOTE, "%% notegen:end card-", "%% gone ")
    study.change(NOTE, 'passages:\n  - "1-1"\n', "passages: []\n")
    before = study.note(NOTE).read_text(encoding="utf-8").partition("%% gone")[0].partition("---\n%%")[2]
    [one] = study.cards().books
    assert any("its end marker is missing" in each for each in one.said)
    assert one.new == 0
    assert before in study.note(NOTE).read_text(encoding="utf-8")


def test_a_card_without_its_answer_is_said_and_not_asked(study: Study):
    study.cards()
    study.change(NOTE, "\n?\n", "\n")
    [one] = study.cards().books
    assert "has no answer any more" in one.said[0]
    assert one.asked == ()


def test_a_note_of_the_learners_with_the_books_name_is_not_touched(study: Study):
    study.note("Cards").mkdir()
    study.note(NOTE).write_text("my own cards\n", encoding="utf-8")
    [one] = study.cards().books
    assert study.note(NOTE).read_text(encoding="utf-8") == "my own cards\n"
    assert one.path == "Cards/Sea 1.md"
    assert [each.path for each in study.cards().books] == ["Cards/Sea 1.md"]


def test_a_deck_that_the_learner_chose_stays_the_only_one(study: Study):
    study.cards()
    study.change(NOTE, "flashcards/Sea", "flashcards/mine")
    read_on(study)
    study.cards()
    assert "flashcards/Sea" not in study.note(NOTE).read_text(encoding="utf-8")


def test_the_plugins_own_settings_are_kept_to(study: Study):
    told = {
        "settings": {"multilineCardSeparator": "??", "multilineCardEndMarker": "+++", "singleLineCardSeparator": ";;"}
    }
    study.note(DATA_FILE).parent.mkdir(parents=True)
    study.note(DATA_FILE).write_text(json.dumps(told), encoding="utf-8")
    study.cards()
    text = study.note(NOTE).read_text(encoding="utf-8")
    assert re.search(r"wind\?\n\?\?\nA trade wind [^\n]*\n\+\+\+\n", text)
    assert [card.answer for card in cards_in(text, CardSyntax.read(study.desk.vault.storage.read))] == [
        "A trade wind is a steady wind that blows towards the equator. [[Sea.pdf#page=1|p. 1]]"
    ]


@pytest.mark.parametrize("data", ["", "[]", "{", '{"settings": []}', '{"settings": {"multilineCardSeparator": 7}}'])
def test_broken_settings_of_the_plugin_are_its_defaults(data: str):
    assert CardSyntax.read(lambda path: (data.encode(), "")) == CardSyntax()


def test_marks_of_one_line_cards_are_taken_apart():
    assert CardSyntax().inert("std::sort and a:::b") == "std\\:\\:sort and a\\:\\:\\:b"


def test_no_schedule_is_lost_in_many_merges():
    """Whatever passages come in, every line that the plugin wrote is there afterwards, below its own card."""
    chance = random.Random(7)
    from notegen.vault.regions import with_roster, wrap

    def note(ids: list[int]) -> str:
        return "\n\n".join(wrap(f"card-{number:016x}", f"Q{number}\n?\nA{number}") for number in ids) + "\n"

    for _ in range(300):
        ids = chance.sample(range(40), 12)
        body = with_roster(note(ids[:6]))
        for number in ids[:4]:
            body = body.replace(
                f"A{number}\n\n%%", f"A{number}\n<!--SR:!2026-02-0{number % 9 + 1},{number},230-->\n\n%%"
            )
        kept = [line for line in body.split("\n") if line.startswith("<!--SR:")]
        chance.shuffle(ids)
        merged = append(append(body, note(ids)), note(ids))
        assert [line for line in merged.split("\n") if line.startswith("<!--SR:")] == kept
        assert len(cards_in(merged, CardSyntax())) == 12
        assert all(f",{int(card.id, 16)}," in card.schedule for card in cards_in(merged, CardSyntax()) if card.schedule)


def notes_of(data: bytes, folder: Path) -> list[tuple[str, int, list[str]]]:
    """(guid, time, fields) of each note in a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        (folder / "collection.anki2").write_bytes(packed.read("collection.anki2"))
    with sqlite3.connect(folder / "collection.anki2") as opened:
        return [
            (guid, mod, fields.split("\x1f"))
            for guid, mod, fields in opened.execute("SELECT guid, mod, flds FROM notes")
        ]


def test_a_package_names_each_card_for_ever_and_dates_it_by_its_content(study: Study, tmp_path: Path):
    [one] = study.cards(dry_run=True).books
    assert not study.note(NOTE).exists()
    first = notes_of(package({"Sea": (one.book, exported(one.asked, source="Sea", note_changed_at=0))}), tmp_path)
    study.cards()
    study.change(NOTE, "a steady wind", "a *constant* & steady wind")
    [one] = study.cards().books
    asked = exported(one.asked, source="Sea", note_changed_at=one.changed_at)
    second = notes_of(package({"Other": (one.book, asked)}), tmp_path)
    assert [guid for guid, _, _ in first] == [guid for guid, _, _ in second] == [one.asked[0].id]
    assert first[0][1] == 1_767_571_200  # midnight of 2026-01-05 in UTC
    assert second[0][1] == one.changed_at > first[0][1]
    assert first[0][2][:4] == [
        "What is a trade wind?",
        "A trade wind is a steady wind that blows towards the equator.",
        "Sea",
        "p. 1",
    ]
    assert "&amp; steady" in second[0][2][1]


def test_a_text_file_has_its_headers_and_one_line_a_card(study: Study):
    [one] = study.cards(dry_run=True).books
    lines = table({"Sea": (one.book, exported(one.asked, source="Sea", note_changed_at=0))}).decode().splitlines()
    assert "#guid column:1" in lines
    assert [line.split("\t")[:3] for line in lines if not line.startswith("#")] == [
        [one.asked[0].id, "Sea", "What is a trade wind?"]
    ]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a\\_b \\<i\\> & $x_1 < 2$ [[B.pdf#page=3|p. 3]]", "a_b &lt;i&gt; &amp; \\(x_1 &lt; 2\\)"),
        ("Two kinds: [[B.pdf#page=3|p. 3]]\n- one\n- two", "Two kinds:<ul><li>one</li><li>two</li></ul>"),
        ("see [[Note|this]] &#91;x\nand ==that== **too**", "see this [x<br>and <b>that</b> <b>too</b>"),
        ("==[[Dot product|the dot]]== is", "<b>the dot</b> is"),
        ("std\\:\\:sort [p. 3](B.pdf#page=3)", "std::sort"),
    ],
)
def test_anki_shows_what_the_note_says(markdown: str, html: str):
    assert as_html(markdown) == html


def test_the_command_writes_says_and_exports(notegen, study: Study, tmp_path: Path):
    ran = notegen("cards", "--vault", study.root, "--json", "--dry-run")
    [one] = ran.data["books"]
    assert (ran.status, one["status"], one["new"], study.note("Cards").exists()) == (0, "written", 1, False)
    assert set(one["cards"][0]) >= {"id", "question", "answer", "page", "date", "reviewed", "refused"}
    exported = notegen(
        "cards", "export", "--vault", study.root, "--anki", tmp_path / "a.apkg", "--tsv", tmp_path / "a.txt"
    )
    assert exported.status == 0, exported.err
    assert len(notes_of((tmp_path / "a.apkg").read_bytes(), tmp_path)) == 1
    assert not study.note("Cards").exists()
    assert notegen("cards", "--vault", study.root, "--book", "sea").out.startswith("+ Cards/Sea.md")
    wrong = notegen("cards", "--vault", study.root, "--book", "Land")
    assert (wrong.status, "Choose one of" in wrong.err) == (2, True)
    assert notegen("cards", "export", "--vault", study.root).status == 2
    missing = notegen("cards", "export", "--vault", study.root, "--tsv", tmp_path / "none" / "a.txt")
    assert (missing.status, "cannot be written" in missing.err) == (1, True)


def test_a_card_with_a_broken_marker_is_named():
    assert troubled_in("%% notegen:begin card-0123456789abcdef 000000000000 %%\nQ\n?\nA\n", CardSyntax())
