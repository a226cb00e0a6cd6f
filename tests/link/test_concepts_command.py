"""`notegen concepts`: list, rename, merge; links follow and every reader sees the same words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

LINKING = """---
up: "[[Dot product]]"
---
The [[Dot product]] and the [[dot product#Rules|inner product]], ![[Dot product]],
[words](Concepts/Dot%20product.md#Rules).

| a | b |
| --- | --- |
| [[Dot product]] | [[Dot product\\|it]] |

`[[Dot product]]` and [[Dot products of mine]].
"""
FOLLOWED = """---
up: "[[Inner product]]"
---
The [[Inner product|Dot product]] and the [[Inner product#Rules|inner product]], ![[Inner product]],
[words](Inner%20product.md#Rules).

| a | b |
| --- | --- |
| [[Inner product\\|Dot product]] | [[Inner product\\|it]] |

`[[Dot product]]` and [[Dot products of mine]].
"""
NOTES = {
    "Concepts/Dot product.md": "---\naliases:\n  - scalar product\ntags: [maths]\n---\n# Dot\n\nMy own words.\n",
    "Concepts/Scalar product.md": "# Scalar product\n\nOther words, with [[Dot product]].\n",
    "Elsewhere.md": "---\ntype: concept\n---\nAn idea.",
    "N.md": LINKING,
    "Untouched.md": "Nothing to see.",
}


def test_the_list_has_the_folder_and_every_note_of_that_type(written, notegen):
    root = written(NOTES)
    found = {each["path"]: each for each in notegen("concepts", "--json", "--vault", root).data["concepts"]}
    assert set(found) == {"Concepts/Dot product.md", "Concepts/Scalar product.md", "Elsewhere.md"}
    assert found["Concepts/Dot product.md"]["aliases"] == ["scalar product"]
    assert found["Concepts/Dot product.md"]["linked_from"] == 2


def test_links_follow_a_new_name_and_keep_their_words(written, notegen):
    root = written(NOTES)
    dry = notegen("concepts", "rename", "Dot product", "Inner product", "--dry-run", "--json", "--vault", root)
    assert dry.data["new"] == "Concepts/Inner product.md"
    assert (root / "N.md").read_text("utf-8") == LINKING
    result = notegen("concepts", "rename", "Dot product", "Inner product", "--vault", root)
    assert result.status == 0
    assert (root / "N.md").read_text("utf-8") == FOLLOWED
    assert (root / "Untouched.md").read_text("utf-8") == NOTES["Untouched.md"]
    moved = (root / "Concepts" / "Inner product.md").read_text("utf-8")
    assert "  - scalar product\n  - Dot product\n" in moved
    assert "My own words." in moved
    assert not (root / "Concepts" / "Dot product.md").exists()
    assert (root / ".trash" / "Concepts" / "Dot product.md").read_text("utf-8") == NOTES["Concepts/Dot product.md"]


def test_a_rename_that_broke_off_is_finished_by_the_next(written, notegen):
    root = written(NOTES)
    assert notegen("concepts", "rename", "Dot product", "Inner product", "--vault", root).status == 0
    whole = {path: path.read_bytes() for path in root.rglob("*.md")}
    other = root.parent / "again"
    for path, text in NOTES.items():
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_text(text, encoding="utf-8")
    new = root / "Concepts" / "Inner product.md"
    (other / "Concepts" / "Inner product.md").write_bytes(new.read_bytes())  # and then the power went
    assert notegen("concepts", "rename", "Dot product", "Inner product", "--vault", other).status == 0
    assert {path.relative_to(other): path.read_bytes() for path in other.rglob("*.md")} == {
        path.relative_to(root): data for path, data in whole.items()
    }


def test_merging_keeps_every_word(written, notegen):
    root = written(NOTES)
    result = notegen("concepts", "merge", "Scalar product", "Dot product", "--vault", root)
    assert result.status == 0
    text = (root / "Concepts" / "Dot product.md").read_text("utf-8")
    assert "My own words." in text
    assert "Other words, with [[Dot product]]." in text
    assert "scalar product" in text.split("---")[1].lower()
    assert not (root / "Concepts" / "Scalar product.md").exists()
    assert (root / ".trash" / "Concepts" / "Scalar product.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["rename", "Dot product", "Scalar product"], "merge"),
        (["rename", "Dot product", "dot product"], "already"),
        (["rename", "Dot product", " "], "empty"),
        (["rename", "N", "M"], "no concept"),
        (["merge", "Dot product", "Dot product"], "itself"),
        (["rename", "Dott product", "M"], "Did you mean"),
    ],
)
def test_what_cannot_be_is_refused(written, notegen, arguments: list[str], word: str):
    root = written(NOTES)
    before = {path: path.read_bytes() for path in Path(root).rglob("*.md")}
    result = notegen("concepts", *arguments, "--vault", root)
    assert result.status == 2
    assert word in result.err
    assert {path: path.read_bytes() for path in Path(root).rglob("*.md")} == before


def test_a_concept_is_known_by_its_alias(written, notegen):
    root = written({"Concepts/Recurrent network.md": "---\naliases: [RNN]\n---\nx", "N.md": "[[Recurrent network]]"})
    assert notegen("concepts", "rename", "RNN", "Recurrent neural network", "--vault", root).status == 0
    assert (root / "N.md").read_text("utf-8") == "[[Recurrent neural network|Recurrent network]]"


def test_titles_and_definitions_of_links_follow(written, notegen):
    text = 'A [b](Dot%20product.md "Its title") and [c][d].\n\n[d]: Concepts/Dot%20product.md#Rules "Other"\n'
    root = written({**NOTES, "N.md": text})
    assert notegen("concepts", "rename", "Dot product", "Inner product", "--vault", root).status == 0
    assert (root / "N.md").read_text("utf-8") == (
        'A [b](Inner%20product.md "Its title") and [c][d].\n\n[d]: Inner%20product.md#Rules "Other"\n'
    )


def test_canvases_and_hidden_notes_follow(written, notegen):
    canvas = (
        '{\n\t"nodes":[\n\t\t{"id":"1","type":"file","file":"Concepts/Dot product.md","x":0},\n'
        '\t\t{"id":"2","type":"text","text":"é [[Dot product]]\\n\\"file\\":\\"Concepts/Dot product.md\\""}\n\t]\n}'
    )
    hidden = {".obsidian/app.json": '{"userIgnoreFilters": ["Private/"]}', "Private/N.md": "[[Dot product]]"}
    root = written({**NOTES, **hidden, "Board.canvas": canvas})
    (root / "Private" / "Odd.md").write_bytes(b"\xff")
    assert notegen("concepts", "rename", "Dot product", "Inner product", "--vault", root).status == 0
    assert (root / "Board.canvas").read_text("utf-8") == canvas.replace(
        '"file":"Concepts/Dot product.md"', '"file":"Concepts/Inner product.md"'
    ).replace("[[Dot product]]", "[[Inner product|Dot product]]")
    assert (root / "Private" / "N.md").read_text("utf-8") == "[[Inner product|Dot product]]"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_where_one_note_cannot_be_written_no_link_follows(written, notegen):
    root = written({**NOTES, "Locked/L.md": "[[Dot product]]"})
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    (root / "Locked").chmod(0o555)
    try:
        result = notegen("concepts", "rename", "Dot product", "Inner product", "--vault", root)
    finally:
        (root / "Locked").chmod(0o755)
    assert result.status == 1
    assert "Locked/L.md" in result.err
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before


@pytest.mark.parametrize(
    "arguments",
    [["rename", "Dot product", "Inner product"], ["merge", "Scalar product", "Dot product"]],
)
def test_undo_takes_it_back_and_undo_again_has_it_again(written, notegen, arguments: list[str]):
    root = written(NOTES)

    def notes() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in root.rglob("*.md") if ".trash" not in path.parts}

    before = notes()
    assert notegen("concepts", *arguments, "--vault", root).status == 0
    after = notes()
    told = notegen("undo", "--dry-run", "--json", "--vault", root).data
    assert told["run"]["command"] == f"notegen concepts {arguments[0]}"
    assert notes() == after
    done = notegen("undo", "--json", "--vault", root).data
    assert {each["status"] for each in done["files"]} <= {"restored", "returned", "removed"}
    assert notes() == before
    assert notegen("undo", "--vault", root).status == 0
    assert notes() == after


QUERIES = """```dataview
TABLE file.ctime FROM [[Dot product]] OR "Concepts/Dot product"
WHERE topic = "Dot product" AND contains(up, [[Dot product#Rules]])
```

`= [[Dot product]].aliases` and `[[Dot product]]`

```dataviewjs
dv.page("Dot product"); dv.list('Dot product')
```
"""
BASE = """filters:
  and:
    - file.hasLink("Dot product")
    - 'file.hasLink("Concepts/Dot product.md")'
    - "up == link(\\"Dot product\\")"
formulas:
  title: '"Dot product" + topic'
"""
BOOKMARKS = '{"items": [{"type": "file", "path": "Concepts/Dot product.md", "title": "Dot"}]}'


def test_queries_and_bases_follow_and_what_does_not_is_named(written, notegen):
    root = written({**NOTES, "Q.md": QUERIES, "B.base": BASE, ".obsidian/bookmarks.json": BOOKMARKS})
    result = notegen("concepts", "rename", "Dot product", "Inner product", "--json", "--vault", root)
    assert (root / "Q.md").read_text("utf-8") == (
        QUERIES.replace("[[Dot product]] OR", "[[Inner product]] OR")
        .replace("Concepts/Dot", "Concepts/Inner")
        .replace("[[Dot product#", "[[Inner product#")
        .replace("= [[Dot", "= [[Inner")
        .replace('page("Dot', 'page("Inner')
    )
    assert (root / "B.base").read_text("utf-8") == (
        BASE.replace('Link("Dot', 'Link("Inner')
        .replace("Concepts/Dot", "Concepts/Inner")
        .replace('link(\\"Dot', 'link(\\"Inner')
    )
    assert (root / ".obsidian" / "bookmarks.json").read_text("utf-8") == BOOKMARKS
    left = {(each["path"], each["line"]) for each in result.data["left"]}
    assert left == {("Q.md", 3), ("Q.md", 9), ("B.base", 7), (".obsidian/bookmarks.json", 1)}
    notegen("undo", "--vault", root)
    assert (root / "B.base").read_text("utf-8") == BASE


def test_odd_aliases_stay_when_a_name_is_added(written, notegen):
    root = written({"Concepts/Dot product.md": "---\naliases: [012, [[x]], 'it''s'] # mine\n---\n"})
    assert notegen("concepts", "rename", "Dot product", "Inner product", "--vault", root).status == 0
    assert (root / "Concepts" / "Inner product.md").read_text("utf-8") == (
        "---\naliases: [012, [[x]], 'it''s', Dot product] # mine\n---\n"
    )
