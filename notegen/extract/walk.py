"""The walk of extraction, inside the worker: open, survey, read lines, find headings, make blocks, pictures, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pymupdf

from notegen.extract.annotations import set_aside
from notegen.extract.document import Highlight, Page
from notegen.extract.facts import Advice, Facts, first_piece
from notegen.extract.opening import SALVAGED, opened
from notegen.extract.page_reader import PageReader
from notegen.extract.placeholder import refuse_placeholder
from notegen.extract.request import Report, Request
from notegen.extract.salvage import without_guesses
from notegen.extract.survey import facts_of


def read(request: Request, report: Report) -> Iterator[Facts | Page | Advice]:
    """The facts of the file, unless they are known, then the pages asked for, as they are ready, then advice.

    A page's `runs_on` says only that the page ends within a sentence. Raises PdfError when the file is no readable PDF.
    """
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    document, suspect = opened(request.path, password=request.password, cut_off=request.cut_off)
    facts = request.facts
    highlights: list[Highlight] = []
    for index in range(document.page_count):
        if index not in request.skip:
            report(index)
            highlights += set_aside(document, index)
    if facts is None:
        facts = facts_of(document, request.path, suspect=suspect, skip=set(request.skip), at_page=report)
        facts = replace(facts, highlights=tuple(highlights))
        if not request.skip:  # a page that cannot be read is not asked again
            refuse_placeholder(document, facts, request.path.name)
        yield facts
    pieces = [first_piece(range(facts.page_count))] if request.pieces is None else request.pieces
    reader = PageReader(document, request, facts)
    for piece in pieces:
        for page in reader.read([index for index in piece if 0 <= index < facts.page_count], report):
            yield without_guesses(page) if suspect == SALVAGED else page
    if reader.ocr_advice:
        yield Advice(reader.ocr_advice)
