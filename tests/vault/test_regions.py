from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notegen.vault.regions import find, merge, with_roster, wrap


def test_wrap() -> None:
    digest = hashlib.sha256(b"One.\nTwo.").hexdigest()[:12]
    wrapped = wrap("tldr", "\n\nOne.\r\nTwo.\n\n")
    assert wrapped == f"%% notegen:begin tldr {digest} %%\n\nOne.\nTwo.\n\n%% notegen:end tldr %%"


@pytest.mark.parametrize(
    "text",
    ["%% notegen:end a %%", "x\n%% notegen:begin b 0123456789ab %%\ny", "```\nopen", "%% notegen:begin oops"],
)
def test_text_that_would_break_out_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="region 'a'"):
        wrap("a", text)


@pytest.mark.parametrize("region_id", ["", "A", "a b", "a_b", "a\n"])
def test_a_bad_id_is_refused(region_id: str) -> None:
    with pytest.raises(ValueError, match="region"):
        wrap(region_id, "text")


def test_markers_in_code_do_not_count() -> None:
    listing = wrap("inner", "sample")
    for fenced in (f"````\n{listing}\n```\n````", f"~~~md\n{listing}\n~~~", f"- ```\n  x\n\ny\n\n```\n{listing}\n```"):
        (region,) = find(wrap("outer", fenced) + "\n")
        assert (region.id, region.text, region.damaged) == ("outer", fenced, "")


def test_a_fence_ends_with_its_list_item() -> None:
    body = "- item\n  - ```\n    open\n\n" + wrap("a", "text")
    assert [region.damaged for region in find(body)] == [""]


def test_windows_line_ends_and_outer_blank_lines_are_no_edit() -> None:
    body = wrap("a", "one\n\ntwo").replace("\n", "\r\n").replace("%%\r\n\r\none", "%%\r\n\r\n \r\none")
    (region,) = find(body)
    assert region.is_as_written
    merged, said, _ = merge(f"top\r\n{body}\r\nend", wrap("a", "new\ntext"))
    assert merged == "top\r\n" + wrap("a", "new\ntext").replace("\n", "\r\n") + "\r\nend"
    assert said == ()


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda body: body.replace("%% notegen:end a %%", ""), "end marker is missing"),
        (lambda body: re.sub("%% notegen:begin a .*", "", body), "begin marker is missing"),
        (lambda body: re.sub("(begin a) [0-9a-f]+", r"\1", body), "was changed"),
        (lambda body: body.replace("notegen:end a %%", "notegen:end a"), "was changed"),
        (lambda body: body + "\n\n" + body, "twice"),
        (lambda body: body.replace("old", wrap("b", "inner")), "stands inside"),
    ],
)
def test_a_damaged_region_is_left_and_said_so(damage, why: str) -> None:  # type: ignore[no-untyped-def]
    disk = damage(wrap("a", "old"))
    merged, said, _ = merge(disk, wrap("a", "new"))
    assert merged == disk
    assert len(said) == 1
    assert "‘a’" in said[0]
    assert why in said[0]


def test_markers_in_the_wrong_order() -> None:
    begin, _, _, _, end = wrap("a", "old").split("\n")
    assert [region.damaged for region in find(f"{end}\n\n{begin}")] == ["its markers are in the wrong order"]


def test_an_untouched_region_is_replaced_and_an_edited_or_missing_one_is_not() -> None:
    disk = f"# Mine\n\n{wrap('a', 'old')}\nmy words\n{wrap('b', 'old').replace('old', 'old, and my thought')}\n"
    new = f"# Theirs\n\n{wrap('a', 'new')}\n\n{wrap('b', 'new')}\n\n{wrap('c', 'new')}\n"
    merged, said, _ = merge(disk, new)
    assert merged == disk.replace(wrap("a", "old"), wrap("a", "new"))
    assert said == (
        "Your changes in ‘b’ were kept; what is new there waits: notegen review.",
        "‘c’ is not in the note any more, so it was left out.",
    )


def test_an_edited_region_without_news_is_not_mentioned() -> None:
    disk = wrap("a", "same").replace("same", "mine")
    assert merge(disk, wrap("a", "same"))[:2] == (disk, ())


# Laws, over notes made of the learner's text (hostile to markers too) and regions.

_lines = st.sampled_from(
    [
        "",
        "text",
        "- item",
        "  - ```",
        "```",
        "~~~",
        "    ```",
        "> %% notegen:end a %%",
        "%% notegen:end a %%",
        "%%",
        "é ",
        "%% notegen:begin b %%",
        "%% notegen:begin c 0123456789ab %%",
        "\r",
        "text\r",
    ]
)
_learners = st.lists(_lines, max_size=4).map("\n".join)
_ours = st.sampled_from(
    ["", "one", "two\n\nlines", "- list", "```\ncode\n```", "> [!tip] x\n> y", "~~~\n%% notegen:end a %%\n~~~"]
)
_pieces = st.tuples(st.sampled_from("abc"), _ours, st.sampled_from(["", "", "", " edited", "crlf", "no end", "bare"]))


@st.composite
def _bodies(draw: st.DrawFn) -> str:
    parts = [draw(_learners)]
    for region_id, text, fate in draw(st.lists(_pieces, max_size=4)):
        region = wrap(region_id, text)
        if fate == " edited":
            region = region.replace("\n\n%% notegen:end", " edited\n\n%% notegen:end")
        elif fate == "crlf":
            region = region.replace("\n", "\r\n")
        elif fate == "no end":
            region = region.rpartition("\n")[0]
        elif fate == "bare":
            region = text
        parts += [region, draw(_learners)]
    return "\n".join(parts)


@given(_bodies(), _bodies())
def test_nothing_outside_untouched_regions_ever_changes(disk: str, new: str) -> None:
    merged, _, _ = merge(disk, new)
    assert _without_sound_regions(merged) == _without_sound_regions(disk)


def _without_sound_regions(body: str) -> str:
    for region in reversed([region for region in find(body) if not region.damaged]):
        body = body[: region.start] + f"<{region.id}>" + body[region.end :]
    return body


@given(_bodies(), _bodies())
def test_an_edited_or_damaged_region_never_changes(disk: str, new: str) -> None:
    merged, _, _ = merge(disk, new)
    before, after = find(disk), find(merged)
    assert [region.id for region in before] == [region.id for region in after]
    for old, now in zip(before, after, strict=True):
        assert old.damaged == now.damaged
        if not old.damaged and not old.is_as_written:
            assert now.text == old.text


@given(_bodies(), _bodies())
def test_merge_is_idempotent(disk: str, new: str) -> None:
    merged = merge(disk, new).body
    assert merge(merged, new).body == merged


@given(_bodies())
def test_a_note_merged_with_itself_is_itself(body: str) -> None:
    assert merge(body, body)[0] == body


@given(st.text(), _bodies())
def test_no_text_makes_merge_fail(text: str, new: str) -> None:
    assume("notegen:begin" not in text)
    assert merge(text, new)[0] == text


def _note(**texts: str) -> str:
    return "# Title\n\n" + "\n\nMine.\n\n".join(wrap(name, text) for name, text in texts.items()) + "\n"


def test_a_region_that_the_note_never_had_comes_in_after_the_one_it_follows() -> None:
    disk = with_roster(_note(a="one", c="three"))
    merged, said, _ = merge(disk, _note(a="one", b="two", x="too", c="changed"))
    assert said == ()
    assert [(region.id, region.text) for region in find(merged)] == [
        ("a", "one"),
        ("b", "two"),
        ("x", "too"),
        ("c", "changed"),
    ]
    assert merged.count("Mine.") == disk.count("Mine.") == 1
    assert merged.endswith("%% notegen:regions a b x c %%\n")
    assert merge(merged, _note(a="one", b="two", x="too", c="changed"))[:2] == (merged, ())


def test_a_region_that_the_learner_removed_stays_away() -> None:
    disk = with_roster(_note(a="one", b="two")).replace(wrap("b", "two"), "")
    merged, said, _ = merge(disk, _note(a="one", b="newer"))
    assert merged == disk
    assert said == ("‘b’ is not in the note any more, so it was left out.",)


def test_without_a_roster_what_is_missing_counts_as_removed() -> None:
    disk = _note(a="one")
    assert merge(disk, _note(a="one", b="two"))[0] == disk


def test_a_new_region_has_no_place_in_a_note_without_regions() -> None:
    disk = with_roster(_note(a="one")).replace(wrap("a", "one"), "")
    merged, said, _ = merge(disk, _note(a="one", b="two"))
    assert merged == disk
    assert len(said) == 2


def test_a_new_region_takes_the_line_ends_of_the_note() -> None:
    disk = with_roster(_note(a="one")).replace("\n", "\r\n")
    merged, _, _ = merge(disk, _note(a="one", b="two"))
    assert "\n" not in merged.replace("\r\n", "")
    assert [region.id for region in find(merged)] == ["a", "b"]


@given(_bodies(), _bodies())
def test_with_a_roster_nothing_of_the_note_is_lost_either(disk: str, new: str) -> None:
    whole = with_roster(disk)
    merged, _, _ = merge(whole, new)
    edited = [region.text for region in find(whole) if not region.damaged and not region.is_as_written]
    assert all(text in merged for text in edited)
    assert merge(merged, new)[0] == merged
