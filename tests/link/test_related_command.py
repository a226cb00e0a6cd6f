"""`notegen related` and `notegen index` as a person and a program meet them."""

from __future__ import annotations

import json
from pathlib import Path

NOTES = {
    "Maths/Vector space.md": "A set with sums. It has a [[Dot product]] sometimes.",
    "Maths/Dot product.md": "A sum of products of coordinates in a vector space.",
    "Cooking.md": "Soup needs salt and time.",
    "Home.md": "Start with the vector space.",
}


def test_every_note_is_a_key_and_the_shape_is_as_documented(written, notegen):
    root = written({**NOTES, "Templates/T.md": "x", ".obsidian/templates.json": '{"folder": "Templates"}'})
    result = notegen("related", "--all", "--top", "2", "--json", "--vault", root)
    assert result.status == 0
    related = result.data["related"]
    assert set(result.data) == {"related"}
    assert set(related) == {*NOTES, "Templates/T.md"}
    assert related["Templates/T.md"] == []
    for path, found in related.items():
        assert len(found) <= 2
        assert path not in [each["path"] for each in found]
        assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)
        assert all(set(each) == {"path", "score", "reason"} and each["reason"] for each in found)
        assert all((root / each["path"]).is_file() for each in found)
    assert related["Maths/Dot product.md"][0]["path"] == "Maths/Vector space.md"


def test_one_note_in_words_and_as_data(written, notegen):
    root = written(NOTES)
    said = notegen("related", "dot product", "--vault", root)
    assert said.status == 0
    assert "Maths/Vector space.md" in said.out
    assert "names “Vector space”" in said.out
    data = notegen("related", root / "Maths" / "Dot product.md", "--json", "--vault", root).data
    assert list(data["related"]) == ["Maths/Dot product.md"]


def test_usage_is_explained(written, notegen):
    root = written(NOTES)
    assert notegen("related", "--vault", root).status == 2
    assert notegen("related", "Cooking", "--all", "--vault", root).status == 2
    wrong = notegen("related", "Cookin", "--vault", root)
    assert wrong.status == 2
    assert "Cooking.md" in wrong.err
    assert notegen("related", "x", cwd=Path("/")).status == 1


def test_an_empty_vault_has_nothing_to_relate(tmp_path: Path, notegen):
    (tmp_path / "empty").mkdir()
    assert notegen("related", "--all", "--json", "--vault", tmp_path / "empty").data == {"related": {}}
    assert notegen("index", "--json", "--vault", tmp_path / "empty").data["notes"] == 0
    assert notegen("concepts", "--vault", tmp_path / "empty").status == 0
    assert notegen("link", "--vault", tmp_path / "empty").status == 0


def test_the_vault_is_only_read(written, notegen):
    root = written(NOTES)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    notegen("related", "--all", "--json", "--vault", root)
    notegen("index", "--vault", root)
    notegen("link", "--vault", root)
    notegen("concepts", "--vault", root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_deleting_the_index_only_costs_time(written, notegen):
    root = written(NOTES)
    first = notegen("related", "--all", "--json", "--vault", root).out
    place = Path(notegen("index", "--json", "--vault", root).data["index"])
    assert place.is_file()
    assert root not in place.parents
    assert json.loads(notegen("index", "--delete", "--json", "--vault", root).out) == {"deleted": str(place)}
    assert not place.exists()
    assert notegen("related", "--all", "--json", "--vault", root).out == first
    assert notegen("index", "--rebuild", "--json", "--vault", root).data["read"] == len(NOTES)


def test_odd_notes_do_not_stop_it(written, notegen):
    root = written({**NOTES, "odd/[x] #1 ^y.md": "dot product", "Bytes.md": "x", "Empty.md": ""})
    (root / "Bytes.md").write_bytes(b"\xff\xfe dot product \x00 [[Cooking]]")
    (root / "Folder.md").mkdir()
    result = notegen("related", "--all", "--json", "--vault", root)
    assert result.status == 0
    assert "odd/[x] #1 ^y.md" in result.data["related"]
    assert result.data["related"]["Bytes.md"][0]["path"] in ("Cooking.md", "Maths/Dot product.md")
