"""What a section quotes: whole thoughts that stand alone, each once, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from notegen.compose.templates import Templates
from notegen.draft.draft import Draft, Section
from notegen.draft.quoting.extractive import ExtractiveDrafter
from notegen.draft.quoting.quotation import quoted
from notegen.extract.document import Block, Document, Page
from notegen.language.leaning import leaning
from notegen.reading.passage import Passage, cut
from notegen.reading.stretch import Stretch
from notegen.reading.units import units_of

RIVERS = (
    "A river is a stream of water that flows through its own valley to the sea. "
    "Its bed holds sand, mud and stones that the water carries down from the hills. "
    "Rivers with much sand build a delta where they meet the still water of the sea."
)


def block(text: str, kind: str = "paragraph", page: int = 0, top: float = 100.0, **more: Any) -> Block:
    return Block(kind=kind, page=page, bbox=(72, top, 500, top + 20), text=text, **more)  # type: ignore[arg-type]


def drafted(*blocks: Block) -> Draft:
    document = Document(sha256="0" * 64, title="Rivers", page_count=3, labels=("1", "2", "3"), words=(300,) * 3)
    passage = Passage(
        document=document, title="Water", chapter="", first=0, last=2, blocks=blocks, pictures=(), tables=()
    )
    return ExtractiveDrafter().draft(passage)


def lines(section: Section) -> list[list[str]]:
    return [[line.statement.text for line in each.lines if line.statement] for each in section.quotations]


def test_a_list_is_quoted_with_its_lead_in_and_all_of_its_items_a_line_each():
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block("There are two kinds of river in the valley of the Po:"),
        block("streams that dry up in every summer,", "list", marker="1.", level=1),
        block("rivers that carry water all the year.", "list", marker="2.", level=1),
    ).sections
    [quotation] = section.quotations
    assert quotation.kind == "list"
    assert [(line.is_item, line.marker) for line in quotation.lines] == [(False, ""), (True, "1."), (True, "2.")]


def test_a_list_that_is_too_long_ends_at_a_whole_item_and_says_so():
    item = "The river carries fine sand down to the sea in every spring of the year."
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block("The great river of the north rose in many years of the last century:"),
        *(block(f"Year {number}: {item}", "list", marker="•", level=1) for number in range(10, 40)),
    ).sections
    shown = [each for each in section.quotations if each.is_cut]
    assert shown
    assert all(line.statement.text.endswith("year.") for line in shown[0].lines[1:] if line.statement)


def test_a_formula_is_shown_between_its_words_and_not_again():
    formula = block("s = m / v", "formula", crop=b"png")
    [section] = drafted(
        block("1 Sand", "heading", level=1),
        block("The share of the sand in the water of a river is defined as"),
        formula,
        block("where m is the mass of the sand and v is the volume of the water."),
        block(RIVERS),
    ).sections
    [quotation] = [each for each in section.quotations if any(line.block for line in each.lines)]
    assert [line.block is formula for line in quotation.lines] == [False, True, False]
    assert section.formulas == ()


def test_what_leans_on_something_that_is_not_there_is_not_quoted():
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block("This makes them rise in every single year, as the people of the valley know."),
        block(RIVERS),
    ).sections
    assert not any("people of the valley" in text for quotation in lines(section) for text in quotation)
    assert any("A river is" in text for quotation in lines(section) for text in quotation)


def test_talk_about_the_book_thanks_references_and_exercises_are_no_statements():
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block("In this chapter we will discuss how a river makes its bed, and why it does so at all."),
        block("Exercise 3. Draw the bed of a river that you know, and name the stones that lie in it."),
        block("Smith, A. et al. (1998), The Beds of Rivers, vol. 3, Oxford Press, pp. 12–40."),
        block("We would like to thank the many people of the valley who showed us their river."),
        block(RIVERS),
    ).sections
    said = " ".join(text for quotation in lines(section) for text in quotation)
    assert "A river is" in said
    assert not [word for word in ("chapter", "Exercise", "Smith", "thank") if word in said]


def test_words_that_lead_to_something_that_could_not_be_read_are_not_quoted():
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block("The share of the sand in the water of a river is therefore:", top=100),
        block("Rivers with much sand build a delta where they meet the still water of the sea.", top=220),
        block(RIVERS, top=260),
    ).sections
    assert not any("therefore:" in text for quotation in lines(section) for text in quotation)


def test_scraps_of_a_broken_text_layer_are_not_quoted():
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block(", and the sand of the river is carried down to the sea in every spring."),
        block("0", "list", marker="•", level=1),
        block("Somewhere on the line that the river draws through its valley there is a dam.", "list", level=1),
        block(RIVERS),
    ).sections
    assert [text for quotation in lines(section) for text in quotation] == [RIVERS]


def test_addresses_and_printed_tables_are_no_code():
    draft = drafted(
        block("1 Rivers", "heading", level=1),
        block(RIVERS),
        block("a.smith@rivers.org\nhttp://rivers.org/beds", "code"),
        block("Name      Length   Depth\n------------------------\nPo          652      10", "code"),
        block("• from the hills\n• to the sea", "code"),
    )
    assert [section.code for section in draft.sections] == [()]
    code = block("def depth(river):\n    return 10", "code")
    [section] = drafted(block("1 Rivers", "heading", level=1), block(RIVERS), code).sections
    assert len(section.code) == 1


OPENING = "{} are bodies of water that shape the land around them for ages."


def chapters(*more: Block, opening: str = OPENING) -> Draft:
    delta = RIVERS.split(". ")[2]
    parts = []
    for number, name in enumerate(("Rivers", "Lakes", "Seas"), start=1):
        page = number - 1
        parts.append(block(f"{number} {name}", "heading", level=1, page=page))
        parts.append(block(opening.format(name), page=page))
        parts += [block(f"{delta.removesuffix('.')} in the year {year} of the count.", page=page) for year in range(7)]
    return drafted(*parts, *more)


def test_the_tldr_has_at_most_three_sentences_of_the_source_and_their_sections_do_not_repeat_them():
    draft = chapters()
    told = [each.statement.text for each in draft.tldr]
    assert 1 <= len(told) <= 3
    assert {each.label for each in draft.tldr} == {"From the passage"}
    assert not [
        text for section in draft.sections for quotation in lines(section) for text in quotation if text in told
    ]
    assert draft.sections[1].in_tldr


def test_there_is_no_tldr_where_the_signals_do_not_agree_and_none_of_slides():
    assert drafted(block("It rains."), block("A river with sand runs to the sea in the spring.")).tldr == ()
    slides = [block(f"Streams of the valley number {number}", page=number % 3) for number in range(12)]
    assert drafted(*slides).tldr == ()


def test_paragraphs_that_end_in_formulas_are_no_slides():
    from notegen.draft.quoting.outline import is_loose

    text = (
        "If m is the mass of all of the sand that the river carries with its water from the hills in the north to the "
    )
    text += "sea in the south, then"
    formulas = [each for _ in range(5) for each in (block(text), block("s = m / v", "formula"))]
    document = Document(sha256="0" * 64, title="R", page_count=1, labels=("1",), words=(300,))
    passage = Passage(
        document=document, title="", chapter="", first=0, last=0, blocks=tuple(formulas), pictures=(), tables=()
    )
    assert not is_loose(passage)


def test_nothing_is_said_twice():
    draft = chapters()
    printed = [each.statement.text for each in draft.tldr]
    printed += [text for section in draft.sections for quotation in lines(section) for text in quotation]
    assert len(printed) == len(set(printed))
    assert draft.recap == ()


def test_the_source_of_a_chart_and_words_that_something_must_follow_are_not_quoted():
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block("Source: The count of the rivers of Europe by the office of the waters, printed in the spring."),
        block("Notes: The rivers of Europe with much sand are counted by the office of the waters in the spring."),
        block("The rivers of the valley are therefore counted and named by the people of the valley as follows."),
        block(RIVERS),
    ).sections
    assert lines(section) == [[RIVERS]]


@pytest.mark.parametrize(
    "opening",
    [
        "{} are given by (2.1), and are bodies of water that shape the land around them for ages.",
        "{} with Q = A * v are bodies of water that shape the land around them for ages.",
        "{} and the bodies of water that shape the land around them for ages by country, 1990.",
        "{} are bodies of water that shape the land in which Humboldt was born in the last age.",
        "First we see how {} are bodies of water that shape the land around them for ages.",
    ],
)
def test_no_line_of_the_tldr_is_a_formula_a_chart_a_life_or_an_announcement(opening: str):
    shown = [each.statement.text for each in chapters(opening=opening).tldr]
    assert not any("bodies of water" in text for text in shown)


def test_what_announces_is_not_quoted_and_a_condition_is_no_rest_of_a_formula():
    texts = (
        "Below we tell of the sand that the river carries to the sea.",
        "Where the sand of a river is deep, its water is slow and wide in every summer.",
    )
    draft = drafted(block("1 Sand", "heading", level=1), *(block(text) for text in texts))
    [section] = draft.sections
    shown = [*lines(section), [each.statement.text for each in draft.tldr]]
    assert [text for each in shown for text in each] == [texts[1]]


def test_what_names_nothing_that_the_passage_comes_back_to_is_not_quoted_even_where_a_page_has_nothing_else():
    weak = "Fraternity members at several campuses trash each other’s houses for fun."
    draft = drafted(block("1 Rivers", "heading", level=1), block(RIVERS), block(RIVERS), block(weak, page=1))
    assert not any("campuses" in text for each in lines(draft.sections[0]) for text in each)


@pytest.mark.parametrize(
    ("language", "plain", "marked"),
    [
        ("en", "The river carries sand to the sea.", "There are two main kinds of river on this map."),
        ("de", "Der Fluss trägt Sand ins Meer.", "Der Sand sinkt, weil das Wasser des Flusses steht."),
        ("fr", "Le fleuve porte du sable à la mer.", "Le sable tombe parce que le fleuve est lent."),
        ("es", "El río lleva arena al mar.", "La arena cae porque el río es lento."),
        ("it", "Il fiume porta sabbia al mare.", "La sabbia cade perché il fiume è lento."),
        ("pt", "O rio leva areia ao mar.", "A areia cai porque o rio é lento."),
    ],
)
def test_a_reason_weighs_more_than_a_fact_in_every_language(language: str, plain: str, marked: str):
    patterns = leaning(language)
    assert patterns.cues.search(marked.casefold())
    assert not patterns.cues.search(plain.casefold())


def test_a_formula_that_words_lead_to_is_quoted_with_them_in_its_place_whatever_else_is_quoted():
    formula = block("v = d / t", "formula", crop=b"png")
    delta = "Rivers with much sand build a delta where the sea is still"
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        *(
            block(f"{delta}, and a delta with sand is land that rivers with sand build in the sea of {year}.")
            for year in ("north", "south", "west", "east")
        ),
        block("Whoever walks along old paths with friends, as many did in May, goes at"),
        formula,
        block("where d is the way and t is the time that somebody takes."),
        block(f"{delta}, and the people of the delta know of the sand."),
    ).sections
    assert any(line.block is formula and len(each.lines) == 3 for each in section.quotations for line in each.lines)
    assert section.formulas == ()


def test_scraps_of_a_formula_are_not_shown_without_words():
    scrap, whole = block("n ∈ N", "formula", crop=b"n"), block("f(a) = g(b)", "formula", crop=b"f")
    [section] = drafted(block("1 Sand", "heading", level=1), block(RIVERS), scrap, whole).sections
    assert [each.block for each in section.formulas] == [whole]


def test_a_formula_among_the_quotations_is_a_challenge_whose_words_every_catalogue_has():
    formula = block("s = m / v", "formula", crop=b"png", marker="(2)")
    lead = block("The share of the sand in the water of a river is defined as")
    challenge = drafted(block("1 Sand", "heading", level=1), lead, formula, block(RIVERS)).challenge
    assert challenge is not None
    [task] = challenge.tasks
    assert task.text == "Work formula (2) through by hand with small numbers of your own."
    for language in ("de", "es", "fr", "it", "pt"):
        said = Templates().catalogue(language).said
        assert said(challenge.goal) != challenge.goal
        assert "(2)" in said(task.phrase, name=task.name) != task.text


def sections_of(*headings: tuple[str, int, str]) -> list[tuple[str, str]]:
    """(chapter, title) of the sections of these (heading, level, text)."""
    parts = [(block(title, "heading", level=level), block(text)) for title, level, text in headings]
    return [(each.chapter, each.title) for each in drafted(*(each for part in parts for each in part)).sections]


def long_text(name: str) -> str:
    return " ".join(RIVERS.replace("river", name).replace("River", name.title()) for _ in range(2))


def test_a_heading_with_little_text_goes_to_the_parts_below_it():
    title = "2 Lakes and the other waters of the north of this country"
    found = sections_of(
        ("1 Streams", 1, long_text("stream")),
        ("1.1 Their beds", 2, long_text("bed")),
        (title, 1, "Lakes are still."),
        ("2.1 Cold lakes", 2, long_text("lake")),
    )
    assert found == [("", "1 Streams"), ("1 Streams", "1.1 Their beds"), (title, "2.1 Cold lakes")]


def test_fifteen_sections_keep_their_titles():
    names = ("stream", "brook", "creek", "canal", "lake", "sea", "bay", "pond", "fjord", "delta", "marsh", "spring")
    found = sections_of(
        *((f"{n} About the {name}", 1, long_text(name)) for n, name in enumerate(names, 1)),
        *((f"{n} More of the {name}", 1, long_text(name + "let")) for n, name in enumerate(names[:3], 13)),
    )
    assert len(found) == 15


def test_a_line_that_a_break_has_torn_is_printed_whole():
    first, rest = (
        "The naïve approach to keep the sand of a river in its",
        "valley would be to build a dam of stones across it.",
    )
    [unit] = units_of([block(first), block(rest)], book="b")
    [line] = quoted(unit, ()).lines
    assert line.statement is not None
    assert line.statement.text == f"{first} {rest}"


def test_a_remark_of_the_editor_and_a_lone_label_are_not_quoted():
    draft = drafted(
        block("1 Sand", "heading", level=1),
        block("[A long argument about the sand of the river is left out here.]"),
        block("Sand of the river", "list", marker="•", level=1),
        block(RIVERS),
    )
    texts = [text for each in lines(draft.sections[0]) for text in each]
    assert not any("left out" in text or text == "Sand of the river" for text in texts)


def test_what_ends_in_words_that_something_must_follow_is_not_quoted():
    draft = drafted(
        block("1 Sand", "heading", level=1),
        block("The sand of a river is measured in two steps:"),
        block("Take the sand of the river.", "list", marker="1.", level=1),
        block("Show that", "list", marker="2.", level=1),
        block(RIVERS),
    )
    assert not any("Show that" in text for each in lines(draft.sections[0]) for text in each)


def test_what_only_names_the_exercises_is_none():
    draft = drafted(
        block("1 Sand", "heading", level=1),
        block(RIVERS),
        block("2 Exercises", "heading", level=1),
        block("Before you go on, you might want to work on the following exercises."),
        block("Draw the bed of a river that you know, and name its stones."),
    )
    assert draft.challenge is not None
    assert [each.text[:4] for each in draft.challenge.exercises] == ["Draw"]


def test_a_list_of_labels_without_words_that_lead_into_it_is_not_quoted():
    labels = [
        block(text, "list", marker=mark, level=1, page=1) for mark, text in (("(a)", "River of sand"), ("(b)", "Sea"))
    ]
    [section] = drafted(
        block("1 Rivers", "heading", level=1), block(RIVERS), block("2 Sand", "heading", level=1), *labels
    ).sections
    assert lines(section) == [[RIVERS]]


def test_wide_pages_with_few_words_are_slides_whatever_their_lines_end_in():
    from notegen.draft.quoting.outline import is_loose

    def passage(width: float, words: int) -> Passage:
        page = Page(index=0, label="1", width=width, height=540, blocks=(block("The river carries sand. " * words),))
        document = Document(sha256="0" * 64, title="R", page_count=1, labels=("1",), words=(9,), pages=(page,))
        return cut(document, Stretch(title="R", first=0, last=0))

    assert is_loose(passage(720, 20))
    assert not is_loose(passage(720, 60))
    assert not is_loose(passage(400, 20))


def test_words_that_lean_lead_into_no_formula():
    [section] = drafted(
        block("1 Rivers", "heading", level=1),
        block(RIVERS),
        block("x = 2", "formula", page=1),
        block(
            "This share of the sand, the mud, the ice and the stones, in the water of the river, is given by the law:",
            page=1,
        ),
        block("s = m / v + 2", "formula", page=1, crop=b"png"),
        block("The", page=1, top=400),
    ).sections
    assert [formula.lead for formula in section.formulas] == [None]


def test_key_words_below_an_abstract_are_no_section():
    [section] = drafted(
        block("Abstract", "heading", level=1),
        block(RIVERS),
        block("Categories and Subject Descriptors", "heading", level=1),
        block("Rivers of the valley and their sand. Design of the mills."),
    ).sections
    assert section.title == "Abstract"
    assert lines(section) == [[RIVERS]]
