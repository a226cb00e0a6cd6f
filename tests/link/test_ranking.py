"""What belongs together is found, and the reasons are true."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.link.fusion import gate_of
from notegen.link.graph import LinkGraph
from notegen.link.names import NameIndex
from notegen.link.note_facts import READER, read_facts
from notegen.link.ranking import rank
from notegen.link.signals import Query
from notegen.link.terms import TermIndex
from notegen.link.vault_index import VaultIndex
from notegen.link.words import ids_of, is_in_ascii
from notegen.store.note_rows import NoteRows
from notegen.vault.vault import Vault


def index_of(root: Path) -> VaultIndex:
    return VaultIndex.open(Vault(root), rows=NoteRows(None, READER))


def best(index: VaultIndex, text: str, count: int = 3) -> list[str]:
    return [each.title for each in rank(index, Query(ids=ids_of([text])), count)]


def test_a_name_in_the_text_finds_its_note_with_the_reason(written):
    notes = {f"Filler {number}.md": f"Plain words about thing {number}." for number in range(30)}
    index = index_of(written({**notes, "Cosine similarity.md": "An angle between arrows."}))
    found = rank(index, Query(ids=ids_of(["We rank by cosine similarities of texts."])), 1)
    assert found[0].path == "Cosine similarity.md"
    assert "names “Cosine similarity”" in found[0].reason
    assert 0 <= found[0].score <= 1


def test_the_vaults_own_link_texts_are_the_dictionary(written):
    notes = {f"L{number}.md": f"Here [[Dot product|inner products]] help, case {number}." for number in range(6)}
    index = index_of(written({**notes, "Dot product.md": "A sum.", "Other.md": "Nothing."}))
    assert best(index, "An inner product of two arrows", 1) == ["Dot product"]


def test_a_note_that_similar_notes_link_to_is_found_without_its_name(written):
    notes = {f"Tide {number}.md": f"Waves moon harbour water level {number}. [[Gravitation]]" for number in range(8)}
    index = index_of(written({**notes, "Gravitation.md": "Masses attract.", "Cooking.md": "Soup and salt."}))
    found = rank(index, Query(ids=ids_of(["The moon lifts water in the harbour."])), 10)
    reasons = {each.title: each.reason for each in found}
    assert "Gravitation" in reasons
    assert "link there" in reasons["Gravitation"]


def test_a_link_in_the_note_is_said(written):
    index = index_of(written({"A.md": "On [[B]] and more.", "B.md": "Something.", "C.md": "Else."}))
    reasons = {each.path: each.reason for each in rank(index, index.query_of(0), 5)}
    assert "is linked here" in reasons["B.md"]
    back = {each.path: each.reason for each in rank(index, index.query_of(1), 5)}
    assert "links here" in back["A.md"]


def test_the_form_of_accents_does_not_count(written):
    index = index_of(written({"Cafe\u0301 noir.md": "x", "Other.md": "y"}))
    assert best(index, "Un caf\u00e9 noir.", 1) == ["Cafe\u0301 noir"]


def test_dates_and_numbers_name_nothing(written):
    index = index_of(written({"2026-01-05.md": "x", "12.md": "y", "Real name.md": "z"}))
    assert index.names.mentions(ids_of(["On 2026-01-05 there were 12 of them."])) == []


def test_unspaced_scripts_are_found(written):
    index = index_of(written({"機械学習.md": "データから学ぶ方法。", "料理.md": "塩と水。"}))
    assert best(index, "この本は機械学習の入門です。", 1) == ["機械学習"]


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("Naïve Bayes, Schrödinger, and the angle α of a vector space.", True),
        ("Этот выпуск Debian содержал 8500 пакетов, built by Ian Murdock and others.", False),
        ("更新 Debian 维基（Wiki）中的内容。See the how-can-i-help package.", False),
        ("", True),
    ],
)
def test_a_translation_is_not_taken_for_english(text: str, is_english: bool):
    assert is_in_ascii([text]) is is_english


def test_an_empty_vault_and_an_empty_text_have_nothing(written):
    assert rank(index_of(written({"a.txt": "x"})), Query(ids=ids_of(["words"])), 5) == []
    assert rank(index_of(written({"A.md": "", "B.md": ""})), Query(ids=ids_of([""])), 5) == []


def test_the_fusion_beats_each_of_its_signals_on_real_prose(prose_vault: Path):
    """30 % of the linked notes lose their links, names kept; what they linked is sought among all notes."""
    vault = Vault(prose_vault)
    texts = {path: (prose_vault / path).read_text("utf-8") for path in vault.files.paths}
    whole = VaultIndex([read_facts(path, "", texts[path]) for path in sorted(texts)], vault.files)
    gold = {place: set(whole.graph.targets(place).tolist()) for place in range(len(whole.notes))}
    held = random.Random(7).sample([place for place, right in gold.items() if right], 50)
    for place in held:
        path = whole.notes[place].path
        texts[path] = texts[path].replace("[[", "").replace("]]", "")
    index = VaultIndex([read_facts(path, "", texts[path]) for path in sorted(texts)], vault.files)
    hits = {"fusion": 0.0, "alike": 0.0, "named": 0.0}
    for place in held:
        query = index.query_of(place)
        signals = index.signals(query)
        found = {
            "fusion": [index.places[each.path] for each in rank(index, query, 10)],
            "alike": np.argsort(-signals.alike, kind="stable")[:10].tolist(),
            "named": np.argsort(-signals.named, kind="stable")[:10].tolist(),
        }
        for method, places in found.items():
            hits[method] += len(gold[place] & set(places)) / len(gold[place]) / len(held)
    assert hits["fusion"] >= hits["named"] > hits["alike"]
    assert hits["fusion"] > 0.8


def test_ranking_is_the_same_every_time(prose_vault: Path):
    one, other = index_of(prose_vault), index_of(prose_vault)
    assert all(rank(one, one.query_of(at), 10) == rank(other, other.query_of(at), 10) for at in range(0, 300, 60))


words = st.lists(st.sampled_from("tide moon harbour salt wave chart".split()), min_size=1, max_size=12).map(" ".join)


@given(st.lists(words, min_size=1, max_size=8), words)
def test_a_text_is_most_like_itself(texts: list[str], text: str):
    scores = TermIndex([ids_of([each]) for each in [*texts, text]]).scores(ids_of([text]))
    assert scores.max() <= 1 + 1e-5
    assert scores[-1] == pytest.approx(scores.max())


@given(st.lists(st.lists(st.integers(0, 9), max_size=6), min_size=10, max_size=10), st.integers(0, 9))
def test_a_walk_keeps_its_whole_probability_in_a_connected_graph(targets: list[list[int]], start: int):
    ring = [[*each, (note + 1) % 10] for note, each in enumerate(targets)]
    home = np.zeros(10, np.float32)
    home[start] = 1
    assert LinkGraph(ring).walk(home).sum() == pytest.approx(1, abs=1e-4)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1))
def test_the_surer_the_names_the_more_they_count(one: float, other: float, usual: float):
    low, high = sorted((gate_of(one, usual), gate_of(other, usual)))
    assert 0 <= low <= high <= 1
    assert (gate_of(one, usual) <= gate_of(other, usual)) == (one <= other) or low == high


@given(st.lists(words, min_size=1, max_size=6), words)
def test_mentions_are_whole_and_do_not_overlap(titles: list[str], text: str):
    ids = ids_of([text])
    found = NameIndex([ids], [[title] for title in titles], [[] for _ in titles]).mentions(ids)
    ends = [mention.first + mention.size for mention in found]
    assert all(mention.first >= end for mention, end in zip(found[1:], ends, strict=False))
    names = {" ".join(title.split()) for title in titles}
    assert all(" ".join(text.split()[each.first : each.first + each.size]) in names for each in found)
