"""Links that follow a note to its new name: the words that a reader sees stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection
from urllib.parse import quote

from notegen.link.vault_index import VaultIndex
from notegen.markdown.link_places import LinkPlace, link_places
from notegen.markdown.shown import link_words
from notegen.vault import regions
from notegen.vault.index import FileIndex
from notegen.vault.links import link_target
from notegen.vault.properties import parse, split
from notegen.vault.settings import LinkFormat
from notegen.vault.vault import Vault


def linking_notes(index: VaultIndex, path: str) -> list[str]:
    """Paths of the notes that link to a note, that note itself included when it does."""
    place = index.places.get(path)
    found = [index.notes[int(source)].path for source in index.graph.sources(place)] if place is not None else []
    return sorted({*found, path})


def follow(text: str, source: str, old: str, new: str, vault: Vault) -> str:
    """The text of the note at `source` with its links to the file `old` leading to the file `new`.

    Both are there, or `new` is about to be.
    """
    return _redirected(text, source, lambda target: vault.resolve(target, source) == old, new, vault)


def follow_source(text: str, path: str, pdf_path: str, vault: Vault) -> str:
    """The text of the concept note at `path` with the links to its PDF leading to where that is now."""
    yaml_text, _ = split(text)
    written = parse(yaml_text or "").get("source")
    target = str(written or "").strip("[]").partition("|")[0].partition("#")[0]
    if not target or vault.resolve(target, path) == pdf_path:
        return text
    return _redirected(text, path, lambda each: each == target, pdf_path, vault)


def _redirected(text: str, source: str, is_meant: Callable[[str], bool], new: str, vault: Vault) -> str:
    """A region that was as notegen wrote it counts as that afterwards, too."""
    files, form = vault.files, vault.settings.link_format
    changes = [
        (place.start, place.end, _rewritten(place, source, new, files, form))
        for place in link_places(text)
        if place.target and is_meant(place.target)
    ]
    if not changes:
        return text
    _, body = split(text)
    untouched = [region.id for region in regions.find(body) if not region.damaged and region.is_as_written]
    for start, end, link in sorted(changes, reverse=True):
        text = text[:start] + link + text[end:]
    _, after = split(text)
    return text[: len(text) - len(after)] + regions.reseal(after, only=untouched)


def _rewritten(place: LinkPlace, source: str, new: str, files: FileIndex, form: LinkFormat) -> str:
    target = link_target(files, form, new, source, [new])
    if place.kind in ("markdown", "image"):
        url = quote(target, safe="/") + place.subpath.replace(" ", "%20")
        return f"{'!' if place.kind == 'image' else ''}[{place.shown}]({url})"
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
