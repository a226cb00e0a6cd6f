"""Mermaid diagrams: what versions 11.3 and 11.13, which Obsidian ships, cannot draw or draw wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notegen.markdown.parsed import Code, ParsedNote
from notegen.markdown.problem import LinkTargets, Problem, Rule, Severity, cut, error

_KINDS = re.compile(
    r"(flowchart|graph|sequenceDiagram|classDiagram|stateDiagram|erDiagram|gantt|pie|mindmap|timeline|journey|"
    r"quadrantChart|xychart|gitGraph|sankey|block|requirementDiagram|C4\w+|packet|architecture|kanban|zenuml|radar|"
    r"treemap|info)(?![A-Za-z])"
)
_LABEL_HTML = re.compile(r"</?([A-Za-z][\w-]*)>")
_DRAWN_HTML = frozenset(["br", "b", "i", "u", "em", "strong", "sub", "sup", "small", "span", "div", "p", "code"])

LINE_RULES: tuple[tuple[str, Severity, str, re.Pattern[str], str, str], ...] = (
    ("mermaid-click", "error", "", re.compile(r"^\s*click\s"), "a click handler", "remove it"),
    (
        "mermaid-highlight",
        "warning",
        "",
        re.compile(r"==[A-Za-z][^=\n>]*[A-Za-z)]==(?!>)"),
        "{} shows its ==",
        "remove it",
    ),
    (
        "mermaid-wikilink",
        "warning",
        "",
        re.compile(r'"\s*\[\[[^\]]+\]\]'),
        "{} is not a link in a diagram",
        "write class X internal-link",
    ),
    (
        "mermaid-label",
        "error",
        "",
        re.compile(r'[\[({|]"\s*(?:\d+\.|[-+*])\s[^"]*"'),
        "{} is drawn as an unsupported list",
        "escape its first mark, e.g. #46; for the dot",
    ),
    (
        "mermaid-semicolon",
        "error",
        "sequenceDiagram",
        re.compile(r":[^#;]*;\s*\S"),
        "; ends the message",
        "write #59;",
    ),
)
"""(rule, severity, kind of diagram or "" for any, what on a line fires it, message with the match for {}, repair)"""

_UNQUOTED = (
    re.compile(r"^\s*subgraph\s+(?!\S+\s*\[)[^\"]*[()\[\]{}][^\"]*$"),
    re.compile(r"[\w-]\[(?!\(.*\)\]|\[|/|\\)[^\[\]\"]*[(){}][^\[\]\"]*\]"),
    re.compile(r"[\w-]\[[^\[\]\"]*\[[^\[\]\"]*\][^\[\]\"]+\]"),
    re.compile(r"\w\((?!\(|\[)[^()\"]*\([^()\"]*\)[^()\"]*\)"),
    re.compile(r"\w\{(?!\{)[^{}\"]*[()\[\]][^{}\"]*\}"),
    re.compile(r"\|[^|\"]*[()\[\]{}][^|\"]*\|"),
)
"""Labels of a flowchart, quoted ones emptied, that hold a bracket of any kind."""


def diagrams(note: ParsedNote, _: LinkTargets) -> Iterator[Problem]:
    """Every diagram has a kind and content, and labels that are quoted and drawn as written."""
    for code in note.code:
        if code.language == "mermaid":
            yield from _diagram(code)


def _diagram(code: Code) -> Iterator[Problem]:
    text = re.sub(r"\A\s*---\n.*?\n---\n", lambda match: "\n" * match[0].count("\n"), code.text, flags=re.DOTALL)
    lines = [re.sub(r"%%.*", "", line) for line in text.split("\n")]
    content = [line.strip() for line in lines if line.strip()]
    kind = _KINDS.match(content[0]) if content else None
    if kind is None:
        message = f'no diagram is called "{cut(content[0])}"' if content else "empty diagram"
        yield error("mermaid-kind", code.line, message)
        return
    if len(content) == 1 and ";" not in content[0]:
        yield error("mermaid-kind", code.line, "empty diagram")
    for line, source in enumerate(lines, code.line + 1):
        for rule, severity, only, pattern, message, repair in LINE_RULES:
            if only in ("", kind[1]) and (match := pattern.search(source)):
                yield Problem(
                    rule=rule, severity=severity, line=line, message=message.format(cut(match[0])), repair=repair
                )
        for tag in _LABEL_HTML.finditer(source):
            if tag[1].lower() not in _DRAWN_HTML:
                yield error(
                    "mermaid-label", line, f"{tag[0]} vanishes from the label", repair=f"write #lt;{tag[1]}#gt;"
                )
        if kind[1] in ("flowchart", "graph"):
            yield from _flowchart_line(source, line)


def _flowchart_line(source: str, line: int) -> Iterator[Problem]:
    bare = re.sub(r'"[^"]*"', '""', source)
    if any(pattern.search(bare) for pattern in _UNQUOTED):
        yield error(
            "mermaid-unquoted", line, f"brackets in a label that is not quoted: {cut(source)}", repair='write ["…"]'
        )
    skeleton = re.sub(r"\[.*?\]|\(.*?\)|\{.*?\}|\|.*?\|", "", bare).strip().rstrip(";")
    if skeleton != "end" and re.search(r"(?<![\w-])end(?![\w-])", skeleton):
        yield error("mermaid-end", line, 'a node named "end" breaks the diagram', repair="name it otherwise, e.g. End")


RULES: tuple[Rule, ...] = (diagrams,)
