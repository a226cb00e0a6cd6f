"""Questions: grammatical in each language, answered by the source's own words, and none rather than a doubtful one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.draft.quoting.questions import rules
from notegen.draft.quoting.questions.candidates import candidates
from notegen.draft.quoting.questions.choose import questions_of
from notegen.draft.quoting.questions.frames import grammar
from notegen.draft.quoting.questions.passage import Reading
from notegen.draft.quoting.questions.phrases import is_noun_phrase
from notegen.draft.quoting.questions.question import Question
from notegen.extract.document import Block
from notegen.language.lists import LANGUAGES
from notegen.reading.unit import Unit
from notegen.reading.units import units_of


def block(text: str, kind: str = "paragraph", page: int = 0, **more: Any) -> Block:
    return Block(kind=kind, page=page, bbox=(72, 72, 500, 90), text=text, **more)  # type: ignore[arg-type]


def item(text: str) -> Block:
    return block(text, "list", marker="•", level=1)


def units(*blocks: Block, language: str = "en") -> tuple[Unit, ...]:
    return units_of(blocks, book="b", language=language)


def asked(*blocks: Block, language: str = "en", titles: tuple[str, ...] = ()) -> list[Question]:
    [questions] = questions_of([units(*blocks, language=language)], titles, language)
    return questions


def reading(*blocks: Block, language: str = "en", titles: tuple[str, ...] = ()) -> Reading:
    words = grammar(language)
    assert words is not None
    return Reading.of(units(*blocks, language=language), titles, words)


@pytest.mark.parametrize(
    ("language", "text", "other", "question"),
    [
        ("en", "A branched polymer is a polymer in which one monomer makes more than two bonds.",
         "Chemists draw the branched polymer as a tree.", "What is a branched polymer?"),
        ("en", "Glycolipids are lipids with a sugar. Glycolipids are the outer mark of many living cells.",
         "Doctors test glycolipids of the blood.", "What are glycolipids?"),
        ("en", "Residual chains cannot be elongated because both of their ends wear a stable cap.",
         "Enzymes cut residual chains.", "Why can residual chains not be elongated?"),
        ("en", "The result is removed from the mixture, because heat would destroy the fold of proteins.",
         "Nobody has seen the result of the mixture.", ""),
        ("en", "Since every parameter is changed by a fraction of its value, zero-valued parameters are not analyzed.",
         "Engineers avoid zero-valued parameters.", "Why are zero-valued parameters not analyzed?"),
        ("en", "Unlike the immune approach, the Markov approach is built on three rates of the model.",
         "Experts prefer the Markov approach to the immune approach.",
         "What distinguishes the Markov approach from the immune approach?"),
        ("en", "Pole-zero analysis computes the poles of a transfer function in the frequency domain.",
         "Engineers run pole-zero analysis last.", "What does pole-zero analysis compute?"),
        ("en", "When analog algorithms meet digital ones, the result is termed ‘mixed-mode simulation’.",
         "Few programs offer mixed-mode simulation.", "What does “mixed-mode simulation” mean?"),
        ("de", "Ein Spannbaum ist ein Teilgraph, der alle Knoten verbindet und keinen Kreis enthält.",
         "Kruskal findet einen Spannbaum.", "Was ist ein Spannbaum?"),
        ("de", "Feine Serifen sollten abgerundet sein, weil scharfe Stempel sich beim Druck schnell abnutzen.",
         "Setzer lieben feine Serifen.", "Warum sollten feine Serifen abgerundet sein?"),
        ("de", "Der Zellkern besteht aus Chromatin, Kernkörperchen und einer doppelten Membran.",
         "Unter dem Mikroskop sieht man den Zellkern.", "Woraus besteht der Zellkern?"),
        ("de", "Unter einem Perzeptron versteht man ein Neuron mit gewichteten Eingängen und einer Schwelle.",
         "Rosenblatt baute ein Perzeptron.", "Was versteht man unter einem Perzeptron?"),
        ("fr", "Un perceptron est un neurone artificiel qui sépare le plan par une droite.",
         "On entraîne le perceptron.", "Qu’est-ce qu’un perceptron\u00a0?"),
        ("fr", "L’entropie est une grandeur thermodynamique qui mesure le désordre des molécules.",
         "On calcule l’entropie.", "Qu’est-ce que l’entropie\u00a0?"),
        ("fr", "Le perceptron est limité parce que sa frontière reste toujours une simple droite.",
         "On entraîne le perceptron.", "Pourquoi est-ce que le perceptron est limité\u00a0?"),
        ("es", "Un perceptrón es una neurona artificial que separa el plano mediante una recta.",
         "Entrenamos el perceptrón.", "¿Qué es un perceptrón?"),
        ("es", "La entropía depende de la temperatura, del volumen y de la cantidad de sustancia.",
         "Calculamos la entropía.", "¿De qué depende la entropía?"),
        ("it", "Il perceptrone è un neurone artificiale che separa il piano con una retta.",
         "Alleniamo il perceptrone.", "Che cos’è il perceptrone?"),
        ("pt", "Os perceptrons são os neurônios artificiais mais antigos que separam planos com retas.",
         "Treinamos perceptrons.", "O que são os perceptrons?"),
        ("en", "By a spanning tree we mean a subgraph that joins all corners without any circle.",
         "Kruskal finds the spanning tree.", "What is meant by a spanning tree?"),
        ("en", "Optical aliasing occurs when the camera samples a fine pattern too seldom.",
         "Lenses soften optical aliasing.", "When does optical aliasing occur?"),
        ("en", "The three cone cells are the long, the middle, and the short.",
         "Light excites cone cells.", "Which are the three cone cells?"),
        ("de", "Als Spannbaum bezeichnet man einen Teilgraphen, der alle Knoten ohne einen Kreis verbindet.",
         "Kruskal findet einen Spannbaum.", "Was bezeichnet man als Spannbaum?"),
        ("fr", "On entend par entropie une grandeur qui mesure le désordre des molécules.",
         "On calcule l’entropie.", "Qu’entend-on par « entropie » ?"),
        ("es", "Se entiende por entropía una magnitud que mide el desorden de las moléculas.",
         "Calculamos la entropía.", "¿Qué se entiende por «entropía»?"),
        ("it", "Per perceptrone si intende un neurone artificiale che separa il piano con una retta.",
         "Alleniamo il perceptrone.", "Che cosa si intende per «perceptrone»?"),
        ("pt", "Entende-se por entropia uma grandeza que mede a desordem das moléculas.",
         "Calculamos a entropia.", "O que se entende por «entropia»?"),
        ("en", "The first story in the podcast is a tale of two rival bakers of the village.",
         "Listeners love the first story in the podcast.", ""),
        ("en", "A social group is a set of people who expect one another to keep promises.",
         "Everybody has a social group.", "What is a social group?"),
        ("en", "Market power: the ability of one seller to hold prices above those of rivals.",
         "Regulators fear market power.", "What does “market power” mean?"),
    ],
)  # fmt: skip
def test_a_sentence_becomes_a_question_of_its_language(language: str, text: str, other: str, question: str):
    found = asked(block(text), block(other, page=1), block(other, page=2), language=language)
    assert [each.text for each in found] == ([question] if question else [])
    assert all(each.answer in text for each in found)


def test_two_sentences_on_two_kinds_of_one_thing_are_compared():
    text = (
        "Native mode simulators implement both algorithms in one program. "
        "Glued mode simulators use two programs that exchange their results."
    )
    other = block("Most native mode simulators are older than glued mode simulators.", page=1)
    [question] = asked(block(text), other)
    assert question.text == "How do native mode simulators and glued mode simulators differ?"
    assert question.answer == text


def test_a_reason_in_the_next_sentence_answers_too():
    text = (
        "Saccharides are among the most complex biopolymers. "
        "This is mainly because living cells modify them with a huge variety of groups."
    )
    [question] = asked(block(text), block("Plants store saccharides.", page=1), block("Sugar: saccharides.", page=2))
    assert (question.text, question.answer) == ("Why are saccharides among the most complex biopolymers?", text)


@pytest.mark.parametrize(("items", "question"), [(3, "Which three kinds of glial cells are there?"), (2, "")])
def test_a_list_is_asked_for_where_as_many_things_follow_as_it_says(items: int, question: str):
    things = [item("Astrocytes feed neurons."), item("Microglia eat rests."), item("Oligodendrocytes wrap axons.")]
    found = asked(
        block("There are three kinds of glial cells:"), *things[:items], block("We saw glial cells again.", page=1)
    )
    assert [each.text for each in found] == ([question] if question else [])
    assert all(len(each.parts) == 4 for each in found)


def test_a_question_of_the_book_itself_is_answered_by_what_follows_it():
    text = "Why do colder stars burn longer? Because their hydrogen fuses slowly, it lasts for many billions of years."
    found = asked(block(text), block("Hot stars fuse hydrogen fast.", page=1), titles=("Colder stars",))
    assert [(each.kind, each.text) for each in found] == [("book", "Why do colder stars burn longer?")]


def test_at_most_one_question_a_page_and_none_twice():
    blocks = [
        block("A polymer is a molecule that repeats one small building stone very often."),
        block("Ribosomes are used to build proteins from amino acids in all known cells."),
        block("A polymer is a molecule that repeats one small building stone very often.", page=1),
        block("The polymer and ribosomes are found in every cell; ribosomes make a polymer.", page=2),
        block("Ribosomes and polymer.", page=3),
    ]
    found = asked(*blocks)
    assert len(found) == len({each.page for each in found}) == len({each.text for each in found})


def test_what_a_thing_is_is_answered_where_the_book_says_it_first_or_not_at_all():
    told = "A branched polymer is a polymer in which one monomer makes more than two bonds."
    weightier = "Residual chains cannot be elongated because both of their ends wear a stable cap."
    more = "Enzymes cut residual chains."
    later = "A branched polymer is a faithful mirror of the catalyst, and not a fair judge of the heat."
    questions = asked(block(weightier), block(told), block(more), block(later, page=1))
    assert [each.text for each in questions] == ["Why can residual chains not be elongated?"]


def test_a_language_without_frames_is_not_asked_in():
    assert questions_of([units(block("Een vector is een lijst van getallen met een vaste orde."))], [], "nl") == [[]]


SUBJECT = "A branched polymer is a polymer in which at least one monomer makes more than two bonds."
MENTION = block("Chemists draw the branched polymer as a tree of small units.", page=1)


def one(text: str = SUBJECT, **more: Any) -> tuple[Question, Reading]:
    """A sound question, and the same with other words; with the reading that it is held against."""
    held = reading(block(text), MENTION)
    [question, *_] = [each for unit in held.units for each in candidates(unit, held.grammar, held.forms)]
    assert rules.fit(question, held)
    return replace(question, **more), held


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (rules.is_short, {"text": "What is a branched polymer? And what is a monomer?"}),
        (rules.is_short, {"text": "What is " + "very " * 23 + "long?"}),
        (rules.has_a_short_answer, {"says": "word " * 31}),
        (rules.gives_nothing_away, {"says": "in several respects"}),
        (rules.gives_nothing_away, {"says": "polymer branches with bonds, trees, tubes and rings",
                                    "text": "What polymer branches by bonds, trees and tubes?"}),
        (rules.asks_for_one_thing, {"says": "a tree, but small, and it grows, and it branches"}),
        (rules.points_to_nothing_unseen, {"taken": "this polymer"}),
        (rules.points_to_nothing_unseen, {"taken": "shown in Figure 3"}),
        (rules.points_to_nothing_unseen, {"taken": "have we seen of polymers"}),
        (rules.is_plain, {"text": "What is f(x) = 2x?"}),
        (rules.asks_more_than_yes_or_no, {"text": "Is a polymer branched?"}),
        (rules.asks_for_something_that_matters, {"subjects": ("a wooden spoon",)}),
        (rules.asks_for_something_that_matters, {"subjects": ()}),
        (rules.names_its_subject, {"subjects": ("the result",)}),
        (rules.names_its_subject, {"subjects": ("the recent polymer method",)}),
        (rules.names_its_subject, {"subjects": ("the polymer sample",), "text": "What was the polymer sample?"}),
        (rules.names_its_subject, {"subjects": ("Polymer",), "kind": "fact"}),
        (rules.defines_what_it_asks_for, {"says": "the last tone of the piece"}),
        (rules.finds_its_unit, {"text": "What happens at noon?"}),
    ],
)  # fmt: skip
def test_each_rule_keeps_a_sound_question_and_throws_out_its_own_fault(rule: Any, change: dict[str, Any]):
    sound, held = one()
    assert rule(sound, held)
    assert not rule(replace(sound, **change), held)


def test_an_answer_that_is_not_printed_whole_on_its_page_answers_nothing():
    sound, held = one()
    part = replace(sound.parts[0], certain=False)
    assert rules.is_answered_within_its_unit(sound, held)
    assert not rules.is_answered_within_its_unit(replace(sound, parts=(part,)), held)
    unsure = replace(sound.unit, parts=(part,))
    assert not rules.is_answered_within_its_unit(replace(sound, unit=unsure, parts=(part,)), held)


@pytest.mark.parametrize(
    "text",
    [
        "This polymer is a chain in which at least one monomer makes more than two bonds.",
        "Thus a branched polymer is a polymer in which one monomer makes more than two bonds.",
        "A branched polymer is a polymer that looks like the tree that is drawn in Figure 2.",
        "A branched polymer is a polymer whose chain obeys the rule:",
    ],
)
def test_an_answer_that_needs_the_page_around_it_is_none(text: str):
    sound, held = one()
    part = replace(sound.parts[0], text=text)
    assert rules.is_answered_without_the_page(sound, held)
    assert not rules.is_answered_without_the_page(replace(sound, parts=(part,)), held)


def test_the_rests_of_a_formula_are_no_answer():
    sound, held = one()
    part = replace(sound.parts[0], text="A polymer is n X1 = inf { Xi } X ¯ = 1 XXi n i = 1 of it.")
    assert rules.is_answered_in_words(sound, held)
    assert not rules.is_answered_in_words(replace(sound, parts=(part,)), held)


def test_a_question_that_leads_to_four_other_places_first_is_not_asked():
    rivals = [block("A branched polymer is a branched polymer.", page=page) for page in range(2, 6)]
    sound, _ = one()
    held = reading(block(SUBJECT), *rivals)
    assert not rules.finds_its_unit(replace(sound, unit=held.units[0]), held)
    held = reading(block(SUBJECT), *rivals[:2])
    assert rules.finds_its_unit(replace(sound, unit=held.units[0]), held)


@pytest.mark.parametrize(
    ("phrase", "language", "is_one"),
    [
        ("the years of life lost", "en", True),
        ("the model assumes values", "en", False),
        ("In this case both functions", "en", False),
        ("the bond that is formed", "en", False),
        ("Bartlett found similar", "en", False),
        ("the very quickly", "en", False),
        ("die Kunst des Notensatzes", "de", True),
        ("wenn der Graph", "de", False),
        ("la ligne de courant", "fr", True),
        ("puisque la fonction", "fr", False),
        ("la función de activación", "es", True),
        ("una escala bastante conveniente que", "es", False),
    ],
)
def test_a_subject_is_a_noun_phrase_and_nothing_else(phrase: str, language: str, is_one: bool):
    words = grammar(language)
    assert words is not None
    assert is_noun_phrase(phrase, words) is is_one


def test_a_name_keeps_its_capital_and_a_word_that_opens_a_sentence_loses_it():
    held = reading(block("Some residual chains meet Laplace at noon."))
    assert held.forms.inside("Residual chains", held.grammar) == "residual chains"
    assert held.forms.inside("Laplace", held.grammar) == "Laplace"
    assert held.forms.inside("DNA", held.grammar) == "DNA"
    assert held.forms.inside("Zorble", held.grammar) == ""
    german = reading(block("Man sieht es."), language="de")
    assert german.forms.inside("Feine Serifen", german.grammar) == "feine Serifen"
    assert german.forms.inside("Serifen", german.grammar) == "Serifen"


WORDS = (
    "the a polymer is are because which this it three kinds of In , . : ? ( ) Figure x = can must what why not".split()
)


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(LANGUAGES))
def test_whatever_a_page_says_what_is_asked_fulfils_the_rules(words: list[str], language: str):
    found = asked(block(" ".join(words)), block("The polymer is here.", page=1), language=language)
    held = reading(block(" ".join(words)), language=language)
    assert all(rules.is_short(each, held) and rules.asks_more_than_yes_or_no(each, held) for each in found)
    assert all(part in each.unit.parts for each in found for part in each.parts)


@pytest.mark.parametrize(
    ("language", "text", "other", "question"),
    [
        ("en", "A graph is called sparse if it has few edges for the count of its corners.",
         "A sparse graph is a graph of roads.", "When is a graph called sparse?"),
        ("de", "Zwei Intervalle heißen komplementär, wenn sie zusammen den Umfang einer ganzen Oktave ausmachen.",
         "Musiker hören Intervalle.", "Wann heißen zwei Intervalle komplementär?"),
        ("fr", "Un fluide est dit incompressible si sa densité reste la même en tout point.",
         "Le fluide coule vers la mer.", "Quand dit-on qu’un fluide est incompressible\u00a0?"),
        ("es", "Un flujo se llama estacionario cuando la velocidad del agua no cambia nunca.",
         "El flujo llega al mar.", "¿Cuándo se llama estacionario un flujo?"),
        ("it", "Un fluido si dice incomprimibile se la sua densità rimane la stessa ovunque.",
         "Il fluido scorre verso il mare.", "Quando un fluido si dice incomprimibile?"),
        ("pt", "Um fluido é dito incompressível quando sua densidade permanece sempre igual.",
         "O fluido corre para o mar.", "Quando se diz que um fluido é incompressível?"),
    ],
)  # fmt: skip
def test_a_condition_that_gives_a_name_is_asked_for(language: str, text: str, other: str, question: str):
    found = asked(block(text), block(other, page=1), block(other, page=2), language=language)
    assert [each.text for each in found] == [question]


def test_a_reason_that_the_sentence_denies_is_not_asked_for():
    text = "Residual chains are used because both ends are free, but because they wear a stable cap."
    assert asked(block(text), block("Enzymes cut residual chains.", page=1)) == []


def test_a_name_that_only_opens_sentences_is_asked_for_as_the_concept_is_written():
    text = block("Animism is a set of beliefs that lends spirits to rivers, stones and animals.")
    [found] = questions_of([units(text)], [], "en", ["animism"])
    assert [each.text for each in found] == ["What is animism?"]
    assert asked(text) == []


def test_a_question_of_the_book_that_goes_on_from_the_text_or_is_answered_by_a_figure_is_not_asked():
    more = block("Old mitosis needs a spindle of fibres.", page=1), block("Fibres pull in mitosis.", page=2)
    for question in ("What then about mitosis in plants?", "How does mitosis in plants begin?"):
        answer = (
            "The plots below show the fibres." if "begin" in question else "Fibres of the wall pull the cell apart."
        )
        assert asked(block(f"{question} {answer}"), *more) == []
