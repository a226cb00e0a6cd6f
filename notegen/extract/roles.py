"""What a page is for, before anything is read closely: contents, preface, index and the like are told by their title in
six languages and by how their lines end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

Role = Literal["", "blank", "title", "part", "contents", "front", "opens", "references", "index"]
"""front: preface, dedication, licence, thanks and what else speaks about the book. opens: a chapter begins. "" says
nothing: the page goes on with what was before it."""
Spot = tuple[float, str]
"""Height in points and text of one block of a page."""

_CONTENTS = re.compile(
    r"(?:(?:table of |short |brief |summary )?contents|outline(?: of .*)?|agenda|"
    r"overview of (?:this|the) (?:lecture|talk)|"
    r"list of (?:figures|tables|listings|algorithms|symbols|abbreviations|acronyms)|inhalt(?:sverzeichnis|sübersicht)?|"
    r"(?:abbildungs|tabellen|abkürzungs)verzeichnis|gliederung|table des matières|sommaire|"
    r"liste des (?:figures|tableaux)|"
    r"índice(?: general| de contenidos?)?|contenidos?|tabla de contenidos?|lista de (?:figuras|tablas|tabelas)|"
    r"indice(?: generale)?|sommario|elenco delle (?:figure|tabelle)|sumário|conteúdo)",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"prefaces?(?: to .*)?|foreword(?: .*)?|dedication|acknowledge?ments?|(?:revision|version|document|change) history|"
    r"change ?log|(?:list of )?contributors|copyright.*|licen[cs]e(?:s| agreement| terms)?|"
    r"(?:gnu|creative commons) .*licen[cs]e|"
    r"legal notices?|colophon|imprint|cover|title page|"
    r"about (?:this|the) (?:book|manual|guide|article|document|reader|text|course|authors?|editors?)|"
    r"how to (?:use|read) this .*|(?:a )?notes? (?:to|for) (?:the )?(?:reader|student|teacher|instructor)s?|"
    r"to the (?:reader|student|teacher|instructor)s?|who this book is for|conventions used.*|"
    r"vorworte?(?: .*)?|geleitwort|widmung|danksagung|impressum|lizenz|versionsgeschichte|änderungsverzeichnis|"
    r"(?:über|zu) diese[ms]? (?:buch|handbuch|dokument|artikel)|hinweise für (?:den leser|die leser|leser)|"
    r"préface|avant-propos|remerciements|dédicace|mentions légales|historique des (?:versions|révisions)|"
    r"à propos de (?:ce livre|cet article|ce document|l['’]auteur)|"
    r"prefacio|prólogo|dedicatoria|agradecimientos|licencia|historial de (?:versiones|revisiones)|"
    r"(?:acerca de|sobre) (?:este libro|este artículo|este documento|el autor)|"
    r"prefazione|premessa|dedica|ringraziamenti|licenza|informazioni su questo (?:libro|documento)|"
    r"prefácio|dedicatória|agradecimentos|licença|sobre (?:este livro|este artigo|o autor)",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"references(?: and notes)?|bibliography|works cited|further reading|literatur(?:verzeichnis)?|bibliographie|"
    r"références(?: bibliographiques)?|bibliografía|referencias(?: bibliográficas)?|bibliografia|"
    r"riferimenti(?: bibliografici)?|referências(?: bibliográficas)?",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"(?:.* )?index(?:es)?|stichwort(?:verzeichnis|register)|sach(?:verzeichnis|register)|(?:personen|namens)register|"
    r"index (?:général|des .*)|índice (?:alfabético|analítico|onomástico|remissivo|de .*)|"
    r"indice (?:analitico|dei nomi)",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:part|teil|partie|parte)\s+(?:[ivx]+|\d{1,2}|[a-h]|one|two|three|four|five)\b.*", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:(?:chapter|lecture|lesson|unit|kapitel|lektion|chapitre|leçon|capítulo|lección|capitolo|lezione|lição|aula)\s+"
    r"(?:\d{1,3}|[ivx]+|one)\b.*|(?:1|I)[.:]?\s+[^\W\d_].*|(?:introduction|einleitung|einführung|introducción|introduzione|"
    r"introdução))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]-\d{1,3}|T-\d)", re.IGNORECASE)
_TAIL = re.compile(r"(?:^|[\s.·…])(\d{1,4}|[ivxlc]{1,6})$")
_LEADER = re.compile(r"(?:[.·]\s?){4,}|…{2,}")
_MANY_NUMBERS = re.compile(r"(?:,\s*\d{1,4}(?:[–-]\d{1,4})?)+$")
_NUMBERING = re.compile(r"^(?:[A-Z]|\d{1,2}(?:\.\d{1,2})*|[IVX]+)[.:]?\s+(?=\S)")
_WORD = re.compile(r"[^\W\d_]{4}")
_SAME_HEIGHT_PT = 3.0
_FIRST_LINES = 3
"""Lines of a page among which its title is."""
_BLANK_WORDS, _PART_WORDS, _TITLE_WORDS = 4, 25, 70
"""A page with fewer words is one without text, the title of a part, the title of the file."""
_FEWEST_LINES = 6
_LEADER_SHARE, _TAIL_SHARE, _RISING_SHARE, _NAMED_SHARE = 0.2, 0.35, 0.8, 0.5


def title_role(title: str) -> Role:
    """What a section of that title is for; "" for all that is read."""
    plain = re.sub(r"\s+", " ", title).strip(" .:*")
    for text in (plain, _NUMBERING.sub("", plain)):
        for pattern, role in _TITLES:
            if pattern.fullmatch(text):
                return role
    return ""


_TITLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (_CONTENTS, "contents"), (_FRONT, "front"), (_REFERENCES, "references"), (_INDEX, "index"),
)  # fmt: skip


def page_role(blocks: Sequence[Spot], *, is_first: bool) -> Role:
    """The role of a page with these blocks in the order of its content."""
    lines = [line.strip() for _, text in blocks for line in text.splitlines() if line.strip()]
    words = sum(len(line.split()) for line in lines)
    numberless = [line for line in lines if not _NUMBER.fullmatch(line)]
    if words < _BLANK_WORDS and not (is_first and numberless):
        named = title_role(" ".join(numberless)) if numberless else ""
        return named or ("part" if any(_PART.fullmatch(line) for line in numberless) else "blank")
    heads = _heads(blocks)
    if listed := _by_its_lines(lines):
        return listed
    for head in heads[:_FIRST_LINES]:
        if role := title_role(head):
            return role
    if words < _PART_WORDS and any(_PART.fullmatch(head) for head in heads[:2]):
        return "part"
    if any(_OPENS.fullmatch(head) for head in heads[:2]):
        return "opens"
    if is_first and words < _TITLE_WORDS and not any(_is_sentence(text) for _, text in blocks):
        return "title"
    return ""


def _heads(blocks: Sequence[Spot]) -> list[str]:
    """The first lines but for running headers, which share their height with a page number."""
    numbers = [top for top, text in blocks if _NUMBER.fullmatch(text.strip())]
    return [
        line.strip()
        for top, text in blocks[: 2 * _FIRST_LINES]
        if all(abs(top - other) > _SAME_HEIGHT_PT for other in numbers)
        for line in text.splitlines()
        if line.strip() and not _NUMBER.fullmatch(line.strip())
    ]


def _by_its_lines(lines: Sequence[str]) -> Role:
    """Contents have leaders, or end in numbers that rise; an index ends in several numbers."""
    if len(lines) < _FEWEST_LINES:
        return ""
    leaders = sum(bool(_LEADER.search(line)) for line in lines)
    if leaders > _LEADER_SHARE * len(lines):
        return "contents"
    several = sum(bool(_MANY_NUMBERS.search(line)) for line in lines)
    named = sum(bool(_WORD.search(line)) for line in lines)
    if named < _NAMED_SHARE * len(lines):
        return ""  # a table, a diagram
    tails = [int(found[1]) for line in lines if (found := _TAIL.search(line)) and found[1].isdecimal()]
    if len(tails) < max(_FEWEST_LINES, _TAIL_SHARE * len(lines)):
        return ""
    letters = [line[:1].casefold() for line in lines if line[:1].isalpha()]
    if several > 2 and _rising(letters) > _RISING_SHARE:
        return "index"
    return "contents" if _rising(tails) > _RISING_SHARE and not any(_is_sentence(line) for line in lines) else ""


def _rising(values: Sequence[int] | Sequence[str]) -> float:
    steps = [a <= b for a, b in pairwise(values)]  # type: ignore[operator]
    return sum(steps) / len(steps) if steps else 0.0


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[a-zà-ÿ]{2}[.!?]\s*$", text)) and len(text.split()) > 7
