"""What links need to know of one note, read from its text once and kept as a row."""

from __future__ import annotations

import json
import posixpath
import re
import sys
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from notegen.link.words import BREAK, Ids, ids_of, word_id
from notegen.markdown.parse import parse
from notegen.markdown.parsed import ParsedNote
from notegen.markdown.shown import link_words, shown, shown_blocks
from notegen.vault import regions
from notegen.vault.identity import identity_in
from notegen.vault.listed import listed
from notegen.vault.properties import split
from notegen.vault.property_record import read_record

READER = 6
"""Raise it when a note would be read differently: rows of another number are read again."""
MAX_CHARACTERS = 1_000_000
"""Of a note: what comes after is not read (no prose is that long, but exported data may be)."""
_ENGLISH = "the of and to is that for with are this it as be by".split()
_ENGLISH_SHARE = 0.08
"""English prose has 20 % of these words and more, other languages hardly any."""
_JUDGED = 800
"""So many words of a note tell its language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLink:
    """A link of a note to another file, as written."""

    target: str
    """Without its subpath and alias."""
    shown: str
    """The words that stand in the text."""
    is_own: bool = True
    """The learner's: it teaches and votes. What notegen wrote only tells which notes were there once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFacts:
    """One note of the vault."""

    path: str
    sha256: str
    """Of its bytes."""
    title: str
    """The file's name without ".md"."""
    names: tuple[str, ...]
    """Other names: its aliases, and its first heading where that is one of level 1."""
    tags: tuple[str, ...]
    links: tuple[WrittenLink, ...]
    """In the order of the text, those of the frontmatter first; embeds of notes and repeated links included."""
    is_english: bool
    kind: str
    """What it is to notegen, as its last comment says: "log", "concept", "plan"…; "" for any other note."""
    passage: str
    """Of a note that notegen made: the passage that it was made of (`identity.passage_key`); "" for any other."""
    ids: Ids
    """Its words in order (see `words.ids_of`)."""

    @property
    def is_log(self) -> bool:
        """Made by notegen of a passage."""
        return self.kind == "log"

    @property
    def is_about_a_book(self) -> bool:
        """Made by notegen of a book or a passage, and called by its name: no link of a mere name means it."""
        return self.kind in ("log", "cards", "plan", "sheet", "exam")

    def as_bytes(self) -> bytes:
        """The row's `facts`, without what the row has beside it."""
        links = [[link.target, link.shown, link.is_own] for link in self.links]
        return json.dumps([self.title, self.names, self.tags, links, self.is_english, self.kind, self.passage]).encode()


def facts_from(path: str, sha256: str, facts: bytes, words: bytes) -> NoteFacts:
    """The facts of a row. Raises ValueError for a row that is not one."""
    try:
        title, names, tags, links, is_english, kind, passage = json.loads(facts)
        written = tuple(
            WrittenLink(target=sys.intern(target), shown=sys.intern(shown), is_own=is_own)
            for target, shown, is_own in links
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"not a row of a note: {path}") from error
    return NoteFacts(
        path=path,
        sha256=sha256,
        title=title,
        names=tuple(names),
        tags=tuple(tags),
        links=written,
        is_english=is_english,
        kind=kind,
        passage=passage,
        ids=np.frombuffer(words, dtype=np.uint32),
    )


def read_facts(path: str, sha256: str, text: str) -> NoteFacts:
    """Read a note. Any text is a note."""
    note = parse(text[:MAX_CHARACTERS])
    title = posixpath.basename(path).removesuffix(".md")
    yaml_text = note.frontmatter or ""
    ids = ids_of(shown_blocks(note))
    identity = identity_in(text)
    return NoteFacts(
        path=path,
        sha256=sha256,
        title=title,
        names=_names(note, title, yaml_text),
        tags=tuple(dict.fromkeys((*listed(yaml_text, "tags", "tag"), *(tag.text for tag in note.tags)))),
        links=_links(note, yaml_text, is_own=identity is None and not read_record(text), written=_written_lines(text)),
        is_english=_is_english(ids),
        kind=identity.kind if identity else "",
        passage=identity.key if identity else "",
        ids=ids,
    )


def _names(note: ParsedNote, title: str, yaml_text: str) -> tuple[str, ...]:
    names = [*listed(yaml_text, "aliases", "alias"), *listed(yaml_text, "title")]
    top = next((heading for heading in note.headings if not heading.nested), None)
    if top and top.level == 1:
        names.append(" ".join(shown(top.text).split()))
    return tuple(name for name in dict.fromkeys(names) if name and name != title)


def _written_lines(text: str) -> frozenset[int]:
    """The lines of a note, from 1, that notegen wrote: a link in them is no word of the learner's."""
    if "%% notegen:begin " not in text:
        return frozenset()
    body = split(text)[1]
    before = text.count("\n", 0, len(text) - len(body)) + 1
    places = [(body.count("\n", 0, each.start), body.count("\n", 0, each.end)) for each in regions.find(body)]
    return frozenset(before + line for first, last in places for line in range(first, last + 1))


def _links(note: ParsedNote, yaml_text: str, *, is_own: bool, written: Collection[int]) -> tuple[WrittenLink, ...]:
    """is_own: whether the properties are the learner's. written: lines that notegen wrote."""
    found = [
        WrittenLink(target=inside.partition("|")[0].partition("#")[0].strip(), shown="", is_own=is_own)
        for inside in re.findall(r"\[\[([^\[\]\n]+)\]\]", yaml_text)
    ]
    for link in note.links:
        if link.kind == "autolink" or link.is_url or not link.target:
            continue
        words = ""
        if link.kind == "wikilink":
            words = link_words(link.target, link.alias)
        elif link.kind == "markdown":
            words = shown(link.alias)
        found.append(WrittenLink(target=link.target, shown=words, is_own=link.line not in written))
    return tuple(link for link in found if link.target)


def _is_english(ids: Ids) -> bool:
    """Judged by the commonest words; short notes and notes without prose count as English."""
    words = [word for word in ids[:_JUDGED].tolist() if word != BREAK]
    english = _english_ids()
    common = sum(word in english for word in words)
    return len(words) < 40 or common >= _ENGLISH_SHARE * len(words)


@lru_cache(maxsize=1)
def _english_ids() -> frozenset[int]:
    return frozenset(map(word_id, _ENGLISH))
