"""Regions are known by what they say, so a part that comes or goes moves no other."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.vault.region_keys import keyed
from notegen.vault.regions import find, merge, with_roster, wrap


def quoted(*sentences: str, page: int = 1) -> str:
    return "\n".join(f"- {each} [[Book.pdf#page={page}|p. {page}]]" for each in sentences)


def section(heading: str, *sentences: str, page: int = 1) -> str:
    return f"### 🔹 {heading}\n\n{quoted(*sentences, page=page)}"


A = section("Apples", "An apple is a fruit.", "Apples grow on trees.", page=1)
B = section("Bread", "Bread is baked.", "Flour makes bread.", page=2)
C = section("Cheese", "Cheese is made of milk.", page=3)
X = section("Xylem", "Xylem carries water.", page=2)


def counted(*texts: str) -> str:
    """A body as a template renders it."""
    return "\n\n".join([wrap("head", "# Log"), *(wrap(f"section-{n}", each) for n, each in enumerate(texts, 1))]) + "\n"


def counted_roster(*texts: str) -> str:
    """A note as versions before lasting keys left it."""
    body = counted(*texts)
    return f"{body}\n%% notegen:regions {' '.join(region.id for region in find(body))} %%\n"


def sections(body: str) -> list[str]:
    return [region.text for region in find(body) if region.id.startswith("section-")]


def keys(body: str) -> list[str]:
    return [region.id for region in find(body)]


def roster(body: str) -> list[str]:
    return re.findall(r"%% notegen:regions (.*) %%", body)[-1].split()


@pytest.mark.parametrize("before", [with_roster, lambda body: counted_roster(A, B, C)])
def test_a_section_that_comes_in_before_an_edited_one_doubles_and_loses_none(before) -> None:  # type: ignore[no-untyped-def]
    disk = before(counted(A, B, C)).replace("Flour makes bread.", "Flour makes bread, and I like it.")
    merged, said, _ = merge(disk, counted(A, X, B, C))
    assert sections(merged) == [A, X, B.replace("makes bread.", "makes bread, and I like it."), C]
    assert said == ()
    assert keys(merged) == keys(keyed(counted(A, X, B, C))) == roster(merged)


def test_a_new_version_of_an_edited_section_is_left_out_by_name_when_heading_and_first_sentence_change() -> None:
    disk = with_roster(counted(A, B, C)).replace("Flour makes bread.", "Flour makes ==bread==. Mine!")
    reworded = section("On bread", "Bread has been baked for long.", "Bread is baked.", page=2)
    merged, said, _ = merge(disk, counted(A, reworded, C))
    assert [text.split("\n")[0] for text in sections(merged)] == ["### 🔹 Apples", "### 🔹 Bread", "### 🔹 Cheese"]
    assert "==bread==. Mine!" in merged
    assert said == ("Your changes in ‘🔹 Bread’ were kept; what is new there waits: notegen review.",)


def test_a_section_of_which_nothing_is_left_as_it_was_is_known_by_its_neighbours_and_pages() -> None:
    other = section("Loaves", "A loaf rises overnight.", page=2)
    assert sections(merge(with_roster(counted(A, B, C)), counted(A, other, C))[0]) == [A, other, C]
    elsewhere = section("Loaves", "A loaf rises overnight.", page=9)
    disk = with_roster(counted(A, B, C)).replace("Flour makes bread.", "Mine.")
    merged, said, _ = merge(disk, counted(A, elsewhere, C))
    assert sections(merged) == [A, elsewhere, B.replace("Flour makes bread.", "Mine."), C]
    assert said == ("‘🔹 Bread’ is not in the new version; what stands in the note stays.",)


def test_links_marks_and_bullets_that_a_note_gains_do_not_hide_a_section() -> None:
    linked = A.replace("An apple is a fruit", "An [[Apple (fruit)|apple]] is a ==fruit==")
    assert keys(keyed(counted(linked))) == keys(keyed(counted(A)))
    assert keys(keyed(counted(A.replace("[[Book.pdf#page=1|p. 1]]", "[p. 1](My%20Book.pdf#page=1)")))) == keys(
        keyed(counted(A))
    )


def test_sections_of_one_heading_have_keys_by_what_they_quote() -> None:
    one, other = section("Example", "Take five."), section("Example", "Take six.")
    ab, ba = keys(keyed(counted(one, other))), keys(keyed(counted(other, one)))
    assert ab[1:] == [ba[2], ba[1]]
    same = keys(keyed(counted(one, one, one)))
    assert same[2:] == [f"{same[1]}-2", f"{same[1]}-3"]
    disk = with_roster(counted(one, other)).replace("Take six.", "Take six, I say.")
    merged, _, _ = merge(disk, counted(other, one))
    assert sections(merged) == [one, other.replace("Take six.", "Take six, I say.")]


@pytest.mark.parametrize("note", [with_roster(counted(A, B, C)), counted_roster(A, B, C)])
def test_a_section_that_the_learner_removed_stays_away_when_its_first_sentence_changes(note: str) -> None:
    disk = note.replace(next(note[r.start : r.end] for r in find(note) if r.text == B), "")
    newer = section("Bread", "Bread was baked first in Egypt.", "Flour makes bread.", page=2)
    merged, said, _ = merge(disk, counted(A, newer, C))
    assert sections(merged) == [A, C]
    assert said == ("‘🔹 Bread’ is not in the note any more, so it was left out.",)
    assert roster(merged)[2].startswith("section-")
    assert merge(merged, counted(A, newer, X, C))[0].count("🔹 Bread") == 0


def test_an_untouched_section_goes_with_the_new_version_unless_somebody_wrote_below_it() -> None:
    disk = with_roster(counted(A, B, C))
    merged, said, _ = merge(disk, counted(A, C))
    assert merged == with_roster(counted(A, C))
    assert said == ("‘🔹 Bread’ is not in the new version, so it was taken out.",)
    assert merge(merged, counted(A, B, C))[0] == disk
    below = disk.replace(
        "\n\n%% notegen:begin section-" + keys(disk)[3][8:], "\n\nMy own.\n\n%% notegen:begin " + keys(disk)[3]
    )
    kept, said, _ = merge(below, counted(A, C))
    assert kept == below
    assert said == ("‘🔹 Bread’ is not in the new version; what stands in the note stays.",)


def test_a_damaged_section_of_an_old_note_is_known_and_not_put_in_again() -> None:
    disk = counted_roster(A, B, C).replace("%% notegen:end section-2 %%\n", "")
    merged, said, _ = merge(disk, counted(A, X, B, C))
    assert merged.count("### 🔹 Bread") == 1
    assert "‘🔹 Bread’ was left as it is: its end marker is missing." in said


def test_the_title_of_the_sections_is_not_doubled_in_notes_that_have_it_in_their_first_section() -> None:
    title = "## 📖 Main Content"
    old = counted_roster(f"{title}\n\n{A}", B)
    new = counted(A, B).replace("%% notegen:begin section-1", wrap("main", title) + "\n\n%% notegen:begin section-1")
    merged, said, _ = merge(old, new)
    assert (merged.count(title), said) == (1, ())
    edited = old.replace("Apples grow on trees.", "I grow apples.")
    merged, _, _ = merge(edited, new)
    assert merged.count(title) == 1
    assert "I grow apples." in merged


@pytest.mark.parametrize("key", ["figure-0123456789", "figure-0123456789-2", "figure-0123456789-pending"])
def test_a_figure_below_a_block_of_the_learner_is_no_part_of_the_log(key: str) -> None:
    disk = with_roster(counted(A)) + "\n" + wrap(key, "![[x.png]]") + "\n"
    assert merge(disk, counted(A))[:2] == (disk, ())


# The law, over notes with sections that come, go and change places while the learner edits some.

_POOL = [section(f"Topic {n}", f"Sentence one of {n}.", f"Sentence two of {n}.", page=n) for n in range(7)]
_picks = st.lists(st.integers(0, 6), unique=True, max_size=7)
_fates = st.lists(
    st.sampled_from(["", "", "inside", "heading", "below", "removed", "end gone"]), min_size=7, max_size=7
)


def _learned(body: str, picks: Sequence[int], fates: Sequence[str]) -> str:
    """The note after the learner was there."""
    for n in picks:
        region = next(each for each in find(body) if each.text == _POOL[n])
        part = body[region.start : region.end]
        edited = {
            "inside": part.replace(f"Sentence one of {n}.", f"Sentence one of {n}. LINE {n}"),
            "heading": part.replace(f"Topic {n}", f"LINE {n}"),
            "below": f"{part}\n\nLINE {n}",
            "removed": "",
            "end gone": part.rpartition("\n")[0] + f"\nLINE {n}",
        }.get(fates[n], part)
        body = body.replace(part, edited)
    return body


@given(_picks, _picks, _fates, st.booleans())
def test_no_line_of_the_learner_is_lost_and_no_section_doubled(
    before: list[int], after: list[int], fates: list[str], is_old: bool
) -> None:
    made = counted_roster if is_old else lambda *texts: with_roster(counted(*texts))
    disk = _learned(made(*(_POOL[n] for n in before)), before, fates)
    new = counted(*(_POOL[n] for n in after))
    merged, said, _ = merge(disk, new)
    assert re.findall(r"LINE \d", merged) == re.findall(r"LINE \d", disk)
    for n in range(7):
        assert merged.count(f"Sentence two of {n}.") <= 1
        if n in after and n not in before:
            assert merged.count(f"Sentence two of {n}.") == 1 or said
        if n in before and fates[n] == "inside" and n not in after:
            assert any(f"Topic {n}" in each for each in said)
        if n in before and fates[n] == "removed" and not is_old:
            assert f"Sentence two of {n}." not in merged
    assert all(not region.damaged for region in find(merged)) or "end gone" in fates
    assert merge(merged, new)[0] == merged
