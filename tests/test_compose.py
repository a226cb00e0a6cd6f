"""Templates and the gate: what a template may do, and that nothing broken or unsafe gets through."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.compose.filters import LogFilters, region, tidy
from notegen.compose.gate import inspect, pass_gate
from notegen.compose.templates import Templates, shipped_folder
from notegen.errors import NotegenError, UsageError
from notegen.extract.document import Document
from notegen.vault.note import Attachment, Note
from notegen.vault.regions import find
from notegen.vault.vault import Vault


def template(folder: Path, text: str) -> Templates:
    (folder / "daily.md.j2").write_text(text, encoding="utf-8")
    return Templates([folder])


def test_the_first_folder_wins_and_the_shipped_ones_are_last(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.j2").write_text(name)
    templates = Templates([tmp_path / "missing", tmp_path / "b", tmp_path / "a"])
    assert templates.render("x.j2", {}) == "b"
    assert (shipped_folder() / "daily.md.j2").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('echo pwned').read() }}",
        "{{ misspelt }}",
        "{% for %}",
        "{% include 'nowhere.j2' %}",
        "{% for a in range(90000) %}{% for b in range(90000) %}" + "x" * 40 + "{% endfor %}{% endfor %}",
    ],
    ids=["classes", "globals", "undefined", "syntax", "missing", "endless"],
)
def test_a_template_that_misbehaves_is_stopped_with_a_plain_word(tmp_path: Path, text: str):
    with pytest.raises(UsageError) as caught:
        template(tmp_path, text).render("daily.md.j2", {})
    assert caught.value.next_step


def test_a_change_of_a_template_changes_the_fingerprint(tmp_path: Path):
    before = template(tmp_path, "one").own_fingerprint()
    assert template(tmp_path, "two").own_fingerprint() != before
    assert template(tmp_path, "one").own_fingerprint() == before != Templates().own_fingerprint()


def test_a_page_link_says_which_page_it_means_where_two_print_one_number(tmp_path: Path):
    labels = ("1", "2", "1", "3")
    book = Document(sha256="0" * 64, title="A Book", page_count=4, labels=labels, words=(9,) * 4)
    filters = LogFilters(Vault(tmp_path), "log.md", "", pdf_path="book.pdf", document=book)
    assert [filters.page_number(page) for page in range(4)] == ["p. 1 (file 1)", "p. 2", "p. 1 (file 3)", "p. 3"]
    assert "book.pdf#page=3|p. 1 (file 3)" in filters.page_link(2)


def test_tidy_keeps_code_as_it_is():
    text = "\n\na  \n\n\n\nb\n```\nx\n\n\n\ny\n```\n\n\n"
    assert tidy(text) == "a\n\nb\n```\nx\n\n\n\ny\n```"
    assert tidy(tidy(text)) == tidy(text)


def note(body: str, *attachments: Attachment) -> Note:
    return Note(path="Logs/N.md", properties={"type": "log"}, body=body, attachments=attachments)


HOSTILE = [
    "![x](http://tracker.example/p.png)",
    "<iframe src='https://example.org'></iframe>",
    "<script>alert(1)</script>",
    "```dataviewjs\ndv.pages()\n```",
    "Run `$= dv.current()` here",
    "<% tp.file.title %>",
    "See [[Book.pdf#page=999|p. 999]]",
    "[click](javascript:alert(1))",
    "```python\ndef broken(:\n```",
    "```mermaid\nflowchart LR\n  a[Encoder (RNN)] --> b\n```",
    r"\[ x^2 \]",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_what_is_broken_or_live_is_left_out_with_a_visible_word(tmp_path: Path, line: str):
    (tmp_path / "Book.pdf").write_bytes(b"%PDF-1.7 %%EOF")
    vault = Vault(tmp_path)
    body = region(f"A fine sentence.\n\n{line}\n\nAnother fine sentence.", "part") + "\nMine.\n"
    before = inspect(body, "Logs/N.md", vault, page_counts={"Book.pdf": 12})
    assert any(each.severity == "error" for each in before), line
    passed = pass_gate(note(body), vault, {"Book.pdf": 12})
    after = inspect(passed.body, "Logs/N.md", vault, page_counts={"Book.pdf": 12})
    assert not [each for each in after if each.severity == "error"]
    assert "left out here" in passed.body
    assert "A fine sentence." in passed.body
    assert "Another fine sentence." in passed.body
    [part] = find(passed.body)
    assert part.is_as_written


def test_a_clean_note_passes_untouched(tmp_path: Path):
    clean = note(region("A fine sentence.\n\n![[a.png|300]]", "part"), Attachment(path="Attachments/a.png", data=b"x"))
    assert pass_gate(clean, Vault(tmp_path), {}) == clean


def test_properties_that_obsidian_would_not_read_stop_the_note(tmp_path: Path):
    broken = Note(path="N.md", properties={"tags": ["not a tag!"]}, body="Text.\n")
    with pytest.raises(NotegenError, match="would be broken"):
        pass_gate(broken, Vault(tmp_path), {})
