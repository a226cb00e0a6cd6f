"""`notegen link`: only links are added, only where they may stand, and every other byte stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.link.name_forms import same_name
from notegen.link.sure_names import SureNames
from notegen.markdown.editable import HIDDEN, editable
from notegen.markdown.shown import shown

NOTES = {
    "Concepts/Vector space.md": "---\naliases: [linear space]\n---\nA set.",
    "Concepts/Dot product.md": "A sum of products.",
    "Concepts/IT.md": "Information technology.",
    "RNN.md": "A network.",
}
TEXT = """---
up: "vector space"
---
# On vector spaces
A Vector space has a dot product. Another vector space, too.

`vector space` and $RNN$ and [a dot product](x.md) in %% RNN %% #RNN text_RNN RNN-cell.

```
RNN
```
> [!note] RNN
> It is an *RNN* here, and IT is not it.
"""


def names_of(**titles: str) -> SureNames:
    names = SureNames()
    for title, path in titles.items():
        names.add(title.replace("_", " "), path)
    return names


def test_suggestions_are_first_mentions_in_prose(written, notegen):
    root = written({**NOTES, "N.md": TEXT})
    before = (root / "N.md").read_bytes()
    result = notegen("link", "N", "--vault", root, "--json")
    assert result.status == 0
    links = [(each["line"], each["text"], each["link"]) for each in result.data["links"]["N.md"]]
    assert links == [
        (5, "Vector space", "[[Vector space]]"),
        (5, "dot product", "[[Dot product|dot product]]"),
        (13, "RNN", "[[RNN]]"),
        (13, "IT", "[[IT]]"),
    ]
    assert (root / "N.md").read_bytes() == before


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_writing_adds_links_and_nothing_else(written, notegen, newline: str, start: bytes):
    root = written({**NOTES, "N.md": ""})
    data = start + TEXT.replace("\n", newline).encode()
    (root / "N.md").write_bytes(data)
    assert notegen("link", "N.md", "--write", "--vault", root).status == 0
    after = (root / "N.md").read_bytes()
    assert after != data
    assert re.sub(rb"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", rb"\1", after) == data
    again = notegen("link", "N.md", "--write", "--vault", root, "--json")
    assert again.data["links"]["N.md"] == []
    assert (root / "N.md").read_bytes() == after


def test_in_a_table_the_bar_is_escaped(written, notegen):
    root = written({**NOTES, "N.md": "| a | b |\n| --- | --- |\n| dot products | x |\n"})
    assert notegen("link", "N", "--write", "--vault", root).status == 0
    assert "| [[Dot product\\|dot products]] | x |" in (root / "N.md").read_text("utf-8")


def test_nothing_is_written_without_being_asked(written, notegen):
    root = written({**NOTES, "N.md": TEXT})
    for arguments in (["N"], [], ["N", "--write", "--dry-run"]):
        assert notegen("link", *arguments, "--vault", root).status == 0
        assert (root / "N.md").read_text("utf-8") == TEXT
    refused = notegen("link", "--write", "--vault", root)
    assert refused.status == 2
    assert "Name them" in refused.err
    unknown = notegen("link", "Vektor space", "--vault", root)
    assert unknown.status == 2
    assert "Concepts/Vector space.md" in unknown.err


def test_a_note_that_is_no_text_is_left_alone(written, notegen):
    root = written({**NOTES, "N.md": "x"})
    (root / "N.md").write_bytes(b"dot product \xff")
    result = notegen("link", "N", "RNN", "--write", "--vault", root)
    assert result.status == 1
    assert "UTF-8" in result.err
    assert (root / "N.md").read_bytes() == b"dot product \xff"


def test_plurals_find_their_notes(written, notegen):
    titles = ["Gaussian process", "Abstract class", "Search query", "Gaussian kernel", "Confusion matrix"]
    text = "Two Gaussian processes, three abstract classes, search queries, Gaussian kernels and confusion matrices."
    root = written({**{f"{title}.md": "About it." for title in titles}, "N.md": text})
    links = notegen("link", "N", "--vault", root, "--json").data["links"]["N.md"]
    assert [each["link"].removeprefix("[[").partition("|")[0] for each in links] == titles


def test_an_ambiguous_name_is_left_alone(written, notegen):
    root = written({"a/Field.md": "Algebra.", "b/Field.md": "Physics.", "N.md": "A field of forces."})
    assert notegen("link", "N", "--vault", root, "--json").data["links"]["N.md"] == []


def test_a_common_word_is_no_name(written, notegen):
    many = {f"F{number}.md": f"The note on music number {number} is long." for number in range(40)}
    root = written({**many, "Music.md": "Sound.", "Note.md": "A page.", "N.md": "Music and a note."})
    assert notegen("link", "N", "--vault", root, "--json").data["links"]["N.md"] == []


@pytest.mark.parametrize("word", ["default", "menu", "theorem"])
def test_a_word_of_any_book_never_becomes_a_link(written, notegen, word: str):
    root = written({f"Concepts/{word.title()}.md": "A thing.", "N.md": f"By {word} the {word} is shown in the window."})
    assert notegen("link", "N", "--vault", root, "--json").data["links"]["N.md"] == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vector space", "vector spaces", True),
        ("Category", "categories", True),
        ("Confusion matrix", "confusion matrices", True),
        ("Naïve Bayes", "naive bayes", True),
        ("Density", "dense", False),
        ("Relativity", "relative", False),
        ("RNN", "RNNs", True),
        ("RNN", "rnn", False),
        ("IT", "it", False),
        ("Learner", "learn", False),
    ],
)
def test_inflections_are_plurals_and_genitives(one: str, other: str, same: bool):
    assert same_name(one, other, "en") is same


def test_other_languages_have_other_plurals():
    assert same_name("Vektor", "Vektoren", "")
    assert not same_name("Vektor", "Vektoren", "en")


PIECES = st.lists(
    st.sampled_from(
        ["vector space", "RNN", "`", "```", "$", "$$", "%%", "[[", "]]", "[x](y)", "# ", "> ", "- ", "| ", "\n", "\n\n",
         "\r\n", "==", "**", "<b>", "---\n", "\\", "    ", "[!note] ", "- [ ] ", "#tag", "https://a.b/c", "a", "é"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(PIECES)
def test_the_mask_shows_only_what_stands_there(text: str):
    mask = editable(text).mask
    assert len(mask) == len(text)
    assert all(shown_ in (there, HIDDEN) for shown_, there in zip(mask, text, strict=True))


@given(PIECES)
def test_a_link_put_in_shows_the_same_words(text: str):
    inside = editable(text)
    names = names_of(vector_space="V.md", RNN="RNN.md")
    found = names.find(inside.mask, is_english=True)
    linked = text
    for each in reversed(found):
        bar = "\\|" if inside.is_in_table(each.start) else "|"
        linked = f"{linked[: each.start]}[[{each.path}{bar}{linked[each.start : each.end]}]]{linked[each.end :]}"
    from notegen.markdown.parse import parse

    assert {link.target for link in parse(linked).links if link.kind == "wikilink"} >= {each.path for each in found}
    assert "".join(shown(prose.text) for prose in parse(linked).prose).split() == (
        "".join(shown(prose.text) for prose in parse(text).prose).split()
    )


def test_logs_keep_their_own_parts(written, notegen):
    region = "%% notegen:begin head 000000000000 %%\n\nA dot product.\n\n%% notegen:end head %%"
    root = written({**NOTES, "N.md": f"{region}\n\nMy dot product.\n"})
    [link] = notegen("link", "N", "--vault", root, "--json").data["links"]["N.md"]
    assert link["line"] == 7
    assert Path(root / "N.md").is_file()


def test_one_common_word_is_a_name_where_the_context_agrees(written, notegen):
    rings = (
        "A field is a ring in which every nonzero element has a multiplicative inverse. Examples are the rational "
        "numbers and finite fields, such as the integers modulo a prime. Galois studied extensions of fields."
    )
    misc = {f"Misc {number}.md": f"Thoughts on gardening and weather, number {number}." for number in range(30)}
    farm = "The farmer ploughed the field while the rain fell on the wheat."
    algebra = "Finite fields have prime power order; Galois looked at their extensions and at each inverse."
    root = written({**misc, "Field.md": rings, "Farm.md": farm, "Algebra.md": algebra})
    links = notegen("link", "Farm", "Algebra", "--vault", root, "--json").data["links"]
    assert links["Farm.md"] == []
    assert [each["link"] for each in links["Algebra.md"]] == ["[[Field|fields]]"]


def test_a_name_in_a_script_without_spaces_is_a_whole_word(written, notegen):
    names = ("ニューラルネットワーク", "ネット", "モデル", "BERT", "러닝")
    notes = {f"{name}.md": "…" for name in names}
    text = "これはニューラルネットワークとインターネットのスーパーモデルです。\n\n이러닝 머신러닝. 使用BERT模型。\n"
    root = written({**notes, "N.md": text, "M.md": "このモデルは、러닝을 한다。\n"})
    links = notegen("link", "N", "M", "--vault", root, "--json").data["links"]
    assert [each["link"] for each in links["N.md"]] == ["[[ニューラルネットワーク]]", "[[BERT]]"]
    assert [each["link"] for each in links["M.md"]] == ["[[モデル]]", "[[러닝]]"]


@pytest.mark.parametrize(
    "text",
    [
        "A [dot product] in brackets.",
        "A [dot product].\n\n[dot product]: https://example.com",
        "What [a dot product is] to me.\n\n[A dot product is]: https://example.com",
        "<% await dot product %>",
    ],
)
def test_brackets_and_commands_are_left_alone(written, notegen, text: str):
    root = written({**NOTES, "N.md": text})
    assert notegen("link", "N", "--vault", root, "--json").data["links"]["N.md"] == []


def test_what_could_not_be_written_is_not_said_to_be(written, notegen):
    root = written({**NOTES, "N.md": "A dot product."})
    (root / "M.md").symlink_to("N.md")
    result = notegen("link", "N", "M", "--write", "--vault", root, "--json")
    assert result.status == 1
    assert result.data["written"] is False
    assert "M.md" in result.data["failed"][0]
    assert (root / "N.md").read_text("utf-8") == "A dot product."


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("The dot, product and all.", []),
        ("A dot – product of rain.", []),
        ("A dot (product).", []),
        ("The dot-product.", ["[[Dot product|dot-product]]"]),
        ("On mercury (planet) now.", ["[[Mercury (planet)|mercury (planet)]]"]),
        ("On Mercury (planet, and more).", ["[[Mercury (planet)|Mercury]]"]),
        ("Sense, Sensibility.", ["[[Sense, Sensibility]]"]),
    ],
)
def test_punctuation_ends_a_name(written, notegen, text: str, links: list[str]):
    root = written({**NOTES, "Mercury (planet).md": "…", "Sense, Sensibility.md": "…", "N.md": text})
    found = notegen("link", "N", "--vault", root, "--json").data["links"]["N.md"]
    assert [each["link"] for each in found] == links


def test_a_note_that_is_called_after_its_book_is_no_meaning_of_the_name(written, notegen):
    made = "About it.\n\n%% notegen:note {} b1-0123456789abcdef %%\n"
    root = written({
        "Cards/Quiet Rivers.md": made.format("cards"), "Sheets/Quiet Rivers.md": made.format("sheet"),
        "Plans/Loud Rivers.md": made.format("plan"), "Exams/Wide Rivers.md": made.format("exam"),
        "N.md": "I read Quiet Rivers, Loud Rivers and Wide Rivers.",
    })  # fmt: skip
    ran = notegen("link", "--vault", root)
    assert (ran.status, ran.out.strip()) == (0, "No words to link were found.")
