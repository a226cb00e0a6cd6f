"""What a model says, held against the source: claims, citations, code, tables, formulas, forms."""

from __future__ import annotations

import contextlib
import json
import math

import pytest
from bench import Bench
from hypothesis import given
from hypothesis import strategies as st
from model_replies import as_text, good_answer, sentences_of
from model_server import ModelServer

from notegen.config import LearnerSettings
from notegen.draft.drafter import Brief
from notegen.draft.model.check.judge import supports
from notegen.draft.model.code_comments import without_claimed_results
from notegen.draft.model.faults import circles, code_fault, invented, is_copy, text_fault
from notegen.draft.model.grounding import evidence_for
from notegen.draft.model.model_maths import with_maths
from notegen.draft.model.recompute import number, recompute
from notegen.draft.model.reply import SectionForm, WholeForm, read, schema_of
from notegen.errors import ModelError
from notegen.markdown.write import highlight
from notegen.reading.sentences import Sentence

SOURCE = "The weights of one word always add up to 1 after the softmax."
OTHER = "A vocabulary is the list of all tokens that a model knows."


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("After the softmax all weights of a word add up to 1.", True),
        ("After the softmax all weights of a word add up to 2.", False),
        ("After the softmax the weights of a word never add up to 1.", False),
        ("Elephants live for a long time in Africa.", False),
        ("Before the softmax the weights of a word add up to 1.", False),
    ],
)
def test_a_claim_holds_only_where_the_source_says_so(claim: str, holds: bool):
    assert supports(claim, [SOURCE]) is holds


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("A map rarely proves an idea.", "A map proves an idea."),
        ("Nobody trains a model with gradient descent.", "Everybody trains a model with gradient descent."),
        ("Le système n’utilise aucun cache.", "Le système utilise un cache."),
        ("Il sistema non usa la memoria.", "Il sistema usa la memoria."),
        ("O sistema não usa a memória.", "O sistema usa a memória."),
        ("Het systeem gebruikt geen geheugen.", "Het systeem gebruikt geheugen."),
        ("Система не использует память.", "Система использует память."),
        ("システムはメモリを使いません。", "システムはメモリを使います。"),
        ("系统不使用内存。", "系统使用内存。"),
        ("시스템은 메모리를 사용하지 않습니다.", "시스템은 메모리를 사용합니다."),
        ("Three heads share the same weights.", "Two heads share the same weights."),
        ("The weights add up to −1.", "The weights add up to 1."),
    ],
)
def test_a_denial_and_another_number_are_seen_in_any_language(claim: str, source: str):
    assert supports(source, [source])
    assert supports(claim, [claim])
    assert not supports(claim, [source])
    assert not supports(source, [claim])


def test_a_number_may_be_a_word():
    assert supports("The layer has 3 heads.", ["The layer has three heads."])
    assert supports("The loss falls by 2-4 points.", ["The loss falls by 2–4 points."])


def test_a_wrong_id_gives_way_to_the_sentence_that_says_it():
    sentences = [
        Sentence(text=text, page=0, order=order, first=False, quotable=True)
        for order, text in enumerate((SOURCE, OTHER))
    ]
    found, end = evidence_for("The vocabulary is a list of all tokens of a model.", sentences[:1], sentences)
    assert ([each.text for each in found], end.outcome) == ([OTHER], "supported")
    found, end = evidence_for("Elephants live in Africa for many years.", sentences[:1], sentences)
    assert ([each.text for each in found], end.outcome) == ([SOURCE], "unverified")


@pytest.mark.parametrize(
    "text",
    [
        "This was shown by Vaswani et al. (2017) for translation.",
        "See page 12 for the details of it.",
        "It is explained in Chapter 9 of the book.",
        "The details are at https://example.org/x today.",
        "As shown in [7], it works well.",
        "Sentence S3 says that it works.",
        "The author says “all weights are always equal to zero”.",
        "It is cited as doi:10.1000/182 everywhere.",
        "The author says ‘all weights are always equal to zero’.",
        'The author says "all weights are always equal to zero".',
        "Dort heißt es: „Alle Gewichte sind immer gleich null“.",
        "Dort heißt es: »Alle Gewichte sind immer gleich null«.",
        "L’auteur dit : « tous les poids valent toujours zéro ».",
        "著者は「すべての重みは常にゼロに等しい」と述べている。",
        "作者说《所有的权重总是等于零没有例外》。",
        "Es steht in Kapitel 9 des Buches.",
        "第12ページを見てください。",
        "Смотрите главу 9 этой книги.",
    ],
)
def test_an_invented_citation_is_found(text: str):
    assert invented(text, SOURCE)
    assert not invented(text, f"{SOURCE} {text}")


@pytest.mark.parametrize(
    "text", ["The vector [1, 0] has length 1.", "In 2017 it was new.", "A 3 by 4 matrix (big) helps.",
             "Das „Gewicht“ ist hier nicht dasselbe wie der „Wert“.", "L’un « x » et puis le tout autre « y ».",
             'A "weight" is not the same thing as a "value" here.', "The models’ heads don’t share the words’ weights.",
             "「重み」は「値」ではない。"],
)  # fmt: skip
def test_what_is_no_citation_passes(text: str):
    assert not invented(text, SOURCE)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("It divides the query by all the keys, divdes", "end"),
        ("It is a vector and " * 12 + "more.", "repeats"),
        ("1234567890" * 30 + " and so on.", "repeats"),
        ("word " * 200 + ".", "longer"),
        ("A vector has a length and a direction.", ""),
        ("注意力是一种机制。", ""),
    ],
)
def test_text_that_is_unfit_is_named(text: str, fault: str):
    assert fault in text_fault(text, SOURCE) if fault else not text_fault(text, SOURCE)


def test_a_copy_is_no_explanation():
    assert is_copy(SOURCE.rstrip("."), [SOURCE])
    assert not is_copy("In short, the weights sum to 1.", [SOURCE])


@pytest.mark.parametrize(
    ("code", "fault"),
    [("x = 1\nprint(x)", ""), ("def f(:", "compile"), ("return", ""), ("", "empty"), ("x\n" * 99, "lines")],
)
def test_code_is_compiled_and_never_run(code: str, fault: str):
    found = code_fault(code, "python")
    assert fault in found if fault else not found


def test_results_in_a_table_are_computed_again():
    rows = [
        ["case", "a", "b", "sum", "product"],
        ["one", "1", "2", "3", "99"],
        ["two", "2.5", "2", "5", "22.5"],
        ["total", "3.5", "5", "8", ""],
    ]
    right, wrong = recompute(rows)
    assert right[2][3].startswith("27") or right[2][3] == "4.5" or wrong
    assert right[3][2] == "4"


def test_a_sum_a_cosine_and_softmax_weights():
    right, wrong = recompute([["x", "a", "b", "sum"], ["one", "1", "2", "4"], ["two", "3", "4", "7"]])
    assert (right[1][3], right[2][3], wrong) == ("3", "7", 1)
    right, wrong = recompute(
        [["u", "v", "cosine similarity"], ["[1, 0]", "[0.5, 0]", "1.0"], ["[1, 0]", "[1, 1]", "0.50"]]
    )
    assert ([row[2] for row in right[1:]], wrong) == (["1.0", "0.71"], 1)
    right, wrong = recompute([["word", "score", "softmax weight"], ["a", "2", "0.9"], ["b", "1", "0.27"]])
    assert ([row[2] for row in right[1:]], wrong) == (["0.73", "0.27"], 1)
    right, wrong = recompute([["u", "v", "dot product"], ["[1, 2]", "[3, 4]", "10"]])
    assert (right[1][2], wrong) == ("11", 1)


@given(st.lists(st.lists(st.integers(-999, 999), min_size=3, max_size=3), min_size=1, max_size=6))
def test_every_sum_is_right_afterwards(numbers: list[list[int]]):
    rows = [["row", "a", "b", "sum"], *([f"r{at}", *map(str, each)] for at, each in enumerate(numbers))]
    right, wrong = recompute(rows)
    assert all(number(row[3]) == number(row[1]) + number(row[2]) for row in right[1:])
    assert wrong == sum(a + b != c for a, b, c in numbers)
    assert recompute(right) == (right, 0)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=6))
def test_softmax_weights_add_up_to_one(scores: list[float]):
    rows = [["word", "score", "softmax"], *([f"w{at}", f"{each:.3f}", "9.000"] for at, each in enumerate(scores))]
    right, _ = recompute(rows)
    assert math.isclose(sum(float(row[2]) for row in right[1:]), 1, abs_tol=0.0005 * len(scores) + 1e-9)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("The score $q \\cdot k$ is large.", ["q \\cdot k"]),
        ("Divide by $\\sqrt{d_k}$, then take $\\frac{a}{b}$.", ["\\sqrt{d_k}", "\\frac{a}{b}"]),
        ("Write \\( x_1 \\) for it.", ["x_1"]),
        ("It costs $5 and $6.", []),
        ("Bad: $\\href{x}{y}$ and $\\frac{a}$ and $x^^2$ and ${$.", []),
        ("Twice $a$$b$ in a row.", []),
    ],
)
def test_only_harmless_formulas_become_maths(text: str, formulas: list[str]):
    shown, maths = with_maths(text)
    assert [each.tex for each in maths] == formulas
    assert all(shown[each.start : each.end] == each.tex for each in maths)


@given(st.text("$\\{}_^ab1() .", max_size=40))
def test_any_text_with_dollars_can_be_shown(text: str):
    shown, maths = with_maths(text)
    written = highlight(shown, (), [(each.start, each.end, each.tex) for each in maths])
    assert written.count("$") - written.count("\\$") >= 2 * len(maths)


def test_schemas_are_strict_and_name_only_the_sentences_shown():
    for form in (SectionForm, WholeForm):
        schema = schema_of(form, ["S1", "S2"], tools=["LangChain"])
        assert schema["$defs"]["SourceId"]["enum"] == ["S1", "S2"]
        assert schema["$defs"]["BridgeForm"]["properties"]["tool"]["enum"] == ["LangChain"]
        for part in (schema, *schema["$defs"].values()):
            if "properties" in part:
                assert part["required"] == list(part["properties"])
                assert part["additionalProperties"] is False
        text = json.dumps(schema)
        assert "default" not in text
        assert "pictures" not in text
    assert schema_of(SectionForm, ["S1"])["properties"]["bridge"] == {"type": "null"}


@given(st.text(max_size=200))
def test_any_answer_is_read_or_refused_with_a_word(text: str):
    with contextlib.suppress(ModelError):
        assert isinstance(read(SectionForm, text), SectionForm)


def test_tex_in_json_that_was_not_escaped_is_understood():
    answer = (
        '{"statements": [{"text": "Take \\\\sqrt{x} and \\sqrt{y} and \\frac{a}{b}.", "sources": []}], "mistakes": []}'
    )
    assert read(SectionForm, answer).statements[0].text == "Take \\sqrt{x} and \\sqrt{y} and \\frac{a}{b}."


def test_circles():
    assert circles("attention is a fundamental aspect of " * 6)
    assert not circles(SOURCE + OTHER)


def test_claims_in_another_language_are_marked_and_not_asked_for_again(bench: Bench, server: ModelServer):
    def translated(prompt: str) -> str:
        answer = good_answer(prompt)
        for each in answer.get("statements", ()):
            each["text"] = "Ein Satz auf Deutsch, der dasselbe mit ganz anderen Worten sagt."
        return as_text(answer)

    server.answers["deutsch"] = translated
    draft = bench.drafter("deutsch", LearnerSettings(language="Deutsch")).draft(bench.passage, Brief())
    assert server.count == 3
    claims = [claim for section in draft.sections if section.added for claim in section.added.claims]
    assert {each.verdict for each in claims} == {"unverified"}


def test_a_mistake_that_is_no_mistake_is_left_out(bench: Bench, server: ModelServer):
    """A small model repeats a sentence of the source in every field."""

    def repeated(prompt: str) -> str:
        answer = good_answer(prompt)
        if "mistakes" in answer:
            answer["mistakes"] = [sentences_of(prompt)["S1"], answer["statements"][0]["text"]]
        return as_text(answer)

    server.answers["copycat"] = repeated
    draft = bench.draft("copycat")
    assert [section.added.mistakes for section in draft.sections if section.added] == [(), ()]


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("print(1)  # Output: 0.89", "print(1)"),
        ("x = f(2)  # ~1.0\n# prints 3\ny = 2  # the second", "x = f(2)\ny = 2  # the second"),
        ("s = '# Output: 3'", "s = '# Output: 3'"),
        ("%time f()", "%time f()"),
    ],
)
def test_results_that_nobody_computed_leave_the_code(code: str, kept: str):
    assert without_claimed_results(code) == kept


def test_several_sentences_may_bear_a_claim_together():
    texts = (
        "If the arrows point in the same direction, the cosine is 1.",
        "If they are at a right angle, it is 0.",
        "A picture of this kind is called a heatmap.",
    )
    sentences = [
        Sentence(text=text, page=0, order=order, first=False, quotable=True) for order, text in enumerate(texts)
    ]
    claim = "The cosine is 1 for arrows of the same direction and 0 at a right angle."
    found, end = evidence_for(claim, sentences[2:], sentences)
    assert ([each.order for each in found], end.holds) == ([0, 1], True)
    assert not evidence_for(claim.replace("0", "7"), sentences[2:], sentences)[1].holds
