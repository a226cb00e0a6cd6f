"""Putting links into a text: nothing else of it changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from notegen.link.sure_names import Named, SureNames, in_context
from notegen.link.typeset import typed
from notegen.link.vault_index import VaultIndex
from notegen.markdown import write
from notegen.markdown.editable import HIDDEN, editable
from notegen.vault import regions
from notegen.vault.properties import split
from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link that a note could have."""

    start: int
    end: int
    """Offsets of the words in the note's text."""
    line: int
    """From 1."""
    shown: str
    """The words, which stay."""
    path: str
    """Of the note meant."""
    link: str
    """What would stand in their place."""


def new_links(text: str, place: int, index: VaultIndex, names: SureNames, vault: Vault) -> list[NewLink]:
    """The links that the prose of a note could have: first mentions of notes that it does not link yet.

    text: the whole note. place: its place in the index. Regions that notegen wrote are left alone.
    """
    note = index.notes[place]
    linked = {index.notes[target].path for _, target in index.links[place]}
    inside = editable(text)
    mask = _without_regions(inside.mask, text)
    found = []
    fits = in_context(index, note.ids)
    for named in names.find(mask, is_english=note.is_english, leave_out={note.path, *linked}, fits=fits):
        link = link_to(named, text, vault, note.path, in_table=inside.is_in_table(named.start))
        if link:
            found.append(
                NewLink(
                    start=named.start,
                    end=named.end,
                    line=text.count("\n", 0, named.start) + 1,
                    shown=text[named.start : named.end],
                    path=named.path,
                    link=link,
                )
            )
    return found


def with_new_links(text: str, links: Collection[NewLink]) -> str:
    """The text with these links in it."""
    for link in sorted(links, key=lambda each: -each.start):
        text = text[: link.start] + link.link + text[link.end :]
    return text


def link_to(
    named: Named, text: str, vault: Vault, note_path: str, *, in_table: bool, planned: Collection[str] = ()
) -> str:
    """The link that takes the place of a mention; "" where the words could not be shown as they are.

    planned: notes that are about to exist.
    """
    shown = text[named.start : named.end]
    if write.label(typed(shown)) != typed(shown):
        return ""
    plain = vault.link(named.path, note_path, in_table=in_table, planned=planned)
    if plain == f"[[{shown}]]":
        return plain
    return vault.link(named.path, note_path, alias=shown, in_table=in_table, planned=planned)


def _without_regions(mask: str, text: str) -> str:
    _, body = split(text)
    offset = len(text) - len(body)
    kept = list(mask)
    for region in regions.find(body):
        if not region.damaged:
            start, end = offset + region.start, offset + region.end
            kept[start:end] = HIDDEN * (end - start)
    return "".join(kept)
