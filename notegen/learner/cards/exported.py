"""Cards on their way to Anki: fields of HTML made of the Markdown in the cards note, and the time of their content."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from notegen.learner.cards.noted import NotedCard

_TOKEN = re.compile(
    r"""
    !?\[\[[^\[\]]*\#page=\d+[^\[\]]*\]\] | !?\[[^\[\]]*\]\([^()\s]*\#page=\d+[^()]*\)  # page links
    | \[\[(?P<wiki>[^\[\]]+)\]\] | \[(?P<label>[^\[\]]*)\]\([^()\s]*\)
    | \$(?P<tex>[^$\n]+)\$
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<entity>&\#?\w+;)
    | \*\*(?P<strong>[^*\n]+)\*\* | ==(?P<marked>[^=\n]+)==
    """,
    re.VERBOSE,
)
_PAGE_LABEL = re.compile(r"#page=\d+[^\[\]|]*\|([^\[\]|]+)\]\]|\[([^\[\]]+)\]\([^()\s]*#page=")
_ITEM = re.compile(r"[-*+] +")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedCard:
    """One note of Anki. Texts are HTML."""

    guid: str
    question: str
    answer: str
    source: str
    page: str
    tags: tuple[str, ...]
    changed_at: int
    """When its content came to be, seconds since 1970: what the learner changes in Anki later is newer, and stays."""


def exported(cards: Sequence[NotedCard], *, source: str, note_changed_at: int) -> list[ExportedCard]:
    """The cards as Anki gets them. source: title of the book. note_changed_at: of the note that holds them, for those
    that the learner edited there; the others are as old as the study of their passage."""
    return [
        ExportedCard(
            guid=card.id,
            question=as_html(card.question),
            answer=as_html(card.answer),
            source=html.escape(source),
            page=html.escape(page_label(card.answer)),
            tags=("notegen",),
            changed_at=note_changed_at if card.is_edited else _midnight(card.date),
        )
        for card in cards
    ]


def as_html(markdown: str) -> str:
    """The Markdown of a card as Anki shows it: formulas for MathJax, items as a list, links as their words."""
    lines = [line.strip() for line in markdown.split("\n") if line.strip()]
    parts: list[str] = []
    for line in lines:
        item = _ITEM.match(line)
        said = _inline(line[item.end() :] if item else line).strip()
        if item:
            parts.append(f"<li>{said}</li>")
        else:
            parts.append(f"<br>{said}" if parts and not parts[-1].startswith("<li>") else said)
    return re.sub(r"(?:<li>.*?</li>)+", lambda found: f"<ul>{found[0]}</ul>", "".join(parts))


def as_text(markdown: str) -> str:
    """The Markdown of a card as plain text, an item a line."""
    plain = re.sub(r"<li>", "\n- ", as_html(markdown).replace("<br>", "\n"))
    return html.unescape(re.sub(r"</?(?:b|li|ul)>", "", plain)).replace("\\(", "").replace("\\)", "").strip()


def _inline(line: str) -> str:
    said: list[str] = []
    end = 0
    for token in _TOKEN.finditer(line):
        said.append(html.escape(line[end : token.start()]))
        said.append(_token(token))
        end = token.end()
    return "".join([*said, html.escape(line[end:])])


def _token(token: re.Match[str]) -> str:
    if token["wiki"]:
        return html.escape(token["wiki"].rpartition("|")[2])
    if token["label"] is not None:
        return html.escape(token["label"])
    if token["tex"]:
        return f"\\({html.escape(token['tex'])}\\)"
    if token["escaped"]:
        return html.escape(token["escaped"])
    if token["entity"]:
        return html.escape(html.unescape(token["entity"]))
    if marked := token["strong"] or token["marked"]:
        return f"<b>{_inline(marked)}</b>"
    return ""


def page_label(markdown: str) -> str:
    """What the first page link of a text shows: "p. 25"; "" for none."""
    found = _PAGE_LABEL.search(markdown)
    return (found[1] or found[2]) if found else ""


def _midnight(date: str) -> int:
    """The beginning of a day in UTC; of time where it is no date."""
    try:
        day = dt.datetime.fromisoformat(date[:10]).replace(tzinfo=dt.UTC)
    except ValueError:
        return 0
    return max(0, int(day.timestamp()))
