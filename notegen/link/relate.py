"""From a Draft and the vault to the connections of its log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from notegen.config import ConceptSettings, LinkSettings
from notegen.draft.draft import Draft
from notegen.embed.encoder import Encoder
from notegen.link.meaning import meaning_of
from notegen.link.new_concepts import new_concepts
from notegen.link.ranking import Suggestion, rank
from notegen.link.related import Related
from notegen.link.signals import Query
from notegen.link.sure_names import SureNames
from notegen.link.vault_index import VaultIndex
from notegen.link.words import ids_of
from notegen.reading.passage import Passage
from notegen.vault.vault import Vault

MEANING_NOTES = 20
"""A vault with fewer notes is ranked without an encoder: it is not worth fetching one."""
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
    """The connections of the log that will be at `log_path`. The vault is read as it is now.

    encoder: asked only where there is something to compare by meaning; None where there is none.
    """
    index = VaultIndex.open(vault)
    texts = [draft.title, *(block.text for block in passage.blocks if block.kind in _READ)]
    is_english = passage.document.language in ("", "en")
    names = SureNames.of(index, links.inline_min_probability)
    made = new_concepts(draft, passage, names, index, log_path, concepts)
    for concept in made:
        for name in (concept.name, *concept.aliases):
            names.add(name, concept.path)
    return Related(
        notes=_related(index, vault, texts, log_path, links, encoder if is_english else lambda: None),
        concepts=made,
        names=names if links.inline else None,
        is_english=is_english,
    )


def _related(
    index: VaultIndex,
    vault: Vault,
    texts: Sequence[str],
    log_path: str,
    links: LinkSettings,
    encoder: Callable[[], Encoder | None],
) -> tuple[Suggestion, ...]:
    if not links.related:
        return ()
    worth = len(index.notes) >= MEANING_NOTES
    meaning = meaning_of(vault, index, encoder() if worth else None, "\n".join(texts))
    found = rank(index, Query(ids=ids_of(texts)), links.related, meaning=meaning, leave_out=[log_path])
    return tuple(each for each in found if each.score >= links.related_min_score)
