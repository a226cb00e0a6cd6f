"""`notegen day` as a person meets it: real processes, real PDFs, a real vault."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pymupdf
import pytest
from real_pdfs import EXAMPLE_PDF, shared_pdf

from notegen.extract.ocr.tesseract import installed_languages

HAS_TESSERACT = "eng" in installed_languages()
needs_tesseract = pytest.mark.skipif(not HAS_TESSERACT, reason="tesseract with English is not installed")


def snapshot(root: Path) -> dict[str, tuple[str, int]]:
    """Path → (hash, modification time) of every file of a vault."""
    return {
        path.relative_to(root).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def short_pdf(path: Path, topic: str = "Tides", pages: int = 2) -> Path:
    """A small PDF of prose, written here."""
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page()
        page.insert_text((72, 80), f"{number + 1} {topic}", fontsize=20)
        text = (
            f"{topic} are long waves that follow the moon around the earth. "
            "A spring tide is a tide of great range that comes "
            f"at full moon and new moon. The range of the tide depends on the shape of the coast in part {number}. "
            "Because the moon moves on, high water comes about fifty minutes later each day. "
            "A tide table is a list of the times of high water and low water for one harbour. "
        )
        page.insert_textbox((72, 110, 520, 400), text * 2, fontsize=11)
    document.save(path)
    return path


@pytest.fixture
def book(vault: Path) -> Path:
    """The example book in the inbox, read a chapter a day."""
    (vault / "notegen.toml").write_text("[day]\nmax_pages = 6\n", encoding="utf-8")
    return Path(shutil.copy(EXAMPLE_PDF, vault / "Inbox"))


def test_a_dropped_pdf_becomes_a_note(vault: Path, book: Path, notegen):
    before = book.read_bytes()
    result = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json")
    assert result.status == 0
    [note] = result.data["notes"]
    assert note["status"] == "written"
    assert (note["pages"], note["pdf_pages"]) == ("1-4", "4-7")
    assert (note["source"], note["drafter"]) == ("Inbox/Embeddings and Attention.pdf", "extractive")
    text = (vault / note["path"]).read_text(encoding="utf-8")
    for line in ('source: "[[Embeddings and Attention.pdf]]"', "type: log", "suspect: false", "reviewed: false"):
        assert line in text
    assert book.read_bytes() == before
    assert not list(vault.rglob("*.tmp"))


def test_a_second_run_touches_nothing(vault: Path, book: Path, notegen):
    notegen("day", "--vault", vault, "--date", "2026-03-01")
    before = snapshot(vault)
    result = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json")
    assert [note["status"] for note in result.data["notes"]] == ["unchanged"]
    assert result.status == 0
    assert snapshot(vault) == before


def test_a_dry_run_says_the_same_and_writes_nothing(vault: Path, book: Path, notegen):
    before = snapshot(vault)
    planned = notegen("day", "--vault", vault, "--date", "2026-03-01", "--dry-run", "--json").data
    assert snapshot(vault) == before
    done = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data
    assert planned.pop("dry_run")
    assert not done.pop("dry_run")
    assert planned == done
    assert {each["path"] for each in planned["notes"][0]["attachments"]} <= set(snapshot(vault))


def test_a_book_moves_one_passage_a_day_and_ends(vault: Path, book: Path, notegen):
    spans = []
    for day in range(1, 5):
        data = notegen("day", "--vault", vault, "--date", f"2026-03-0{day}", "--json").data
        spans += [note["pdf_pages"] for note in data["notes"]]
    assert spans == ["4-7", "8-12", "13-17", "18-22"]
    result = notegen("day", "--vault", vault, "--date", "2026-03-09")
    assert result.status == 0
    assert "Nothing is left to read" in result.out


def test_next_takes_another_passage_on_the_same_day(vault: Path, book: Path, notegen):
    notegen("day", "--vault", vault, "--date", "2026-03-01")
    data = notegen("day", "--vault", vault, "--date", "2026-03-01", "--next", "--json").data
    assert [note["pdf_pages"] for note in data["notes"]] == ["8-12"]


def test_pages_are_those_printed_in_the_book(vault: Path, book: Path, notegen):
    printed = notegen("day", book, "--vault", vault, "--pages", "5-9", "--json").data["notes"]
    assert [(note["pages"], note["pdf_pages"], note["title"]) for note in printed] == [
        ("5-9", "8-12", "2 Measuring Similarity")
    ]
    raw = notegen("day", book, "--vault", vault, "--pages", "pdf:8-12", "--json").data["notes"]
    assert [(note["path"], note["status"]) for note in raw] == [(printed[0]["path"], "unchanged")]
    assert len(list((vault / "Logs").glob("*.md"))) == 1


def test_a_section_by_title(vault: Path, book: Path, notegen):
    data = notegen("day", book, "--vault", vault, "--section", "the context bottleneck", "--json").data
    [note] = data["notes"]
    assert note["title"] == "3.2 The Context Bottleneck"
    text = (vault / note["path"]).read_text(encoding="utf-8")
    assert "### 🔹 3.1" not in text


def test_what_the_learner_typed_survives(vault: Path, book: Path, notegen):
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    path = vault / note["path"]
    mine = path.read_text(encoding="utf-8")
    mine = mine.replace("- What clicked for me today:", "- What clicked for me today: the angle")
    mine = mine.replace("reviewed: false", "reviewed: true\nmood: curious")
    mine = mine.replace("TL;DR (90 seconds)", "TL;DR, my way")
    path.write_text(mine, encoding="utf-8")
    again = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    assert [each["status"] for each in again] == ["unchanged"]
    (vault / ".notegen" / "templates").mkdir(parents=True)
    (vault / ".notegen" / "templates" / "daily.md.j2").write_text(
        '{% extends "shipped/daily.md.j2" %}'
        '{% block recap %}{% filter region("recap") %}Recap of mine{% endfilter %}{% endblock %}',
        encoding="utf-8",
    )
    [updated] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    text = path.read_text(encoding="utf-8")
    assert updated["status"] == "updated"
    assert "Recap of mine" in text
    assert "- What clicked for me today: the angle" in text
    assert "TL;DR, my way" in text
    assert "reviewed: true\nmood: curious" in text


def test_a_log_that_was_moved_and_renamed_keeps_its_place(vault: Path, book: Path, notegen):
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    (vault / "Archive").mkdir()
    (vault / note["path"]).rename(vault / "Archive" / "Mine.md")
    [again] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--refresh", "--json").data["notes"]
    assert (again["path"], again["status"]) == ("Archive/Mine.md", "unchanged")
    [following] = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data["notes"]
    assert following["pdf_pages"] == "8-12"


def test_a_pdf_that_was_moved_in_the_vault_is_found_again(vault: Path, book: Path, notegen):
    notegen("day", "--vault", vault, "--date", "2026-03-01")
    (vault / "Library").mkdir()
    book.rename(vault / "Library" / "Renamed.pdf")
    notes = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data["notes"]
    assert [(note["pdf_pages"], note["status"]) for note in notes] == [("8-12", "written"), ("4-7", "updated")]
    note = notes[0]
    assert note["source"] == "Library/Renamed.pdf"
    assert "[[Renamed.pdf#page=8|" in (vault / note["path"]).read_text(encoding="utf-8")


def test_a_relative_path_means_the_folder_one_is_in(vault: Path, tmp_path: Path, notegen):
    (tmp_path / "dl").mkdir()
    short_pdf(tmp_path / "dl" / "Tides.pdf")
    [note] = notegen("day", "Tides.pdf", "--vault", "../vault", "--json", cwd=tmp_path / "dl").data["notes"]
    assert note["status"] == "written"


def test_notes_follow_a_pdf_that_was_renamed(vault: Path, book: Path, notegen):
    for day in (1, 2):
        notegen("day", "--vault", vault, "--date", f"2026-03-0{day}")
    book.rename(vault / "Inbox" / "New name.pdf")
    data = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data
    assert sorted(note["status"] for note in data["notes"]) == ["updated", "updated"]
    assert notegen("check", "--vault", vault).status == 0
    again = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data
    assert [note["status"] for note in again["notes"]] == ["unchanged"]


def test_a_picture_that_was_lost_comes_back(vault: Path, book: Path, notegen):
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-02", "--pages", "5-9", book, "--json").data["notes"]
    for each in note["attachments"]:
        (vault / each["path"]).unlink()
    [again] = notegen("day", book, "--vault", vault, "--pages", "5-9", "--json").data["notes"]
    assert again["status"] == "updated"
    assert all((vault / each["path"]).is_file() for each in note["attachments"])


def test_a_log_may_be_given_another_type(vault: Path, book: Path, notegen):
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    path = vault / note["path"]
    path.write_text(path.read_text(encoding="utf-8").replace("type: log", "type: literature"), encoding="utf-8")
    [again] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    assert (again["path"], again["status"]) == (note["path"], "unchanged")


@pytest.mark.parametrize("path", ["../{title}.md", "/tmp/{title}.md", "", "{nope}.md", "a//{title}.md", "Logs/"])
def test_a_log_path_that_is_no_place_in_the_vault(vault: Path, notegen, path: str):
    short_pdf(vault / "Inbox" / "Tides.pdf")
    result = notegen("day", "--vault", vault, NOTEGEN_LOG__PATH=path)
    assert result.status == 2
    assert "log.path" in result.err
    assert len(list(vault.rglob("*.md"))) == 0


def test_dates_are_written_as_in_the_daily_notes(vault: Path, notegen):
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "daily-notes.json").write_text('{"format": "YYYY/MM/D MMMM"}', encoding="utf-8")
    short_pdf(vault / "Inbox" / "Tides.pdf")
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-07", "--json").data["notes"]
    assert note["path"].startswith("Logs/2026/03/7 March ")


def test_two_notes_of_one_title_get_two_names_in_the_plan_too(vault: Path, notegen):
    (vault / "Inbox" / "b").mkdir()
    short_pdf(vault / "Inbox" / "A.pdf", pages=2)
    short_pdf(vault / "Inbox" / "b" / "B.pdf", pages=3)
    planned = notegen("day", "--vault", vault, "--dry-run", "--json").data["notes"]
    done = notegen("day", "--vault", vault, "--json").data["notes"]
    assert [note["path"] for note in planned] == [note["path"] for note in done]
    assert len({note["path"] for note in done}) == 2


def test_a_pdf_from_outside_is_copied_into_the_vault(vault: Path, tmp_path: Path, notegen):
    outside = short_pdf(tmp_path / "Tides.pdf")
    before = outside.read_bytes()
    [note] = notegen("day", outside, "--vault", vault, "--json").data["notes"]
    assert note["source"] == "Sources/Tides.pdf"
    assert (vault / "Sources" / "Tides.pdf").read_bytes() == before == outside.read_bytes()
    [again] = notegen("day", outside, "--vault", vault, "--json").data["notes"]
    assert again["status"] == "unchanged"
    assert len(list((vault / "Sources").iterdir())) == 1


def test_a_pdf_of_the_vault_may_be_named_from_anywhere(vault: Path, tmp_path: Path, notegen):
    short_pdf(vault / "Inbox" / "Tides.pdf")
    [note] = notegen("day", "vault/Inbox/Tides.pdf", "--vault", vault, "--json", cwd=tmp_path).data["notes"]
    assert note["source"] == "Inbox/Tides.pdf"


@pytest.mark.parametrize("name", ["C# [draft].pdf", "50%% off.pdf", "a^b.pdf"])
def test_a_name_that_obsidian_cannot_link_gets_a_legal_copy(vault: Path, name: str, notegen):
    pdf = short_pdf(vault / "Inbox" / name)
    [note] = notegen("day", "--vault", vault, "--json").data["notes"]
    assert note["source"].startswith("Sources/")
    assert (vault / note["source"]).read_bytes() == pdf.read_bytes()
    assert notegen("check", "--vault", vault).status == 0
    again = notegen("day", "--vault", vault, "--json").data
    assert [each["status"] for each in again["notes"]] == ["unchanged"]


def test_two_pdfs_of_one_name_get_links_that_tell_them_apart(vault: Path, notegen):
    (vault / "Inbox" / "b").mkdir()
    short_pdf(vault / "Inbox" / "Notes.pdf", "Tides")
    short_pdf(vault / "Inbox" / "b" / "Notes.pdf", "Winds")
    notes = notegen("day", "--vault", vault, "--json").data["notes"]
    sources = [note["source"] for note in notes]
    assert len(set(sources)) == 2
    for note, other in (notes, notes[::-1]):
        assert Path(note["source"]).name != Path(other["source"]).name
    assert notegen("check", "--vault", vault).status == 0


def test_the_same_content_twice_is_one_note(vault: Path, notegen):
    pdf = short_pdf(vault / "Inbox" / "Tides.pdf")
    shutil.copy(pdf, vault / "Inbox" / "Tides (1).pdf")
    notes = notegen("day", "--vault", vault, "--json").data["notes"]
    assert len(notes) == 1


def test_a_day_makes_so_many_notes_and_lists_the_rest(vault: Path, notegen):
    for number in range(4):
        short_pdf(vault / "Inbox" / f"{number}.pdf", f"Topic{number}")
    (vault / "notegen.toml").write_text("[day]\nmax_notes = 3\n", encoding="utf-8")
    data = notegen("day", "--vault", vault, "--json").data
    assert (len(data["notes"]), data["waiting"]) == (3, ["Inbox/3.pdf"])
    data = notegen("day", "--vault", vault, "--json").data
    assert sorted(note["status"] for note in data["notes"]) == ["unchanged"] * 3 + ["written"]


def test_obsidians_own_settings_are_followed(vault: Path, book: Path, notegen):
    (vault / ".obsidian").mkdir()
    app = {"attachmentFolderPath": "./media", "useMarkdownLinks": True, "newLinkFormat": "relative"}
    (vault / ".obsidian" / "app.json").write_text(json.dumps(app), encoding="utf-8")
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json").data["notes"]
    text = (vault / note["path"]).read_text(encoding="utf-8")
    assert "](../Inbox/Embeddings%20and%20Attention.pdf#page=4)" in text
    assert all(each["path"].startswith("Logs/media/") for each in note["attachments"])
    assert notegen("check", "--vault", vault).status == 0


def test_the_users_own_note_of_that_name_is_never_touched(vault: Path, notegen):
    short_pdf(vault / "Inbox" / "Tides.pdf")
    [planned] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--dry-run", "--json").data["notes"]
    mine = vault / planned["path"]
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("My own words\n", encoding="utf-8")
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    assert note["path"] == planned["path"].replace(".md", " 1.md")
    assert mine.read_text(encoding="utf-8") == "My own words\n"


# --- hostile input -------------------------------------------------------------------------------------------------

LIVE = [
    "[[Secret]]",
    "`$= dv.x()`",
    "==a",
    "%% notegen:end head %%",
    "<img src=http://a.example/x>",
    "<% tp.x %>",
    "#tag",
]


@pytest.mark.parametrize("payload", LIVE)
def test_nothing_in_titles_and_labels_comes_to_life(vault: Path, notegen, payload: str):
    pdf = vault / "Inbox" / "Tides.pdf"
    document = pymupdf.open(short_pdf(pdf, pages=2))
    document.set_metadata({"title": f"Tides {payload} and more"})
    document.set_toc([[1, f"Part {payload} one", 1], [1, f"{payload}", 2]])
    document.set_page_labels([{"startpage": 0, "prefix": payload, "style": "D", "firstpagenum": 1}])
    document.saveIncr()
    result = notegen("day", "--vault", vault, "--json")
    assert result.status == 0, result.out
    [note] = result.data["notes"]
    assert notegen("check", "--vault", vault).status == 0
    text = (vault / note["path"]).read_text(encoding="utf-8")
    for live in ("[[Secret", "`$=", "<img", "<%", "\n%% notegen:end head %% "):
        assert live not in text
    assert text.count("%% notegen:end head %%") == 1


def test_a_term_without_letters_is_no_concept(vault: Path, notegen):
    document = pymupdf.open()
    text = "--- is a technique that nobody has named in all the years since then. " * 4
    document.new_page().insert_textbox((72, 72, 500, 700), text + "Tides are the long waves that follow the moon. " * 3)
    document.save(vault / "Inbox" / "odd.pdf")
    assert notegen("day", "--vault", vault).status == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_vault_is_not_waited_for(vault: Path, tmp_path: Path, notegen):
    os.mkfifo(vault / "x.md")
    os.mkfifo(vault / "x.pdf")
    assert notegen("day", short_pdf(tmp_path / "Tides.pdf"), "--vault", vault).status == 0


@pytest.mark.skipif(os.name == "nt", reason="needs links and names that Windows forbids")
def test_day_and_watch_have_one_law_for_the_inbox(vault: Path, tmp_path: Path, notegen):
    """What systems, browsers and sync tools keep beside the user's files is nobody's to read; no link leads out."""
    inbox = vault / "Inbox"
    for folder in ("#recycle", "@eaDir", "__MACOSX", ".hidden", "Tides.pdf.download"):
        (inbox / folder).mkdir()
        short_pdf(inbox / folder / "Tides.pdf")
    for name in (".Tides.pdf", "~Tides.pdf", "Tides.sync-conflict-20260102-112233-ABCDEFG.pdf"):
        short_pdf(inbox / name)
    (inbox / "link.pdf").symlink_to(short_pdf(tmp_path / "outside.pdf", "Winds"))
    (inbox / "Deep").mkdir()
    short_pdf(inbox / "Deep" / "Currents.pdf", "Currents")
    day = notegen("day", "--vault", vault, "--dry-run", "--json").data
    notegen("watch", "--vault", vault, "--once")
    watched = {each["path"]: each["state"] for each in notegen("status", "--vault", vault, "--json").data["pdfs"]}
    assert [note["source"] for note in day["notes"]] == ["Inbox/Deep/Currents.pdf"]
    assert [(each["pdf"], each["reason"]) for each in day["failed"]] == [
        ("Inbox/link.pdf", "It is a link to a file outside of the inbox.")
    ]
    assert watched == {"Inbox/Deep/Currents.pdf": "done", "Inbox/link.pdf": "failed"}


def test_copies_that_sync_tools_leave_are_not_read(vault: Path, notegen):
    short_pdf(vault / "Inbox" / "Tides.pdf")
    short_pdf(vault / "Inbox" / "Tides.sync-conflict-20260101-101010-ABCDEFG.pdf", "Winds")
    assert len(notegen("day", "--vault", vault, "--json").data["notes"]) == 1


def test_a_title_like_that_of_a_conflict_is_a_title(vault: Path, notegen):
    short_pdf(vault / "Inbox" / "Tides.pdf", "War (conflict of 1914-07-28)")
    for status in ("written", "unchanged"):
        [note] = notegen("day", "--vault", vault, "--json").data["notes"]
        assert note["status"] == status


@pytest.mark.parametrize(
    "title", ["Paper (conflicted copy 2024-01-01)", "Resolving merge_conflict", "A.sync-conflict-20260101-101010"]
)
def test_a_title_like_a_sync_tools_name_makes_one_note(vault: Path, notegen, title: str):
    document = pymupdf.open(short_pdf(vault / "Inbox" / "Tides.pdf"))
    document.set_metadata({"title": title})
    document.saveIncr()
    for status in ("written", "unchanged"):
        [note] = notegen("day", "--vault", vault, "--json").data["notes"]
        assert note["status"] == status


def test_pages_without_a_sentence_do_not_stop_a_book(vault: Path, notegen):
    short_pdf(vault / "Inbox" / "Tides.pdf", pages=9)
    document = pymupdf.open(vault / "Inbox" / "Tides.pdf")
    for page in list(document)[3:6]:
        page.add_redact_annot(page.rect)
        page.apply_redactions()
        page.insert_text((72, 90), "17 18 19")
    document.saveIncr()
    (vault / "notegen.toml").write_text("[day]\nmax_pages = 3\n", encoding="utf-8")
    notes = []
    for day in (1, 2, 3):
        result = notegen("day", "--vault", vault, "--date", f"2026-03-0{day}", "--json")
        assert result.status == 0
        notes += result.data["notes"]
    assert [note["pdf_pages"] for note in notes] == ["1-3", "4-6", "7-9"]
    assert "Nothing to quote" in (vault / notes[1]["path"]).read_text(encoding="utf-8")
    assert notegen("check", "--vault", vault).status == 0


@pytest.mark.parametrize("pages", ["900-999", "0-0", "5-3"])
def test_a_log_that_names_pages_which_are_not_there_counts_for_nothing(vault: Path, book: Path, notegen, pages: str):
    [note] = notegen("day", "--vault", vault, "--date", "2026-03-01", "--json").data["notes"]
    path = vault / note["path"]
    named = path.read_text(encoding="utf-8").replace('pdf_pages: "4-7"', f'pdf_pages: "{pages}"')
    path.write_text(re.sub(r"%% notegen:note .* %%\n?", "", named), encoding="utf-8")  # else the comment tells
    result = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json")
    assert [note["pdf_pages"] for note in result.data["notes"]] == ["4-7"]


def test_the_daily_note_is_never_the_log(vault: Path, notegen):
    short_pdf(vault / "Inbox" / "Tides.pdf")
    result = notegen("day", "--vault", vault, NOTEGEN_LOG__PATH="{date}.md")
    assert result.status == 2
    assert "no place for a log" in result.err


# --- bad input -----------------------------------------------------------------------------------------------------


def html(path: Path) -> None:
    path.write_text("<html><body>Not a PDF</body></html>")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def locked(path: Path) -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "secret")
    document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="u", owner_pw="o")


def noise(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("make", "words"),
    [(html, "not a PDF"), (empty, "empty"), (locked, "password"), (noise, "damaged")],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_bad_pdf_costs_only_itself(vault: Path, notegen, make, words: str):
    make(vault / "Inbox" / "bad.pdf")
    short_pdf(vault / "Inbox" / "good.pdf")
    result = notegen("day", "--vault", vault, "--json")
    assert result.status == 1
    [failure] = result.data["failed"]
    assert failure["pdf"] == "Inbox/bad.pdf"
    assert words in failure["reason"] + failure["next_step"]
    assert failure["next_step"]
    assert [note["status"] for note in result.data["notes"]] == ["written"]
    assert len(list((vault / "Logs").glob("*.md"))) == 1
    told = notegen("day", "--vault", vault)
    assert told.status == 1
    assert "bad.pdf" in told.err
    assert "Traceback" not in told.out + told.err


def test_a_damaged_pdf_is_noted_as_suspect(vault: Path, notegen):
    whole = short_pdf(vault / "whole.pdf", pages=3).read_bytes()
    (vault / "whole.pdf").unlink()
    (vault / "Inbox" / "cut.pdf").write_bytes(whole[: whole.rindex(b"xref")])
    result = notegen("day", "--vault", vault, "--json")
    assert result.status == 0
    [note] = result.data["notes"]
    assert note["suspect"]
    text = (vault / note["path"]).read_text(encoding="utf-8")
    assert "suspect: true" in text
    assert "> [!warning]" in text


def test_a_locked_pdf_that_has_its_note_does_not_fail_the_next_days(vault: Path, notegen):
    document = pymupdf.open(short_pdf(vault / "plain.pdf"))
    document.save(vault / "Inbox" / "secret.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="u", owner_pw="o")
    assert notegen("day", "--vault", vault, "--password", "u", "--date", "2026-03-01").status == 0
    result = notegen("day", "--vault", vault, "--date", "2026-03-02", "--json")
    assert (result.status, result.data["locked"]) == (0, ["Inbox/secret.pdf"])
    assert notegen("day", "Inbox/secret.pdf", "--vault", vault, cwd=vault).status == 1


def test_pages_outside_the_book_are_said(vault: Path, book: Path, notegen):
    result = notegen("day", book, "--vault", vault, "--pages", "900-910", "--json")
    assert result.status == 1
    assert "no pages 900-910" in result.data["failed"][0]["reason"]
    assert not (vault / "Logs").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pages", "x y", "a.pdf"], "not a page range"),
        (["--pages", "3-4"], "need a PDF"),
        (["--date", "tomorrow"], "not a date"),
        (["--drafter", "llm"], "No language model"),
        (["--book", "Nothing"], "no PDF is called so"),
        (["--colour"], "No such option"),
    ],
)
def test_wrong_usage_is_said_with_status_2(vault: Path, notegen, arguments: list[str], words: str):
    short_pdf(vault / "Inbox" / "Tides.pdf")
    result = notegen("day", "--vault", vault, *arguments)
    assert result.status == 2
    assert words in result.err
    assert "Traceback" not in result.err
    assert not (vault / "Logs").exists()


def test_no_pdf_at_all(vault: Path, notegen):
    result = notegen("day", "--vault", vault)
    assert result.status == 1
    assert "There is no PDF in Inbox" in result.err


def test_a_file_that_is_not_there(vault: Path, notegen):
    result = notegen("day", "gone.pdf", "--vault", vault)
    assert result.status == 1
    assert "There is no file" in result.err


def test_a_vault_that_is_not_set_up(tmp_path: Path, notegen):
    (tmp_path / "plain").mkdir()
    result = notegen("day", "--vault", tmp_path / "plain")
    assert result.status == 1
    assert "notegen init" in result.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom file modes bind")
def test_a_vault_that_cannot_be_written(vault: Path, notegen):
    short_pdf(vault / "Inbox" / "Tides.pdf")
    vault.chmod(0o500)
    try:
        result = notegen("day", "--vault", vault)
    finally:
        vault.chmod(0o700)
    assert result.status == 1
    assert "Traceback" not in result.err


def test_the_vault_is_found_from_inside(vault: Path, book: Path, notegen):
    (vault / "Deep" / "er").mkdir(parents=True)
    assert notegen("day", "--dry-run", cwd=vault / "Deep" / "er").status == 0
    assert notegen("day", "--dry-run", NOTEGEN_VAULT=str(vault)).status == 0


# --- scans ---------------------------------------------------------------------------------------------------------


def scan(path: Path, pages: int = 2) -> Path:
    """The pages of a short PDF as pictures."""
    document = pymupdf.open()
    for page in pymupdf.open(short_pdf(path, pages=pages)):
        sheet = document.new_page()
        sheet.insert_image(sheet.rect, pixmap=page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY))
    document.save(path)
    return path


def test_a_day_in_the_example_vault_adds_a_log_and_changes_no_note_that_is_there(tmp_path: Path, notegen):
    example = tmp_path / "example"
    shutil.copytree(EXAMPLE_PDF.parent.parent, example)
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
    assert notegen("day", "--vault", example, "--offline").status == 0
    assert {path: path.read_bytes() for path in before} == before
    assert len(list((example / "Logs").glob("*.md"))) == 1 + sum(path.parent.name == "Logs" for path in before)


def test_the_questions_stand_in_the_callout_of_their_title(vault: Path, book: Path, notegen):
    assert notegen("day", "--vault", vault, "--date", "2026-01-05").status == 0
    [log] = (vault / "Logs").iterdir()
    text = log.read_text(encoding="utf-8")
    assert text.count("🧪 Self-Check\n> - [ ] ") == text.count("🧪 Self-Check") > 0


@pytest.fixture
def no_programs(tmp_path: Path) -> str:
    """A PATH without tesseract."""
    (tmp_path / "no programs").mkdir()
    return str(tmp_path / "no programs")


def test_a_scan_without_tesseract_is_a_note_of_its_pages(vault: Path, notegen, no_programs: str):
    scan(vault / "Inbox" / "Old.pdf")
    result = notegen("day", "--vault", vault, "--json", PATH=no_programs)
    assert result.status == 0
    [note] = result.data["notes"]
    text = (vault / note["path"]).read_text(encoding="utf-8")
    assert [line.startswith("![[") for line in text.splitlines()].count(True) == 2
    assert text.count("Install tesseract") == 1
    assert "Read by OCR" not in text
    assert all(f"[[Old.pdf#page={page}|p. {page}]]" in text for page in (1, 2))
    assert any("Install tesseract" in each for each in note["said"])
    assert notegen("check", "--vault", vault).status == 0
    again = notegen("day", "--vault", vault, "--json", PATH=no_programs)
    assert [each["status"] for each in again.data["notes"]] == ["unchanged"]


@needs_tesseract
def test_a_scan_is_quoted_where_there_is_tesseract(vault: Path, notegen):
    scan(vault / "Inbox" / "Old.pdf")
    result = notegen("day", "--vault", vault, "--json")
    assert result.status == 0
    [note] = result.data["notes"]
    text = (vault / note["path"]).read_text(encoding="utf-8")
    assert "*Read by OCR (all pages): may contain misreadings.*" in text
    assert "high water comes about fifty minutes later each day. [[Old.pdf#page=1|p. 1]]" in text.replace("==", "")
    assert "![[" not in text
    assert notegen("check", "--vault", vault).status == 0


@needs_tesseract
def test_only_the_scanned_pages_of_a_mixed_pdf_are_called_so(vault: Path, notegen, tmp_path: Path):
    document = pymupdf.open(short_pdf(tmp_path / "born.pdf", "Winds"))
    document.insert_pdf(pymupdf.open(scan(tmp_path / "scan.pdf", pages=1)))
    document.save(vault / "Inbox" / "Mixed.pdf")
    [note] = notegen("day", "--vault", vault, "--json").data["notes"]
    assert "*Read by OCR (p. 3): may contain misreadings.*" in (vault / note["path"]).read_text(encoding="utf-8")


def test_doctor_says_how_scans_are_read(notegen, no_programs: str):
    def finding(**env: str) -> dict[str, str]:
        return next(each for each in notegen("doctor", "--json", **env).data["findings"] if each["what"] == "Scans")

    without = finding(PATH=no_programs)
    assert "pictures" in without["found"]
    assert "Install tesseract" in without["next_step"]
    if HAS_TESSERACT:
        assert "eng" in finding()["found"]


def test_doctor_names_a_language_without_data(vault: Path, notegen, no_programs: str):
    (vault / "notegen.toml").write_text('[extract]\nocr_languages = ["tlh"]\n', encoding="utf-8")
    steps = [each["next_step"] for each in notegen("doctor", "--vault", vault, "--json").data["findings"]]
    assert any("tesseract-ocr-tlh" in step for step in steps) is bool(shutil.which("tesseract"))


def test_a_real_scan_makes_a_note_with_and_without_tesseract(vault: Path, notegen, no_programs: str):
    shutil.copy(shared_pdf("scan.pdf"), vault / "Inbox")
    dry = notegen("day", "--vault", vault, "--dry-run", "--json", PATH=no_programs)
    assert dry.status == 0
    assert len(dry.data["notes"][0]["attachments"]) == 1
    if HAS_TESSERACT:
        [note] = notegen("day", "--vault", vault, "--json").data["notes"]
        assert "Docling bundles PDF document conversion" in (vault / note["path"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["locked.pdf", "fuzzed.pdf"])
def test_real_bad_pdfs(vault: Path, notegen, name: str):
    shutil.copy(shared_pdf(name), vault / "Inbox")
    result = notegen("day", "--vault", vault, "--json")
    assert result.status == 1
    assert not result.data["notes"]
    assert result.data["failed"][0]["next_step"]
    assert not (vault / "Logs").exists()


def test_a_real_truncated_pdf(vault: Path, notegen):
    shutil.copy(shared_pdf("truncated.pdf"), vault / "Inbox")
    result = notegen("day", "--vault", vault, "--json")
    assert result.status == 0
    [note] = result.data["notes"]
    text = (vault / note["path"]).read_text(encoding="utf-8")
    assert "suspect: true" in text
    assert "> [!warning]" in text
