"""From a Draft and the vault to the connections of its log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from notegen.config import ConceptSettings, LinkSettings
from notegen.draft.draft import Draft
from notegen.embed.encoder import Encoder
from notegen.link.meaning import meaning_of
from notegen.link.names import is_name
from notegen.link.new_concepts import new_concepts
from notegen.link.ranking import Suggestion, rank
from notegen.link.related import Related
from notegen.link.signals import Query
from notegen.link.sure_names import SureNames, can_be_linked, in_context
from notegen.link.vault_index import VaultIndex, open_notes
from notegen.link.words import ids_of, is_in_ascii
from notegen.reading.passage import Passage
from notegen.vault.identity import book_of
from notegen.vault.vault import Vault

MEANING_NOTES = 20
"""A vault with fewer notes is ranked without an encoder: it is not worth fetching one."""
SECTION_WORDS = 60
"""A section with fewer words is not looked at by itself."""
_READ = frozenset(["heading", "paragraph", "list", "caption"])
"""Blocks whose words say what a passage is about."""


def relate(
    draft: Draft,
    passage: Passage,
    vault: Vault,
    log_path: str,
    links: LinkSettings,
    concepts: ConceptSettings,
    encoder: Callable[[], Encoder | None],
) -> Related:
    """The connections of the log that is or will be at `log_path`. The vault is read as it is now, without that log and
    the notes that it made, so that making it again finds the same.

    encoder: asked only where there is something to compare by meaning; None where there is none.
    """
    document = passage.document
    mine = book_of(document.book, document.sha256, vault.logs()).passage_keys(passage.pdf_pages)
    notes = open_notes(vault)
    earlier = [note for note in notes if note.kind == "concept" and note.passage in mine]
    others = [note for note in notes if note.path != log_path and note.passage not in mine]
    index = VaultIndex(others, vault.files)
    parts = _parts(draft, passage)
    is_english = passage.language in ("", "en") and is_in_ascii(parts[0])
    names = SureNames.of(index, links.inline_min_probability)
    made = new_concepts(draft, passage, names, index, concepts)
    own = [(concept.path, (concept.name, *concept.aliases)) for concept in made]
    for path, called in (*own, *((note.path, (note.title, *note.names)) for note in earlier)):
        for name in called:
            names.add(name, path)
    return Related(
        notes=_related(index, vault, parts, links, encoder if is_english else lambda: None),
        concepts=made,
        names=names if links.inline else None,
        fits=in_context(index, ids_of(parts[0])),
        earlier=tuple(note.path for note in earlier),
        is_english=is_english,
    )


def _parts(draft: Draft, passage: Passage) -> list[list[str]]:
    """The texts of the whole passage, then those of each of its sections that says enough."""
    sections: list[list[str]] = [[]]
    for block in passage.blocks:
        if block.kind == "heading":
            sections.append([])
        if block.kind in _READ:
            sections[-1].append(block.text)
    whole = [draft.title, *(text for section in sections for text in section)]
    large = [section for section in sections if sum(len(text.split()) for text in section) >= SECTION_WORDS]
    return [whole, *(large if len(large) > 1 else [])]


def _related(
    index: VaultIndex,
    vault: Vault,
    parts: Sequence[Sequence[str]],
    links: LinkSettings,
    encoder: Callable[[], Encoder | None],
) -> tuple[Suggestion, ...]:
    """The best notes for the whole or for any part of it: a passage of several subjects is like no single note."""
    if not links.related or not index.notes:
        return ()
    model = encoder() if len(index.notes) >= MEANING_NOTES else None
    left_out = [
        note.path
        for note in index.notes
        if not can_be_linked(note.path) or (not is_name(note.title) and any(map(str.isalpha, note.title)))
    ]
    best: dict[str, Suggestion] = {}
    for texts in parts:
        meaning = meaning_of(vault, index, model, "\n".join(texts))
        for each in rank(index, Query(ids=ids_of(texts)), links.related, meaning=meaning, leave_out=left_out):
            if each.path not in best or each.score > best[each.path].score:
                best[each.path] = each
    found = sorted(best.values(), key=lambda each: (-each.score, each.path))
    return tuple(each for each in found if each.score >= links.related_min_score)[: links.related]
