"""What the type of the passage and the book's own index say about names: headings, emphasis, key terms, index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notegen.extract.document import Block
from notegen.reading.passage import Passage
from notegen.reading.stretch import plain_title

MAX_EMPHASIS_WORDS = 6
"""What is longer is no name."""
_KEY_TERMS = re.compile(
    r"^(?:key|important|new) (?:terms?|words?|concepts?|vocabulary)\b|^glossary\b|^vocabulary\b|^glossar\b|"
    r"^(?:wichtige |zentrale )?(?:schlüssel|fach|grund)begriffe\b|^glossaire\b|^(?:mots|termes|notions)[ -]clés?\b|"
    r"^glosario\b|^(?:términos|conceptos|palabras) clave\b|^glossario\b|^glossário\b|^parole chiave\b|"
    r"^(?:termos|conceitos|palavras)[ -]chave\b",
    re.IGNORECASE,
)
_TERM_OF_ENTRY = re.compile(r"^([^:–—]{2,60}?)(?:\s*[:–—]|\s-\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Names as texts, still in any form."""

    headings: tuple[str, ...] = ()
    emphasised: tuple[str, ...] = ()
    """Whole runs in bold, italics or a colour of their own, as often as they stand there."""
    key_terms: tuple[str, ...] = ()
    """What a box or section of key terms, or a glossary, lists."""
    indexed: tuple[str, ...] = ()
    """What the book's index has for the passage's pages."""
    title: str = ""
    """Of the book."""


def marks_of(passage: Passage) -> Marks:
    """What the passage shows."""
    blocks = passage.blocks
    prose = [block for block in blocks if block.kind in ("paragraph", "list")]
    printed = {passage.label(page) for page in range(passage.first, passage.last + 1)}
    return Marks(
        headings=tuple(" ".join(block.text.split()) for block in blocks if block.kind == "heading"),
        emphasised=tuple(text for block in prose for text in _emphasised(block)),
        key_terms=tuple(_key_terms(blocks)),
        indexed=tuple(entry.term for entry in passage.document.index if printed & set(entry.pages)),
        title=passage.document.title,
    )


def _emphasised(block: Block) -> Iterator[str]:
    for start, end in block.emphasis:
        text = block.text[start:end].strip(" \t.,:;()[]\"'“”‘’«»–—")
        if text and len(text.split()) <= MAX_EMPHASIS_WORDS:
            yield text


def _key_terms(blocks: Sequence[Block]) -> Iterator[str]:
    listing = False
    for block in blocks:
        if block.kind == "heading":
            listing = bool(_KEY_TERMS.match(plain_title(block.text)))
        elif listing and block.kind in ("paragraph", "list"):
            shown = [block.text[start:end] for start, end in block.emphasis if start == 0]
            found = _TERM_OF_ENTRY.match(block.text)
            yield from shown or ([found[1]] if found else [])
