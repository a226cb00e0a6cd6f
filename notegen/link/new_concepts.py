"""Which concepts of a passage get a note of their own: few, defined by the source, used more than once, and new."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from notegen.config import ConceptSettings
from notegen.draft.draft import BackgroundConcept, Draft, Statement
from notegen.draft.quoting.concepts.acronyms import acronyms_of
from notegen.extract.document import Block
from notegen.language.stems import fold
from notegen.language.words import GENERIC, STOP_WORDS
from notegen.link.name_forms import same_name
from notegen.link.related import NewConcept
from notegen.link.sure_names import SureNames
from notegen.link.vault_index import VaultIndex
from notegen.link.words import Ids, ids_of, name_ids
from notegen.reading.passage import Passage
from notegen.vault.identity import passage_key
from notegen.vault.names import collision_key, legal_name

MIN_PLACES = 2
"""Sections of the passage, or passages, in which a concept has to be used."""
MAX_RELATED = 5
_PROSE = frozenset(["paragraph", "list"])


def new_concepts(
    draft: Draft, passage: Passage, names: SureNames, index: VaultIndex, settings: ConceptSettings
) -> tuple[NewConcept, ...]:
    """The concepts that get a note, in the order of the draft.

    index: of the vault without the log of this passage and the notes that it made.
    None for a concept that any note of the vault is called by (case, plural and acronym aside), nor for one whose note
    was there once and was deleted: a log still links it.
    """
    acronyms = acronyms_of([block.text for block in passage.blocks if block.kind in _PROSE])
    wished = _links_to_nowhere(index)
    made: list[NewConcept] = []
    taken: list[tuple[str, ...]] = []
    for each in draft.defined:
        if len(made) >= settings.new_per_log:
            break
        called = (each.name, *_other_names(each.name, acronyms))
        path = _path(each.name, settings.folder)
        is_twin = any(_same(one, other) for known in taken for one in called for other in known)
        is_known = any(_is_there(name, index) for name in called) or collision_key(posixpath.basename(path)) in wished
        if is_twin or is_known or not _is_fit(each) or _places(called, passage, index) < MIN_PLACES:
            continue
        taken.append(called)
        made.append(
            NewConcept(
                name=each.name,
                path=path,
                aliases=called[1:],
                what=_quoted(each.what),
                why=_quoted(each.why) if each.why and each.why.evidence.text else None,
                passage=passage_key(passage.document.book or passage.document.sha256, passage.pdf_pages),
                related=_related(called, passage, names),
            )
        )
    return tuple(made)


def _other_names(name: str, acronyms: dict[str, str]) -> tuple[str, ...]:
    short = [acronym for acronym, words in acronyms.items() if _same(words, name)]
    return tuple(short) or tuple(words for acronym, words in acronyms.items() if _same(acronym, name))


def _same(one: str, other: str) -> bool:
    return same_name(one, other, "en")


def _path(name: str, folder: str) -> str:
    title = legal_name(name[:1].upper() + name[1:])
    inside = "/".join(legal_name(part, "") for part in folder.strip("/").split("/") if part.strip(" ."))
    return f"{inside}/{title}" if inside else title


def _is_there(name: str, index: VaultIndex) -> bool:
    """Whether any note of the vault is called so, or any file stands where a link of that name would lead."""
    mention = index.names.lookup(name)
    places = [place for place, _ in mention.meanings] if mention else []
    if any(_same(name, own) for place in places for own in index.names_of(place)):
        return True
    return bool(index.files.named(legal_name(name)))


def _links_to_nowhere(index: VaultIndex) -> set[str]:
    """File names that logs link and that are not there (any more)."""
    return {
        collision_key(f"{posixpath.basename(link.target).removesuffix('.md')}.md")
        for note in index.notes
        if note.is_log
        for link in note.links
        if not index.files.named(f"{posixpath.basename(link.target).removesuffix('.md')}.md")
    }


def _is_fit(concept: BackgroundConcept) -> bool:
    """Whether the definition is quoted and the name can stand alone: "map" where a map is defined, not "sparse"."""
    words = concept.name.split()
    text = concept.what.evidence.text
    if not text or not words or (len(fold(concept.name)) < 3 and not concept.name.isupper()):
        return False
    if all(fold(word) in GENERIC or fold(word) in STOP_WORDS for word in words):
        return False
    called = rf"(?:^(?:(?i:an?|the)\s+)?|\b(?:an?|the)\s+[\"“‘']?){re.escape(concept.name)}"
    return len(words) > 1 or concept.name.isupper() or bool(re.search(called, text, re.IGNORECASE))


def _quoted(statement: Statement) -> Statement:
    """The source's own sentence."""
    evidence = statement.evidence
    return statement if statement.text == evidence.text else Statement(text=evidence.text, evidence=evidence)


def _places(called: Sequence[str], passage: Passage, index: VaultIndex) -> int:
    """In how many sections of the passage and other logs a concept is used."""
    wanted = [name_ids(name) for name in called]
    sections = sum(any(_has(ids_of(texts), words) for words in wanted) for texts in _sections(passage.blocks))
    logs = sum(any(_has(note.ids, words) for words in wanted) for note in index.notes if note.is_log)
    return sections + logs


def _sections(blocks: Sequence[Block]) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for block in blocks:
        if block.kind == "heading":
            sections.append([])
        elif block.kind in _PROSE:
            sections[-1].append(block.text)
    return sections


def _has(ids: Ids, words: Sequence[int]) -> bool:
    """Whether the words stand in a row."""
    at = np.arange(max(0, len(ids) - len(words) + 1))
    for offset, word in enumerate(words):
        at = at[ids[at + offset] == word]
    return bool(len(words) and len(at))


def _related(called: Sequence[str], passage: Passage, names: SureNames) -> tuple[str, ...]:
    """Notes named in the paragraphs that name the concept."""
    wanted = [name_ids(name) for name in called]
    counts: Counter[str] = Counter()
    for block in passage.blocks:
        if block.kind in _PROSE and any(_has(ids_of([block.text]), words) for words in wanted):
            counts.update(named.path for named in names.find(block.text, is_english=True))
    return tuple(path for path, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_RELATED])
