"""`notegen figure`, as people run it: real processes, the real model where its weights are."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from notegen.embed.encoder import Encoder
from notegen.embed.minilm import MiniLMEncoder
from notegen.errors import UsageError
from notegen.figures.attention import attention_figure
from notegen.figures.request import Names, make_figure, parse_request

OFFLINE = {"HF_ENDPOINT": "http://127.0.0.1:9", "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}


@pytest.fixture
def figure(notegen, weights: Path):
    def run(*arguments: object, **more: str):
        return notegen("figure", *arguments, NOTEGEN_MODEL__PATH=str(weights), **more)

    return run


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def table_rows(markdown: str) -> list[list[str]]:
    lines = [line for line in markdown.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "---" not in line]


def test_softmax_needs_no_model(notegen, tmp_path: Path):
    out = tmp_path / "s.png"
    ran = notegen("figure", "softmax", "1.2", "2.1", "3.0", "--out", out, **OFFLINE)
    assert ran.status == 0
    assert size_of(out.read_bytes())[0] == 1400
    assert "| sum |  | 1.00 |" in ran.out
    numbers = notegen("figure", "softmax", "-1", "2", "--json").data
    assert numbers["scores"] == [-1.0, 2.0]
    assert sum(numbers["weights"]) == pytest.approx(1)


@pytest.mark.parametrize("scores", [["a"], ["nan"], ["1e999"], []])
def test_softmax_of_what_is_no_number(notegen, scores):
    assert notegen("figure", "softmax", *scores).status == 2


def test_attention_as_numbers(figure):
    data = figure("attention", "She ate because she was hungry.", "--focus", "because", "--json").data
    assert data["words"] == ["[CLS]", "She", "ate", "because", "she", "was", "hungry", ".", "[SEP]"]
    assert len(data["weights"]) == len(data["words"])
    assert all(abs(sum(row) - 1) < 1e-5 for row in data["weights"])
    assert 1 <= data["layer"] <= 6
    assert 1 <= data["head"] <= 12
    assert data["model"] == "all-MiniLM-L6-v2"
    assert data["rule"]
    chosen = figure("attention", "She ate because she was hungry.", "--layer", "3", "--head", "5", "--json").data
    assert (chosen["layer"], chosen["head"]) == (3, 5)


def test_the_table_of_a_heatmap_is_one_in_each_row(figure, tmp_path: Path):
    ran = figure("attention", "She ate, unbelievably, because she was hungry.", "--out", tmp_path / "a.png")
    header, *rows = table_rows(ran.out)
    assert header[-1] == "sum"
    assert len(rows) == len(header) - 2 == 12
    for row in rows:
        assert sum(round(float(cell) * 100) for cell in row[1:-1]) == 100
        assert row[-1] == "1.00"
    assert "not why" in ran.out


@pytest.mark.parametrize("form", ["png", "svg"])
def test_equal_input_gives_equal_bytes(figure, tmp_path: Path, form: str):
    outs = [tmp_path / f"{number}.{form}" for number in (1, 2)]
    for seed, out in enumerate(outs):
        sentence = "注意 is all you need 🎯"
        assert figure("attention", sentence, "--out", out, PYTHONHASHSEED=str(seed)).status == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    if form == "svg":
        assert ElementTree.fromstring(outs[0].read_text(encoding="utf-8")).tag.endswith("svg")


def test_compare_and_embeddings_as_numbers(figure):
    both = figure("compare", "The bank of the river.", "The bank lends money.", "--word", "bank", "--json").data
    assert [each["words"][each["word_index"]] for each in both["sentences"]] == ["bank", "bank"]
    assert all(abs(sum(each["weights"]) - 1) < 1e-5 for each in both["sentences"])
    data = figure("embeddings", "cat", "kitten", "dog", "pet", "car", "--json").data
    assert len(data["points"]) == 5
    cosines = data["cosines"]
    assert all(cosines[index][index] == pytest.approx(1, abs=1e-3) for index in range(5))
    assert cosines[0][1] > cosines[0][4]


def test_a_file_that_is_there_is_not_overwritten_unasked(figure, tmp_path: Path):
    (tmp_path / "attention.png").write_bytes(b"mine")
    assert figure("attention", "Dogs have bones.").status == 0
    assert (tmp_path / "attention.png").read_bytes() == b"mine"
    assert size_of((tmp_path / "attention-2.png").read_bytes())[0] == 1400


@pytest.fixture(scope="module")
def encoder(weights: Path) -> Encoder:
    return MiniLMEncoder(weights)


@pytest.mark.parametrize(
    "request_text",
    [
        'attention ""',
        'attention "   "',
        'attention "a b" --focus c',
        'attention "a b" --layer 7',
        'attention "a b" --head 13',
        f'attention "{"x" * 5000}"',
        'attention "a" "b"',
        'attention "a',
        'compare "a b" "c d" --word a',
        'compare "a b" "a c"',
        "embeddings one",
        "embeddings same Same",
        "softmax",
        "softmax nan",
        "map",
        "dance",
        "",
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_next_step(encoder: Encoder, request_text: str):
    with pytest.raises(UsageError) as caught:
        make_figure(parse_request(request_text), lambda: encoder, Names)
    assert caught.value.reason
    assert caught.value.next_step


def test_curled_quotation_marks_are_quotation_marks():
    plain = parse_request('compare "a b" "c b" --word b')
    assert parse_request("compare “a b” „c b” --word b") == plain
    assert parse_request('attention "a “b” c"').texts == ("a “b” c",)


def test_unknown_signs_are_no_finding(encoder: Encoder):
    figure = make_figure(parse_request("embeddings cat 猫 🎉 kitten car"), lambda: encoder, Names)
    assert "“cat” and “kitten”" in figure.alt
    assert "does not know the signs of “猫”, “🎉”" in figure.caption
    assert figure.question
    assert not {"猫", "🎉"} & set(figure.question.question)
    nothing = make_figure(parse_request("embeddings 猫 🎉"), lambda: encoder, Names)
    assert (nothing.alt, nothing.question) == ("Map of 2 texts by all-MiniLM-L6-v2", None)


@pytest.mark.parametrize(
    "sentence", ["word", "مرحبا עולם ไทย 🤖", ". . .", "$x_1$ \\frac{%}", "\u200b\u202e\ud83d a", "[CLS] [SEP]"]
)
def test_odd_sentences_are_drawn(encoder: Encoder, sentence: str):
    figure = attention_figure(encoder, sentence)
    assert size_of(figure.image)[0] == 1400
    assert all(row[-1] == "1.00" for row in figure.tables[0].rows[1:])


def test_a_long_sentence_gets_a_smaller_figure(encoder: Encoder):
    figure = attention_figure(encoder, "word " * 60 + "ends here.")
    assert "too many for a grid" in figure.caption
    assert figure.tables[0].rows[-1] == ("sum", "", "1.00")
    assert "longer than the model reads" in attention_figure(encoder, "word " * 390).caption


def test_a_wrong_call_is_explained(figure, tmp_path: Path):
    ran = figure("attention", "a b", "--focus", "c")
    assert (ran.status, "Traceback" in ran.err) == (2, False)
    assert ran.err.startswith("notegen: “c” is no word")
    assert figure("softmax", "1", "2", "--out", tmp_path / "a.svg", "--format", "png").status == 2
    assert figure("softmax", "1", "2", "--out", tmp_path / "a.jpg").status == 2
    assert not list(tmp_path.glob("a.*"))


def test_without_weights_it_is_said_what_helps(notegen):
    ran = notegen("figure", "attention", "Dogs have bones.", **OFFLINE)
    assert ran.status == 1
    assert "notegen model fetch" in ran.err


def test_a_map_needs_a_vault_with_names(figure, vault: Path, tmp_path: Path):
    assert figure("map", "--vault", vault).status == 2
    (vault / "Dot product.md").write_text("x", encoding="utf-8")
    (vault / "Vector space.md").write_text("x", encoding="utf-8")
    out = tmp_path / "m.png"
    assert figure("map", "--vault", vault, "--out", out).status == 0
    assert size_of(out.read_bytes())[0] == 1400
    assert figure("map", "--vault", tmp_path / "nowhere").status == 1


def test_the_share_that_is_named_is_that_of_the_table(encoder: Encoder):
    sentence = "The encoder is a network that reads the input sequence and turns it into vectors."
    figure = attention_figure(encoder, sentence)
    (word, share) = re.search(r"looks most at “(.+?)” \((0\.\d\d)\)", figure.sentence).groups()
    assert (word, share) in zip(*figure.row, strict=True)
