from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notegen.vault.note import Property
from notegen.vault.properties import Items, check_properties, parse, render, split, update

OURS: dict[str, Property] = {
    "type": "log",
    "date": "2026-01-05",
    "source": "[[Book.pdf]]",
    "pages": "25–36",
    "concepts": ["[[Self-Attention]]", "Chapter 1: Models"],
    "tags": ["study/llm"],
    "reviewed": False,
}


def test_render_is_what_obsidian_reads() -> None:
    assert render(OURS) == (
        "---\n"
        "type: log\n"
        "date: 2026-01-05\n"
        'source: "[[Book.pdf]]"\n'
        'pages: "25–36"\n'
        "concepts:\n"
        '  - "[[Self-Attention]]"\n'
        '  - "Chapter 1: Models"\n'
        "tags:\n"
        "  - study/llm\n"
        "reviewed: false\n"
        "---\n"
    )


_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
_values = _texts | st.integers(-(10**12), 10**12) | st.booleans() | st.lists(_texts, max_size=4)


@given(st.dictionaries(_texts.filter(bool), _values, max_size=6))
def test_whatever_is_rendered_reads_back_the_same(properties: dict[str, Property]) -> None:
    yaml_text, body = split(render(properties) + "body")
    assert body == "body"
    assert yaml_text is not None
    assert parse(yaml_text) == properties


@pytest.mark.parametrize(
    "text", ["null", "Yes", "12", "1.5", "0x1F", "~", "- a", "a: b", "a #b", "2026-13-45x", "#tag"]
)
def test_text_that_yaml_would_take_for_something_else_is_quoted(text: str) -> None:
    assert f'a: "{text}"\n' in render({"a": text})


@pytest.mark.parametrize(
    ("text", "yaml_text", "body"),
    [
        ("---\na: 1\n---\nx\n", "a: 1\n", "x\n"),
        ("---\r\na: 1\r\n---\r\nx", "a: 1\r\n", "x"),
        ("\ufeff---\na: 1\n---", "a: 1\n", ""),
        ("---\n---\nx", "", "x"),
        ("\n---\na: 1\n---\n", None, "\n---\na: 1\n---\n"),
        ("---\na: 1\n----\n", None, "---\na: 1\n----\n"),
        ("---\nno end", None, "---\nno end"),
    ],
)
def test_split(text: str, yaml_text: str | None, body: str) -> None:
    assert split(text) == (yaml_text, body)


LEARNERS_NOTE = """---
# how I sort my notes
type: log   # do not touch
Date: 2026-01-01
tags: # mine
  - exam   # in June
  # the next one is notegen's
  - study/LLM

concepts: [a, "b"] # short
pages:
mine: {a: 1}
reviewed: true
source: |
  old
  source
# the end
---

body
"""


def test_update_changes_our_keys_in_place_and_nothing_else() -> None:
    changes = {**OURS, "tags": Items((0, 1), ()), "drafter": "extractive"}
    del changes["reviewed"]
    updated, said = update(LEARNERS_NOTE, changes)
    assert said == ()
    assert (
        updated
        == """---
# how I sort my notes
type: log   # do not touch
Date: 2026-01-05
tags: # mine
  - exam   # in June
  # the next one is notegen's
  - study/LLM

concepts: ["[[Self-Attention]]", "Chapter 1: Models"] # short
pages: "25–36"
mine: {a: 1}
reviewed: true
source: "[[Book.pdf]]"
# the end
drafter: extractive
---

body
"""
    )
    assert update(updated, changes) == (updated, ())


def test_a_note_with_windows_line_ends_keeps_them() -> None:
    unix, _ = update(LEARNERS_NOTE, OURS)
    windows, _ = update(LEARNERS_NOTE.replace("\n", "\r\n"), OURS)
    assert windows == unix.replace("\n", "\r\n")


def test_equal_values_keep_their_bytes_however_they_are_written() -> None:
    text = "---\n'type': 'log'\ntags: [ \"a\" ]\nreviewed:   false\n---\nx"
    assert update(text, {"type": "log", "tags": ["a"], "reviewed": False}) == (text, ())


def test_an_item_that_stays_keeps_its_line() -> None:
    text = "---\nconcepts:\n- 'a'   # first\n- gone\n- c\n---\n"
    updated, _ = update(text, {"concepts": ["c", "a", "new: one"]})
    assert updated == "---\nconcepts:\n- c\n- 'a'   # first\n- \"new: one\"\n---\n"


@pytest.mark.parametrize(
    ("theirs", "change", "result"),
    [
        ("k: [012, 'b'] # c", Items((0, 1), ("new",)), "k: [012, 'b', new] # c"),
        ("k: [012, 'b',] # c", Items((0, 1), ("new",)), "k: [012, 'b', new,] # c"),
        ("k: [012, 'b'] # c", Items((0,), ("a: b",)), 'k: [012, "a: b"] # c'),
        ("k: [[[Note]], x]", Items((0, 1), ("new",)), "k: [[[Note]], x, new]"),
        ("k:\n- 1.10 # c\n- [[Note]]\n- gone", Items((0, 1), ("new",)), "k:\n- 1.10 # c\n- [[Note]]\n- new"),
        ("k: []", Items((), ("new",)), "k: [new]"),
        ("k: [a]", Items((), ()), "k: []"),
        ("k:\n- a\n# c", Items((), ()), "k: []\n# c"),
    ],
)
def test_entries_that_stay_in_a_list_keep_their_bytes(theirs: str, change: Items, result: str) -> None:
    updated, said = update(f"---\n{theirs}\nx: 012\n---\n", {"k": change})
    assert said == ()
    assert updated == f"---\n{result}\nx: 012\n---\n"


@pytest.mark.parametrize(
    "yaml_text",
    [
        "a: [",
        "a: b: c",
        "- a\n- b",
        "{type: log}",
        "a: &x 1\nb: *x",
        "a: !!python/name:os.system x",
        "\ttype: log",
        "[" * 3000,
        "just text",
    ],
)
def test_frontmatter_that_cannot_be_read_is_left_alone_and_said_so(yaml_text: str) -> None:
    text = f"---\n{yaml_text}\n---\nbody"
    updated, said = update(text, OURS)
    assert updated == text
    assert len(said) == 1
    assert said[0].startswith("The properties were left as they are")


def test_a_note_without_frontmatter_gets_ours() -> None:
    assert update("text\n", OURS) == (render(OURS) + "text\n", ())


_line_texts = st.sampled_from(
    ["a", "[[N]]", "x: y", "true", "1", "2026-01-01", "#t", "ü", "it's", 'q"q', "a # b", " s "]
)
_blocks = st.sampled_from(
    [
        "k: v # c",
        "k:",
        "k: 'v'",
        "k:\n  - a # c\n  # d\n  - b\n",
        "k:\n- a",
        "k: [a, 'b'] # c",
        "k: |\n  a\n  # b\n",
        "k: >-\n  a\n  b",
        "k:\n  a: 1\n  b: 2",
        'k: "x\n  y" # c',
        "k: [a,\n  b] # c\n",
        "# comment",
        "",
    ]
)


@given(
    st.lists(_blocks, max_size=6),
    st.dictionaries(st.sampled_from(["p0", "p2", "p4", "z"]), _line_texts | st.lists(_line_texts, max_size=3)),
)
@example(["k:\n  - a # c\n  # d\n  - b\n"], {"p0": []})
def test_update_sets_ours_and_keeps_theirs(blocks: list[str], ours: dict[str, Property]) -> None:
    yaml_text = "".join(block.replace("k:", f"p{number}:") + "\n" for number, block in enumerate(blocks))
    before = parse(yaml_text)
    updated, said = update(f"---\n{yaml_text}---\nbody\n", ours)
    assert said == ()
    after_yaml, body = split(updated)
    after = parse(after_yaml or "")
    assert body == "body\n"
    assert after == before | ours
    assert list(after)[: len(before)] == list(before)
    kept_comments = [line for line in updated.splitlines() if line.startswith("#")]
    assert kept_comments == [block for block in blocks if block.startswith("#")]
    assert update(updated, ours) == (updated, ())


@pytest.mark.parametrize(
    ("yaml_text", "line", "part"),
    [
        ("a: 1\nA: 2", 3, "twice"),
        ("tag: x", 2, "“tags”"),
        ("a: 1\nalias: x", 3, "“aliases”"),
        ("tags: x", 2, "has to be a list"),
        ("up: [[Note]]", 2, "needs quotes"),
        ("a:\n  b: 1", 3, "does not support"),
        ("tags: [ok, '1984']", 2, "no digit"),
        ("tags:\n  - a b", 3, "no valid tag"),
        ("a: 1\nb: [", 4, "invalid YAML"),
        ("a: &x 1", 2, "anchors"),
        ("text: |\n  a\n  b", 2, "several lines"),
    ],
)
def test_problems_of_properties(yaml_text: str, line: int, part: str) -> None:
    (problem,) = check_properties(yaml_text + "\n")
    assert problem.line == line
    assert part in problem.message


def test_our_own_properties_have_no_problem() -> None:
    assert check_properties(split(render(OURS))[0] or "") == ()
    assert check_properties("tags: [a/b, über, y2026]\naliases:\ncssclasses: []\nup: '[[Note]]'\nn: 1.5\n") == ()
