"""Which names of a passage are concepts, and which sentences say what they are."""

from __future__ import annotations

import pytest

from notegen.draft.quoting.concepts import Concept, Marks, find_concepts
from notegen.draft.quoting.concepts.definitions import defined_term
from notegen.extract.document import Block
from notegen.reading.sentences import sentences_of


def concepts(*texts: str, language: str = "en", **marks) -> dict[str, Concept]:
    """The concepts of these paragraphs by name, as far as they are kept."""
    blocks = [Block(kind="paragraph", page=0, bbox=(0, 0, 1, 1), text=text) for text in texts]
    found = find_concepts(sentences_of(blocks, language=language), Marks(**marks), language)
    return {concept.name: concept for concept in found}


def definition_of(concept: Concept) -> str:
    return concept.definition.text if concept.definition else ""


def shown(*texts: str, language: str = "en", **marks) -> list[str]:
    return [name for name, each in concepts(*texts, language=language, **marks).items() if each.is_shown]


OSMOSIS = (
    "Osmosis is the movement of water through a semipermeable membrane.",
    "Osmosis stops when the osmotic pressure is equal on both sides.",
    "The osmotic pressure depends on the number of dissolved particles.",
    "A plant cell gains water by osmosis until the osmotic pressure is balanced.",
    "Without osmosis the leaves of the plant would hang.",
)


def test_a_defined_word_that_recurs_is_shown_with_its_definition():
    found = concepts(*OSMOSIS)
    assert found["osmosis"].is_shown
    assert definition_of(found["osmosis"]) == OSMOSIS[0]
    assert {"defined", "subject", "recurs"} <= set(found["osmosis"].proofs)


GERMAN = (
    "Ein Intervall ist ein Abstand zwischen zwei Tönen.",
    "Das obere Beispiel zeigt ein Intervall in der linken Hand.",
    "Das obere Beispiel zeigt, wie die Stimmführung gelingt.",
    "Jedes Intervall hat eine Größe, und die Stimmführung achtet auf sie.",
    "Bei einem großen Intervall springt die Melodie.",
)
FRENCH = (
    "Un tenseur métrique est une application bilinéaire qui mesure les longueurs.",
    "Le tenseur métrique définit aussi les angles entre deux directions.",
    "On calcule la courbure à partir du tenseur métrique et de ses dérivées.",
    "Autrement dit, la courbure dépend du tenseur métrique en chaque point.",
)
SPANISH = (
    "La entropía es una magnitud que mide el desorden de un sistema.",
    "La entropía de un sistema aislado nunca disminuye.",
    "El segundo miembro es la variación de la entropía del sistema aislado.",
    "En un ciclo reversible la variación de la entropía es nula.",
)
ITALIAN = (
    "L’entropia è una grandezza che misura il disordine di un sistema.",
    "L’entropia di un sistema isolato non diminuisce mai.",
    "In un ciclo reversibile la variazione dell’entropia è nulla.",
    "Il calcolo dell’entropia richiede una trasformazione reversibile.",
)
PORTUGUESE = (
    "A entropia é uma grandeza que mede a desordem de um sistema.",
    "A entropia de um sistema isolado nunca diminui.",
    "Em um ciclo reversível a variação da entropia é nula.",
    "O cálculo da entropia exige uma transformação reversível.",
)


@pytest.mark.parametrize(
    ("language", "texts", "name"),
    [
        ("de", GERMAN, "Intervall"),
        ("fr", FRENCH, "tenseur métrique"),
        ("es", SPANISH, "entropía"),
        ("it", ITALIAN, "entropia"),
        ("pt", PORTUGUESE, "entropia"),
    ],
)
def test_one_path_serves_every_language(language: str, texts: tuple[str, ...], name: str):
    found = concepts(*texts, language=language)
    assert found[name].is_shown
    assert definition_of(found[name]) == texts[0]


@pytest.mark.parametrize(
    ("language", "texts", "never"),
    [
        ("de", GERMAN, ["obere beispiel", "beispiel", "linken hand"]),
        ("fr", FRENCH, ["autrement dit", "point"]),
        ("es", SPANISH, ["segundo miembro", "miembro"]),
    ],
)
def test_what_any_book_says_of_itself_is_no_concept(language: str, texts: tuple[str, ...], never: list[str]):
    assert not {name.casefold() for name in concepts(*texts, language=language)} & set(never)


def test_options_files_and_defaults_are_no_concepts():
    texts = (
        "DEFAULT is the value of the option that applies when nothing is said.",
        "The default setting is a uniform distribution between 0 and 1.",
        "The default setting of PRIMATES is read from primates.nex by the program.",
        "PRIMATES is a file with twelve sequences that primates.nex holds.",
        "Type DEFAULT to see the default setting of each option in PRIMATES.",
    )
    assert concepts(*texts, headings=("The options",)) == {}


def test_everyday_words_and_adjectives_are_no_concepts_however_often_they_recur():
    texts = [
        f"The people of the town want a beautiful house with {thing}, and the house is beautiful and useful."
        for thing in ("doors", "walls", "roofs", "stairs", "lamps")
    ]
    assert concepts(*texts) == {}


def test_capitals_need_a_long_form():
    texts = (
        "The principal component analysis (PCA) turns the axes of the data.",
        "A PCA keeps the variance that the axes explain.",
        "With a PCA the GBSGX file shrinks, and the GBSGX file is read faster.",
        "The GBSGX holds patients, and a PCA of the GBSGX shows two groups.",
    )
    found = concepts(*texts)
    assert "acronym" in found["PCA"].proofs
    assert not any("GBSGX" in name for name in found)


def test_emphasis_lifts_a_name_above_others_that_recur_as_often():
    texts = (
        "A cell has a ribosome and a mitochondrion in the cytoplasm.",
        "The ribosome reads a strand, and the mitochondrion burns sugar.",
        "Each ribosome has two halves; each mitochondrion has two membranes.",
    )
    plain, marked = concepts(*texts), concepts(*texts, emphasised=("ribosome",))
    assert "ribosome" not in [name for name, each in plain.items() if each.is_shown]
    assert marked["ribosome"].is_shown
    assert "emphasis" in marked["ribosome"].proofs


@pytest.mark.parametrize(("mark", "proof"), [("indexed", "index"), ("key_terms", "key term")])
def test_what_the_book_lists_as_its_terms_is_proven(mark: str, proof: str):
    texts = (
        "A boundary layer forms near the wall.",
        "The boundary layer of a wing is thin.",
        "Where the flow turns, a boundary layer tears off.",
    )
    before = concepts(*texts).get("boundary layer")
    found = concepts(*texts, **{mark: ("boundary layer", "turbulence")})
    assert found["boundary layer"].is_shown
    assert proof in found["boundary layer"].proofs
    assert before is None or not before.is_shown


def test_names_of_people_and_places_are_no_concepts():
    texts = [f"In {year} the court of Great Britain heard Lord Mansfield on trade." for year in ("May", "June", "July")]
    assert concepts(*texts, "They said that Great Britain and Lord Mansfield agreed.") == {}


def test_at_most_five_are_shown_and_twelve_kept():
    names = [
        f"{first} {second}"
        for first in ("alpha", "gamma", "kappa")
        for second in ("helix", "decay", "lattice", "plasmon")
    ]
    texts = [f"The {name} is a structure that the {name} theory explains by the {name}." for name in (*names, *names)]
    assert len(shown(*texts)) <= 5
    assert len(concepts(*texts)) <= 12


@pytest.mark.parametrize(
    "text",
    [
        "Negative edges are a thorn in the side of most algorithms.",
        "The left cap is the only part that matters here.",
        "Lexical roles are an inherent part of the meaning of a verb.",
        "Information leaks are the primary vector of such attacks.",
        "Every error is an opportunity to learn something.",
        "An allele may be a variant of a gene.",
        "If an allele is a variant, then it is inherited.",
    ],
)
def test_what_only_sounds_like_a_definition_is_none(text: str):
    assert defined_term(text) == ""


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "The union of two events is called the joint event.", "joint event"),
        ("de", "Die Kunst des Notensatzes wird auch als Notenstich bezeichnet.", "Notenstich"),
        ("fr", "Une telle application s’appelle un homomorphisme.", "homomorphisme"),
        ("es", "Un flujo sin rotación se denomina flujo potencial.", "flujo potencial"),
        ("it", "Questa quantità è detta portata, se il fluido scorre.", ""),  # points back
        ("pt", "O cosseno do ângulo é chamado de correlação.", "correlação"),
    ],
)
def test_a_sentence_that_gives_a_name_defines_it(language: str, text: str, name: str):
    assert (
        defined_term(text, language) in (name, "")
        if name in ("homomorphisme",)
        else defined_term(text, language) == name
    )


def test_a_definition_counts_only_among_the_first_two_mentions():
    late = (
        "The quorum met.",
        "A quorum was there.",
        "No quorum was there.",
        "A quorum is a share of the members that must meet.",
    )
    early = (late[3], *late[:3])
    assert "defined" not in [p for each in concepts(*late, emphasised=("quorum",)).values() for p in each.proofs]
    assert concepts(*early, emphasised=("quorum",))["quorum"].definition is not None


def test_what_is_said_of_a_concept_first_is_nothing_about_the_book():
    about = "Osmosis is discussed in this chapter together with diffusion."
    said = "Osmosis has an effect on the roots of all plants."
    for texts in ((about, said), (said, about)):
        found = concepts(*texts, *OSMOSIS[2:], emphasised=("osmosis",))["osmosis"].first_said
        assert found is not None
        assert found.text == said


def test_an_acronym_and_its_long_form_are_one_concept():
    found = shown(
        "The coordinate reference system (CRS) defines the place of a map.",
        "Each CRS has a number, and the CRS of a map is set first.",
        "A wrong CRS moves the map, and the coordinate reference system is then set anew.",
    )
    assert len([name for name in found if name in ("CRS", "coordinate reference system")]) == 1


def test_a_greek_plural_is_the_same_concept():
    texts = (
        "The diathesis changes the verb.",
        "Such diatheses are rare, and a diathesis is old.",
        "Diatheses are known.",
    )
    assert len(concepts(*texts, "We list the diatheses.", "In a diathesis we trust.")) == 1


def test_a_label_that_the_text_does_not_take_up_again_is_not_shown():
    text = "The delta plain is wet in spring."
    assert "delta plain" not in shown(text, headings=("Delta plain",), emphasised=("Delta plain",))
    again = "Each delta plain holds sand."
    assert "delta plain" in shown(text, again, headings=("Delta plain",))


def test_what_only_recurs_takes_the_places_that_better_proofs_leave():
    names = ("alpha helix", "beta lattice", "gamma plasmon", "kappa spinor", "sigma meson")
    recurring = [f"In the {place} we saw the omega hadron." for place in ("lab", "hall", "yard", "barn", "shed", "bay")]
    proven = [f"In the {name} we saw light, and the {name} was thin." for name in names for _ in range(2)]
    assert "omega hadron" in shown(*recurring, *proven)
    assert "omega hadron" not in shown(*recurring, *proven, emphasised=names, key_terms=names)


def test_one_everyday_word_is_no_concept_for_coming_up_often():
    texts = [f"In the {place} each borough has its own wall." for place in ("north", "south", "east", "west", "middle")]
    assert "borough" not in shown(*texts)


@pytest.mark.parametrize(
    ("language", "never", "texts"),
    [
        ("en", "psychologists", ("Gestalt psychologists say that the whole is seen first.",
         "Psychologists of that time studied the eye.", "Many psychologists test the eye.",
         "The psychologists found the same.", "Most psychologists agree.")),
        ("de", "Soziologen", ("Die Soziologen messen das Prestige der Berufe.", "Soziologen zählen die Schichten.",
         "Viele Soziologen zählen Berufe.", "Die Arbeit der Soziologen beginnt mit Zahlen.")),
        ("fr", "sociologues", ("Les sociologues mesurent le prestige.", "Les sociologues comptent les couches.",
         "Le travail des sociologues commence par les nombres.", "Les sociologues parlent des couches.")),
    ],
)  # fmt: skip
def test_people_who_study_a_thing_are_no_concept(language: str, never: str, texts: tuple[str, ...]):
    names = concepts(*texts, language=language, emphasised=(never, never))
    assert not any(never.casefold() in name.casefold() for name in names)


NOISE = (
    "Noise analysis was added late to the program.",
    "Noise analysis runs by hand.",
    "Noise analysis computes the spectral density that each resistor adds to the output of the circuit.",
)


def test_what_a_thing_does_defines_it_under_its_own_heading_only():
    assert definition_of(concepts(*NOISE, headings=("Noise analysis",))["noise analysis"]) == ""
    first = (NOISE[2], *NOISE[:2])
    assert definition_of(concepts(*first, headings=("Noise analysis",))["noise analysis"]) == NOISE[2]
    unmarked = concepts(*first, "Noise analysis ends the session.", "Noise analysis is slow.")
    assert definition_of(unmarked["noise analysis"]) == ""


def test_of_two_defining_sentences_the_one_that_may_be_quoted_is_kept():
    cut, whole = "A spanning tree is a subgraph that", "A spanning tree is a subgraph that joins all corners."
    found = concepts(cut, whole, "Kruskal finds a spanning tree.", emphasised=("spanning tree",))
    assert definition_of(found["spanning tree"]) == whole


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Market power: the ability of one seller to hold the price up.", "market power"),
        ("de", "Spannbaum: ein Teilgraph, der alle Knoten verbindet.", "Spannbaum"),
        ("fr", "Entropie : la mesure du désordre des molécules.", "entropie"),
        ("es", "Entropía: una magnitud que mide el desorden.", "entropía"),
        ("it", "Potere di mercato: la capacità di tenere alto il prezzo.", "potere di mercato"),
        ("pt", "Entropia: a medida da desordem das moléculas.", "entropia"),
    ],
)
def test_an_entry_of_a_list_of_terms_defines_its_term(language: str, text: str, name: str):
    assert defined_term(text, language).casefold() == name.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "Performance: The compiler can drop whole branches.",
        "Signal: An object has a value that may change at any time.",
        "That process is referred to as inference.",
        "The map of these points is called a chart.",
    ],
)
def test_a_sentence_after_a_label_and_one_that_points_elsewhere_define_nothing(text: str):
    assert defined_term(text) == ""


def test_an_adverb_and_a_name_spoken_of_as_a_name_are_no_concepts():
    german = ("Möglicherweise ist die Chiffre sicher.", "Möglicherweise ist ein Angriff zu teuer.",
              "Möglicherweise ist der Schlüssel lang.", "Der Angriff misslingt möglicherweise.")  # fmt: skip
    assert "Möglicherweise" not in concepts(*german, language="de")
    english = ("The term semantics is often defined as the study of meaning.", "Semantics asks what a word means.",
               "The term semantics is old.", "Some schools teach semantics.", "Semantics is hard.")  # fmt: skip
    found = concepts(*english, headings=("The term semantics", "Semantics"))
    assert "semantics" in found
    assert "term semantics" not in found
