"""What the learner wrote in a note, piece by piece: under which heading, after which prompt, below which question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from notegen.vault.properties import split
from notegen.vault.regions import find

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>\S.*)")
_BULLET = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[(?P<tick>.)\][ \t]*)?")
_NOT_WORDS = re.compile(r"^[\s>]*(?:\[![a-z-]+\][-+]?.*|-{3,}|%%.*|)$")
_STRUCK = re.compile(r"^~~.*~~[.!]?$")
_CARD_NO = re.compile(r"\(?\bcard[ \t]*::?[ \t]*no\b\)?", re.IGNORECASE)
_LINK = re.compile(r"\[\[[^\[\]]*\]\]|\[[^\[\]]*\]\([^()\s]*\)")
CHECK, WARM_UP = "check-", "check-warmup"
"""How the keys of regions with self-checks begin; that of what is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A piece of the learner's own text, outside notegen's regions."""

    heading: str
    """Of the section in which it stands."""
    prompt: str
    """What the template asks there, "" for text of its own."""
    text: str
    """One line, without marks of lists and quotes."""
    below: str
    """What stands in a list below it, likewise."""
    is_done: bool
    """It is struck through, or its box is ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A self-check question of a log."""

    question: str
    """As it stands there."""
    is_ticked: bool
    is_warm_up: bool
    """It was asked again because it was due."""
    answer: str
    """What the learner typed after or below it; "" for nothing."""


def written_pieces(text: str, prompts: Collection[str]) -> Iterator[Written]:
    """The pieces of a note. prompts: what templates ask, each ending in a colon; a line that begins with one is an
    answer to it, and so are the lines below that are indented or belong to no list."""
    body = split(text)[1]
    for region in reversed(find(body)):
        body = body[: region.start] + body[region.end :]
    heading = prompt = ""
    parts: list[str] = []
    below: list[str] = []
    is_done = False

    def piece() -> Iterator[Written]:
        said = " ".join(" ".join(parts).split())
        if said:
            yield Written(
                heading=heading,
                prompt=prompt,
                text=said.strip("~ "),
                below=" ".join(" ".join(below).split()),
                is_done=is_done or _is_struck(said),
            )

    for line in body.replace("\u200b", "").split("\n"):
        if found := _HEADING.match(line):
            yield from piece()
            heading, prompt, parts, below, is_done = found["text"].strip(), "", [], [], False
            continue
        if _NOT_WORDS.match(line):
            continue
        bullet = _BULLET.match(line)
        said = line[bullet.end() :].strip() if bullet else line.strip(" \t>")
        asked = next((each for each in prompts if said.startswith(each)), "")
        if asked or (bullet and not line.startswith((" ", "\t"))):
            yield from piece()
            prompt, parts, below = asked, [said[len(asked) :].strip()], []
            is_done = bool(bullet and bullet["tick"] not in (None, " "))
        else:
            (below if bullet and any(parts) else parts).append(said)
    yield from piece()


def _is_struck(text: str) -> bool:
    return bool(_STRUCK.match(text))


def checks_in(text: str) -> list[Check]:
    """The self-checks of a log, in order, with what the learner typed below each."""
    found: list[Check] = []
    for region in find(split(text)[1]):
        if region.damaged or not region.id.startswith(CHECK):
            continue
        asked: list[tuple[str, bool, list[str]]] = []
        for line in region.text.split("\n"):
            bullet = _BULLET.match(line)
            if bullet and bullet["tick"] and not line.replace(" ", "").startswith(">>"):
                question, mark, rest = line[bullet.end() :].partition("?")
                rest = _LINK.sub("", _CARD_NO.sub("", rest)).strip()
                asked.append((f"{question}{mark}", bullet["tick"] != " ", [rest] if rest else []))
            elif line.replace(" ", "").startswith(">>") or re.match(r"^[ \t]*>?[ \t]*\[!", line):
                asked += [("", False, [])] if asked and asked[-1][0] else []
            elif asked and not _NOT_WORDS.match(line):
                asked[-1][2].append(_CARD_NO.sub("", _BULLET.sub("", line).strip(" \t>")).strip())
        found += [
            Check(
                question=question,
                is_ticked=ticked,
                is_warm_up=region.id == WARM_UP,
                answer=" ".join(each for each in answer if each),
            )
            for question, ticked, answer in asked
            if question
        ]
    return found
