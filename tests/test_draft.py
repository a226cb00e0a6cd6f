"""The extractive draft: what is quoted, what is defined, and where things are placed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.draft.draft import Draft
from notegen.draft.quoting.concepts import defined_term
from notegen.draft.quoting.extractive import ExtractiveDrafter
from notegen.draft.quoting.homes import listings_of
from notegen.errors import PdfError
from notegen.extract.document import Block, Document, Picture
from notegen.language.sentences import split
from notegen.reading.passage import Passage
from notegen.reading.sentences import sentences_of


def block(text: str, kind="paragraph", page: int = 0, top: float = 100.0, **more) -> Block:
    return Block(kind=kind, page=page, bbox=(72, top, 500, top + 20), text=text, **more)


def passage(*blocks: Block, pictures: tuple[Picture, ...] = (), pages: int = 3) -> Passage:
    document = Document(
        sha256="0" * 64,
        title="A Book",
        page_count=pages,
        labels=tuple(str(number + 11) for number in range(pages)),
        words=(300,) * pages,
    )
    return Passage(
        document=document,
        title="Vectors",
        chapter="",
        first=0,
        last=pages - 1,
        blocks=blocks,
        pictures=pictures,
        tables=(),
    )


def drafted(*blocks: Block, **more) -> Draft:
    return ExtractiveDrafter().draft(passage(*blocks, **more))


PROSE = (
    "Cosine similarity is the dot product of two vectors divided by their lengths. "
    "It is useful because long vectors do not win by their length alone. "
    "Many search engines use cosine similarity to rank the passages of a large library. "
    "However, cosine similarity cannot tell a sentence from its opposite. "
    "A heatmap shows the cosine similarity of every pair of words as a dark or light cell. "
    "We compute the dot product of every pair of vectors once and keep the result."
)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We use e.g. Dijkstra. It works.", ["We use e.g. Dijkstra.", "It works."]),
        ("See Fig. 3 for J. Smith et al. (1998) here. Done.", ["See Fig. 3 for J. Smith et al. (1998) here.", "Done."]),
        ("It costs 3.5 ms! “Really?” Yes.", ["It costs 3.5 ms!", "“Really?”", "Yes."]),
        ("A path from s to v. Do not worry.", ["A path from s to v.", "Do not worry."]),
        ("Take any edge of G. The rest follows.", ["Take any edge of G.", "The rest follows."]),
        ("That is the law.Pseudocode follows below.", ["That is the law.", "Pseudocode follows below."]),
        ("这是一个句子。这是另一个句子。", ["这是一个句子。", "这是另一个句子。"]),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]):
    assert split(text) == sentences


@given(st.text(max_size=300))
def test_splitting_loses_nothing(text: str):
    assert "".join("".join(each.split()) for each in split(text)) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "and so the story goes on from the page before.",  # begins in the middle
        "The three steps of the method are the following:",  # leads to something else
        "The value of the sum is x = .",  # a formula was here
        "Too short.",
        "(At one time there was a speed trap near the border of the state.)",  # an aside
        "See https://example.org/a/very/long/page for more about this topic today.",
        "The value (as we saw in the last chapter of this book is not known.",  # bracket left open
        "3 4 5 6 7 8 9 10 11 12 13 14 and 15 are 3 4 5 6 7 8 9.",  # mostly digits
    ],
)
def test_what_is_no_sound_sentence_is_not_quotable(text: str):
    assert not any(sentence.quotable for sentence in sentences_of([block(text)]))


def test_a_sentence_with_doubtful_characters_is_not_quotable():
    text = "The first sentence is perfectly fine. The second one has a doubt in its middle."
    start = text.index("doubt")
    found = sentences_of([block(text, doubtful=((start, start + 5),))])
    assert [sentence.quotable for sentence in found] == [True, False]


def test_a_sentence_that_a_page_cuts_is_not_quotable_on_either_side():
    blocks = [
        block("This one is whole and stands alone. This sentence goes on over", runs_on=True),
        block("The page and ends here at last. This one is whole again and fine.", page=1),
    ]
    assert [sentence.quotable for sentence in sentences_of(blocks)] == [True, False, False, True]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("An embedding is a short vector of real numbers.", "embedding"),
        ("The dot product of two vectors is the sum of the products.", "dot product"),
        ("Cosine similarity (CS) measures the angle between two vectors.", "Cosine similarity"),
        ("A long vector that is almost empty is called sparse, which is costly.", "sparse"),
        ("Learning rate – The learning rate says how fast weights move.", "learning rate"),
        ("Eine Kette ist eine Folge von Gliedern.", "Kette"),
        ("This share is called the recall.", ""),
        ("It is a matter of taste.", ""),
        ("This is the reason.", ""),
        ("The problem is the price.", ""),
        ("He is a little silly.", ""),
    ],
)
def test_what_a_sentence_defines(text: str, term: str):
    language = "de" if text.startswith("Eine") else "en"
    assert defined_term(text, language).casefold() == term.casefold()


def test_every_statement_is_a_sentence_of_the_source_with_its_page():
    draft = drafted(block("1 Similarity", "heading", level=1), block(PROSE, page=1))
    statements = [
        *(each.statement for each in draft.tldr),
        *(each.what for each in draft.background),
        *(each for section in draft.sections for each in section.digest),
        *(each.statement for each in draft.mastery),
        *draft.recap,
        *(check.answer for section in draft.sections for check in section.self_checks),
    ]
    assert len(statements) > 8
    assert all(
        each.text == each.evidence.text and each.text in PROSE and each.evidence.page == 1 for each in statements
    )
    assert all(term in each.text for each in statements for term in each.terms)


def test_a_leaning_sentence_follows_the_one_it_leans_on():
    draft = drafted(block("1 Similarity", "heading", level=1), block(PROSE))
    texts = [each.text for each in draft.sections[0].digest]
    leaning = [number for number, text in enumerate(texts) if text.startswith("It is useful")]
    assert all(texts[number - 1].startswith("Cosine similarity is") for number in leaning)


def test_background_and_self_checks_come_from_definitions():
    draft = drafted(block("1 Similarity", "heading", level=1), block(PROSE))
    assert draft.background[0].name == "cosine similarity"
    [check, *_] = draft.sections[0].self_checks
    assert check.question.startswith("What is cosine similarity?")
    assert check.answer.text.startswith("Cosine similarity is the dot product")


def picture(label: str, page: int, data: bytes) -> Picture:
    return Picture(page=page, bbox=(72, 300, 300, 400), kind="vector", label=label, caption=f"{label}: x", png=data)


def test_a_picture_stands_where_it_is_mentioned_and_else_in_the_gallery():
    one, ten, lone = picture("Figure 1", 1, b"1"), picture("Figure 10", 1, b"10"), picture("Figure 3", 2, b"3")
    draft = drafted(
        block("1 First", "heading", level=1),
        block(PROSE + " The tenth drawing is Figure 10, which you should look at."),
        block("2 Second", "heading", level=1, page=1),
        block(PROSE.replace("cosine", "sine") + " Now look at (Fig. 1) once more with care.", page=1),
        pictures=(one, ten, lone),
    )
    assert [[each.label for each in section.pictures] for section in draft.sections] == [["Figure 10"], ["Figure 1"]]
    assert draft.gallery == (lone,)


def test_a_picture_on_a_slide_belongs_to_the_title_of_that_slide():
    photo = Picture(page=2, bbox=(72, 80, 300, 200), kind="raster", png=b"photo")
    draft = drafted(
        block("Outline", "heading", level=1, page=1, top=60),
        block("Perceptrons of one layer", page=1, top=100),
        block("The early days of machines", page=1, top=120),
        block("Mark I", "heading", level=1, page=2, top=400),
        block("A machine of the year", page=2, top=440),
        block("It filled half a room", page=2, top=460),
        pictures=(photo,),
    )
    assert [(section.title, section.pictures) for section in draft.sections] == [("Outline", ()), ("Mark I", (photo,))]


def test_the_same_uncaptioned_image_is_shown_once():
    twins = tuple(Picture(page=page, bbox=(72, 300, 300, 400), kind="raster", png=b"same") for page in (0, 1))
    draft = drafted(block(PROSE), pictures=twins)
    assert [section.pictures for section in draft.sections] == [twins[:1]]


def test_a_picture_without_a_caption_stands_in_the_section_around_it():
    between = Picture(page=1, bbox=(72, 80, 300, 400), kind="vector", png=b"score")
    draft = drafted(
        block("1 First", "heading", level=1),
        block(PROSE),
        block(PROSE.replace("cosine", "sine"), page=2),
        pictures=(between,),
    )
    assert [section.pictures for section in draft.sections] == [(between,)]


def test_of_a_slide_that_builds_up_the_last_step_counts():
    photo = [Picture(page=page, bbox=(72, 300, 300, 400), kind="raster", png=bytes([page])) for page in (1, 2)]
    steps = ["A prior is what we know before the data", "A posterior is what we know after them"]
    draft = drafted(
        block("Outline", "heading", level=1, page=0),
        block("Priors and posteriors in one model", page=0, top=130),
        *(block("Two distributions", "heading", level=1, page=page) for page in (1,)),
        block(steps[0], "list", page=1, top=130),
        block("Two distributions", "heading", level=1, page=2),
        block(steps[0], "list", page=2, top=130),
        block(steps[1], "list", page=2, top=150),
        pictures=tuple(photo),
    )
    last = draft.sections[-1]
    assert (last.title, last.page, last.pictures) == ("Two distributions", 2, (photo[1],))
    assert draft.left_out_pictures == 0


def test_a_short_section_keeps_its_title_beside_that_of_its_parent():
    draft = drafted(
        block("1 Signals:", "heading", level=1),
        block(PROSE),
        block("1.1 Nodes of a user", "heading", level=2, top=300),
        block("A node joins two wires of one kind.", top=320),
        block("2 Circuits", "heading", level=1, top=400),
        block(PROSE.replace("cosine", "sine"), top=420),
    )
    assert [section.title for section in draft.sections] == ["1 Signals · 1.1 Nodes of a user", "2 Circuits"]


def test_the_gallery_shows_six_and_says_how_many_more_there_are_and_where():
    alone = tuple(picture(f"Figure {number}", 1 + number % 2, bytes([number])) for number in range(1, 10))
    draft = drafted(block("1 First", "heading", level=1), block(PROSE), pictures=alone)
    assert (draft.gallery, draft.left_out_pictures, draft.more_pictures) == (alone[:6], 3, (1, 2))


@pytest.mark.parametrize(
    ("label", "mention"),
    [("Abb. 3", "siehe Abbildung 3 unten"), ("Figura 2", "véase la fig. 2 más abajo"), ("Tabelle 4", "in Tab. 4 steht"),
     ("Figure 5", "as Figures 4 and 5 show"), ("Figure 7", "as Figs. 6–7 show")],
)  # fmt: skip
def test_a_picture_is_mentioned_by_the_words_of_its_language_and_in_company(label: str, mention: str):
    draft = drafted(
        block("1 First", "heading", level=1),
        block(PROSE),
        block("2 Second", "heading", level=1),
        block(f"{PROSE.replace('cosine', 'sine')} It is true, {mention}, that they differ.", top=300),
        pictures=(picture(label, 0, b"x"),),
    )
    assert [len(section.pictures) for section in draft.sections] == [0, 1]


def test_references_are_no_part_of_the_argument():
    draft = drafted(
        block("1 Similarity", "heading", level=1),
        block(PROSE),
        block("References", "heading", level=1, page=2),
        block("Smith wrote a long and famous book about similarity in Paris. " * 12, page=2),
    )
    assert [section.title for section in draft.sections] == ["1 Similarity"]


def test_single_commands_of_a_page_are_one_listing():
    from notegen.draft.quoting.outline import SourceSection

    blocks = tuple(block(text, "code", language="r") for text in ("> x <- 1", "> y <- 2", "f <- function(x) {\n  x\n}"))
    shown, others = listings_of(SourceSection(title="", level=1, page=0, blocks=blocks))
    assert [each.text for each in shown] == ["> x <- 1\n> y <- 2", "f <- function(x) {\n  x\n}"]
    assert others == ()


def test_pages_without_a_sentence_and_without_a_picture_are_an_error():
    with pytest.raises(PdfError, match="no sentence that can be quoted"):
        drafted(block("17 18 19"))


def test_pictures_alone_are_a_draft():
    draft = drafted(pictures=(picture("Figure 1", 0, b"1"),))
    assert (draft.tldr, len(draft.gallery)) == ((), 1)


def test_the_same_passage_gives_the_same_draft():
    blocks = (block("1 Similarity", "heading", level=1), block(PROSE))
    assert drafted(*blocks) == drafted(*blocks)
