"""Edges of the concept map: only relations that one sentence states."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from notegen.draft.quoting.concept_map import MIN_EDGES, concept_map, relations
from notegen.draft.quoting.concepts import Concept
from notegen.draft.quoting.concepts.running_words import running_words
from notegen.extract.document import Block
from notegen.language.lists import LANGUAGES
from notegen.language.naming import RELATIONS, naming
from notegen.reading.sentences import sentences_of

WORDS = Path(__file__).resolve().parents[2] / "templates" / "words"


def stated(text: str, *names: str, language: str = "en") -> list[tuple[str, str, str]]:
    keys = {tuple(word.key for word in running_words(name, language)): name for name in names}
    return [(keys[one], relation, keys[other]) for one, relation, other in relations(text, list(keys), language)]


@pytest.mark.parametrize(
    ("language", "text", "edge"),
    [
        ("en", "A protein is a polar polymer: it has two ends.", ("protein", "is a", "polymer")),
        ("en", "A polymer consists of monomers.", ("monomer", "part of", "polymer")),
        ("en", "Friction causes heat.", ("friction", "causes", "heat")),
        ("en", "Unlike mitosis, meiosis does not keep the whole set.", ("meiosis", "contrasts with", "mitosis")),
        ("en", "The lifetime is therefore just the area under the curve.", ("lifetime", "computed from", "curve")),
        ("en", "Diffusion requires a gradient of some kind.", ("diffusion", "requires", "gradient")),
        ("en", "Noble gases such as argon do not react.", ("argon", "example of", "noble gases")),
        (
            "en",
            "Mitosis keeps the whole set, whereas meiosis has half of it.",
            ("mitosis", "contrasts with", "meiosis"),
        ),
        ("de", "Ein Molekül besteht aus Atomen.", ("Atom", "part of", "Molekül")),
        ("de", "Reibung verursacht Wärme.", ("Reibung", "causes", "Wärme")),
        ("fr", "Le perceptron est un neurone.", ("perceptron", "is a", "neurone")),
        ("fr", "Une molécule se compose d’atomes.", ("atome", "part of", "molécule")),
        ("es", "El rozamiento provoca calor.", ("rozamiento", "causes", "calor")),
        ("it", "Un quadrato è un rettangolo.", ("quadrato", "is a", "rettangolo")),
        ("pt", "A fotossíntese requer luz.", ("fotossíntese", "requires", "luz")),
    ],
)
def test_a_stated_relation_is_an_edge(language: str, text: str, edge: tuple[str, str, str]):
    assert stated(text, edge[0], edge[2], language=language) == [edge]


@pytest.mark.parametrize(
    "text",
    [
        "A protein may be a polymer.",
        "A protein is not a polymer.",
        "A protein is a polymer chain.",  # the name goes on
        "Is a protein a polymer?",
        "If a protein is a polymer, it has ends.",
        "The shape of a protein is a polymer property.",
        "A protein and a polymer were mixed.",
    ],
)
def test_what_no_sentence_states_is_no_edge(text: str):
    assert stated(text, "protein", "polymer") == []


def test_a_map_needs_five_relations_and_knows_their_pages():
    names = ["alkane", "hydrocarbon", "methane", "crude oil", "refinery", "octane"]
    texts = [
        "An alkane is a hydrocarbon.",
        "Methane is an alkane.",
        "Octane is an alkane, too.",
        "Crude oil contains octane.",
        "A refinery requires crude oil.",
    ]
    blocks = [Block(kind="paragraph", page=page, bbox=(0, 0, 1, 1), text=text) for page, text in enumerate(texts)]
    concepts = [Concept(name=name, mentions=2) for name in names]
    drawn = concept_map(concepts, sentences_of(blocks), "en")
    assert len(drawn.edges) == MIN_EDGES
    assert [edge.page for edge in drawn.edges] == [0, 1, 2, 3, 4]
    assert not concept_map(concepts, sentences_of(blocks[1:]), "en").nodes


def test_every_wording_states_a_known_relation_and_every_catalogue_says_it():
    for code in LANGUAGES:
        words = naming(code)
        assert words is not None
        assert {wording.relation for wording in words.relations} <= set(RELATIONS)
        phrases = (
            tomllib.loads((WORDS / f"{code}.toml").read_text("utf-8")) if code != "en" else dict.fromkeys(RELATIONS)
        )
        assert set(RELATIONS) <= set(phrases)
