"""Facts about Obsidian's Markdown as data: what its app and its common plugins know. Sources: Obsidian's help pages
(callouts, tags, supported HTML), the plugins' own documentation (which fences they run), Prism's language list."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CALLOUT_KINDS = _words(
    "note abstract summary tldr info todo tip hint important success check done question help faq warning caution "
    "attention failure fail missing danger error bug example quote cite"
)
"""Callout types and their aliases; Obsidian shows any other as a note."""

PLAIN_LANGUAGES = _words(
    "text txt plaintext output console python py python3 pycon ipython r julia matlab octave c cpp c++ csharp cs java "
    "kotlin scala go rust swift javascript js typescript ts ruby perl php lua haskell ocaml fsharp elixir erlang "
    "clojure lisp scheme prolog fortran ada pascal dart zig nim bash sh shell zsh powershell batch awk sql json yaml "
    "toml ini xml html css scss latex tex markdown md diff makefile make cmake docker dockerfile nginx graphql "
    "protobuf regex vhdl verilog asm nasm llvm solidity cuda http git vim groovy gradle sas stata"
)
"""Info strings that only colour the code: nothing in Obsidian or a common plugin renders or runs them by itself."""

EXECUTING_LANGUAGES = {
    "dataviewjs": "Dataview", "datacorejs": "Datacore", "datacorejsx": "Datacore", "datacorets": "Datacore",
    "datacoretsx": "Datacore", "js-engine": "JS Engine", "js-engine-debug": "JS Engine", "emera": "Emera",
    "meta-bind-js-view": "Meta Bind", "meta-bind-button": "Meta Bind", "button": "Buttons", "jsx": "React Components",
}  # fmt: skip
"""Info string → the plugin that executes the fence when the note is shown, or on a click."""

EXECUTING_PREFIXES = {"run-": "Execute Code", "jsx:": "React Components"}

DYNAMIC_LANGUAGES = {
    "query": "shows a live search of the vault", "dataview": "shows a query over the vault",
    "base": "shows a query over the vault", "tasks": "can evaluate JavaScript in its functions",
    "plantuml": "is sent to a server", "plantuml-svg": "is sent to a server", "plantuml-ascii": "is sent to a server",
    "kroki": "is sent to a server",
}  # fmt: skip
"""Info string → what the fence does beyond showing its own text."""

KNOWN_HTML = _words(
    "a abbr article aside audio b bdi bdo blockquote br button caption center cite code col colgroup data dd del "
    "details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li "
    "main mark nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup svg "
    "path g circle rect line table tbody td text tfoot th thead time tr tt u ul var video wbr"
)
DANGEROUS_HTML = _words("script object embed applet base meta link form iframe webview frame style")

IMAGE_EXTENSIONS = _words("avif bmp gif jpeg jpg png svg webp")
FILE_EXTENSIONS = IMAGE_EXTENSIONS | _words("flac m4a mp3 ogg wav webm 3gp mkv mov mp4 ogv pdf canvas base")
"""What a vault can link or embed besides notes."""

TAG_PUNCTUATION = r"\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\\s"
"""Inside a character class: what no tag may hold."""

TAG = re.compile(rf"(?<![^\s(])\#(?=[^{TAG_PUNCTUATION}]*[^\d/{TAG_PUNCTUATION}])([^{TAG_PUNCTUATION}]+)")

TASK_SIGNS = "📅📆🗓⏳⌛🛫➕✅❌🔁🆔⛔🏁🔺⏫🔼🔽⏬"
"""By which the plugin Tasks takes the line of a box for a dated, recurring or ranked task (its default format)."""
