"""One answer to "which note is this", one to "which book", whatever an editor made of the properties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notegen.kinds.log import LOG as LOG_KIND
from notegen.link.note_facts import read_facts
from notegen.vault import Vault, apply, plan
from notegen.vault.identity import Identity, book_of, identity_in, with_comment
from notegen.vault.logs import LogRecord
from notegen.vault.note import Note
from notegen.vault.regions import wrap

SHA, OTHER = "ab" * 32, "cd" * 32
BOOK = "b1-0123456789abcdef"
LOG = f"""---
type: log
date: 2026-01-05
source: "[[Book.pdf]]"
pdf_pages: 40-52
book: {BOOK}
source_sha256: {SHA}
made_from: a0123
---
# Attention

%% notegen:note log {BOOK} 40-52 %%
"""
SLIPS = {
    "a second colon": LOG.replace("type: log", "type: log\nmy note: see: this"),
    "an open quote": LOG.replace("type: log", 'type: log\nmy note: "see'),
    "an open list": LOG.replace("type: log", "type: log\nmine: [a"),
    "a tab": LOG.replace("type: log", "type: log\nmine:\n\t- a"),
    "an unknown alias": LOG.replace("type: log", "type: log\nmine: *ref"),
    "no end": LOG.replace("---\n#", "#"),
    "a key in the way": LOG.replace("date:", "*: x\ndate:"),
}


def logs(root: Path, text: str) -> tuple[LogRecord, ...]:
    (root / "note.md").write_text(text, "utf-8", newline="")
    return Vault(root).logs()


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("is_old", [False, True])
def test_a_slip_in_the_properties_hides_no_log(root: Path, slip: str, is_old: bool) -> None:
    text = SLIPS[slip]
    if is_old:  # as versions wrote it that knew no books
        text = text.replace(f"book: {BOOK}\n", "").replace(f"\n%% notegen:note log {BOOK} 40-52 %%\n", "")
    (record,) = logs(root, text)
    assert (record.source_sha256, record.pdf_pages, record.made_from) == (SHA, (40, 52), "a0123")
    assert record.book == ("" if is_old else BOOK)
    assert "(line " in record.trouble
    assert identity_in(text) == Identity("log", f"{SHA[:12] if is_old else BOOK} 40-52")


@pytest.mark.parametrize(
    "text",
    [
        LOG.partition("---\n# ")[2],
        LOG.replace("source_sha256", "sauce_sha256"),
        LOG.replace(SHA, "short"),
        LOG.replace("---\ntype", "type"),
        LOG.replace("# Attention\n", "# Attention\n" + "words\n" * 2000) + "\nWhat I added below.\n",
    ],
)
def test_without_properties_the_last_comment_says_which_note_it_is(root: Path, text: str) -> None:
    (record,) = logs(root, text)
    assert (record.book, record.pdf_pages) == (BOOK, (40, 52))
    assert identity_in(text) == Identity("log", f"{BOOK} 40-52")


@pytest.mark.parametrize(
    ("key", "is_log"),
    [
        ("source_sha256", True),
        ('"source_sha256"', True),
        ("Source_SHA256", True),
        ("x: |\n  source_sha256", False),
        ("not_source_sha256", False),
    ],
)
def test_every_part_of_notegen_says_the_same_of_a_note(root: Path, key: str, is_log: bool) -> None:
    text = f"---\n{key}: {SHA}\npdf_pages: 1-2\n---\nbody\n"
    assert bool(logs(root, text)) is is_log
    assert read_facts("note.md", "", text).is_log is is_log


@pytest.mark.parametrize("text", ["", "body", "---\n", "---\nrule below a rule\n", "---\ntype: concept\n---\n# Own\n"])
def test_other_notes_are_none_of_notegens(root: Path, text: str) -> None:
    assert logs(root, text) == ()
    assert identity_in(text) in (None, Identity("concept", ""))


def test_a_concept_note_is_known_by_its_passage_or_its_comment() -> None:
    properties = f"---\ntype: concept\npassage: {BOOK} 40-52\n---\n"
    comment = with_comment("# Idea\n", Identity("concept", f"{BOOK} 40-52"))
    assert comment == f"# Idea\n\n%% notegen:note concept {BOOK} 40-52 %%\n"
    for text in (properties, comment, "---\ntype: concept\npassage: abcdefabcdef 40-52\n---\n"):
        found = identity_in(text)
        assert found is not None
        assert (found.kind, found.key.split(" ")[1]) == ("concept", "40-52")
    assert read_facts("a.md", "", properties).passage == f"{BOOK} 40-52"


def test_the_comment_is_written_once_and_follows_what_it_says() -> None:
    one, other = Identity("log", f"{BOOK} 1-2"), Identity("log", f"{BOOK} 1-3")
    body = with_comment("# A\r\n", one)
    assert with_comment(body, one) == body
    assert with_comment(f"{body}\r\nmine\r\n", other) == body.replace("1-2", "1-3") + "\r\nmine\r\n"
    assert "\n" not in body.replace("\r\n", "")


def test_a_book_is_known_by_its_text_and_by_each_of_its_files() -> None:
    one = LogRecord(path="", date=None, source="", source_sha256=SHA, book=BOOK, pages="", pdf_pages=(1, 2), drafter="",
                    title="", made_from="")  # fmt: skip
    old = replace(one, book="")
    book = book_of(BOOK, OTHER, [one])
    assert book.files == {SHA, OTHER}
    assert book.has(one)
    assert book.has(old)
    assert not book.has(replace(one, book="b1-" + "0" * 16, source_sha256="12" * 32))
    assert book.passage_keys("1-2") == {f"{BOOK} 1-2", f"{SHA[:12]} 1-2", f"{OTHER[:12]} 1-2"}


def test_a_log_of_a_changed_file_is_found_and_a_property_of_the_learner_called_book_stays(root: Path) -> None:
    properties = {"type": "log", "pdf_pages": "40-52", "book": BOOK, "source_sha256": SHA}
    note = Note(path="Logs/a.md", properties=properties, body=wrap("head", "One") + "\n", kind=LOG_KIND)  # type: ignore[arg-type]
    vault = Vault(root)
    apply(plan([note], vault), vault)
    changed = replace(note, path="Logs/b.md", properties={**note.properties, "source_sha256": OTHER})
    (write,) = plan([changed], vault).writes
    assert (write.path, write.status) == ("Logs/a.md", "updated")
    (root / "Logs/a.md").write_text(write.data.decode().replace(BOOK, "My own title", 1))
    (write,) = plan([note], vault).writes
    assert b"book: My own title\n" in write.data
