"""The text itself: broken characters, leftovers of tools and chats, tags, tasks, bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.markdown.parsed import ParsedNote
from notegen.markdown.problem import LinkTargets, Problem, Rule, Severity, cut, error

CHARACTER_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        ("ðŸ|ğŸ|ð\x9f", "UTF-8 read as another encoding"),
        ("â€|â„|âœ|âš|âž|â†|âˆ|â‰|Â[\xa0-\xbf]|Ã[\x80-\xbf]|ï¸|ï¿½|ï»¿", "UTF-8 read as cp1252"),
        ("‚Ä[îìôúùòœ¢ÖÜ¶]|‚Ü[íêëì]|‚úÖ|‚ö†|‚ùå|üî|üí|üß|Ô∏|\uf8ff[ëèæéø]", "UTF-8 read as MacRoman"),
        ("Ð[\x80-\xbf]|Ñ[\x80-\xbf]", "UTF-8 Cyrillic read as cp1252"),
        ("\ufffd", "replacement character"),
        ("[\x80-\x9f]", "C1 control character"),
        ("[\x00-\x08\x0b\x0c\x0e-\x1f]", "control character"),
        ("[\ue000-\uf8ff]", "private-use character"),
        ("[\u202a-\u202e\u2066-\u2069]", "character that turns the direction of the text"),
        ("[“‘][^”’\n]{1,60}†", "dagger where a closing quote was lost"),
        ("[\ufb00-\ufb06]", "ligature of a PDF font"),
        ("[A-Za-z]\xad[A-Za-z]", "soft hyphen inside a word"),
    )
)

_LEFTOVERS: tuple[tuple[str, Severity, str], ...] = (
    (r"automatically extracted", "error", "placeholder"),
    (r"one line summary of what i learned today", "error", "placeholder"),
    (r"lorem ipsum", "error", "placeholder"),
    (r"(?-i:\b(?:TODO|FIXME|TBD|XXX)\b)", "warning", "placeholder"),
    (r"\bas an? (?:AI|large) (?:language )?model\b|\bas an AI\b", "error", "chat leftover"),
    (
        r"example placeholder|placeholder text|\[insert [^\]]+\]|<insert|your (?:text|content|answer) here",
        "error",
        "placeholder",
    ),
    (r"^(?:would you like|let me know if|shall i|do you want me to)\b", "error", "chat leftover"),
    (r"^(?:certainly|sure|of course|absolutely)[!,]", "warning", "chat leftover"),
    (r"i hope this helps", "error", "chat leftover"),
    (r"here (?:is|are) (?:the|your) (?:summary|notes?|study notes)", "warning", "chat leftover"),
    (r"\b(?:contentReference|oaicite|turn\d+search\d+)\b|【\d+†", "error", "chat leftover"),
    (r"\(cid:\d+\)", "error", "PDF leftover"),
    (r"generated automatically on", "info", "boilerplate"),
)
LEFTOVERS = tuple((re.compile(pattern, re.IGNORECASE), severity, message) for pattern, severity, message in _LEFTOVERS)


_LEADING_MARKS = re.compile(r"^[\s>#*_\"'“(-]+")
_SOURCE_WORDS = re.compile(r"#\s|.*#page=\d")

LINE_RULES: tuple[tuple[str, Severity, re.Pattern[str], str, str], ...] = (
    (
        "task",
        "error",
        re.compile(r"[\s>]*[-*+](?:\[[ xX]\](?!\()|\s\[\](?:\s|$)|\s\[[ xX]\][^\s(])"),
        "malformed task",
        "write - [ ] text",
    ),
    ("bullet", "warning", re.compile(r"[\s>]*[•●▪◦‣·]\s"), "a typographic bullet makes no list", "write -"),
    ("heading-space", "error", re.compile(r"#{2,6}[^\s#]"), "no space after #", "add it"),
)


def characters(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """No wreck of a wrong encoding, no control, private-use or direction character."""
    for line, text in enumerate(note.lines, 1):
        if not text.isascii() or not text.isprintable():
            for pattern, message in CHARACTER_RULES:
                if match := pattern.search(text):
                    around = cut(text[max(0, match.start() - 20) : match.end() + 20])
                    yield error("mojibake", line, f"{message}: {around}")
                    break


def leftovers(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Nothing that a template, a chat or a tool left. Titles and cited sentences say what the source says; in a fence
    a chat may be kept."""
    for line, text in enumerate(note.lines[note.body_line - 1 :], note.body_line):
        if _SOURCE_WORDS.match(text):
            continue
        bare = _LEADING_MARKS.sub("", text)
        for pattern, severity, message in LEFTOVERS:
            anchored = pattern.pattern.startswith("^")
            is_shown = line in note.verbatim and (severity != "error" or message == "chat leftover")
            if not is_shown and pattern.search(bare if anchored else text):
                yield Problem(rule="placeholder", severity=severity, line=line, message=f"{message}: {cut(text)}")


def forms(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Tasks, bullets and headings are written as Markdown wants them."""
    for line, text in enumerate(note.lines[note.body_line - 1 :], note.body_line):
        if line not in note.verbatim:
            for rule, severity, pattern, message, repair in LINE_RULES:
                if pattern.match(text):
                    yield Problem(rule=rule, severity=severity, line=line, message=message, repair=repair)


def tags(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Nested tags have a name at every level."""
    for tag in note.tags:
        if tag.text.startswith("/") or tag.text.endswith("/") or "//" in tag.text:
            yield error("tag", tag.line, f"#{tag.text} has an empty level")


RULES: tuple[Rule, ...] = (characters, leftovers, forms, tags)
