"""What parse finds, where, and what it must not find."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.markdown import parse
from notegen.markdown.parsed import Callout, Code, Footnote, Heading, Link, Math, Row, Span, Table, Task, Unclosed

NOTE = """\
---
title: "A"
source: "[[Book.pdf]]"
---

# Title

Text with #tag, ==marked== and [[Note#Part|alias]]. ^block-1

> [!tip]- Folded
> Body $x^2$.
>
> > [!note] Inner
> > ```python
> > x = 1
> > ```

- [ ] open
- [x] done [p. 2](Book.pdf#page=2)

| A | B |
| --- | --- |
| [[N\\|n]] | 2 |

%% notegen:begin a 1 %%

$$
y
$$
"""


def test_a_whole_note() -> None:
    note = parse(NOTE)
    assert note.frontmatter == 'title: "A"\nsource: "[[Book.pdf]]"\n'
    assert note.body_line == 5
    assert note.headings == (Heading(level=1, text="Title", line=6, end_line=6),)
    assert note.links == (
        Link(kind="wikilink", target="Note", subpath="#Part", alias="alias", line=8),
        Link(kind="markdown", target="Book.pdf", subpath="#page=2", alias="p. 2", line=19),
        Link(kind="wikilink", target="N", alias="n", line=23),
    )
    assert note.callouts == (
        Callout(kind="tip", title="Folded", fold="-", line=10, depth=1, has_body=True),
        Callout(kind="note", title="Inner", fold="", line=13, depth=2, has_body=True),
    )
    assert note.code == (Code(language="python", text="x = 1\n", line=14),)
    assert note.math == (Math(text="x^2", display=False, line=11), Math(text="y", display=True, line=27))
    assert note.tags == (Span(text="tag", line=8),)
    assert note.highlights == (Span(text="marked", line=8),)
    assert note.block_ids == (Span(text="block-1", line=8),)
    assert note.comments == (Span(text="notegen:begin a 1", line=25),)
    assert note.tasks == (
        Task(text="open", mark=" ", line=18),
        Task(text="done [p. 2](Book.pdf#page=2)", mark="x", line=19),
    )
    header = Row(line=21, text="| A | B |", cells=("A", "B"))
    row = Row(line=23, text="| [[N\\|n]] | 2 |", cells=("[[N\\|n]]", "2"))
    assert note.tables == (Table(header=header, columns=2, rows=(row,)),)
    assert note.unclosed == ()
    assert note.verbatim == {14, 15, 16, 27, 28, 29}


@pytest.mark.parametrize(
    ("text", "kind", "target", "subpath", "alias"),
    [
        ("[[a/b c#^id]]", "wikilink", "a/b c", "#^id", ""),
        ("[[#Here]]", "wikilink", "", "#Here", ""),
        ("![[i.png|alt|600]]", "embed", "i.png", "", "alt|600"),
        ("![[b.pdf#page=27]]", "embed", "b.pdf", "#page=27", ""),
        ("[t](<a b.md>)", "markdown", "a b.md", "", "t"),
        ("[t](a%20b.md#H%201)", "markdown", "a b.md", "#H 1", "t"),
        ('[t](a.md "title")', "markdown", "a.md", "", "t"),
        ("[t](a_(1).md)", "markdown", "a_(1).md", "", "t"),
        ("![alt|600](x/y.png)", "image", "x/y.png", "", "alt|600"),
        ("![a](https://e.example/x.png#f)", "image", "https://e.example/x.png#f", "", "a"),
        ("see https://e.example/x#y.", "autolink", "https://e.example/x#y.", "", ""),
        ("<mailto:a@b.example>", "autolink", "mailto:a@b.example", "", ""),
        ("[ref]: https://e.example", "markdown", "https://e.example", "", ""),
        ("![a][ref]\n\n[ref]: https://e.example", "image", "https://e.example", "", ""),
    ],
)
def test_links(text: str, kind: str, target: str, subpath: str, alias: str) -> None:
    (link,) = parse(text).links
    assert (link.kind, link.target, link.subpath, link.alias) == (kind, target, subpath, alias)


def test_an_image_inside_a_link_is_found_too() -> None:
    note = parse("[![alt](https://e.example/i.png)](https://e.example)")
    assert {(link.kind, link.target) for link in note.links} == {
        ("image", "https://e.example/i.png"),
        ("markdown", "https://e.example"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`",
        "``[[a]] ` ``",
        "$[[a]]$",
        "%%[[a]]%%",
        "```\n[[a]]\n```",
        "> ```\n> [[a]]\n> ```",
        "$$\n[[a]]\n$$",
        "%%\n[[a]]\n\n[[b]]\n%%",
        "\\[[a]]\\[",
        "\\!\\[\\[a]]",
        "    [[a]]",
        "[1] and [x] y",
        "text ](a)",
    ],
)
def test_no_links_where_nothing_is_live(text: str) -> None:
    assert parse(text).links == ()


@pytest.mark.parametrize("text", ["a#b", "#1984", "C# x", "\\#tag", "# heading", "`#tag`", "[x](#part)", "#", "#/1"])
def test_not_tags(text: str) -> None:
    assert parse(text).tags == ()


@pytest.mark.parametrize("tag", ["a", "a/b", "1a", "ünïcode", "a-b_c", "😀"])
def test_tags(tag: str) -> None:
    assert [span.text for span in parse(f"x #{tag}, y (#{tag})").tags] == [tag, tag]


@pytest.mark.parametrize("text", ["costs $5 and $6", "$ x $", "\\$x$", "`$x$`", "a $5", "$x $"])
def test_not_maths(text: str) -> None:
    assert parse(text).math == ()


def test_maths() -> None:
    note = parse("a $x$ and $$y$$\n\n$$ z $$\n\n- $$\n  w\n  $$")
    assert [(math.text, math.display) for math in note.math] == [("x", False), ("y", True), ("z", True), ("w", True)]


def test_dollars_in_two_table_rows_are_not_maths() -> None:
    assert parse("| a |\n| - |\n| $x |\n| y$ |").math == ()


def test_callout_without_body_and_metadata() -> None:
    note = parse("> [!NOTE|wide]+\n\n> [!tip]x\n> y\n\n> plain")
    assert note.callouts == (Callout(kind="note", title="", fold="+", line=1, depth=1, has_body=False),)


def test_footnotes() -> None:
    assert parse("a[^N] b[^2]\n\n[^n]: text").footnotes == (
        Footnote(text="n", definition=False, line=1),
        Footnote(text="2", definition=False, line=1),
        Footnote(text="n", definition=True, line=3),
    )


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("x\n\n```\ny", "fence", 3),
        ("> ```\n> x\n\ny", "fence", 1),
        ("$$\nx\n\ny", "math", 1),
        ("a\n\n%%\nx", "comment", 3),
        ("a %% b", "comment", 1),
        ("a\nb [[x", "link", 2),
        ("a ==b", "highlight", 1),
        ("a **b", "bold", 1),
    ],
)
def test_unclosed(text: str, what: str, line: int) -> None:
    assert parse(text).unclosed == (Unclosed(what=what, line=line),)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["````\n```\n````", "- ```\n  x\n  ```", "> > ~~~\n> > x\n> > ~~~", "a == b ** c"])
def test_closed(text: str) -> None:
    assert [thing for thing in parse(text).unclosed if thing.what != "highlight"] == []


def test_headings_of_both_forms_and_in_quotes() -> None:
    note = parse("Title\n===\n\n> ## In [[a]]\n\n#\n")
    assert [(it.level, it.text, it.line, it.end_line, it.underlined, it.nested) for it in note.headings] == [
        (1, "Title", 1, 2, True, False),
        (2, "In [[a]]", 4, 4, False, True),
        (1, "", 6, 6, False, False),
    ]


def test_html() -> None:
    note = parse("a <b>x</b> <pad> 3 < 4\n\n<div>\n<img src=x>\n</div>\n")
    assert [(span.text, span.line) for span in note.html] == [
        ("<b>", 1),
        ("</b>", 1),
        ("<pad>", 1),
        ("<div>", 3),
        ("<img src=x>", 4),
        ("</div>", 5),
    ]


@pytest.mark.parametrize("text", ["\n---\na: 1\n---\n", "---\na: 1\n", "x\n---\na: 1\n---\n"])
def test_no_frontmatter(text: str) -> None:
    assert parse(text).frontmatter is None


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    note = parse("\ufeff---\r\na: 1\r\n---\r\n# T\r\n")
    assert (note.frontmatter, note.headings[0].line) == ("a: 1\n", 4)


@settings(max_examples=300)
@given(st.text(st.sampled_from("[]()!#|>-`$%=*<^:\\ \nab1.~_/"), max_size=120))
def test_any_text_is_a_note_and_lines_are_real(text: str) -> None:
    note = parse(text)
    parts = (
        *note.headings,
        *note.links,
        *note.code,
        *note.math,
        *note.tags,
        *note.callouts,
        *note.html,
        *note.unclosed,
    )
    assert all(1 <= part.line <= len(note.lines) for part in parts)
    assert all(len(prose.text) == len(prose.plain) for prose in note.prose)


@pytest.mark.parametrize(
    "text",
    ["[" * 3000, "[[a" * 2000, "![a](" * 2000, "`" * 3000, "$a " * 3000, "<a " * 3000, "<a \"" * 2000, "%%a" * 2001,
     "![](" + "(" * 3000, "[a](b" + " " * 3000, "`a`" * 1000 + "[", "a" * 50000 + "://",
     "[" + "[]" * 2000, "\\" * 5001],
)  # fmt: skip
def test_hostile_text_takes_no_long_time(text: str) -> None:
    begin = time.process_time()
    parse(text)
    assert time.process_time() - begin < 1
