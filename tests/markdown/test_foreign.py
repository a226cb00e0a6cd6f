"""Others' Markdown is written again with its structure and without its power."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.markdown.check import check
from notegen.markdown.foreign import plain, read
from notegen.markdown.foreign_writing import relevelled, written
from notegen.markdown.parse import parse
from tests.markdown.hostile import PAYLOADS

SOUND = """## One

A *word* and a **bold `code`** one,
on two lines.

1. first
   - inner
2. second

   ```python
   x = 1
   ```

> quoted
>
> - item

| a | b |
| --- | --- |
| 1 | x \\| y |

$$
x^2
$$

It is $x_1$ and [a page](https://example.org/a)."""


def again(text: str) -> str:
    return written(relevelled(read(text), 2))


def test_sound_markdown_keeps_its_structure():
    assert again(SOUND) == SOUND


def test_headings_go_below_a_level_one_at_a_time():
    assert again("# A\n\ntext\n\n#### B\n\ntext\n\n# C\n\ntext") == "## A\n\ntext\n\n### B\n\ntext\n\n## C\n\ntext"


def test_maths_of_chat_programs_is_written_as_obsidian_reads_it():
    assert again("So \\(x_1\\) is\n\n\\[\n\\frac{a}{b}\n\\]\n\nand\n\n[\n\\sqrt{x}\n]") == (
        "So $x_1$ is\n\n$$\n\\frac{a}{b}\n$$\n\nand\n\n$$\n\\sqrt{x}\n$$"
    )


def test_maths_that_does_more_than_show_is_shown_as_code():
    assert again("a \\(\\href{x}{y}\\) b") == "a `\\href{x}{y}` b"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("[x](file:///etc/passwd)", "\\[x]&#40;file:/\\/\\/etc/passwd)"),
        ("![a bee](http://evil.example/x.png)", "*a bee*"),
        ("`= this.file`", "= this.file"),
        ("```dataviewjs\nx\n```", "```text\nx\n```"),
        ("<script>x</script>", "\\<script>x\\</script>"),
    ],
)
def test_what_would_do_something_is_shown_instead(text: str, safe: str):
    assert again(text) == safe


class NoLinks:
    def resolve(self, target: str) -> str | None:
        return None

    def has_heading(self, path: str, subpath: str) -> bool:
        return False

    def page_count(self, path: str) -> int | None:
        return None


DANGEROUS = frozenset(
    {"exec-code", "exec-inline", "exec-template", "dangerous-uri", "html", "remote-image", "link", "embed"}
)


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_does_nothing(text: str):
    note = parse(again(text))
    assert not note.links or all(link.is_url for link in note.links)
    assert not (note.html)
    assert not (note.comments)
    assert not (note.tags)
    assert not [each for each in check(note, NoLinks()) if each.rule in DANGEROUS and each.severity == "error"]


@given(st.text(alphabet="ab \n#*_`>|-[]()$\\<!%=:/1.", max_size=60))
def test_nothing_in_any_text_comes_to_life(text: str):
    note = parse(again(text))
    assert not [link for link in note.links if not link.is_url]
    assert not (note.html)
    assert not (note.comments)
    assert not (note.tags)


@given(st.text(alphabet="ab cg\n.#*>-", max_size=60))
def test_the_letters_of_a_text_stay(text: str):
    letters = [each for each in text if each in "abcg"]  # none of "Untitled", a heading of signs
    assert [each for each in again(text) if each in "abcg"] == letters
    assert plain(()) == ""
