"""Mojibake is undone exactly and for the whole text, or nothing is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.language.mojibake import CODE_PAGES, damage, repair

NOTE = "# 🧠 Réseaux de neurones\n\n“Attention” — c’est le poids: 0,42 ✅ → voilà\n"
WRITING = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=60)


@pytest.mark.parametrize("page", CODE_PAGES)
def test_a_text_that_was_read_in_a_usual_code_page_comes_back_letter_by_letter(page: str):
    damaged = damage(NOTE, (page,))
    assert damaged != NOTE
    repaired = repair(damaged)
    assert repaired.text == NOTE
    assert damage(repaired.text, repaired.layers) == damaged


def test_what_windows_and_macs_make_of_a_note_is_repaired():
    assert repair("Itâ€™s ğŸ§\xa0 â€” vite").text == "It’s 🧠 — vite"
    assert repair("It‚Äôs \uf8ffüß† ‚Äî vite").text == "It’s 🧠 — vite"
    assert repair("cafÃ© noir").text == "café noir"
    assert repair("dÃ©jÃ\xa0 vu, Ã  peine rÃªvÃ©".replace("Ã ", "Ã\xa0")).text == "déjà vu, à peine rêvé"


def test_a_text_that_was_damaged_twice_is_repaired_twice():
    assert repair(damage(NOTE, ("mac_roman", "cp1252"))).text == NOTE


@given(WRITING, st.sampled_from(CODE_PAGES))
def test_what_is_repaired_can_be_damaged_again_to_the_same_text(text: str, page: str):
    for given_text in (text, damage(text, (page,))):
        repaired = repair(given_text)
        assert damage(repaired.text, repaired.layers) == given_text


@given(WRITING, st.sampled_from(CODE_PAGES))
def test_a_note_with_emoji_comes_back_whatever_else_is_in_it(text: str, page: str):
    whole = f"✅ 🧠 {text}"
    assert repair(damage(whole, (page,))).text in (whole, repair(whole).text)


@pytest.mark.parametrize(
    "text",
    [
        "A plain note with a dash — and “quotes”, naïve café, Straße, 🧠.",
        "Die Größe ist 5 µm² bei ±2 °C.",
        "Привет, мир. Ёлка.",
        "√2 ≥ 1, ¬p ∨ q, ∑ xᵢ",
        "MAÑANA SÃO",
        "Ã©",
        "Only plain ASCII.",
        "",
    ],
)
def test_a_sound_text_stays_as_it_is(text: str):
    assert repair(text).text == text
    assert repair(text).layers == ()


def test_a_text_of_which_a_part_is_sound_is_not_repaired_by_halves():
    mixed = damage("“Attention” 🧠", ("cp1252",)) + "\nadded later — with a dash\n"
    assert repair(mixed).text == mixed


def test_a_text_that_lost_bytes_is_left_alone():
    lossy = "".join(each for each in damage("“Attention” 🧠", ("cp1252",)) if not 0x80 <= ord(each) <= 0x9F)
    assert repair(lossy).text == lossy
