from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.vault.names import collision_key, is_linkable, legal_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Chapter 1: Models", "Chapter 1 - Models.md"),
        ("TCP/IP at 10:30?", "TCP-IP at 10-30.md"),
        ("What is “attention”?", "What is “attention”.md"),
        ("C# [draft] a|b ^1", "C draft a-b 1.md"),
        ("100%% sure, 50% not", "100% sure, 50% not.md"),
        ("  .hidden.. ", "hidden.md"),
        ("🧠 Deep 👩‍🔬 learning ✨", "Deep learning.md"),
        ("zero\u200bwidth\x07 and\u00a0space", "zerowidth and space.md"),
        ("e\u0301te\u0301", "été.md"),
        ("CON", "_CON.md"),
        ("nul.txt", "_nul.txt.md"),
        ("COM¹", "_COM¹.md"),
        ("Console", "Console.md"),
        ("3.1 Attention", "3.1 Attention.md"),
        ("线性代数", "线性代数.md"),
        ("🧠", "Untitled.md"),
        ("", "Untitled.md"),
        ("???", "Untitled.md"),
    ],
)
def test_legal_name(title: str, name: str) -> None:
    assert legal_name(title) == name


def test_a_long_title_is_cut_between_words() -> None:
    name = legal_name("attention " * 60, ".pdf")
    assert len(name.encode()) <= 240
    assert name.endswith("attention.pdf")


def test_a_long_word_is_cut_between_characters() -> None:
    name = legal_name("é" * 500)
    assert 235 <= len(name.encode()) <= 240
    assert set(name.removesuffix(".md")) == {"é"}


@given(st.text(max_size=400))
def test_every_title_gets_a_name_that_can_be_linked_and_is_stable(title: str) -> None:
    name = legal_name(title)
    stem = name.removesuffix(".md")
    assert is_linkable(name)
    assert is_linkable(stem)
    assert len(name.encode()) <= 240
    assert unicodedata.is_normalized("NFC", name)
    assert legal_name(stem) == name


@pytest.mark.parametrize(
    "name",
    [
        "a#b.pdf",
        "a^b.pdf",
        "[a].pdf",
        "a|b.pdf",
        "a%%b.pdf",
        "a:b.pdf",
        "a?.pdf",
        ".a.pdf",
        "a.pdf ",
        "a.",
        "con.pdf",
        "a\u200b.pdf",
        "a\u00a0b.pdf",
        "x" * 252 + ".pdf",
        "",
    ],
)
def test_names_that_no_link_reaches(name: str) -> None:
    assert not is_linkable(name)


@pytest.mark.parametrize("name", ["Book.pdf", "50% off (2nd).pdf", "e\u0301.pdf", "a.b.c.pdf", "Bücher & Co.pdf"])
def test_names_that_links_reach(name: str) -> None:
    assert is_linkable(name)


def test_names_collide_whatever_the_case_and_the_unicode_form() -> None:
    assert collision_key("Été.MD") == collision_key("e\u0301te\u0301.md")
    assert collision_key("STRASSE") == collision_key("straße")
    assert collision_key("a") != collision_key("b")
