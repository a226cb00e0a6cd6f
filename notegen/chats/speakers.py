"""Text in which lines say who speaks: pages copied from a chat program, Markdown that exporters make, transcripts.

A mark is a line that holds a speaker's name alone ("#### You:", "## 👤 User", "**Human:**", "You said:", "# User Q1"),
or begins with one and a colon ("User: …"). The first mark of the learner's sets how marks look in this text (which
heading, bold, plain); others are words of what is said, such as a "**Prompt 1:**" inside an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notegen.chats.chat import Role, Turn
from notegen.markdown.fences import fences
from notegen.markdown.foreign import plain, read

_LEARNER = (
    "you|user|human|me|prompt|question|student|learner|q|du|ich|nutzer(?:in)?|benutzer(?:in)?|frage|vous|utilisat(?:eur|rice)"
    "|usuari[oa]|tú|pregunta|utente|domanda|usuári[oa]|você|pergunta"
)
_ASSISTANT = (
    "assistant|ai|chat ?gpt|gpt-?[\\w.]*|claude|gemini|copilot|bard|grok|deepseek|perplexity|mistral|le chat|llama|bot"
    "|chatbot|model|response|reply|answer|a|assistent(?:in)?|ki|antwort|assistante?|ia|réponse|asistente|respuesta"
    "|assistente|risposta|resposta"
)
_SAID = (
    r"(?:\s+(?:said|wrote|asked|answered|replied|says|hat gesagt|hast gesagt|haben gesagt|sagte|avez dit|as dit|a dit"
    r"|dijo|dijiste|ha dicho|hai detto|ha detto|disse|disseste|q|question|prompt|response|answer))?"
)
_COUNT = r"\s*(?:\#|no\.?|nr\.?|n°)?\s*(?P<number>\d{1,4})?"
_ASIDE = r"(?:\s*[(\[][^()\[\]]{1,40}[)\]]|\s*[—–·|-]\s*\d[\d:./\s-]{2,20}(?:[ap]\.?m\.?)?)?"
"""The time that some exporters put beside the name."""
_BESIDE = re.compile(rf"^{_ASIDE}\s*:")
_NAME = rf"(?:(?P<learner>{_LEARNER})|(?P<assistant>{_ASSISTANT})){_SAID}{_COUNT}{_ASIDE}"
_ALONE = re.compile(rf"[^\w#*_>`|]*{_NAME}\s*[:.]?\s*", re.IGNORECASE)
_COLON_ALONE = re.compile(rf"[^\w#*_>`|]*{_NAME}\s*:\s*", re.IGNORECASE)
_BEFORE_TEXT = re.compile(rf"[^\w#*_>`|]*{_NAME}\s*:\s+(?=\S)", re.IGNORECASE)
_ASKS = re.compile(r"[?？]\W*$")
_HEADING = re.compile(r" {0,3}(?P<sign>#{1,6})\s+(?P<rest>.*?)\s*#*\s*")
_BOLD = re.compile(r"(?P<sign>\*\*|__)(?P<name>[^*_\n]{1,60}?)(?P=sign)(?P<colon>\s*:)?(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class _MarkLine:
    line: int
    """From 0."""
    role: Role
    style: str
    """How it looks: the heading's signs, "bold", "alone", "before text"."""
    rest: str
    """What is said on the same line."""


def turns_in(text: str) -> tuple[Turn, ...]:
    """The turns of a text whose lines name their speakers; none where no line names the learner."""
    lines = text.splitlines()
    marks = _of_one_style(_marks(lines)) or _asking(text)
    turns: list[Turn] = []
    for mark, after in zip(marks, [*(each.line for each in marks[1:]), len(lines)], strict=False):
        said = "\n".join([mark.rest, *lines[mark.line + 1 : after]]).strip("\n")
        if turns and turns[-1].role == mark.role and mark.role == "assistant":
            turns[-1] = Turn(mark.role, f"{turns[-1].text}\n\n{said}")
        elif said.strip():
            turns.append(Turn(mark.role, said))
    return tuple(turns)


def _marks(lines: list[str]) -> list[_MarkLine]:
    code = {number for fence in fences(lines) for number in range(fence.first, fence.last + 1)}
    return [mark for number, line in enumerate(lines) if number not in code and (mark := _mark(number, line))]


def _mark(number: int, line: str) -> _MarkLine | None:
    if heading := _HEADING.fullmatch(line):
        bare = heading["rest"].strip("*_ ")
        found = _ALONE.fullmatch(bare)
        return _MarkLine(number, _role(found), heading["sign"], "") if found else None
    if bold := _BOLD.fullmatch(line.strip()):
        found = _ALONE.fullmatch(bold["name"])
        rest = _BESIDE.sub("", bold["rest"]).strip()
        is_mark = found and (bold["colon"] or bold["name"].rstrip().endswith(":") or not rest)
        return _MarkLine(number, _role(found), "bold", rest) if found and is_mark else None
    if found := _COLON_ALONE.fullmatch(line):
        return _MarkLine(number, _role(found), "alone", "")
    if found := _BEFORE_TEXT.match(line):
        return _MarkLine(number, _role(found), "before text", line[found.end() :])
    return None


def _asking(text: str) -> list[_MarkLine]:
    """Where no line names a speaker: lines of their own that ask, if the text begins with one."""
    blocks = [block for block in read(text) if block.kind != "rule"]
    lines = [block for block in blocks if block.kind in ("heading", "paragraph") and block.line == block.last]
    asking = [block for block in lines if _ASKS.search(plain(block.spans))]
    if not asking or asking[0] is not blocks[0]:
        return []
    found = []
    for block in asking:
        found.append(_MarkLine(block.line - 1, "learner", "asks", plain(block.spans)))
        found.append(_MarkLine(block.last - 1, "assistant", "asks", ""))
    return found


def _role(found: re.Match[str]) -> Role:
    return "learner" if found["learner"] else "assistant"


def _of_one_style(marks: list[_MarkLine]) -> list[_MarkLine]:
    """Those that look like the first one of the learner's. The assistant's may be a level of heading off, as in what
    ChatGPT's own page copies to the clipboard; names on lines alone and before text go together."""
    first = next((mark for mark in marks if mark.role == "learner"), None)
    if first is None:
        return []
    plain = {"alone", "before text"}
    same = plain if first.style in plain else {first.style}
    theirs = same | ({first.style + "#", first.style[:-1]} if first.style.startswith("#") else set())
    return [mark for mark in marks if mark.style in (same if mark.role == "learner" else theirs)]
