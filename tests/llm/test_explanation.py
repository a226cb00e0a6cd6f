"""A model's draft as a reader sees it: the explanation first, its proof once and folded, nothing lost or said twice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bench import FIRST, Bench, block
from model_replies import as_text, good_answer, sentences_of
from model_server import ModelServer

from notegen.draft.draft import Draft
from notegen.draft.drafter import Brief
from notegen.draft.model.length import words_of

ANCHOR = re.compile(r"\[\[#\^(ng-[0-9a-f]+q?)\|p\. \d+\]\]")
PAGE = re.compile(r"\[\[[^\[\]]*#page=\d+\|")


def outside_folds(note: str) -> list[str]:
    """The lines that are shown without a click."""
    lines, depth = [], 0
    for line in note.split("\n"):
        quoted = len(re.match(r"(?:> ?)*", line)[0].replace(" ", ""))  # type: ignore[index]
        if re.match(r"(?:> ?)+\[!\w+\]-", line):
            depth = quoted
        elif quoted < depth:
            depth = 0
        if not depth:
            lines.append(line)
    return lines


def answering(server: ModelServer, change: Any) -> None:
    """A model that answers well, but for what `change` does to each answer."""

    def answer(prompt: str) -> str:
        found = good_answer(prompt)
        change(found, sentences_of(prompt))
        return as_text(found)

    server.answers["changed"] = answer


def test_a_claim_ends_in_a_link_to_its_proof_that_stands_once_and_folded(bench: Bench, server: ModelServer):
    draft = bench.draft("good")
    note = bench.note(draft)
    shown = outside_folds(note)
    claims = [line for line in shown if line.lstrip("> ").startswith("- So ")]
    assert len(claims) >= 4
    assert all(ANCHOR.search(line) and not PAGE.search(line) for line in claims)
    for place in {*ANCHOR.findall(note)}:
        assert note.count(f"\n^{place}\n") == 1
    proofs = [each.text for section in draft.sections if section.proof for each in section.proof.statements]
    assert len(proofs) == len(set(proofs)) > 4
    plain = note.replace("==", "")
    for text in proofs:
        assert plain.count(text) == 1
        assert not any(text in line.replace("==", "") for line in shown)


def test_what_the_model_says_is_not_quoted_again_and_what_it_leaves_out_is_listed(bench: Bench, server: ModelServer):
    def only_one(answer: dict[str, Any], sentences: dict[str, str]) -> None:
        if "statements" in answer:
            answer["statements"], answer["questions"] = answer["statements"][:1], []

    answering(server, only_one)
    paragraphs = [block(text, top=140 + 60 * at) for at, text in enumerate(re.split(r"(?<=\.) ", FIRST))]
    bench.passage = replace(bench.passage, blocks=(bench.passage.blocks[0], *paragraphs, *bench.passage.blocks[2:]))
    draft = bench.draft("changed")
    note = bench.note(draft)
    assert "What the source says:" not in note
    assert draft.sections[0].uncovered
    assert "Not covered here:" in note
    assert "p. 11: We compute the dot product of every …" in note
    covered = {each.text for section in draft.sections if section.proof for each in section.proof.statements}
    left = [each.words.removesuffix(" …") for section in draft.sections for each in section.uncovered]
    assert not [words for words in left if any(text.startswith(words) for text in covered)]


def test_a_section_without_the_model_quotes_and_bears_the_claims_of_the_whole(bench: Bench, server: ModelServer):
    """The first section fails twice; the overview's claims rest on its quotations, which are not printed again."""
    draft = bench.draft("fault:badjson*2")
    note = bench.note(draft)
    assert [bool(each.added) for each in draft.sections] == [False, True]
    assert note.count("What the source says:") == 1
    quotes = draft.sections[0].quotes_block
    assert quotes
    assert f"**What the source says:** ^{quotes}\n" in note
    assert f"[[#^{quotes}|p. 11]]" in note
    quote = "Cosine similarity is the dot product of two vectors divided by their lengths."
    assert sum(quote in line.replace("==", "") for line in outside_folds(note)) == 1


def test_a_claim_that_says_the_reverse_is_left_out_and_listed_with_the_sentence(bench: Bench, server: ModelServer):
    lie = "Several heads are not computed in parallel, nor are their outputs concatenated."

    def reverse(answer: dict[str, Any], sentences: dict[str, str]) -> None:
        true = next((key for key, text in sentences.items() if "in parallel" in text), None)
        if true and "statements" in answer:
            answer["statements"].append({"text": lie, "sources": [true]})

    answering(server, reverse)
    draft = bench.draft("changed")
    note = bench.note(draft)
    assert [each.text for section in draft.sections if section.added for each in section.added.contradicted] == [lie]
    assert not any(lie in line.replace("==", "") for line in outside_folds(note))
    told = next(line for line in note.split("\n") if lie in line.replace("==", ""))
    assert "The source says the reverse of this:" in told
    assert ANCHOR.search(told)


def test_the_same_said_twice_in_one_answer_or_two_stands_once(bench: Bench, server: ModelServer):
    def twice(answer: dict[str, Any], sentences: dict[str, str]) -> None:
        first = next(iter(sentences))
        if "statements" in answer:
            answer["happening"] = [dict(each) for each in answer["statements"]]
        else:
            answer["recap"] = [{"text": f"So {sentences[each][0].lower()}{sentences[each][1:]}", "sources": [each]}
                               for each in list(sentences)[:4]]  # fmt: skip
            assert first

    answering(server, twice)
    lines = [line.lstrip("> ") for line in outside_folds(bench.note(bench.draft("changed")))]
    said = [line.split(" [[#")[0] for line in lines if line.startswith("- So ")]
    assert len(said) == len(set(said)) >= 3


def test_the_explanation_is_as_long_as_the_learner_lets_it(bench: Bench, server: ModelServer):
    def draft(length: float) -> Draft:
        return bench.drafter("good", length=length).draft(bench.passage, Brief())

    free, tight, wide = draft(0.0), draft(0.5), draft(9.0)
    assert wide.sections == free.sections
    assert words_of(tight) < words_of(free)
    assert all(each.added and len(each.added.claims) >= 2 for each in tight.sections)
    for shorter, longer in zip(tight.sections, free.sections, strict=True):
        assert shorter.added
        assert longer.added
        assert set(shorter.added.claims) <= set(longer.added.claims)


def test_a_listing_among_the_words_of_the_source_stays_in_view(bench: Bench, server: ModelServer):
    """What the model says replaces words; what can only be shown is shown."""
    heading, first, *rest = bench.passage.blocks
    lead = block("The similarity of two vectors is computed by the following function:", top=200)
    listing = block("def similarity(a, b):\n    return dot(a, b)", "code", top=230)
    bench.passage = replace(bench.passage, blocks=(heading, first, lead, listing, *rest))
    draft = bench.draft("good")
    assert draft.sections[0].added
    assert bench.note(draft).count("def similarity(a, b):") == 1
