"""A Document as data and as readable text, for people and other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from notegen.extract.document import Block, Document, Page, Picture, Table


def as_json(document: Document) -> dict[str, Any]:
    """The Document as JSON values, without the bytes of images."""
    return {
        "sha256": document.sha256,
        "book": document.book,
        "title": document.title,
        "language": document.language,
        "page_count": document.page_count,
        "suspect": document.suspect,
        "ocr_advice": document.ocr_advice,
        "outline": [asdict(entry) for entry in document.outline],
        "highlights": [asdict(each) for each in document.highlights],
        "pages": [_page(page) for page in document.pages],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "index": page.index,
        "label": page.label,
        "width": page.width,
        "height": page.height,
        "ocr": page.ocr,
        "skipped": page.skipped,
        "blocks": [_block(block) for block in page.blocks],
        "pictures": [_picture(picture) for picture in page.pictures],
        "tables": [_table(table) for table in page.tables],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "level": block.level,
        "text": block.text,
        "bbox": list(block.bbox),
        "marker": block.marker,
        "language": block.language,
        "doubtful": [list(span) for span in block.doubtful],
        "maths": [{"start": each.start, "end": each.end, "tex": each.tex} for each in block.maths],
        "notes": [{"at": at, "mark": mark} for at, mark in block.notes],
        "struck": [{"at": at, "text": text} for at, text in block.struck],
        "runs_on": block.runs_on,
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "kind": picture.kind,
        "bbox": list(picture.bbox),
        "label": picture.label,
        "caption": picture.caption,
        "width_px": picture.width_px,
        "height_px": picture.height_px,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "bbox": list(table.bbox),
        "label": table.label,
        "caption": table.caption,
        "rows": [list(row) for row in table.rows],
    }


def as_markdown(document: Document) -> str:
    """The Document as text to read: headings, lists, code and tables in Markdown, each page under a comment."""
    parts = [f"# {document.title}"]
    if document.suspect:
        parts.append(f"> {document.suspect}")
    if document.ocr_advice:
        parts.append(f"> {document.ocr_advice}")
    for page in document.pages:
        parts.append(f"<!-- page {page.label}{', read by OCR' if page.ocr else ''} -->")
        if page.skipped:
            parts.append(f"> {page.skipped}")
        parts += _joined_items(page.blocks)
        parts += [f"[picture: {picture.caption or 'without a caption'}]" for picture in page.pictures]
        parts += [_table_text(table) for table in page.tables]
    return "\n\n".join(parts) + "\n"


def _joined_items(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The blocks' texts; the items of one list stand together."""
    items: list[str] = []
    for block in blocks:
        if block.kind == "list":
            items.append(_text(block))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _text(block)
    if items:
        yield "\n".join(items)


def _text(block: Block) -> str:
    text = _shown(block)
    match block.kind:
        case "heading":
            return f"{'#' * min(block.level + 1, 6)} {text}"
        case "list":
            marker = block.marker if re.fullmatch(r"\d+\.", block.marker) else "-"
            return f"{'  ' * (block.level - 1)}{marker} {text}"
        case "code":
            fence = "`" * max(3, max((len(run) + 1 for run in re.findall(r"`+", block.text)), default=3))
            return f"{fence}{block.language}\n{block.text}\n{fence}"
        case "caption":
            return f"*{text}*"
        case "formula":
            return f"[formula {block.marker}: {block.text}]".replace(" :", ":")
        case "footnote":
            return f"[^{block.marker}]: {text}" if block.marker else text
        case _:
            return text


def _shown(block: Block) -> str:
    """The block's text with its formulas as `$…$`, the marks of its footnotes and, as `~~…~~`, what is crossed out."""
    edits = [(each.start, each.end, f"${each.tex}$") for each in block.maths]
    edits += [(at, at, f"[^{mark}]") for at, mark in block.notes]
    text = block.text
    edits += [(at, at, f" ~~{words}~~" if text[:at].strip() else f"~~{words}~~ ") for at, words in block.struck]
    for start, end, shown in sorted(edits, reverse=True):
        text = text[:start] + shown + text[end:]
    return text


def _table_text(table: Table) -> str:
    caption = f"*{table.caption}*" if table.caption else ""
    if not table.rows:
        return caption or "[table]"
    rows = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in table.rows]
    rule = " | ".join("---" for _ in table.rows[0])
    return "\n".join([f"| {row} |" for row in (rows[0], rule, *rows[1:])]) + (f"\n\n{caption}" if caption else "")
