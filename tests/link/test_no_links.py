"""Where no link may be written: each place holds "Quandle", the name of a note, and must stay as it is."""

from __future__ import annotations

from itertools import product

import pytest

from notegen.link.sure_names import SureNames
from notegen.markdown.editable import editable

ITEMS = ("", "- ", "* ", "1. ", "> ", "> - ", "- [ ] ", "- [x] ", "  - [/] ")
FIELDS = [f"{item}{key}:: a value" for item, key in product(ITEMS, ("Quandle", "**Quandle**", "The Quandle"))]
FIELDS += [f"{item}key:: a Quandle" for item in ITEMS]
INLINE = [
    text
    for mark in ("({})", "[{}]")
    for inner in ("Quandle:: one", "key:: Quandle", "a Quandle:: one, two")
    for text in (f"It {mark.format(inner)} is.", f"- [ ] Do it {mark.format(inner)}", mark.format(inner))
]
TASKS = [
    f"{item}Do it {sign} Quandle"
    for item, sign in product(("- [ ] ", "* [x] ", "1. [ ] ", "> - [ ] "), "📅⏳🛫➕✅❌🔁🆔⛔🏁🔺⏫")
]
ADDRESSES = [
    f"See {head}{tail} there."
    for head in ("https://a.org/", "http://a.org/Norm_(", "obsidian://open?file=", "ftp://a.org/x_(y_(", "www.a.org/")
    for tail in ("Quandle", "Quandle)", "Quandle).", "Quandle/b", "a,Quandle", "a|Quandle")
]
MATHS = [
    f"{before}{text}{after}"
    for text in (
        "$$\nQuandle = 1\n$$",
        "$$\nQuandle\n$$ {#eq-Quandle}",
        "$$ Quandle $$ Quandle",
        "$$\na\n\nQuandle\n$$",
    )
    for before, after in (("", ""), ("Words.\n\n", "\n\nWords."), ("> ", ""))
    if "\n" not in text or not before.startswith(">")
]
MATHS += [r"It is \(Quandle\) here.", r"\[Quandle = 1\]", "$Quandle$", "a `$$` b $$\nQuandle\n$$ c"]
MARKUP = [
    '<svg viewBox="0 0 1 1"><text x="1">Quandle</text></svg>', "<b>Quandle</b>", '<span title="a">the Quandle</span>',
    "<details>\n<summary>Quandle</summary>\n\nQuandle\n</details>", "<a href='x'>Quandle</a>", "<kbd>Quandle</kbd>",
    "<!-- Quandle -->", "%% Quandle %%", "<%  tp.file.title Quandle %>", "{{Quandle}}", "{% Quandle %}",
    "Words {#Quandle .a}", "Words {.Quandle}", ":quandle:", "\\text{Quandle}", "`Quandle`", "``a ` Quandle``",
    "```\nQuandle\n```", "~~~\nQuandle\n~~~", "    Quandle", "# Quandle", "Quandle\n===", "> [!note] Quandle",
    "#Quandle", "#a/Quandle", "Words ^Quandle", "^Quandle", "[[Quandle]]", "[[a|Quandle]]", "![[Quandle]]",
    "[Quandle](x.md)", "[a](Quandle.md)", '[a](x.md "Quandle")', "[Quandle][r]\n\n[r]: x.md", "[a][Quandle]",
    '[r]: x.md "Quandle"', "[Quandle]: x.md", '[r]: x.md\n  "Quandle"', "[Quandle]", "[^Quandle]", "[@Quandle2020]",
    "@Quandle", "<https://a.org/Quandle>", "mailto:Quandle@a.org", "a\\Quandle", "src/Quandle", "Quandle.md",
    "[[US]]Quandle", "---\nkey: Quandle\n---", "$Quandle", "multiQuandle",
]  # fmt: skip
TAKEN_OVER = [
    f"---\n{key}: parsed\ntags: [a]\n---\nThe Quandle is here.\n"
    for key in ("excalidraw-plugin", "kanban-plugin", "mindmap-plugin", "database-plugin", "tldraw-file")
]
NOT_ALONE = [
    "multi**Quandle**", "**Quandle**s of it", "a*Quandle*", "==Quandle==d", "__Quandle__x", "Quandle$5", "$Quandle$5",
    "Quandle€", "#Quandle", "x^Quandle", "Quandle^2", "a&Quandle", "Quandle&co", "Quandle=1", "x=Quandle", "~Quandle~a",
    "non-Quandle", "Quandle-like", "Quandle_1", "Quandle@home", "Quandle's-eye",
]  # fmt: skip
PLACES = [*FIELDS, *INLINE, *TASKS, *ADDRESSES, *MATHS, *MARKUP, *TAKEN_OVER, *NOT_ALONE]
OPEN = [
    "The Quandle is here.", "- a Quandle", "> a Quandle", "- [ ] Read of the Quandle", "**Quandle** is bold.",
    "| a | Quandle |\n|---|---|\n| Quandle | b |", "It costs $5, Quandle or not.",
    "Quandle: a word", "(a Quandle)", "“Quandle”", "See http://a.org for the Quandle.", "*the Quandle*, too",
    "---\ntags: [a]\n---\nThe Quandle is here.", "Words <br> Quandle", "[^1]: The Quandle", "a `$$` b Quandle",
]  # fmt: skip


def is_linked(text: str) -> bool:
    names = SureNames()
    names.add("Quandle", "Quandle.md")
    return bool(names.find(editable(text).mask, is_english=True))


def test_there_are_two_hundred_places():
    assert len({*PLACES}) >= 200


@pytest.mark.parametrize("text", [*dict.fromkeys(PLACES)])
def test_nothing_is_linked_where_it_breaks_something(text: str):
    assert not is_linked(text)


@pytest.mark.parametrize("text", OPEN)
def test_prose_beside_it_is_linked(text: str):
    assert is_linked(text)
