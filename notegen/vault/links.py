"""Links as the learner's own Obsidian would write them, each one checked to lead where it should."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Protocol
from urllib.parse import quote

from notegen.markdown import write
from notegen.vault.index import FileIndex, resolve
from notegen.vault.names import is_linkable
from notegen.vault.settings import LinkFormat, ObsidianSettings

_URL_UNSAFE = re.compile(r"[\s%<>()\[\]\"\\#?^|`*_~]")


class LinkingVault(Protocol):
    """What is needed of a `Vault` to write its links."""

    @property
    def files(self) -> FileIndex: ...
    @property
    def settings(self) -> ObsidianSettings: ...


def link(
    vault: LinkingVault,
    path: str,
    source_path: str,
    *,
    page: int | None = None,
    alias: str = "",
    embed: bool = False,
    width: int | None = None,
    in_table: bool = False,
    planned: Collection[str] = (),
) -> str:
    """Return a link from the note `source_path` to the file `path`, in the form that the vault is set to.

    page: of a PDF, counted from 1 in the file. alias: the text shown, or an image's alternative text. width: of an
    embed, in pixels. in_table: the link stands in a table cell. planned: other files that are about to exist.
    """
    target = link_target(vault.files, vault.settings.link_format, path, source_path, planned)
    subpath = f"#page={page}" if page is not None else ""
    mark = "!" if embed else ""
    bar = "\\|" if in_table else "|"
    shown = write.label(alias)
    if vault.settings.use_markdown_links:
        label = write.escape(shown) or posixpath.basename(path).removesuffix(".md")
        size = f"{bar}{width}" if embed and width else ""
        url = _URL_UNSAFE.sub(lambda match: quote(match[0]), target)
        return f"{mark}[{label}{size}]({url}{subpath})"
    parts = [_without_md(vault.files, target, path, source_path, planned) + subpath, *([shown] if shown else [])]
    if embed and width:
        parts.append(str(width))
    return f"{mark}[[{bar.join(parts)}]]"


def property_link(vault: LinkingVault, path: str, source_path: str, planned: Collection[str] = ()) -> str:
    """Return `[[…]]` for a property of the note `source_path`: the only kind of link that one can hold."""
    target = link_target(vault.files, vault.settings.link_format, path, source_path, planned)
    return f"[[{_without_md(vault.files, target, path, source_path, planned)}]]"


def link_target(
    index: FileIndex, link_format: LinkFormat, path: str, source_path: str, planned: Collection[str] = ()
) -> str:
    """Return the first way to write `path` (suffix included) that leads to it and to nothing else."""
    path = index.spelling(path)
    coming = {path, *planned}
    usable = [
        unicodedata.normalize("NFC", target)
        for target in _targets(index, link_format, path, source_path, coming)
        if resolve(index, target, source_path, coming) == path
    ]
    linkable = [target for target in usable if all(is_linkable(part) for part in target.strip("./").split("/"))]
    return (linkable or usable or [path])[0]


def _targets(
    index: FileIndex, link_format: LinkFormat, path: str, source_path: str, coming: Collection[str]
) -> Iterator[str]:
    name = posixpath.basename(path)
    is_unique = {*index.named(name), *FileIndex(coming).named(name)} == {path}
    if link_format == "shortest" and is_unique:
        yield name
    elif link_format == "relative":
        near = posixpath.relpath(path, posixpath.dirname(source_path) or ".")
        yield near
        yield f"./{near}"
    yield path
    yield f"/{path}"
    if is_unique:
        yield name


def _without_md(index: FileIndex, target: str, path: str, source_path: str, planned: Collection[str]) -> str:
    """Drop ".md" from a wikilink, where the rest is not the name of another file ("Book.pdf.md" beside "Book.pdf")."""
    short = target.removesuffix(".md")
    if index.named(short):
        return target
    meant = resolve(index, target, source_path, {path, *planned})
    return short if resolve(index, short, source_path, {path, *planned}) == meant else target
