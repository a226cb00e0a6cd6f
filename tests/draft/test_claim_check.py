"""The check of claims: each rule sees its fault, true claims pass, and the pairs kept for it are judged well enough."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from notegen.draft.model.check.judge import judge
from notegen.draft.model.check.pieces import text_of
from notegen.language.claim_words import claim_words
from notegen.language.lists import LANGUAGES

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "grounding.py"


@pytest.mark.parametrize(
    ("fault", "claim", "source"),
    [
        ("words", "Whales sing to find their mates in the dark.", "Whales are mammals and breathe air."),
        ("words", "Whales breathe air, and their calves drink milk.", "Whales are mammals and breathe air."),
        ("number", "The bridge is 300 metres long.", "The bridge is 200 metres long and has 300 lamps."),
        ("number", "Two million people live there.", "Four million people live there; two rivers meet."),
        ("unit", "The pump runs for six days.", "The pump runs for six hours a day."),
        ("denial", "The enzyme does not bind the sugar.", "The enzyme binds the sugar."),
        ("denial", "Moss grows by seeds and not by spores.", "Moss grows by spores and not by seeds."),
        ("opposite", "A higher rate raises the rents.", "A higher rate lowers the rents."),
        ("scope", "All judges wear a robe.", "Most judges wear a robe, and all sit."),
        ("scope", "Judges wear a robe in court.", "Some judges wear a robe in court."),
        ("scope", "The valve opens only at noon.", "The valve opens at noon."),
        ("scope", "The switch turns only the lamp on.", "The switch turns only the lamp and the fan on."),
        ("replaced", "The king signed the famous treaty in June.", "The king signed the famous letter in June."),
        ("cause", "The mill closed because the river froze.", "The river froze and the mill closed."),
        ("time", "The mill closed before the river froze over.", "The mill closed, and the river froze over."),
        ("roles", "Iron conducts heat better than copper does.", "Copper conducts heat better than iron does."),
        ("roles", "The senate chose the consul for a year.", "The consul chose the senate for a year."),
        ("roles", "The mill closed because the owner was poor.", "Because the mill closed, the owner was poor."),
        ("words", "It is divided by the variance of the sample.", "It is divided by the root of the variance."),
    ],
)
def test_a_fault_is_seen(fault: str, claim: str, source: str):
    assert judge(claim, [source]).fault == fault
    assert judge(source, [source]).holds


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The consul was chosen for a year by the senate.", "The senate chose the consul for a year."),
        ("Reading a text again helps less than recalling it.", "Recalling a text helps more than reading it again."),
        ("Spores, not seeds, spread the moss.", "Moss is spread by spores instead of seeds."),
        ("Only a few million people live there.", "A few million people live there."),
        ("Four million people live there.", "4,000,000 people live there."),
        ("Der Preis beträgt 30.000 Euro.", "Der Preis beträgt 30,000 Euro."),
        ("Wer kauft, zahlt den Preis.", "Den Preis zahlt, wer kauft."),
        ("磁石は鉄を引きます。", "磁石は鉄を引きます。"),
    ],
)
def test_the_same_in_other_words_passes(claim: str, source: str):
    assert judge(claim, [source]).holds


def test_a_near_copy_that_says_the_reverse_is_contradicted_and_another_matter_is_not():
    assert judge("Bees see red better than blue light.", ["Bees do not see red better than blue light."]).outcome == (
        "contradicted"
    )
    assert judge("Bees never sleep in winter.", ["Bees see blue light better than red."]).outcome == "unverified"
    assert judge("Bees see blue light.", []).outcome == "unverified"


def test_a_veto_takes_away_and_never_adds():
    assert judge("Bees see blue.", ["Bees see blue."], lambda claim, evidence: True).fault == "veto"
    assert judge("Wasps sleep long.", ["Bees see blue."], lambda claim, evidence: False).outcome == "unverified"


def test_each_language_has_its_words_and_numbers():
    for language in LANGUAGES:
        words = claim_words(language)
        assert all((words.every, words.limit, words.because, words.opposites)), language
        word, value = next((w, v) for w, v in words.numbers.items() if v == 2)
        assert [each.key for each in text_of([word], language).pieces] == [f"#{value:g}"]


def test_the_kept_pairs_are_judged_well_enough():
    """No claim with a neighbour's sentences passes; of near-copies three of four that pass are true."""
    ran = subprocess.run(
        [sys.executable, str(BENCHMARK), "--json"], capture_output=True, text=True, check=True, cwd=BENCHMARK.parents[1]
    )
    found = json.loads(ran.stdout)
    natural, copies = found["natural"], found["near copies"]
    assert natural["pairs"] >= 118
    assert natural["wrong_accepted"] <= 0.04
    assert natural["recall"] >= 0.8
    assert natural["true_contradicted"] <= 0.02
    assert copies["precision"] >= 0.7
    assert copies["recall"] >= 0.85


def test_the_benchmark_reads_pairs_of_ones_own(tmp_path: Path):
    pairs = tmp_path / "pairs.jsonl"
    rows = [
        {"claim": "Bees see blue light.", "evidence": ["Bees see blue light well."], "label": 1, "kind": "t_close"},
        {"claim": "Bees see no blue light.", "evidence": "Bees see blue light well.", "label": 0, "kind": "f_neg"},
    ]
    pairs.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(BENCHMARK), str(pairs), "--json"], capture_output=True, text=True, check=True
    )
    found = json.loads(ran.stdout)
    assert (found["precision"], found["recall"]) == (1.0, 1.0)
    assert found["kinds"]["f_neg"] == {"contradicted": 1}
