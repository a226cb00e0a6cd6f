"""A sentence supports or contradicts a claim only where subject, relation, direction, numbers and negation say so."""

from __future__ import annotations

import pytest

from notegen.library.comparing import compare

SAME = [
    ("A delta is a plain of mud.", "A delta is a flat plain of mud, and its arms move with every flood."),
    ("Cartilage has no blood vessels.", "Cartilage has no blood vessels, so it heals slowly."),
    ("The river carries 60 tons of silt.", "Each spring, the river carries 60 tons of silt."),
    ("Sandstone is really harder than chalk.", "Sandstone is harder than chalk."),
    ("The court can revoke a licence.", "The court can revoke a licence, because the law says so."),
]
TURNED = [
    ("The pressure rises with height.", "The pressure falls with height.", "rises / falls"),
    ("Cartilage has blood vessels in joints.", "Cartilage has no blood vessels in joints.", "negation"),
    ("A human adult breathes 40 times a minute.", "A human adult breathes 12 times a minute.", "40 / 12"),
    ("An adult moves roughly 50 millilitres of air.", "An adult moves roughly 500 millilitres of air.", "50 / 500"),
    ("The bond market is open on Sundays.", "The bond market is closed on Sundays.", "open / closed"),
    ("The vagrancy statute was adopted in 1905.", "The vagrancy statute was adopted in 1931.", "1905 / 1931"),
    ("The barometric tolerance is 1.0e-12.", "The barometric tolerance is 1.0e-3.", "1.0e-12 / 1.0e-3"),
]
NEITHER = [
    ("swapped roles", "The owner sues the tenant.", "The tenant sues the owner."),
    ("the passive", "The heart is fed by the lung.", "The heart is fed and the lung rests."),
    ("possibility", "The drug causes severe fever.", "The drug may cause severe fever."),
    ("obligation", "The buyer pays the deposit.", "The buyer must pay the deposit."),
    ("some and all", "Enzymes work at low temperature.", "Some enzymes work at low temperature."),
    ("only", "Enzymes work at low temperature.", "Enzymes work only at low temperature."),
    ("a condition", "The metal conducts heat well.", "The metal conducts heat well if it is pure."),
    ("somebody's opinion", "The sun circles the earth.", "Ptolemy believed that the sun circles the earth."),
    ("another subject", "The network is trained on images.", "The output of the network is trained on images."),
    ("a narrower subject", "The network learns functions.", "The network learns functions that are monotone."),
    ("a compound", "The method uses gradient steps.", "The method uses gradient steps memory."),
    ("another verb between", "The nerve is a muscle of the eye.", "The nerve moves a muscle of the eye."),
    ("another number's unit", "The plant grows 3 metres of stem.", "The plant grows 5 leaves of stem."),
    ("two rough numbers", "The ship carries about 50 sailors home.", "The ship carries about 60 sailors home."),
    ("a number of the subject", "The dose of 5 grams stops pain.", "The dose of 9 grams stops pain."),
    ("left and right may both", "The left valve lets blood pass.", "The right valve lets blood pass."),
    ("not only", "The law protects the small owner.", "The law not only protects the small owner."),
    ("direction", "Blood flows from the lung into the heart.", "Blood flows to the lung from the heart."),
    ("a figure's number", "The curve of cost has 3 peaks.", "As figure 3 shows, the curve of cost has 4 peaks."),
    ("the value of what", "The default value is 2.", "The default value is 7."),
    ("no sentence", "Music Letters Quarterly, volume 73.", "Music Letters Quarterly, volume 74."),
    ("a number in a name", "The laminar protocol TR34 of the year.", "The laminar protocol TR32 of the year."),
    ("something joined in", "The model posts an input load.", "The model posts an input and enable load."),
    ("a word missing", "The red kite nests in tall trees.", "The kite nests in tall trees."),
    ("a question", "Does the kite nest in tall trees?", "The kite nests in tall trees."),
    ("too little", "Kites nest.", "Kites nest in trees."),
    ("negation elsewhere", "Nerves without a sheath are fast, those with one slow.",
     "Nerves with a sheath are fast, those without one slow."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "sentence"), SAME)
def test_a_sentence_that_says_the_same_supports(claim: str, sentence: str):
    said = compare(claim, sentence, "en")
    assert said is not None
    assert said.says == "supports"


@pytest.mark.parametrize(("claim", "sentence", "clash"), TURNED)
def test_a_sentence_that_differs_in_one_decisive_thing_contradicts(claim: str, sentence: str, clash: str):
    said = compare(claim, sentence, "en")
    assert said is not None
    assert (said.says, said.clash) == ("contradicts", clash)


@pytest.mark.parametrize(("why", "claim", "sentence"), NEITHER)
def test_what_is_less_than_certain_is_neither(why: str, claim: str, sentence: str):
    assert compare(claim, sentence, "en") is None, why


@pytest.mark.parametrize(
    ("language", "claim", "sentence", "says"),
    [
        ("de", "Knorpel hat keine Blutgefäße im Gelenk.", "Knorpel hat keine Blutgefäße im Gelenk und heilt langsam.",
         "supports"),
        ("de", "Knorpel hat Blutgefäße im Gelenk.", "Knorpel hat keine Blutgefäße im Gelenk.", "contradicts"),
        ("fr", "Le fleuve transporte 40 tonnes de sable.", "Le fleuve transporte 60 tonnes de sable.", "contradicts"),
        ("es", "La presión atmosférica aumenta con la altura.",
         "La presión atmosférica disminuye con la altura.", "contradicts"),
        ("it", "La pressione aumenta con la quota.", "La pressione aumenta con la quota, e il gelo anche.", "supports"),
        ("pt", "O rio não transporta areia fina.", "O rio transporta areia fina.", "contradicts"),
    ],
)  # fmt: skip
def test_other_languages_have_their_own_decisive_words(language: str, claim: str, sentence: str, says: str):
    said = compare(claim, sentence, language)
    assert said is not None
    assert said.says == says


def test_a_language_without_words_of_its_own_is_not_judged():
    assert compare("Deltan on mutainen tasanko.", "Deltan on mutainen tasanko.", "fi") is None
