"""Whatever text goes in, what comes out shows it and does nothing."""

from __future__ import annotations

import re

import pytest
from hostile import PAYLOADS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notegen.markdown import parse
from notegen.markdown.write import (
    clean,
    code_fence,
    escape,
    heading_text,
    highlight,
    label,
    mermaid_label,
    quote,
    table,
)

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SYNTAX = [
    "[",
    "]",
    "(",
    ")",
    "!",
    "#",
    "^",
    "|",
    "`",
    "*",
    "_",
    "~",
    "=",
    "$",
    "%",
    "<",
    ">",
    "&",
    ";",
    ":",
    "/",
    "\\",
    "-",
    "+",
    "1",
    ".",
    "@",
    " ",
    "\n",
    "a",
    "b",
    "www",
    "http",
    "amp",
    "x1",
    "é",
    "\u200d",
    "\u202e",
    "[[",
    "]]",
    "%%",
]
TEXTS = st.lists(st.one_of(st.sampled_from(SYNTAX), st.text(max_size=3)), max_size=14).map("".join) | st.text(
    max_size=60
)
LIVE = (
    "links",
    "callouts",
    "code",
    "code_spans",
    "math",
    "tags",
    "comments",
    "block_ids",
    "highlights",
    "html",
    "tables",
    "tasks",
    "footnotes",
    "headings",
    "unclosed",
)


def live_parts(markdown: str) -> dict[str, object]:
    note = parse(markdown)
    return {name: getattr(note, name) for name in LIVE if getattr(note, name)} | (
        {"frontmatter": note.frontmatter} if note.frontmatter is not None else {}
    )


def shown(markdown: str, start: str = "", end: str = "") -> str:
    """The text of the one inline run in `markdown`, which must hold nothing but text."""
    inlines = [token for token in RENDERER.parse(markdown) if token.type == "inline"]
    assert len(inlines) == 1
    children = inlines[0].children or []
    assert {child.type for child in children} <= {"text"}, children
    text = "".join(child.content for child in children)
    return text.removeprefix(start).removesuffix(end)


def without_escapes(markdown: str) -> str:
    entities = {"&#92;": "\\", "&#40;": "(", "&#91;": "[", "&#60;": "<"}
    return re.sub(r"\\([!-/:-@\[-`{-~])|(&#(?:92|40|91|60);)", lambda match: match[1] or entities[match[2]], markdown)


@settings(max_examples=400)
@given(TEXTS)
@example("\\[ x \\]")
@example("1) [a](b\\")
def test_escape_shows_the_text_and_does_nothing(text: str) -> None:
    written, line = escape(text), clean(text)
    assert "\n" not in written
    assert not re.search(r"\\[\])]", re.sub(r"^\d+\\\)", "", written))
    assert without_escapes(written) == line
    assert live_parts(written) == {}
    if line:
        tokens = [token.type for token in RENDERER.parse(written)]
        assert tokens == ["paragraph_open", "inline", "paragraph_close"]
        assert shown(written) == line


@settings(max_examples=200)
@given(TEXTS.filter(clean))
def test_escape_holds_in_every_place(text: str) -> None:
    line = clean(text)
    assert shown(f"See {escape(text)} there.", "See ", " there.") == line
    assert shown(f"- {escape(text)}") == line
    assert shown(f"> {escape(text)}") == line
    assert shown(f"> > - {escape(text)}") == line
    assert live_parts(f"See {escape(text)} there.\n\n- {escape(text)}\n\n> {escape(text)}") == {}
    header, cell = (
        "".join(child.content for child in token.children or [])
        for token in RENDERER.parse(table([["Term"], [text]]))
        if token.type == "inline"
    )
    assert (header, cell) == ("Term", line)


@settings(max_examples=200)
@given(TEXTS)
@example("a \u200b b\u200d \u200c\x85 é\u200d\u200d")
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text) == " ".join(clean(text).split())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_comes_to_life(payload: str) -> None:
    assert live_parts(escape(payload)) == {}
    assert live_parts(f"> [!note] {escape(payload)}\n> {escape(payload)}").keys() == {"callouts"}
    assert shown(escape(payload)) == clean(payload)
    assert "<%" not in escape(payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_leaves_the_place_it_is_put_in(payload: str) -> None:
    assert live_parts("Before " + f"[[Book.pdf#page=3|{label(payload)}]]" + " after").keys() == {"links"}
    (link,) = parse("Before " + f"[[Book.pdf#page=3|{label(payload)}]]" + " after").links
    assert (link.kind, link.target, link.subpath) == ("wikilink", "Book.pdf", "#page=3")
    (image,) = parse(f"![{escape(label(payload))}](a.png)").links
    assert (image.kind, image.target) == ("image", "a.png")
    (code,) = parse(code_fence(payload, payload)).code
    assert code.language in ("text", "diff")
    (grid,) = parse(table([["A", "B"], [payload, "x"]])).tables
    assert [len(row.cells) for row in (grid.header, *grid.rows)] == [2, 2]
    (heading,) = parse(f"## {heading_text(payload)}").headings
    assert heading.text == heading_text(payload)
    assert not re.search(r"[#^|\[\]:]|%%", heading.text)
    assert mermaid_label(payload).count('"') == 2


@pytest.mark.parametrize(
    "text",
    [
        "As shown in [1] and [2, 3], x_1 < 4.",
        "C# and F#, 50 % of it",
        "3 < 4 and 2 * 3",
        'It\'s fine – "quite" (see p. 3).',
        "R&D at 5 °C",
        "a/b, e.g. [Smith 2020; Lee 2021]",
        "-5 degrees",
        "1.5 times",
        "x^2 + y^2",
        "10:30 – 11:00",
    ],
)
def test_ordinary_prose_needs_no_escape(text: str) -> None:
    assert escape(text) == text


def test_joiners_stay_where_a_script_needs_them() -> None:
    assert clean("می\u200cخواهم a\u200cb 👩\u200d💻") == "می\u200cخواهم ab 👩\u200d💻"


@settings(max_examples=200)
@given(TEXTS, st.lists(st.text("abé[=*_ #", min_size=1, max_size=4), max_size=3))
def test_highlight_only_adds_pairs_of_marks(text: str, terms: list[str]) -> None:
    written = highlight(text, terms)
    note = parse(written)
    assert {name for name in LIVE if getattr(note, name)} <= {"highlights"}
    assert without_escapes(written.replace("==", "")) == clean(text)
    assert all(without_escapes(mark.text) in {clean(term) for term in terms} for mark in note.highlights)


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("Attention is attention.", ["Attention"], "==Attention== is attention."),
        ("self-attention and attention", ["attention", "self-attention"], "==self-attention== and ==attention=="),
        ("the embeddings", ["embedding"], "the embeddings"),
        ("a b", ["a", "b"], "==a== ==b=="),
        ("a = b==c", ["b", "c"], "a = b\\=\\=c"),
        ("C# is a language", ["C#"], "==C#== is a language"),
        ("nothing", [], "nothing"),
    ],
)
def test_highlight(text: str, terms: list[str], expected: str) -> None:
    assert highlight(text, terms) == expected


def test_code_is_verbatim_in_a_fence_that_holds_it() -> None:
    text = "def f():\n\treturn '```'\n"
    assert code_fence(text, "Python") == "````python\ndef f():\n\treturn '```'\n````"
    assert code_fence("x", "dataviewjs").startswith("```text\n")
    assert code_fence("x", "run-python").startswith("```text\n")
    assert code_fence("x", "c++").startswith("```c++\n")
    assert code_fence("a\r\nb\u200b\x00\x85") == "```text\na\nb\n```"


def test_template_tags_in_code_are_parted_and_it_says_so() -> None:
    written = code_fence("<%= user %>", "html")
    assert "<%" not in written
    assert "< %= user %>" in written
    assert "A space was put" in written


def test_table_fills_up_short_rows() -> None:
    assert table([["A", "B"], ["a|b"], ["1", "2"]]) == "| A | B |\n| --- | --- |\n| a\\|b |  |\n| 1 | 2 |"
    assert table([]) == table([[]]) == ""


def test_quotes() -> None:
    assert quote("a\n\n> b") == "> a\n>\n> > b"
    assert quote("a\n", 2) == "> > a\n> >"


def test_labels_end_no_link() -> None:
    assert label("a [b] | `c` == %% <d>") == "a (b) / 'c' = % ‹d›"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chapter 1: Models", "Chapter 1 – Models"),
        ("1.2 Self-Attention", "1.2 Self-Attention"),
        ("What is C#?", "What is C?"),
        ("Why $x$ | [y] ^2", "Why x y 2"),
        ("x_1 and 100 %", "x_1 and 100 %"),
        ("Prices in $, or €", "Prices in, or €"),
        ("# [[%%]]", "Untitled"),
        ("", "Untitled"),
    ],
)
def test_heading_text(text: str, expected: str) -> None:
    assert heading_text(text) == expected


@settings(max_examples=200)
@given(TEXTS)
def test_heading_text_is_one_plain_heading_and_its_own_link(text: str) -> None:
    heading = heading_text(text)
    assert shown(f"## {heading}") == heading
    assert live_parts(f"## {heading}").keys() == {"headings"}
    assert heading_text(heading) == heading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Self-Attention (Q, K, V)", '"Self-Attention (Q, K, V)"'),
        ("<s> token", '"#60;s#62; token"'),
        ('say "x"', '"say #34;x#34;"'),
        ("a==b", '"a#61;#61;b"'),
        ("1. First", '"1#46; First"'),
        ("- dash", '"#45; dash"'),
        ("two\nlines", '"two lines"'),
        ("", '"…"'),
    ],
)
def test_mermaid_label(text: str, expected: str) -> None:
    assert mermaid_label(text) == expected


def test_mermaid_label_is_cut_at_a_word() -> None:
    label = mermaid_label("Attention lets every token look at every other token", 30)
    assert label == '"Attention lets every token…"'
    assert len(mermaid_label("x" * 99, 30)) == 32


@settings(max_examples=100)
@given(TEXTS)
def test_mermaid_label_holds_no_syntax(text: str) -> None:
    inside = mermaid_label(text)[1:-1]
    assert not re.search(r'["<>\[\]{}|`*_$%=~&^\\]|(?<!&)#(?!\d+;)|\n', inside)


@pytest.mark.parametrize("text", ["owner:: evil", "(due:: 2026-12-01)", "[done:: x]", "a std::vector", "a::::b"])
def test_no_text_is_a_field_of_dataview(text: str):
    assert "::" not in escape(text)
    assert shown(escape(text)) == text


def test_no_text_makes_a_dated_task_of_its_line():
    text = "What is it? 📅 2026-12-01 🔁 every day ⏫"
    assert not set("📅🔁⏫") & set(escape(text))
    assert shown(escape(text)) == text
