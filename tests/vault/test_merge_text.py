"""Three versions of a region's text become one."""

from __future__ import annotations

import pytest

from notegen.vault.merge_text import merge_text

BASE = """### 🔹 Bread

*p. 2 · extracted*

- Flour makes bread. Water makes dough. [[Book.pdf#page=2|p. 2]]
- Salt is good for taste. [[Book.pdf#page=2|p. 2]]
- Yeast is a fungus that makes dough rise. [[Book.pdf#page=2|p. 2]]

> [!question] 🧪 Self-Check
> - [ ] What is yeast?
> - [ ] What is salt good for?"""


def edited(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def merged(mine: str, new: str) -> str:
    """The merge of two versions that touch nothing in common."""
    result = merge_text(BASE, mine, new)
    assert result.hunks == ()
    assert merge_text(new, result.text, new).text == result.text
    return result.text


def test_an_added_line_stays_and_the_new_version_arrives() -> None:
    own = ("Yeast is a fungus", "My mother used sourdough.\n- Yeast is a fungus")
    newer = ("Salt is good for taste", "Salt is good for taste and for keeping")
    assert merged(edited(BASE, own), edited(BASE, newer)) == edited(BASE, own, newer)


def test_two_sides_change_two_sentences_of_one_line() -> None:
    own, newer = ("Flour makes bread", "Flour makes good bread"), ("Water makes dough", "Water makes a soft dough")
    assert merged(edited(BASE, own), edited(BASE, newer)) == edited(BASE, own, newer)


def test_lists_grow_on_both_sides_and_what_both_added_is_there_once() -> None:
    end = "makes dough rise. [[Book.pdf#page=2|p. 2]]\n"
    mine = edited(BASE, (end, f"{end}- An oven bakes it.\n- I like rye bread.\n"))
    new = edited(BASE, (end, f"{end}- An oven bakes it.\n- Steam keeps the crust soft.\n"))
    text = merged(mine, new)
    assert text.count("An oven bakes it.") == 1
    assert {"- I like rye bread.", "- Steam keeps the crust soft."} < set(text.split("\n"))


@pytest.mark.parametrize(
    ("mine", "marked"),
    [
        (("- [ ] What is yeast?", "- [x] What is yeast?"), "> - [x] What is yeast, exactly?"),
        (("What is yeast?", "What is yeast? ^yeast"), "> - [ ] What is yeast, exactly? ^yeast"),
        (("What is yeast?", "What is yeast? ✅ 2026-01-02"), "> - [ ] What is yeast, exactly? ✅ 2026-01-02"),
        (
            ("What is yeast?", "What is yeast? <!--SR:!2026-01-04,3,250-->"),
            "> - [ ] What is yeast, exactly? <!--SR:!2026-01-04,3,250-->",
        ),
        (("What is yeast?", "What[^1] is yeast?"), "> - [ ] What[^1] is yeast, exactly?"),
        (("What is yeast?", "==What is== yeast?"), "> - [ ] ==What is== yeast, exactly?"),
    ],
)
def test_marks_of_the_learner_move_with_their_line(mine: tuple[str, str], marked: str) -> None:
    text = merged(edited(BASE, mine), edited(BASE, ("What is yeast?", "What is yeast, exactly?")))
    assert marked in text.split("\n")


def test_a_mark_whose_words_are_gone_keeps_its_line_and_the_new_one_waits() -> None:
    mine = edited(BASE, ("makes dough rise", "makes dough ==rise=="))
    result = merge_text(BASE, mine, edited(BASE, ("makes dough rise", "makes the dough grow")))
    assert result.text == mine
    (hunk,) = result.hunks
    assert f"{mine}\n"[hunk.start : hunk.end].startswith("- Yeast is a fungus that makes dough ==rise==")
    assert hunk.new.startswith("- Yeast is a fungus that makes the dough grow.")


def test_what_the_learner_deleted_stays_deleted_though_it_was_reworded_or_moved() -> None:
    salt = "- Salt is good for taste. [[Book.pdf#page=2|p. 2]]\n"
    mine = edited(BASE, (salt, ""))
    assert merged(mine, edited(BASE, ("good for taste", "very good for taste"))) == mine
    assert merged(mine, edited(mine, ("- Flour", f"{salt}- Flour"))) == mine


def test_where_both_changed_a_sentence_the_learners_stays_and_the_new_one_waits() -> None:
    mine = edited(BASE, ("Yeast is a fungus", "Yeast is a living fungus"))
    result = merge_text(
        BASE, mine, edited(BASE, ("Yeast is a fungus", "Yeast is a tiny fungus"), ("Salt is", "Salt is always"))
    )
    assert result.text == edited(mine, ("Salt is", "Salt is always"))
    assert [(f"{result.text}\n"[each.start : each.end].strip(), each.new.strip()) for each in result.hunks] == [
        ("Yeast is a living fungus that makes dough rise.", "Yeast is a tiny fungus that makes dough rise.")
    ]
    assert result.whole == edited(mine, ("Salt is", "Salt is always"), ("living", "tiny"))


def test_the_form_that_a_linter_gave_the_lines_is_no_edit() -> None:
    linted = edited(BASE, ("\n- ", "\n* "), ("*p. 2 · extracted*", "_p. 2 · extracted_"))
    linted = edited(linted, ("fungus that", "fungus\n  that"), ("🔹 Bread\n\n", "🔹 Bread\n"))
    text = merged(linted, edited(BASE, ("makes dough rise", "makes dough rise slowly"), ("p. 2 · ", "pp. 2–3 · ")))
    assert "makes dough rise slowly." in text
    assert "*pp. 2–3 · extracted*" in text
    assert "* Flour makes bread." in text


def test_a_line_of_the_learner_inside_a_callout_stays_in_it_when_items_come_after() -> None:
    mine = f"{BASE}\n> - [ ] My own question?"
    assert merged(mine, f"{BASE}\n> - [ ] What is flour?") == f"{mine}\n> - [ ] What is flour?"


def test_a_paragraph_of_the_learner_at_the_end_stays_at_the_end_and_apart() -> None:
    assert (
        merged(f"{BASE}\n\nMy words.", f"{BASE}\n\n> [!tip] New\n> tip")
        == f"{BASE}\n\n> [!tip] New\n> tip\n\nMy words."
    )


def test_code_that_both_changed_is_never_mixed() -> None:
    code = "```python\nx = 1\ny = 2\nz = 3\n```"
    result = merge_text(code, code.replace("x = 1", "x = 10"), code.replace("z = 3", "z = 30"))
    assert result.text == code.replace("x = 1", "x = 10")
    assert [each.new for each in result.hunks] == [code.replace("z = 3", "z = 30") + "\n"]


def test_a_region_that_was_emptied_stays_empty_and_costs_nothing() -> None:
    assert merge_text(BASE, "", edited(BASE, ("Salt is good", "Salt is needed"))).text == ""
