"""Links and embeds: where they lead, and what opening the note would fetch or run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.markdown.anchors import has_subpath
from notegen.markdown.dialect import DANGEROUS_HTML, FILE_EXTENSIONS, IMAGE_EXTENSIONS, KNOWN_HTML
from notegen.markdown.parsed import Link, ParsedNote
from notegen.markdown.problem import LinkTargets, Problem, Rule, cut, error, info, warning

_PAGE = re.compile(r"[#&]page=(\d+)")
_PDF_SUBPATH = re.compile(r"(page|height|annotation|selection|toolbar|rect|offset|color)=")
_SAFE_ACTIONS = frozenset({"open", "search", "vault"})
_SIZE = re.compile(r"\d+(x\d+)?")
_ABSOLUTE = re.compile(r"[A-Za-z]:[\\/]|/(home|Users|root|tmp|mnt|etc|var)/|\\\\")


def _extension(target: str) -> str:
    name = target.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def _all_links(note: ParsedNote) -> Iterator[Link]:
    """Links of the body and of the properties."""
    yield from note.links
    for line, text in enumerate(note.lines[1 : note.body_line - 1], 2):
        for match in re.finditer(r"\[\[([^\[\]|#]*)(#[^\[\]|]*)?(?:\|([^\[\]]*))?\]\]", text):
            target, subpath, alias = (group or "" for group in match.groups())
            yield Link(kind="wikilink", target=target.strip(), subpath=subpath, alias=alias, line=line)


def targets_exist(note: ParsedNote, targets: LinkTargets) -> Iterator[Problem]:
    """Every link, embed, page, heading and block leads somewhere."""
    own = targets.resolve("")
    for link in _all_links(note):
        if link.is_url or link.kind == "autolink" or _ABSOLUTE.match(link.target):
            continue
        if not link.target and not link.subpath.strip("# "):
            yield error("link-empty", link.line, "link without a target")
            continue
        path = targets.resolve(link.target) if link.target else own
        if link.target and path is None:
            file = link.kind in ("embed", "image") or _extension(link.target) in FILE_EXTENSIONS
            yield Problem(
                rule="unresolved-embed" if file else "unresolved-link",
                severity="error" if file else "warning",
                line=link.line,
                message=f'"{link.target}" is not in the vault',
            )
        elif link.kind == "embed" and path == own and not link.subpath:
            yield error("self-embed", link.line, "the note embeds itself")
        elif link.subpath:
            yield from _subpath(note, targets, link, path, own)


def _subpath(
    note: ParsedNote, targets: LinkTargets, link: Link, path: str | None, own: str | None
) -> Iterator[Problem]:
    extension = _extension(path or "x.md")
    if extension == "md":
        found = has_subpath(note, link.subpath) if path == own else targets.has_heading(path or "", link.subpath)
        if not found:
            what = "block" if link.subpath.startswith("#^") else "heading"
            where = f'"{link.target}"' if link.target else "this note"
            yield error(
                "unresolved-anchor",
                link.line,
                f"{where} has no {what} {link.subpath}",
                repair="name a heading by its text, not by a slug",
            )
    elif extension == "pdf":
        page, count = _PAGE.search(link.subpath), targets.page_count(path or "")
        if page and count is not None and not 1 <= int(page[1]) <= count:
            yield error(
                "pdf-page",
                link.line,
                f'"{link.target}" has {count} pages, the link wants page {page[1]}',
                repair="count PDF pages from 1, whatever number is printed on them",
            )
        elif not _PDF_SUBPATH.search(link.subpath):
            yield warning("pdf-subpath", link.line, f'"{link.subpath}" means nothing in a PDF', repair="write #page=N")


def link_form(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Links are written so that Obsidian reads them as meant."""
    for link in note.links:
        size = link.alias.rpartition("|")[2].strip()
        if link.kind == "embed" and _extension(link.target) in IMAGE_EXTENSIONS and re.fullmatch(r"[\d.x×% px]+", size):
            if not _SIZE.fullmatch(size):
                yield warning("image-size", link.line, f'image size "{size}"', repair="write WIDTH or WIDTHxHEIGHT")
        elif link.kind == "image" and not link.alias.strip():
            yield info("image-alt", link.line, "image without alternative text")
        if link.kind in ("wikilink", "embed") and re.search(r'[\\:*"<>?]', link.target) and not link.is_url:
            yield warning("link-chars", link.line, f'no file can be named "{link.target}"')
    for prose in note.prose:
        for match in re.finditer(
            r"(!?)\[[^\]\[\n]*\]\(([^()<>\"'\n]*\S[ \t]+[^\s()<>\"'][^()<>\"'\n]*)\)", prose.plain
        ):
            if match[1] or re.search(r"[/.]", match[2]):
                yield error(
                    "link-space",
                    prose.line + prose.plain.count("\n", 0, match.start()),
                    f'space in the link target "{cut(match[2])}"',
                    repair="write %20",
                )
    for line, text in enumerate(note.lines[1 : note.body_line - 1], 2):
        if re.match(r"\s*(-|[^\s:]+:)\s+\[\[", text):
            yield error("frontmatter-link", line, "a link in a property is not quoted", repair='write "[[Note]]"')


def uris(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """No URL runs, acts or leaves the vault; no image is fetched when the note opens."""
    for link in note.links:
        before, _colon, after = link.target.partition(":")
        scheme = before.lower() if link.is_url else ""
        if scheme in ("javascript", "vbscript"):
            yield error("dangerous-uri", link.line, f"{scheme}: link runs a script")
        elif scheme == "data":
            yield error("dangerous-uri", link.line, "data: link carries its own content")
        elif scheme in ("file", "app", "capacitor") or _ABSOLUTE.match(link.target):
            yield error("local-uri", link.line, f'"{cut(link.target)}" is a place on one computer')
        elif scheme == "obsidian":
            action = after.strip("/").partition("?")[0]
            say = info if action in _SAFE_ACTIONS else warning
            yield say("obsidian-uri", link.line, f'obsidian:// action "{action}"')
        elif link.is_url and link.kind in ("image", "embed"):
            yield error("remote-image", link.line, f"fetched when the note opens: {cut(link.target)}")


def html(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """HTML is known, and neither runs nor fetches anything."""
    for tag in note.html:
        if tag.text.startswith("<!--"):
            continue
        name = re.sub(r"</?([A-Za-z0-9:-]+).*", r"\1", tag.text, flags=re.DOTALL).lower()
        if name in DANGEROUS_HTML:
            yield _html("html-dangerous", tag.line, f"<{name}> runs, loads or is dropped")
        elif name not in KNOWN_HTML:
            yield _html("html-unknown", tag.line, f"{cut(tag.text)} is taken for HTML and disappears")
        elif tag.text == "<s>" and "</s>" not in note.lines[tag.line - 1]:
            yield _html("html-unknown", tag.line, "<s> strikes out what follows")
        if re.search(r"[\s/]on[a-z]+\s*=", tag.text, re.IGNORECASE):
            yield _html("html-dangerous", tag.line, f"event handler in {cut(tag.text)}")
        if re.search(r"(javascript|vbscript)\s*:", tag.text, re.IGNORECASE):
            yield _html("dangerous-uri", tag.line, f"script in {cut(tag.text)}")
        if re.search(
            r"\s(src|srcset|poster|data|background)\s*=\s*[\"']?\s*(https?:)?//|url\s*\(", tag.text, re.IGNORECASE
        ):
            yield _html("remote-image", tag.line, f"fetched when the note opens: {cut(tag.text)}")


def _html(rule: str, line: int, message: str) -> Problem:
    return error(rule, line, message, repair="put it in backticks, or write &lt;")


RULES: tuple[Rule, ...] = (targets_exist, link_form, uris, html)
