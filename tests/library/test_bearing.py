"""A sentence bears a claim in other words, or says its reverse, only where nothing is skipped that would matter."""

from __future__ import annotations

import pytest

from notegen.library.bearing import bearing

BORNE = [
    ("The kidney filters the blood.", "The kidney is an organ that filters the blood."),
    ("The treaty was signed in 1648 by the emperor.", "In 1648 the emperor signed the treaty."),
    ("Penguins cannot see colours under water.", "Under water, penguins cannot see colours."),
    ("The guild sold cloth.", "The guild, from Bruges, sold cloth."),
    ("The price of grain fell sharply.", "The price of the grain was high in spring and fell sharply."),
    (
        "The greatest divisor is the largest shared factor.",
        "The greatest divisor of two numbers is the largest shared factor.",
    ),
]
REVERSED = [
    ("A glacier is a slow, warm river of ice.", "A glacier is a slow, cold river of ice.", "warm / cold"),
    ("A glomerulus does not filter blood plasma.", "A glomerulus is a knot that filters blood plasma.", "negation"),
    ("Barometric sensors can be repaired.", "Barometric sensors cannot be repaired.", "negation"),
]
NEITHER = [
    ("a verb skipped", "Stimulants raise the pulse and the appetite.",
     "Stimulants raise the pulse and lower the appetite."),
    ("another subject", "The buyer ships the goods.", "The buyer pays the price and the seller ships the goods."),
    ("an object as subject", "The owner won the lawsuit.", "The tenant sued the owner and won the lawsuit."),
    ("he or it", "The heart beats faster in fear.", "The heart feeds the lung, and it beats faster in fear."),
    ("roles", "The shells of snails form limestone.", "Limestone forms from the shells of snails."),
    ("a narrower subject", "Patients avoid white sugar.", "Patients with diabetes avoid white sugar."),
    ("only one of two", "The mask lets a guard look only ahead.",
     "The mask lets a guard look only ahead and to the left."),
    ("with and without", "Fibres without a sheath carry 9 signals, those with one 4 signals.",
     "Fibres with a sheath carry 9 signals, those without one 4 signals."),
    ("a time between", "Sodium channels close slowly.", "Sodium channels open before potassium channels close slowly."),
    ("opinion", "The bronze mirror is Etruscan.", "The curator believes that the bronze mirror is Etruscan."),
    ("how often", "The vectors are close.", "The vectors are usually close together."),
    ("of which one", "The left ventricle pumps blood.", "The right ventricle pumps blood."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "sentence"), BORNE)
def test_other_words_that_say_the_same_support(claim: str, sentence: str):
    said = bearing(claim, sentence, "en")
    assert said is not None
    assert said.says == "supports"


@pytest.mark.parametrize(("claim", "sentence", "clash"), REVERSED)
def test_one_thing_that_is_reversed_contradicts(claim: str, sentence: str, clash: str):
    said = bearing(claim, sentence, "en")
    assert said is not None
    assert (said.says, said.clash) == ("contradicts", clash)


@pytest.mark.parametrize(("why", "claim", "sentence"), NEITHER)
def test_what_could_be_meant_of_something_else_is_neither(why: str, claim: str, sentence: str):
    assert bearing(claim, sentence, "en") is None, why


@pytest.mark.parametrize(
    ("language", "claim", "sentence"),
    [
        ("de", "Das Quartett von 1806 war lang und teuer.", "Das Quartett von 1806 war lang und teuer für alle."),
        ("fr", "Le rein filtre le sang humain.", "Le rein est un organe qui filtre le sang humain."),
        ("es", "El riñón filtra la sangre.", "El riñón es un órgano que filtra la sangre."),
    ],
)
def test_other_languages_have_their_own_words(language: str, claim: str, sentence: str):
    said = bearing(claim, sentence, language)
    assert said is not None
    assert said.says == "supports"
