"""Frontmatter, headings, sections, callouts, quotes, lists and footnotes; and what is begun and never ended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.markdown.anchors import heading_key
from notegen.markdown.dialect import CALLOUT_KINDS
from notegen.markdown.parsed import Heading, ParsedNote
from notegen.markdown.problem import LinkTargets, Problem, Rule, Severity, cut, error, info, warning

_QUOTED = re.compile(r"\s*((?:>\s*)+)(.*)$")
_CALLOUT = re.compile(r"\[![^\]\n]+\][+-]?(?:\s|$)")
_OWN_BLOCK = re.compile(r"\s*(#|```|~~~|\^[A-Za-z0-9-]+\s*$|[-*+]\s|\d+[.)]\s|---|\*\*\*|___|\$\$|%%|\||<)")
_RULE_LINE = re.compile(r"\s*([-*_]\s*){3,}$")
_BOILERPLATE = re.compile(
    r"\s*[*_]*[(\[].*\b(automatically extracted|optional|your input|generated)\b.*[)\]][*_]*\s*$"
    r"|\s*[-*+]\s+(\[ \]\s*)?$|[\s>]*$",
    re.IGNORECASE,
)
_FORM_LINE = re.compile(r"\s*(?:[-*+]|\d+[.)])\s.*:[*_]*\s*$")
_MANY_LINES = 30

_UNCLOSED: dict[str, tuple[str, Severity, str, str]] = {
    "fence": ("fence-unclosed", "error", "the code fence is not closed", 'inside a quote every line needs ">"'),
    "math": ("math-unclosed", "error", "$$ is not closed", "end it with $$"),
    "comment": ("comment", "error", "%% is not closed: it hides the rest of the note", "end it with %%"),
    "link": ("link-unclosed", "error", "[[ is not closed", "end it with ]] on the same line"),
    "highlight": ("highlight", "error", "== is not closed", "end it with == in the same paragraph"),
    "bold": ("bold", "warning", "** is not closed", "end it with ** in the same paragraph"),
}


def frontmatter(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Properties begin on line 1 and end."""
    if note.frontmatter is not None:
        return
    first = next((index for index, text in enumerate(note.lines) if text.strip()), 0)
    following = note.lines[first + 1 : first + 40]
    if note.lines[first].strip() == "---" and following and re.match(r"[\w-]+:(\s|$)", following[0]):
        message = "the properties are not on line 1, so they show as text" if first else "the properties are not closed"
        yield error("frontmatter", first + 1, message)


def unclosed(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Fences, maths, comments, links, highlights and bold text end."""
    for thing in note.unclosed:
        rule, severity, message, repair = _UNCLOSED[thing.what]
        yield Problem(rule=rule, severity=severity, line=thing.line, message=message, repair=repair)
    for mark in note.highlights:
        if mark.text != mark.text.strip():
            yield warning("highlight", mark.line, f"space inside ==…== ({cut(mark.text)})", repair="remove it")


def headings(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Headings have text, go down one level at a time, and can be linked."""
    seen: dict[str, int] = {}
    level = titles = 0
    for heading in note.headings:
        key, problem = heading_key(heading.text), _heading(heading, level)
        if problem:
            yield problem
        titles += heading.level == 1
        if heading.level == 1 and titles == 2:
            yield warning("multiple-h1", heading.line, "a second title (#)")
        if key in seen:
            yield info(
                "heading-duplicate",
                heading.line,
                f'"{cut(heading.text)}" repeats line {seen[key]}, where links to it go',
            )
        elif key:
            seen[key] = heading.line
        if re.search(r"[#^|\[\]\\]|%%", re.sub(r"\[\[[^\]]*\]\]|\[[^\]]*\]\([^)]*\)", "", heading.text)):
            yield info("heading-chars", heading.line, f'links drop characters of "{cut(heading.text)}"')
        level = heading.level
    if not note.headings and sum(bool(text.strip()) for text in note.lines) > _MANY_LINES:
        yield warning("no-headings", 1, "a long note without any heading")


def _heading(heading: Heading, previous_level: int) -> Problem | None:
    if not heading.text.strip():
        return error("heading-empty", heading.line, "heading without text")
    if heading.underlined:
        return warning(
            "heading-setext",
            heading.line,
            f'the line below makes "{cut(heading.text)}" a heading',
            repair="add a blank line before it",
        )
    if previous_level and heading.level > previous_level + 1:
        return warning("heading-jump", heading.line, f"from level {previous_level} to level {heading.level}")
    return None


def sections(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Every section says something: not nothing, and not only boilerplate. A form for the learner is fine."""
    tops = [heading for heading in note.headings if not heading.nested]
    for heading, following in zip(tops, [*tops[1:], None], strict=False):
        if following and following.level > heading.level:
            continue
        lines = note.lines[heading.end_line : following.line - 1 if following else len(note.lines)]
        body = [text for text in lines if text.strip() and not _RULE_LINE.match(text) and not re.match(r"\s*%%", text)]
        real = [text for text in body if not _BOILERPLATE.match(text)]
        only_comments = any(text.lstrip().startswith("```") for text in real) and all(
            re.match(r"\s*(```|#)", text) for text in real
        )
        name = cut(heading.text)
        if not body:
            yield error("empty-section", heading.line, f'"{name}" is empty')
        elif not real or only_comments:
            yield error("empty-section", heading.line, f'"{name}" holds only boilerplate')
        elif all(_FORM_LINE.match(text) for text in real):
            yield info("unfilled-form", heading.line, f'"{name}" waits to be filled')


def callouts(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Callouts are of a known type and not empty."""
    for callout in note.callouts:
        if callout.kind not in CALLOUT_KINDS:
            yield warning("callout-type", callout.line, f'unknown callout type "{callout.kind}" shows as a note')
        if not callout.has_body and not callout.title:
            yield warning("callout-empty", callout.line, "empty callout")


def quotes(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Callout headers are whole, first in their quote, and no line is swallowed by a quote above it."""
    before, before_depth = "", 0
    for line in range(note.body_line, len(note.lines) + 1):
        text = note.lines[line - 1]
        quoted = _QUOTED.match(text)
        body, depth = (quoted[2], quoted[1].count(">")) if quoted else (text.strip(), 0)
        if line not in note.verbatim:
            if message := _header(body, depth, before, before_depth):
                yield error("callout-malformed", line, message)
            swallowing = (
                before_depth and before.strip() and not re.match(r"\[!|#|```", before) and line - 1 not in note.verbatim
            )
            if not depth and body and swallowing and not _OWN_BLOCK.match(text):
                yield warning(
                    "callout-lazy",
                    line,
                    'a line without ">" right after a quote is swallowed into it',
                    repair="put a blank line before it",
                )
        before, before_depth = body, depth


def _header(body: str, depth: int, before: str, before_depth: int) -> str:
    """What is wrong with the callout header `body`; "" when nothing is, or it is none."""
    if re.match(r"(\*\*|__|\\)\[![A-Za-z]", body) and depth:
        return "the callout marker is escaped or bold"
    if not re.match(r"\[\s*!\s*[A-Za-z]", body):
        return ""
    if not depth:
        return f'"{cut(body)}" needs a leading ">"'
    if not _CALLOUT.match(body):
        return "the callout bracket is not closed" if "]" not in body else "no space between callout type and title"
    if re.match(r"\[!?\s|\[[^\]]*\s\]", body):
        return "space inside [! ]"
    if before_depth >= depth:
        return "two callouts in one quote, the second stays text: part them by a blank line without >"
    return ""


def lists(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """No line is swallowed by a list item above it."""
    for prose in note.prose:
        if prose.in_list and "\n" in prose.text:
            for line in range(prose.line + 1, prose.line + 1 + prose.text.count("\n")):
                text = re.sub(r"^\s*(?:>\s?)+", "", note.lines[line - 1])
                if re.match(r"[^\s\[^]", text):
                    yield warning(
                        "list-lazy",
                        line,
                        "an unindented line right after a list item is swallowed into it",
                        repair="put a blank line before it",
                    )


def footnotes(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Every footnote has its definition."""
    defined = {note.text for note in note.footnotes if note.definition}
    for footnote in note.footnotes:
        if not footnote.definition and footnote.text not in defined:
            yield error("footnote", footnote.line, f"footnote [^{footnote.text}] has no definition")


RULES: tuple[Rule, ...] = (
    frontmatter,
    unclosed,
    headings,
    sections,
    callouts,
    quotes,
    lists,
    footnotes,
)
