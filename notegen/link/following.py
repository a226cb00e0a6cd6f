"""Links that follow a note to its new name: the words that a reader sees stay as they are."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Collection
from urllib.parse import quote

from notegen.link.query_links import follow_in_queries
from notegen.link.vault_index import VaultIndex
from notegen.markdown.link_places import LinkPlace, link_places
from notegen.markdown.shown import link_words
from notegen.vault import regions
from notegen.vault.identity import properties_of
from notegen.vault.index import FileIndex
from notegen.vault.links import link_target
from notegen.vault.names import collision_key
from notegen.vault.properties import parse, split
from notegen.vault.property_record import read_record, rerecorded, with_record
from notegen.vault.settings import LinkFormat
from notegen.vault.vault import Vault

_CANVAS_VALUE = re.compile(r'("(file|text)"\s*:\s*)("(?:[^"\\]|\\.)*")')
"""What a card of a canvas shows: a file, or Markdown of its own."""


def linking_notes(index: VaultIndex, path: str) -> list[str]:
    """Paths of the notes that link to a note, that note itself included when it does."""
    place = index.places.get(path)
    found = [index.notes[int(source)].path for source in index.graph.sources(place)] if place is not None else []
    return sorted({*found, path})


def others_naming(path: str, known: Collection[str], vault: Vault) -> list[str]:
    """Paths of what has the note's name in it and is not among `known`: canvases, bases, templates, notes that Obsidian
    hides, and notes that link in queries. The index knows none of them."""
    name = posixpath.basename(path).removesuffix(".md")
    spellings = (collision_key(name), collision_key(quote(name)))
    found = []
    for each in vault.files.paths:
        if each.lower().endswith((".canvas", ".base")):  # few, and with ways of their own to write a letter
            found.append(each)
        elif each.lower().endswith(".md") and each not in known:
            text = collision_key(vault.text(each))
            found += [each] if any(spelling in text for spelling in spellings) else []
    return found


def follow(text: str, source: str, old: str, new: str, vault: Vault) -> str:
    """The text of the note at `source` with its links to the file `old` leading to the file `new`.

    Both are there, or `new` is about to be.
    """
    if source.lower().endswith(".canvas"):
        return _follow_in_canvas(text, source, old, new, vault)
    if source.lower().endswith(".md"):
        text = _redirected(text, source, lambda target: vault.resolve(target, source) == old, new, vault)
    return follow_in_queries(text, source, old, new, lambda target: vault.resolve(target, source))


def _follow_in_canvas(text: str, source: str, old: str, new: str, vault: Vault) -> str:
    """Every other byte stays: Obsidian's own order and spacing of a canvas is not JSON's of anyone else."""

    def followed(found: re.Match[str]) -> str:
        try:
            value = json.loads(found[3])
        except ValueError:
            return found[0]
        after = follow(value, source.removesuffix(".canvas") + ".md", old, new, vault) if found[2] == "text" else value
        after = new if found[2] == "file" and value == old else after
        return found[0] if after == value else found[1] + json.dumps(after, ensure_ascii=False)

    return _CANVAS_VALUE.sub(followed, text)


def follow_source(text: str, path: str, pdf_path: str, vault: Vault) -> str:
    """The text of the concept note at `path` with the links to its PDF leading to where that is now.

    A source that leads to another file is the learner's.
    """
    yaml_text, _ = split(text)
    written = parse(yaml_text or "").get("source")
    target = str(written or "").strip("[]").partition("|")[0].partition("#")[0]
    if not target or vault.resolve(target, path) is not None:
        return text
    return _redirected(text, path, lambda each: each == target, pdf_path, vault)


def _redirected(text: str, source: str, is_meant: Callable[[str], bool], new: str, vault: Vault) -> str:
    """A region, or a property, that was as notegen wrote it counts as that afterwards, too."""
    files, form = vault.files, vault.settings.link_format
    changes = [
        (place.start, place.end, _rewritten(place, source, new, files, form))
        for place in link_places(text)
        if place.target and is_meant(place.target)
    ]
    if not changes:
        return text
    before, body = split(text)
    untouched = [region.id for region in regions.find(body) if not region.damaged and region.is_as_written]
    for start, end, link in sorted(changes, reverse=True):
        text = text[:start] + link + text[end:]
    yaml_text, after = split(text)
    head, after = text[: len(text) - len(after)], regions.reseal(after, only=untouched)
    if (record := read_record(after)) and before != yaml_text:
        own = rerecorded(record, properties_of(before or ""), properties_of(yaml_text or ""))
        after = with_record(after, own)
    return head + after


def _rewritten(place: LinkPlace, source: str, new: str, files: FileIndex, form: LinkFormat) -> str:
    target = link_target(files, form, new, source, [new])
    url = quote(target, safe="/") + place.subpath.replace(" ", "%20")
    if place.kind == "definition":
        return url
    if place.kind in ("markdown", "image"):
        return f"{'!' if place.kind == 'image' else ''}[{place.shown}]({url}{place.title and f' {place.title}'})"
    short = target.removesuffix(".md") if new.endswith(".md") else target
    mark = "!" if place.kind == "embed" else ""
    alias = place.shown
    if place.kind == "wikilink" and not place.has_alias and not place.subpath:
        alias = link_words(place.target, "")
        alias = "" if alias == link_words(short, "") else alias
    return f"{mark}[[{short}{place.subpath}{place.bar + alias if alias or place.has_alias else ''}]]"


def names_after_merge(names: Collection[str], title: str) -> list[str]:
    """Aliases without repetition and without the title itself, in order."""
    seen = {title.casefold()}
    kept = []
    for name in names:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            kept.append(name)
    return kept
