"""Verdicts on claims: they stand on a sentence of a book, and where books disagree both are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.cli.passwords import Passwords
from notegen.desk import open_desk
from notegen.library.opening import OpenLibrary
from notegen.library.verdicts import as_data, judge
from notegen.run.shelving import refresh

OTHER = "The outer bank is not worn away. It is a wall of gravel."


@pytest.fixture
def library(rivers: Path, make_book, tmp_path: Path):
    """The books of a vault, open: one on rivers, and one that contradicts it."""
    make_book(rivers / "Sources.pdf", [OTHER])
    env = {"NOTEGEN_STATE": str(tmp_path / "state"), "NOTEGEN_MODEL__PATH": str(tmp_path)}
    desk = open_desk(rivers, env, may_fetch=False)
    opened = OpenLibrary(desk.vault, desk.settings, env=env)
    refresh(opened, "a test", Passwords(None, asks=False))
    return opened.library(opened.shelf())


def test_a_supported_claim_names_the_sentence_and_its_page(library):
    said = as_data(judge("So the **outer** bank is worn away.", library))
    assert said["verdict"] == "supported"
    evidence = said["evidence"][0]
    assert evidence["text"] == "The outer bank is worn away because the water flows faster there."
    assert (evidence["pdf"], evidence["pdf_page"], evidence["says"]) == ("Inbox/Rivers.pdf", 2, "supports")


def test_a_contradicted_claim_shows_the_right_statement(library):
    said = as_data(judge("The Danube carries 90 million tons of silt to the Black Sea.", library))
    assert (said["verdict"], said["evidence"][0]["clash"]) == ("contradicted", "90 / 60")


def test_what_the_books_do_not_say_is_not_found_and_the_nearest_is_offered(library):
    said = as_data(judge("Deltas are home to many rare birds.", library))
    assert (said["verdict"], said["evidence"]) == ("not found", [])
    assert said["nearest"]["text"]


def test_where_two_books_disagree_both_are_shown(library):
    said = as_data(judge("The outer bank is worn away.", library))
    assert (said["verdict"], said["disputed"]) == ("supported", True)
    assert [(each["pdf"], each["says"]) for each in said["evidence"]] == [
        ("Inbox/Rivers.pdf", "supports"),
        ("Sources.pdf", "contradicts"),
    ]
