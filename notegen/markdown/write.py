"""Plain text in, safe Markdown out. What a PDF says goes through here before it meets a template.

The text is shown exactly as it is and does nothing: no link, tag, maths, comment, HTML, query or template in it comes
to life, wherever on a line it is put. Escapes never form `\\[ … \\]` or `\\( … \\)`, which readers and checkers take
for broken maths: the few characters that would need one are written as HTML entities instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from notegen.markdown.dialect import PLAIN_LANGUAGES, TASK_SIGNS

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINER = re.compile("(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])")
"""Joiners that join nothing; between two letters of another script, or two emoji, they have a meaning."""

_ENTITY = re.compile(rf"\\(?=[][()])|(?<=\])\(|^\[(?=!)|<(?=!--)|[{TASK_SIGNS}]")
"""Also the beginning of a comment, which Spaced Repetition reads behind an escape as well, and the signs by which the
plugin Tasks takes a line for a dated or recurring task."""
_INLINE = re.compile(
    r"""
    [\\`$]                                              # escapes, code, maths
    | \*(?!\s) | (?<!\s)\*                              # emphasis; a lone star between spaces is none
    | (?<![^\W_])_ | _(?![^\W_])                        # likewise; x_1 is none
    | ~(?=~) | (?<=~)~ | =(?==) | (?<=[=`])=            # ~~, ==, queries
    | %(?=%) | (?<=[%<])%                               # comments, template tags
    | <(?![\s\d=])                                      # HTML, autolinks
    | \[(?=[\[!]) | (?<=[\[\]!])\[ | \[(?![^\[\]]*\])   # links, embeds; "[1]" is none
    | (?<=/)/(?=\S) | (?<=:/)/ | (?<=\bwww)\. | (?<=\bmailto): | (?<=\w)@(?=\w)
    | (?<!\w)\#(?!\s)                                   # tags; "C#" is none
    | \^(?=\[) | (?<=\[)\^ | (?<![^\s\]])\^(?=[A-Za-z0-9-]+$)  # footnotes, block ids
    | (?<=:):                                           # fields of Dataview
    | \{(?=\{) | (?<=\{)\{                              # placeholders of templates
    | &(?=\#?\w+;)                                      # entities
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN_TEX = re.compile(r"(?:\\(?P<command>[A-Za-z]+)|<(?=\s)|[^\\$%#&~`<])")
_PLAIN_COMMANDS = frozenset(
    "sqrt log ln lg exp sin cos tan max min det dim gcd alpha beta gamma delta epsilon varepsilon zeta eta theta iota "
    "kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Upsilon Phi Psi Omega frac cdot cdots ldots dots times div pm sum prod int partial nabla infty to in notin mid "
    "le leq ge geq neq ne approx equiv propto sim odot otimes oplus circ top forall exists cup cap subset ell "
    "mathbf mathrm mathbb mathcal boldsymbol hat bar vec tilde rightarrow leftarrow Rightarrow"
    " langle rangle quad".split()
)
_START = re.compile(r"^(?:[>\[|]|[-+](?=[\s\-\[]|$)|:(?=-)|=(?=[\s=]*$)|\#(?=[\s#]|$))")
_NUMBERED = re.compile(r"^\d{1,9}(?=[.)](?:\s|$))")


def clean(text: str) -> str:
    """One line of `text` without what cannot be seen: controls, direction marks, zero-width and tag characters go;
    every run of white space becomes one space."""
    return " ".join(_JOINER.sub("", _INVISIBLE.sub("", " ".join(text.split()))).split())


def escape(text: str, *, in_table: bool = False) -> str:
    """One line of Markdown that shows `clean(text)` and does nothing, at the start of a block or inside a line.

    in_table: also escape "|", which otherwise ends a table cell.
    """
    return "".join(escaped_signs(clean(text), in_table=in_table))


def highlight(
    text: str, terms: Iterable[str], formulas: Iterable[tuple[int, int, str]] = (), *, in_table: bool = False
) -> str:
    """`escape(text)` with the first whole-word occurrence of each of `terms` between `==`.

    A term that does not occur, or only inside another highlighted one or a formula, is passed over. Longer terms go
    first. formulas: (start, end, TeX) of stretches of `text` that are shown as `$TeX$`.
    ValueError: `text` has formulas and is not clean, or as `inline_maths`.
    """
    line = clean(text)
    characters = escaped_signs(line, in_table=in_table)
    taken = [False] * len(line)
    for start, end, tex in formulas:
        if line != text or any(taken[max(start - 1, 0) : end + 1]) or line[end : end + 1].isdigit():
            raise ValueError(f"no formula can stand at {start} to {end} of {text!r}")
        characters[start:end] = [inline_maths(tex), *[""] * (end - start - 1)]
        taken[start:end] = [True] * (end - start)
    for term in sorted({clean(term) for term in terms} - {""}, key=lambda term: (-len(term), term)):
        for match in re.finditer(rf"(?<![\w=!<>~*])(?![=~*]){re.escape(term)}(?<![=~*])(?![\w=>~*])", line):
            start, end = match.span()
            if not any(taken[max(start - 1, 0) : end + 1]):
                characters[start] = "==" + characters[start]
                characters[end - 1] += "=="
                taken[start:end] = [True] * (end - start)
                break
    return "".join(characters)


def inline_maths(tex: str) -> str:
    """`$tex$`. ValueError: TeX that could do more than show letters, signs, scripts and roots."""
    parts = list(_PLAIN_TEX.finditer(tex))
    commands = {part["command"] for part in parts} - {None}
    if not tex or clean(tex) != tex or "".join(part[0] for part in parts) != tex or commands - _PLAIN_COMMANDS:
        raise ValueError(f"not plain TeX: {tex!r}")
    return f"${tex}$"


def escaped_signs(line: str, *, in_table: bool) -> list[str]:
    """For each character of a clean line how it is written."""
    characters = list(line)
    for pattern in (_INLINE, _START):
        for match in pattern.finditer(line):
            characters[match.start()] = "\\" + match[0]
    if numbered := _NUMBERED.match(line):
        characters[numbered.end()] = "\\" + line[numbered.end()]
    if in_table:
        characters = ["\\|" if character == "|" else character for character in characters]
    for match in _ENTITY.finditer(line):
        characters[match.start()] = f"&#{ord(match[0])};"
    return characters


def code_fence(text: str, language: str = "") -> str:
    """A fenced code block with `text` verbatim, save for invisible characters.

    A language that is not known to be mere colouring (plugins run or draw many) becomes "text". In `<%` a space parts
    the two characters, because Templater executes it even inside a fence, and a line under the block says so.
    """
    lines = [_JOINER.sub("", _INVISIBLE.sub("", line)).rstrip() for line in re.split(r"\r\n?|\n", text)]
    body = "\n".join(lines).strip("\n")
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    info = language.strip().lower()
    block = f"{fence}{info if info in PLAIN_LANGUAGES else 'text'}\n{body.replace('<%', '< %')}\n{fence}"
    if "<%" in body:
        block += "\n\n*A space was put between `<` and `%` in this code, so that no template plugin runs it.*"
    return block


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table of plain-text cells; the first row is the header. Short rows are filled up. "" without rows."""
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        return ""
    lines = ["| " + " | ".join(escape(cell, in_table=True) for cell in [*row, *[""] * (width - len(row))]) + " |"
             for row in rows]  # fmt: skip
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def quote(text: str, depth: int = 1) -> str:
    """Markdown `text` with every line `depth` quotes deeper."""
    prefix = ">" + " >" * (depth - 1)
    return "\n".join(f"{prefix} {line}".rstrip() for line in text.split("\n"))


_TASK_SIGN = re.compile(f"[{TASK_SIGNS}]")
_LOOK_ALIKE = str.maketrans({"[": "(", "]": ")", "|": "/", "`": "'", "<": "‹", ">": "›", "\\": "/"})


def label(text: str) -> str:
    """Plain text for inside a link, where a backslash escapes nothing: what could end it or act gets a look-alike."""
    return clean(re.sub(r"([%=*~_${:])\1+", r"\1", _TASK_SIGN.sub("", clean(text).translate(_LOOK_ALIKE))))


def heading_text(text: str) -> str:
    """`text` for after `## `, and as it stands for `[[#…]]` links to it: without `# ^ | [ ] : %%`, which such links
    drop, and without any character that would need an escape. Never empty ("Untitled")."""
    line = re.sub(r":\s", " – ", clean(text))
    while (inert := _without_syntax(line)) != line:  # what stays can be syntax once its neighbour is gone
        line = inert
    return line or "Untitled"


def _without_syntax(line: str) -> str:
    live = {match.start() for pattern in (_INLINE, _ENTITY) for match in pattern.finditer(line)}
    kept = "".join(" " if at in live or mark in "#^|[]:<>" else mark for at, mark in enumerate(line))
    return re.sub(r"\s+([,;.)?!])", r"\1", clean(kept)).strip(" –")


_MERMAID_LIVE = re.compile(r"[\"#$%&*:;<=>@\[\\\]^_`{|}~]|(?<=\bwww)\.|(?<=/)/|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def mermaid_label(text: str, max_chars: int = 60) -> str:
    """A quoted Mermaid label, at most `max_chars` shown characters, cut at a word with "…".

    All that Mermaid, its Markdown or its HTML might read as syntax is written `#NN;`, as its documentation tells.
    """
    line = clean(text)
    if len(line) > max_chars:
        line = line[: max_chars - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
    return '"' + (_MERMAID_LIVE.sub(lambda match: f"#{ord(match[0])};", line) or "…") + '"'
