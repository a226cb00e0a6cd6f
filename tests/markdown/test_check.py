"""For every rule a note that breaks it and the same note repaired."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from notegen import markdown
from notegen.markdown import check, parse
from notegen.markdown.anchors import has_subpath, heading_key
from notegen.markdown.write import code_fence, escape, mermaid_label, table

OTHER = parse("# Other\n\n## Part: one\n\n### Deep\n\nText. ^b1\n")


class Vault:
    """Other.md, a PDF of 40 pages and a picture; the note itself is Log.md."""

    def resolve(self, target: str) -> str | None:
        known = {"": "Log.md", "Log": "Log.md", "Other": "Other.md", "Book.pdf": "Book.pdf", "a.png": "Files/a.png"}
        return known.get(target)

    def has_heading(self, path: str, subpath: str) -> bool:
        return path == "Other.md" and has_subpath(OTHER, subpath)

    def page_count(self, path: str) -> int | None:
        return 40 if path == "Book.pdf" else None


def fired(text: str) -> set[str]:
    return {problem.rule for problem in check(parse(text), Vault())}


MERMAID = "```mermaid\n{}\n```"
FLOW = "```mermaid\nflowchart LR\n  {}\n```"
RULES = [
    ("unresolved-link", "[[Nowhere]]", "[[Other]]"),
    ("unresolved-embed", "![[b.png]]", "![[a.png]]"),
    ("unresolved-embed", "![x](temp/b.png)", "![x](a.png)"),
    ("unresolved-embed", "[[Gone.pdf#page=1]]", "[[Book.pdf#page=1]]"),
    ("unresolved-link", '---\nsource: "[[Gone]]"\n---\n', '---\nsource: "[[Other]]"\n---\n'),
    ("frontmatter-link", "---\nsource: [[Other]]\n---\n", '---\nsource: "[[Other]]"\n---\n'),
    ("unresolved-anchor", "[[Other#Part two]]", "[[Other#Part one]]"),
    ("unresolved-anchor", "[[Other#Deep#Part one]]", "[[Other#Part one#Deep]]"),
    ("unresolved-anchor", "[[Other#^b2]]", "[[Other#^b1]]"),
    ("unresolved-anchor", "# A b\n\n[x](#a-b)", "# A b\n\n[x](#A%20b)"),
    ("pdf-page", "[[Book.pdf#page=41]]", "[[Book.pdf#page=40]]"),
    ("pdf-page", "![[Book.pdf#page=0]]", "![[Book.pdf#page=1]]"),
    ("pdf-subpath", "[[Book.pdf#Intro]]", "[[Book.pdf#page=3&selection=1,2]]"),
    ("unresolved-link", "[[Part: two]]", "[[Other]]"),
    ("remote-image", "![[https://a.example/x.png]]", "![[a.png]]"),
    ("self-embed", "![[Log]]", "[[Log]]"),
    ("link-empty", "[[ ]]", "[[Other]]"),
    ("link-unclosed", "see [[Other", "see [[Other]]"),
    ("link-space", "[x](a dir/b.md)", "[x](<a dir/b.md>)"),
    ("link-chars", '[[a"b]]', "[[ab]]"),
    ("image-size", "![[a.png|600px]]", "![[a.png|600x40]]"),
    ("image-alt", "![](a.png)", "![Figure 1](a.png)"),
    ("dangerous-uri", "[x](javascript:alert(1))", "[x](https://a.example)"),
    ("dangerous-uri", "![x](data:image/png;base64,AA)", "![x](a.png)"),
    ("local-uri", "[x](file:///etc/passwd)", "[x](Other)"),
    ("local-uri", "![x](/home/me/a.png)", "![x](a.png)"),
    ("local-uri", "![x](C:/a.png)", "![x](a.png)"),
    ("obsidian-uri", "[x](obsidian://new?vault=a)", "[[Other]]"),
    ("remote-image", "![x](https://a.example/x.png)", "[x](https://a.example/x.png)"),
    ("remote-image", "![x](//a.example/x.png)", "![x](a.png)"),
    ("remote-image", "![x][r]\n\n[r]: https://a.example/x.png", "[x][r]\n\n[r]: https://a.example/x.png"),
    ("remote-image", '<img src="https://a.example/x.png">', '`<img src="https://a.example/x.png">`'),
    ("remote-image", '<b style="background:url(//x)">a</b>', "<b>a</b>"),
    ("html-dangerous", "<script>x</script>", "`<script>`"),
    ("html-dangerous", "<b onclick=x>a</b>", "<b>a</b>"),
    ("html-dangerous", "<iframe src=x></iframe>", "<kbd>x</kbd>"),
    ("html-unknown", "the <pad> token", "the `<pad>` token"),
    ("html-unknown", "the <s> token", "the <s>old</s> token"),
    ("callout-type", "> [!nonsense] x\n> y", "> [!note] x\n> y"),
    ("callout-empty", "> [!note]", "> [!note]\n> y"),
    ("callout-malformed", "[!note] x", "> [!note] x"),
    ("callout-malformed", "> [!note x", "> [!note] x"),
    ("callout-malformed", ">[!tip]x", ">[!tip] x"),
    ("callout-malformed", "> [! note] x", "> [!note] x"),
    ("callout-malformed", "> **[!note]** x", "> [!note] **x**"),
    ("callout-malformed", "> [!note] x\n> [!tip] y", "> [!note] x\n\n> [!tip] y"),
    ("callout-malformed", "> [!note] x\n>\n> [!tip] y", "> [!note] x\n>\n> > [!tip] y"),
    ("callout-lazy", "> [!note] x\n> y\nz", "> [!note] x\n> y\n\nz"),
    ("list-lazy", "- a\nb", "- a\n\nb"),
    ("frontmatter", "\n---\ntitle: x\n---\n", "---\ntitle: x\n---\n"),
    ("frontmatter", "---\ntitle: x\n", "---\ntitle: x\n---\n"),
    ("heading-empty", "##\n\nx", "## A\n\nx"),
    ("heading-setext", "text\n---\n", "text\n\n---\n"),
    ("heading-jump", "# A\n\n### B\n\nx", "# A\n\n## B\n\nx"),
    ("heading-duplicate", "## A\n\nx\n\n## A!\n\nx", "## A\n\nx\n\n## B\n\nx"),
    ("heading-chars", "## a | b\n\nx", "## a – b\n\nx"),
    ("heading-space", "##A", "## A\n\nx"),
    ("multiple-h1", "# A\n\nx\n\n# B\n\nx", "# A\n\nx\n\n## B\n\nx"),
    ("no-headings", "x\n\n" * 40, "# A\n\n" + "x\n\n" * 40),
    ("empty-section", "## A\n\n## B\n\nx", "## A\n\nx\n\n## B\n\nx"),
    ("empty-section", "# T\n\n## A\n\n---\n", "# T\n\n## A\n\n- x\n"),
    ("empty-section", "## A\n\n*(optional)*\n", "## A\n\nWhat I tried:\n"),
    ("empty-section", "## A\n\n- \n", "## A\n\n- What is unclear:\n"),
    ("empty-section", "## A\n\n```python\n# code here\n```\n", "## A\n\n```python\nx = 1\n```\n"),
    ("unfilled-form", "## A\n\n- What is unclear:\n- Next:\n", "## A\n\n- What is unclear: all\n"),
    ("footnote", "a[^1]", "a[^1]\n\n[^1]: b"),
    ("fence-unclosed", "```python\nx = 1", "```python\nx = 1\n```"),
    ("fence-unclosed", "> ```python\n> x = 1\n\ny", "> ```python\n> x = 1\n> ```\n\ny"),
    ("math-unclosed", "$$\nx\n", "$$\nx\n$$\n"),
    ("comment", "a %%b", "a %%b%%"),
    ("highlight", "an ==open mark", "a ==closed== mark"),
    ("highlight", "a == spaced == mark", "a ==tight== mark"),
    ("bold", "an **open mark", "a **closed** mark"),
    ("table-header", "| a | b |\n| - |\n| 1 | 2 |", "| a | b |\n| - | - |\n| 1 | 2 |"),
    ("table-ragged", "| a | b |\n| - | - |\n| 1 | 2 | 3 |", "| a | b |\n| - | - |\n| 1 | 2 |"),
    ("table-ragged", "> | a | b |\n> | - | - |\n> | 1 |", "> | a | b |\n> | - | - |\n> | 1 | 2 |"),
    ("table-blank-line", "x\n| a |\n| - |\n| 1 |", "x\n\n| a |\n| - |\n| 1 |"),
    ("table-pipe", "| a |\n| - |\n| [[Other|x]] |", "| a |\n| - |\n| [[Other\\|x]] |"),
    ("table-pipe", "| a |\n| - |\n| $|x|$ |", "| a |\n| - |\n| $\\lvert x \\rvert$ |"),
    ("table-pipe", "| a |\n| - |\n| `x|y` |", "| a |\n| - |\n| `x\\|y` |"),
    ("table-cell-markup", "| a | b |\n| - | - |\n| ==x | y== |", "| a | b |\n| - | - |\n| ==x== | y |"),
    (
        "table-sum",
        "| t | Softmax |\n| - | - |\n| a | 0.6 |\n| b | 0.3 |\n| c | 0.2 |\n| Total | 1.00 |",
        "| t | Softmax |\n| - | - |\n| a | 0.6 |\n| b | 0.3 |\n| c | 0.1 |\n| Total | 1.00 |",
    ),
    (
        "table-sum",
        "| t | Attention weight |\n| - | - |\n| a | 60% |\n| b | 30% |\n| c | 20% |",
        "| t | Attention weight |\n| - | - |\n| a | 60% |\n| b | 30% |\n| c | 10% |",
    ),
    (
        "table-sum",
        "| t | Part |\n| - | - |\n| a | 0.1 |\n| b | 0.1 |\n| c | 0.1 |\n| Sum | 0.4 |",
        "| t | Part |\n| - | - |\n| a | 0.1 |\n| b | 0.1 |\n| c | 0.1 |\n| Sum | 0.3 |",
    ),
    ("code-python", "```python\nx = = 1\n```", "```python\nx = 1\n```"),
    ("code-python", "> ```py\n> def f():\n> x\n> ```", "> ```py\n> def f():\n>     x\n> ```"),
    ("code-python", "```python\npip install x\n```", "```python\n!pip install x\n%time y\nz = !ls\n```"),
    ("code-python", "```python\n>>> x = = 1\n```", "```python\n>>> x = 1\n>>> x\n1 is it\n```"),
    ("code-json", '```json\n{"a": 1,}\n```', '```json\n{"a": 1}\n```'),
    ("code-empty", "```python\n\n```", "```python\nx\n```"),
    ("code-lang", "```\nx\n```", "```text\nx\n```"),
    ("indented-code", "x\n\n    some words that are prose\n", "x\n\nsome words that are prose\n"),
    ("wrapped-note", "```markdown\n" + "x\n\n" * 9 + "```", "```markdown\nx\n```\n" + "x\n\n" * 9),
    ("exec-code", "```dataviewjs\nx\n```", "```js\nx\n```"),
    ("exec-code", "> ```run-python\n> x\n> ```", "> ```python\n> x\n> ```"),
    ("exec-code", "~~~{js-engine}\nx\n~~~", "~~~text\nx\n~~~"),
    ("dynamic-code", "```query\nx\n```", "```text\nx\n```"),
    ("dynamic-code", "```tasks\nfilter by function x\n```", "```text\nfilter by function x\n```"),
    ("exec-inline", "`$= dv.current()`", "`x = dv.current()`"),
    ("exec-inline", "`= this.x`", "`== this.x`"),
    ("exec-inline", "`INPUT[text:x]`", "`IN[text:x]`"),
    ("exec-template", "```text\n<% x %>\n```", "```text\n< % x % >\n```"),
    ("template-var", "{{date:YYYY}}", "`{{date:YYYY}}`"),
    ("mermaid-kind", MERMAID.format(""), FLOW.format("A --> B")),
    ("mermaid-kind", MERMAID.format("flowchart TD"), MERMAID.format("flowchart TD; A-->B")),
    ("mermaid-kind", MERMAID.format("flowcharts TD\nA"), MERMAID.format("mindmap\n  A")),
    (
        "mermaid-unquoted",
        FLOW.format("subgraph Encoder (RNN)\nA\nend"),
        FLOW.format('subgraph e ["Encoder (RNN)"]\nA\nend'),
    ),
    ("mermaid-unquoted", FLOW.format("A[RNN (old)] --> B"), FLOW.format('A["RNN (old)"] --> B([x])')),
    ("mermaid-unquoted", FLOW.format("A{is (x)?}"), FLOW.format('A{"is (x)?"} --> B[(db)] --> C((x)) --> D{{y}}')),
    ("mermaid-unquoted", FLOW.format("A -->|f(x)| B"), FLOW.format('A -->|"f(x)"| B')),
    ("mermaid-end", FLOW.format("A --> end"), FLOW.format("subgraph s\nA --> End\nend")),
    ("mermaid-label", FLOW.format('A["<s>"]'), FLOW.format('A["#lt;s#gt; <br> x"]')),
    ("mermaid-label", FLOW.format('A["1. x"]'), FLOW.format('A["1#46; x"]')),
    ("mermaid-highlight", FLOW.format('A["==hot=="]'), FLOW.format("A ==> B")),
    ("mermaid-wikilink", FLOW.format('A["[[Other]]"]'), FLOW.format('A["Other"]\nclass A internal-link')),
    ("mermaid-click", FLOW.format('A\nclick A "https://a.example"'), FLOW.format('A["click it"]')),
    (
        "mermaid-semicolon",
        MERMAID.format("sequenceDiagram\nA->>B: x; y"),
        MERMAID.format("sequenceDiagram\nA->>B: x#59; y"),
    ),
    ("math-delimiter", "\\[ x^2 \\]", "$$ x^2 $$"),
    ("math-delimiter", "with \\( x \\)", "with $x$"),
    ("tex-outside-math", "a \\frac{1}{2}", "a $\\frac{1}{2}$"),
    ("math-space", "a $ x^2 $", "a $x^2$"),
    ("math-undefined", "$\\bm{x}$", "$\\boldsymbol{x}$"),
    ("math-undefined", "$$\n\\argmax_x\n$$", "$$\n\\operatorname*{argmax}_x\n$$"),
    ("math-percent", "$50%$", "$50\\%$"),
    ("math-macro", "$\\newcommand{\\a}{b}$", "$a$"),
    ("math-label", "$\\label{x} a$", "$\\tag{1} a$"),
    ("math-href", "$\\href{x}{y}$", "$y$"),
    ("math-empty", "$$\n\n$$", "$$\nx\n$$"),
    ("math-unbalanced", "$\\frac{1}{2$", "$\\frac{1}{2}$"),
    ("math-unbalanced", "$$\n\\begin{cases} a\n$$", "$$\n\\begin{cases} a \\end{cases}\n$$"),
    ("math-unbalanced", "$\\left( x$", "$\\left( x \\right)$"),
    ("math-currency", "$5 is the price of$", "\\$5 is the price of\\$"),
    ("mojibake", "ðŸ§ brain", "🧠 brain"),
    ("mojibake", "itâ€™s", "it’s"),
    ("mojibake", "a ‚Äî b", "a — b"),
    ("mojibake", "a \ufffd", "a é"),
    ("mojibake", "a \ue000", "Tonø, naïve, Ångström, 中文, Ð"),
    ("mojibake", "\x01", "\t"),
    ("mojibake", "\x93a", "“a”"),
    ("mojibake", "e\ufb03cient", "efficient"),
    ("mojibake", "em\xadbed", "embed"),
    ("mojibake", "\u202eabc", "abc"),
    ("placeholder", "lorem ipsum", "real text"),
    ("placeholder", "TODO: x", "to do and Todo"),
    ("placeholder", "- Would you like me to go on?", "- What would you like to know?"),
    ("placeholder", "As an AI language model, I", "An AI language model is"),
    ("placeholder", "lorem ipsum as filler", "lorem ipsum as filler [[Book.pdf#page=3|p. 3]]"),
    ("placeholder", "x (cid:12)", "x"),
    ("task", "-[ ] x", "- [ ] x"),
    ("task", "- [] x", "- [x] x"),
    ("task", "- [x]y", "- [x](Other) y"),
    ("bullet", "• x", "- x"),
    ("tag", "#a/ b", "#a/b"),
]


@pytest.mark.parametrize(("rule", "bad", "good"), RULES)
def test_rule(rule: str, bad: str, good: str) -> None:
    assert rule in fired(bad)
    assert rule not in fired(good)


def test_every_rule_has_an_example_here() -> None:
    named: set[str] = set()
    for source in Path(markdown.__file__).parent.glob("check_*.py"):
        if source.name == "check_live.py":  # the gate's alone: test_check_live.py
            continue
        text = source.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:error|warning|info|say|_html)\(\s*"([a-z0-9-]+)"', text))
        named |= set(re.findall(r'"([a-z0-9]+-[a-z0-9-]+)",\s*"(?:error|warning|info)"', text))
    assert len(named) > 60
    assert named - {rule for rule, _, _ in RULES} == set()


def test_problems_name_their_line() -> None:
    text = "---\na: 1\n---\n\n# T\n\n> [!note] A\n> [[Gone.png]]\n\n```python\nx = 1\n  y = 2\n```\n"
    assert [(it.rule, it.severity, it.line) for it in check(parse(text), Vault())] == [
        ("unresolved-embed", "error", 8),
        ("code-python", "error", 12),
    ]


HOSTILE = "![x](https://a.example/y.png) [[Secret]] <% x %> <script> $= `$= 1` #tag %%x%% \\[ x^2 \\] ==a TODO"


def test_what_the_room_writes_has_no_problem() -> None:
    """The writing half and the checking half agree."""
    page = "[[Book.pdf#page=3|p. 3]]"
    note = "\n\n".join([
        "# A log",
        f"> [!abstract] TL;DR\n> - {escape(HOSTILE)} {page}\n> - {escape('1. [12](see x.y z)')} {page}",
        "## Part",
        f"{escape(HOSTILE)} {page}",
        table([["Term", "Share (softmax)"], ["a|b $x$", "0.5"], [HOSTILE[:-5], "0.25"], ["c", "0.25"]]),
        code_fence("x = '<% y %>'", "python"),
        f"```mermaid\nflowchart LR\n  A[{mermaid_label(HOSTILE)}] -->|{mermaid_label('1. <x> (y)')}| B\n```",
        "![[a.png|600]]",
        "%% notegen:begin x 0f %%\ntext\n%% notegen:end x %%",
    ])  # fmt: skip
    assert [problem for problem in check(parse(note), Vault()) if problem.severity != "info"] == []


def test_a_long_note_is_checked_quickly() -> None:
    block = "\n\n".join(f"## Part {{0}}{n}\n\n{escape(HOSTILE)} [[Book.pdf#page=3|p. 3]]" for n in range(4))
    note = parse("# T\n\n" + "\n\n".join(block.replace("{0}", str(n)) for n in range(25)))
    assert len(note.lines) > 390
    begin = time.process_time()
    check(note, Vault())
    assert time.process_time() - begin < 0.25


@pytest.mark.parametrize(
    ("first", "second"),
    [("Query, Key & Value (Q/K/V)", "query key value q k v"), ("[[Note|Alias]] x", "alias x"), ("A: b", "a b")],
)
def test_headings_are_compared_without_case_and_punctuation(first: str, second: str) -> None:
    assert heading_key(first) == heading_key(second)
