"""What makes a model's text unfit for a note, told in words that the model can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from notegen.language.words import content_stems, tokens
from notegen.markdown.python_code import python_problem
from notegen.markdown.write import clean

MAX_TEXT_CHARS = 700
MAX_CODE_LINES = 60
MIN_WORDS = 3
LOOP_WORDS = 12
"""Shorter texts repeat words by chance."""
MIN_DISTINCT_SHARE = 0.6
"""Of its runs of three words; a text that circles has fewer."""
TOO_ALIKE = 0.85
"""Jaccard overlap of content words from which two statements are one."""
_ENDS = re.compile(r"[.!?…:。！？।؟][\"'”’»)\]`$]*$")
_CITES = re.compile(
    r"\b(?:pp?\.|pages?|S\.|Seiten?|p[aá]ginas?|pagine|стр\.|страниц\w*)\s*\d+|\[\d{1,3}\]|\[\d+\s*–\s*\d+\]|"
    r"\b[A-Z][\w'’-]+(?: (?:et al\.?|and|&) ?[\w'’-]*)?,? ?"
    r"\((?:19|20)\d\d[a-z]?\)|\([A-Z][^()]{2,60},? (?:19|20)\d\d[a-z]?\)|"
    r"\b(?:chapter|section|figure|fig\.|table|equation|eq\.|theorem|appendix|kapitel|abbildung|abb\.|tabelle|chapitre|"
    r"tableau|cap[ií]tulo|capitolo|figura|глав\w*|рис\.)\s*\(?\d+(?:\.\d+)*\)?|"
    r"第\s*\d+\s*(?:ページ|[頁页章节節図图])|\d+\s*(?:ページ|[頁页쪽])|"
    r"\b(?:https?://|www\.)\S+|\b[a-z][a-z0-9+.-]{1,20}://\S+|\bdoi:?\s*10\.\S+|\b10\.\d{4,}/\S+|\barXiv:\S+|\bISBN\b[\d\s-]*|\b(?-i:S\d+)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?:[«„]|[“\"](?=[\w(\[$])|(?<!\w)»(?=\w))(?P<marks>[^”\"»“«„]{15,})[”\"»“«]|"
    r"(?<!\w)‘(?P<single>[^‘]{15,}?)’(?!\w)|[「『《](?P<corners>[^」』》]{12,})[」』》]"
)
"""What stands between the quotation marks of one language or another."""


def text_fault(text: str, source: str, *, ends: bool = True) -> str:
    """What is wrong with a text, "" when nothing is. source: all that the model was shown. ends: it must end like a
    sentence."""
    words = tokens(text)
    if len(words) < MIN_WORDS and len(text) < 8:
        return "is empty or says nothing"
    if len(text) > MAX_TEXT_CHARS:
        return f"is longer than {MAX_TEXT_CHARS} characters"
    if ends and not _ENDS.search(text.strip()):
        return "does not end like a sentence"
    if circles(text):
        return "repeats itself"
    return invented(text, source)


def circles(text: str) -> bool:
    """The text says the same over and over."""
    words = text.casefold().split()
    runs = [tuple(words[i : i + 3]) for i in range(len(words) - 2)]
    long_run = re.search(r"(\S{1,16}?)\1{9,}", text)
    return bool(long_run) or (len(words) >= LOOP_WORDS and len(set(runs)) < MIN_DISTINCT_SHARE * len(runs))


def invented(text: str, source: str) -> str:
    """The citation, page, address or quotation of a text that the source does not have, in words; "" without one."""
    known = _plain(source)
    for match in _CITES.finditer(text):
        if _plain(match[0]) not in known:
            return f"cites what the source does not: “{match[0][:60]}”"
    for match in _QUOTED.finditer(text):
        quoted = match[match.lastgroup or 0]
        is_long = match["corners"] or len(quoted.split()) >= 4
        if is_long and _plain(quoted) not in known:
            return f"quotes what the source does not say: “{quoted[:60]}”"
    return ""


def code_fault(code: str, language: str) -> str:
    """What is wrong with a listing. Python is compiled, and never run."""
    if not code.strip():
        return "is empty"
    if code.count("\n") >= MAX_CODE_LINES:
        return f"has more than {MAX_CODE_LINES} lines"
    if language in ("python", "py", "python3"):
        problem = python_problem(code)
        if problem:
            return f"does not compile: line {problem[0]}: {problem[1]}"
    return "repeats itself" if circles(re.sub(r"[^\w\s]", " ", code)) and len(code) > 2000 else ""


def is_copy(text: str, sentences: Iterable[str]) -> bool:
    """The text is a source sentence, or a piece of one, and not the model's own words."""
    plain = _plain(text)
    return any(plain == each or (len(plain) > 30 and plain in each) for each in map(_plain, sentences))


def same(first: str, second: str) -> bool:
    """The two texts say the same in the same words."""
    a, b = content_stems(first), content_stems(second)
    return _plain(first) == _plain(second) or (len(a | b) > 3 and len(a & b) / len(a | b) > TOO_ALIKE)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", clean(text).casefold())
