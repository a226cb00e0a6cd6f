"""What the learner wrote, read and ticked, out of logs in a vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.figures.coverage import Reading
from notegen.learner.written import last_words, readings_of, written_in
from notegen.vault.identity import Book
from notegen.vault.regions import wrap
from notegen.vault.vault import Vault

SHA = "ab" * 32
FRAME = f"""
{wrap("tldr", "Vectors are lists of numbers.")}

> [!tip] 🔗 Your turn: connect it
> - What I already know that this builds on:{{}}

---

## 💭 Reflection

- What clicked for me today:
-
%% a comment %%
"""


def log(root: Path, name: str, pages: str, body: str, date: str = "2026-01-05") -> None:
    front = f"---\ntype: log\ndate: {date}\nsource_sha256: {SHA}\npdf_pages: {pages}\n---\n"
    (root / f"{name}.md").write_text(front + body, encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", ""),
        ("\u200b", ""),
        (" dot products", "What I already know that this builds on: dot products"),
        ("\n> - [x] dot products", "dot products"),
        ("\n\n#maths is where I met it", "#maths is where I met it"),
    ],
)
def test_the_learners_own_lines_are_told_from_the_templates(answer: str, words: str):
    assert written_in(FRAME.replace("{}", answer)) == words


def test_of_a_book_the_latest_log_is_heard_and_every_log_counted(tmp_path: Path):
    log(tmp_path, "One", "1-4", "\nMy first thought.\n\n- [x] One\n- [X] Two\n", "2026-01-05")
    log(tmp_path, "Two", "5-9", FRAME.replace("{}", " norms") + "\n- [x] One\n- [ ] Two\n", "2026-01-06")
    log(tmp_path, "Three", "10-12", FRAME.replace("{}", ""), "2026-01-04")
    vault = Vault(tmp_path)
    assert last_words(vault.logs(), vault)[0][0] == "Two.md"
    assert sorted(readings_of(Book("", frozenset({SHA})), vault), key=lambda each: each.first) == [
        Reading(first=0, last=3, is_noted=True, is_recalled=True),
        Reading(first=4, last=8, is_noted=True, is_recalled=False),
        Reading(first=9, last=11, is_noted=False, is_recalled=False),
    ]
    assert readings_of(Book("", frozenset({"cd" * 32})), vault) == ()
