"""New values reach a note's properties key by key; what the learner changed, whichever property it is, is theirs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.vault.frontmatter import entries
from notegen.vault.note import Property
from notegen.vault.properties import parse, render, split
from notegen.vault.property_merge import merge
from notegen.vault.property_record import read_record, record_of_properties, with_record

OURS: dict[str, Property] = {
    "type": "log",
    "source": "[[Book.pdf]]",
    "pages": "25-36",
    "pdf_pages": "40-51",
    "concepts": ["attention", "softmax"],
    "tags": ["study/log"],
    "source_sha256": "ab" * 32,
    "reviewed": False,
    "made_from": "0123456789abcdef-01234567",
}
NEW: dict[str, Property] = {
    **OURS,
    "type": "note",
    "source": "[[Sources/Book.pdf]]",
    "pages": "25-37",
    "pdf_pages": "40-52",
    "concepts": ["softmax", "query"],
    "tags": ["study/log", "new"],
    "source_sha256": "cd" * 32,
    "made_from": "fedcba9876543210-01234567",
}
KEEP = frozenset({"reviewed"})


def note(ours: dict[str, Property] = OURS) -> str:
    return render(ours) + with_record("# Body\n", record_of_properties(ours))


def after(text: str, new: dict[str, Property] = NEW) -> tuple[dict[str, object], tuple[str, ...]]:
    """The properties that a note has once the new ones are brought in, and what is said."""
    merged = merge(text, new, KEEP)
    assert split(merged.text)[1] == split(text)[1]
    return parse(split(merged.text)[0] or ""), merged.said


def test_what_nobody_touched_becomes_new_and_nothing_is_said() -> None:
    assert after(note()) == (NEW, ())


@pytest.mark.parametrize("name", ["type", "source", "pages", "pdf_pages", "source_sha256", "made_from"])
@pytest.mark.parametrize("value", ["mine", '"[[My own]]"', "", "[a, b]", "12"])
def test_any_own_property_that_was_changed_is_the_learner_s_and_it_is_said(name: str, value: str) -> None:
    text = re.sub(rf"^{name}: .*$", f"{name}: {value}", note(), flags=re.MULTILINE)
    found, said = after(text)
    assert f"\n{name}: {value}\n" in merge(text, NEW, KEEP).text
    assert {**found, name: None} == {**NEW, name: None}
    assert f"“{name}”" in said[0]


def test_entries_are_a_set_against_what_was_written() -> None:
    text = note().replace("  - attention\n  - softmax\n", "  - mine # first\n  - attention\n")
    found, said = after(text)
    assert found["concepts"] == ["mine", "query"]
    assert "\n  - mine # first\n" in merge(text, NEW, KEEP).text
    assert said == ("What you took out of the property “concepts” stays away.",)
    assert merge(text, NEW, KEEP).stays == ("Your own entries in the property “concepts” stay.",)


def test_an_entry_that_was_taken_out_stays_away_for_good() -> None:
    text = note().replace("  - softmax\n", "")
    for new in (OURS, {**OURS, "concepts": ["query"]}, OURS):
        merged = merge(text, new, KEEP)
        assert merged.record
        head = merged.text[: len(merged.text) - len(split(merged.text)[1])]
        text = head + with_record(split(merged.text)[1], merged.record)
    assert parse(split(text)[0] or "")["concepts"] == ["attention"]


def test_tags_are_case_blind() -> None:
    found, _ = after(note().replace("- study/log", "- Study/Log"))
    assert found["tags"] == ["Study/Log", "new"]


@pytest.mark.parametrize("tags", ["tags: a, b", "tags: a b", "tags: [a, b]"])
def test_tags_as_older_vaults_have_them_stay(tags: str) -> None:
    found, _ = after(note().replace("tags:\n  - study/log", tags))
    assert found["tags"] == ["a", "b", "new"]


def test_a_property_that_was_removed_stays_away_and_a_new_one_comes() -> None:
    text = note().replace("type: log\n", "").replace("reviewed: false\n", "")
    found, said = after(text, {**NEW, "drafter": "llm"})
    assert "type" not in found
    assert "reviewed" not in found
    assert found["drafter"] == "llm"
    assert said == ("What you took out of the properties stays away: “type”.",)


def test_properties_that_were_removed_altogether_stay_away() -> None:
    body = split(note())[1]
    merged = merge(body, NEW, KEEP)
    assert merged.text == body
    assert len(merged.said) == 1


def test_without_a_record_only_what_means_nothing_to_a_learner_is_replaced() -> None:
    found, said = after(render({**OURS, "concepts": ["mine"]}))
    assert found["concepts"] == ["mine", "softmax", "query"]
    assert (found["type"], found["pages"]) == ("log", "25-36")
    assert (found["source"], found["made_from"]) == (NEW["source"], NEW["made_from"])
    assert "“type”, “pages” and “pdf_pages”" in said[0]


def test_another_program_s_way_to_write_the_same_is_no_change() -> None:
    text = (
        note()
        .replace("pages: 25-36", "pages: '25-36'")
        .replace("concepts:\n  - attention\n  - softmax", "concepts: [ attention, softmax ]")
    )
    assert after(text) == (NEW, ())
    assert after(text.replace("\n", "\r\n")) == (NEW, ())


def test_the_record_is_read_back_and_stays_in_its_place() -> None:
    body = with_record("# Body\n\n%% notegen:note log b1-0123456789abcdef 1-2 %%\n", record_of_properties(OURS))
    assert read_record(body) == record_of_properties(OURS)
    assert body.endswith("%% notegen:note log b1-0123456789abcdef 1-2 %%\n")
    moved = body.replace("# Body\n\n", "") + "mine\n"
    assert with_record(moved, record_of_properties(NEW)).startswith(record_of_properties(NEW).line())


_FOREIGN = st.lists(
    st.sampled_from(
        [
            "mine: 'v' # c",
            "n: 012",
            "v: 1.10",
            "up: [[Note]]",
            "when: 2026-01-01 10:00",
            "s: |\n  old\n   text\n",
            "f: >-\n  a\n  b",
            "nested:\n  a: 1\n  b: [x,  y]",
            "list:\n- a   # c\n-   'b'",
            "flow: [a,\n  b] # c",
            'q: "it\'s \\u00e9"',
            "empty:",
            "yes: no",
            "über: ≥ 1",
            "# a comment",
            "",
            "   ",
            "long: " + "word " * 40 + "end",
        ]
    ),
    unique=True,
    max_size=8,
)
_VALUES = st.sampled_from(["mine", "'log'", "[a, b]", "", "true", '"[[N]]" # c', "\n  - attention # c\n  - my own"])


@given(
    _FOREIGN,
    st.permutations(list(OURS)),
    st.dictionaries(st.sampled_from(list(OURS)), _VALUES),
    st.booleans(),
    st.booleans(),
)
def test_no_line_of_another_property_changes(
    foreign: list[str], order: list[str], edited: dict[str, str], crlf: bool, has_record: bool
) -> None:
    own = {key: f"{key}:{'' if value.startswith(chr(10)) else ' '}{value}" for key, value in edited.items()}
    pieces = [own.get(key) or render({key: OURS[key]})[4:-5] for key in order]
    for place, piece in enumerate(foreign):
        pieces.insert(place * 2 % (len(pieces) + 1), piece)
    body = with_record("# Body\n", record_of_properties(OURS)) if has_record else "# Body\n"
    text = "---\n" + "\n".join(pieces) + "\n---\n" + body
    text = text.replace("\n", "\r\n") if crlf else text

    merged = merge(text, NEW, KEEP)

    assert merged.record
    assert split(merged.text)[1] == split(text)[1]
    assert others(merged.text) == others(text)
    again = merge(merged.text, NEW, KEEP) if not has_record else None
    assert again is None or again.text == merged.text


def others(text: str) -> list[str]:
    """Every line that belongs to no property of notegen's, and the comments."""
    yaml_text = split(text)[0] or ""
    lines = yaml_text.splitlines(keepends=True)
    found = entries(yaml_text)
    owners = {entry.key_node.start_mark.line: entry.key for entry in found}
    owner, left = "", []
    for number, line in enumerate(lines):
        owner = owners.get(number, owner)
        if owner not in OURS or re.match(r"#|\s*$", line):
            left.append(line)
    return left
