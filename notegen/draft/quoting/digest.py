"""Which units of each section the note quotes: whole thoughts that stand alone, the weightiest first, within a share of
the section's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notegen.draft.quoting.quotation import MAX_SHOWN_WORDS
from notegen.draft.quoting.salience import Salience
from notegen.language.leaning import leaning
from notegen.language.naming import naming
from notegen.reading.belonging import leans_back
from notegen.reading.standing import FEW_WORDS, MAX_HEAD_DOUBT, doubt, is_unintroduced, opens_nothing
from notegen.reading.unit import Unit

SHARE = 0.30
"""Of a section's words that are quoted: with all that stands around it a note has 15 to 45 % of its pages' words."""
LEAST_UNITS = 1
"""A section has so many where one says enough, however short it is."""
LEAST_WORTH = 0.25
"""By `Salience.worth`: what has less names nothing that the passage comes back to, and nothing of its heading."""
UNKNOWN_SUBJECT = 0.20
"""So much less is worth what opens with "the debate" as with something known: half of what a doubtful opening costs."""
MIN_WORDS, MIN_SLIDE_WORDS = 5, 4
"""A unit that says less is a label."""
MAX_ABOUT_THE_BOOK = 0.5
"""A unit of which so many sentences talk about the book says little about its subject."""
MIN_LETTER_SHARE = 0.6

_THAT = frozenset({"that", "dass", "que", "che"})
_BIBLIOGRAPHY = (
    r"\[\d+\]|^\d+\. [A-Z]",
    r"\bet al\b|\beds?\.\)?",
    r"\(\d{4}[a-z]?\)|, \d{4}\b",
    r"\bpp?\. ?\d+|\d+ ?[–-] ?\d+\.?$",
    r"\bdoi\b|\bISBN\b|arXiv|https?://|\bvol\. ?\d|\bIn: |\bProc\.|\bJ\. |\bPress\b",
)
"""Marks of a reference: three kinds of them make one."""
_NO_STATEMENT = re.compile(
    r"^(?:exercise|problem|question|übung|aufgabe|exercice|problème|ejercicio|problema|esercizio|exercício|hint|solution"
    r"|proof|beweis|démonstration|preuve|demostración|dimostrazione|demonstração"
    r"|figure|fig\.|table|abbildung|tabelle|tableau|figura|tabla|listing)s? ?[\dIVX.:(]"
    r"|^(?:data|notes|anmerkungen|sources?|daten|quellen?|données|datos|fuentes?|dati|font[ei]s?|dados) ?:"
    r"|\b(?:licen[sc]ed? under|creative commons|all rights reserved|last (?:updated|revised|modified)"
    r"|\bvers(?:ion|ión|ione|ão) \d"
    r"|printed in|keywords?:|schlüsselwörter|mots[- ]clés|palabras clave|received \d|accepted \d)",
    re.IGNORECASE,
)
"""Exercises, captions, sources of charts, licences, revisions, key words."""


def showable(unit: Unit, language: str, *, loose: bool = False) -> bool:
    """The unit can be shown as printed, opens with something that stands alone, and says something of its subject.

    loose: it is of a slide.
    """
    text = unit.text
    words = leaning(language)
    prose = [part for part in unit.parts if part.kind in ("sentence", "item")]
    if (
        not prose
        or not unit.is_certain
        or unit.word_count < (MIN_SLIDE_WORDS if loose else MIN_WORDS)
        or (loose and unit.head.text[:1].islower())
        or not _is_whole(unit, language)
        or (not loose and _is_of_labels(unit))
    ):
        return False
    letters = sum(char.isalpha() or char.isspace() for part in prose for char in part.text)
    if letters < MIN_LETTER_SHARE * sum(len(part.text) for part in prose):
        return False
    about = sum(bool(words.about_the_book.search(part.text.casefold())) for part in prose)
    if about > MAX_ABOUT_THE_BOOK * len(prose) or _NO_STATEMENT.search(text):
        return False
    if sum(bool(re.search(pattern, text)) for pattern in _BIBLIOGRAPHY) >= 3 or leans_back(unit.head.text, words):
        return False
    if opens_nothing(unit.head, language):
        return False
    return opening_doubt(unit, language, loose=loose) < MAX_HEAD_DOUBT


def opening_doubt(unit: Unit, language: str, *, loose: bool = False) -> float:
    """`doubt` of what the unit opens with. A short first sentence, and one that ends in a colon, is read with what
    follows it: that is what it needs."""
    head, *rest = unit.parts
    text = head.text
    if rest and rest[0].kind in ("formula", "code"):
        text = text.rstrip(" :,") + "."
    elif rest and (text.endswith(":") or len(text.split()) < FEW_WORDS):
        text = f"{text.removesuffix(':')} {rest[0].text}"
    return doubt(text, language, is_item=head.kind == "item", on_slide=loose)


def _is_of_labels(unit: Unit) -> bool:
    """A list that no words lead into, of items that say nothing by themselves, like the parts of a figure."""
    return all(part.kind == "item" for part in unit.parts) and unit.word_count < MIN_WORDS * len(unit.parts)


def _is_whole(unit: Unit, language: str) -> bool:
    """It begins and ends where something begins and ends."""
    head, last = unit.parts[0], unit.parts[-1]
    first = head.text[:1]
    begins = first in "“„«\"'‘([¿¡" or (first.isalnum() and (head.kind == "item" or not first.islower()))
    begins = begins and head.kind in ("sentence", "item")
    says = all(any(char.isalpha() for char in part.text) for part in unit.parts if part.kind in ("sentence", "item"))
    alone = len(unit.parts) == 1
    leads_on = last.kind in ("sentence", "item") and _leads_on(last.text, language)
    ends = last.kind in ("item", "formula", "code") or last.text.rstrip("\"'”’»“)]")[-1:] in tuple(".!?…。！？")
    return begins and says and ends and not leads_on and not (alone and head.text.endswith(("?", ":")))


def _leads_on(text: str, language: str) -> bool:
    """It ends in words that something must follow: "as follows", "Show that", "is the"."""
    small = naming(language)
    articles = small.articles if small else frozenset()
    last = text.split()[-1:]
    return bool(leaning(language).leads_on.search(text.casefold())) or (
        bool(last) and (last[0] in articles or last[0] in _THAT)
    )


def choose(
    sections: Sequence[Sequence[Unit]],
    titles: Sequence[str],
    salience: Salience,
    language: str,
    *,
    aside: set[str],
    loose: bool = False,
) -> list[list[Unit]]:
    """The units to quote of each section, in the order of the source.

    aside: `Unit.letters` of what stands elsewhere in the note. loose: they are slides.
    """
    said = set(aside)
    chosen = []
    for units, title in zip(sections, titles, strict=True):
        new = [unit for unit in units if unit.letters not in said]
        chosen.append(_of_section(new, title, salience, language, loose))
        said.update(unit.letters for unit in chosen[-1])
    return chosen


def _of_section(units: Sequence[Unit], title: str, salience: Salience, language: str, loose: bool) -> list[Unit]:
    fit = _distinct([unit for unit in units if showable(unit, language, loose=loose)])
    worths = {unit.id: _worth(unit, title, salience, language, loose) for unit in fit}
    ranked = sorted((unit for unit in fit if worths[unit.id] >= LEAST_WORTH), key=lambda unit: -worths[unit.id])
    budget = SHARE * sum(unit.word_count for unit in units)
    chosen: list[Unit] = []
    used = 0
    for unit in ranked:
        if len(chosen) < LEAST_UNITS or used + min(unit.word_count, MAX_SHOWN_WORDS) <= budget:
            chosen.append(unit)
            used += min(unit.word_count, MAX_SHOWN_WORDS)
    if not loose:
        chosen += [unit for unit in fit if unit not in chosen and _has_formula(unit)]
    pages = {part.page for unit in chosen for part in unit.parts}
    for unit in ranked:  # a page has its best unit, or none where none says enough
        if unit.page not in pages:
            chosen.append(unit)
            pages.update(part.page for part in unit.parts)
    return [unit for unit in fit if unit in chosen]


def _has_formula(unit: Unit) -> bool:
    """Every formula of a section is shown: this one then with the words around it, and in its place. On a slide these
    are too few."""
    return any(part.kind == "formula" and part.block and part.block.crop for part in unit.parts)


def _worth(unit: Unit, title: str, salience: Salience, language: str, loose: bool) -> float:
    unknown = UNKNOWN_SUBJECT * is_unintroduced(unit.head.text, title, language)
    return salience.worth(unit, title, opening_doubt(unit, language, loose=loose)) - unknown


def _distinct(units: Sequence[Unit]) -> list[Unit]:
    """Without those that are printed again, as on slides that build up: of these the last and fullest one stays."""
    return [
        unit
        for number, unit in enumerate(units)
        if not any(_within(unit, later) for later in units[number + 1 : number + 12])
    ]


def _within(unit: Unit, other: Unit) -> bool:
    texts = {part.text for part in other.parts}
    return all(part.text in texts for part in unit.parts)
