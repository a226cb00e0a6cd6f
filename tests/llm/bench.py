"""A workbench: one passage, drafted by a model and composed into its note."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notegen.compose.compose import compose
from notegen.compose.gate import inspect
from notegen.compose.place import Place
from notegen.compose.templates import Templates
from notegen.config import DraftSettings, LearnerSettings
from notegen.draft.draft import Draft
from notegen.draft.drafter import Brief
from notegen.draft.model.drafter import LLMDrafter
from notegen.draft.quoting.extractive import ExtractiveDrafter
from notegen.extract.document import Block, Document
from notegen.link.related import Related
from notegen.llm.endpoint import endpoint_of
from notegen.reading.passage import Passage
from notegen.store.replies import Replies
from notegen.vault.vault import Vault

CANARY = "sk-canary-9f3b71"
"""A key that must turn up nowhere."""

FIRST = (
    "Cosine similarity is the dot product of two vectors divided by their lengths. "
    "It is useful because long vectors do not win by their length alone. "
    "Many search engines use cosine similarity to rank the passages of a large library. "
    "A heatmap shows the cosine similarity of every pair of words as a dark or light cell. "
    "We compute the dot product of every pair of vectors once and keep the result."
)
SECOND = (
    "An attention weight is a number between 0 and 1 that says how much one word looks at another. "
    "The weights of one word always add up to 1 after the softmax. "
    "The output of the layer is the sum of the value vectors, each multiplied by its weight. "
    "A head is one copy of the attention layer with weights of its own. "
    "Several heads are computed in parallel and their outputs are concatenated."
)


def block(text: str, kind: str = "paragraph", page: int = 0, top: float = 100.0) -> Block:
    return Block(kind=kind, page=page, bbox=(72, top, 500, top + 20), text=text, level=int(kind == "heading"))


def passage_of(*parts: tuple[str, str]) -> Passage:
    """A passage of one page for each (heading, text)."""
    document = Document(
        sha256="0" * 64,
        title="A Book",
        page_count=len(parts),
        labels=tuple(str(number + 11) for number in range(len(parts))),
        words=(300,) * len(parts),
    )
    blocks = [
        each
        for page, (title, text) in enumerate(parts)
        for each in (block(title, "heading", page), block(text, page=page, top=140))
    ]
    return Passage(
        document=document, title="Vectors", chapter="", first=0, last=len(parts) - 1, blocks=tuple(blocks),
        pictures=(), tables=(),
    )  # fmt: skip


@dataclass
class Bench:
    """Drafts one passage, composes its note and says what happened."""

    base_url: str
    folder: Path
    passage: Passage = field(
        default_factory=lambda: passage_of(("1 Cosine Similarity", FIRST), ("2 Attention", SECOND))
    )
    memory: Replies = field(default_factory=lambda: Replies(None))
    env: dict[str, str] = field(default_factory=lambda: {"OPENAI_API_KEY": CANARY})

    def drafter(self, model: str, learner: LearnerSettings | None = None, **settings: Any) -> LLMDrafter:
        chosen = DraftSettings(**{"model": model, "base_url": self.base_url, "timeout_s": 20.0, **settings})
        learner = learner or LearnerSettings()
        return LLMDrafter(endpoint_of(chosen, self.env), chosen, learner, Templates(), self.memory)

    def draft(self, model: str, brief: Brief | None = None, **settings: Any) -> Draft:
        return self.drafter(model, **settings).draft(self.passage, brief or Brief())

    def note(self, draft: Draft) -> str:
        """The finished note; it must pass the checks and hold the key sentences of sections that no model drafted."""
        vault = Vault(self.folder)
        (self.folder / "Inbox").mkdir(parents=True, exist_ok=True)
        (self.folder / "Inbox" / "Book.pdf").write_bytes(b"%PDF-1.4")
        place = Place(
            vault=vault, note_path="Logs/Day.md", pdf_path="Inbox/Book.pdf", attachment_folder="Attachments",
            date="2026-03-01", tags=("study/log",), concept_tags=(), made_from="0" * 16,
        )  # fmt: skip
        note = compose(draft, self.passage, Related(), place, Templates())
        counts = {"Inbox/Book.pdf": self.passage.last + 1}
        planned = {each.path: "" for each in note.attachments}
        problems = inspect(note.body, note.path, vault, page_counts=counts, planned=planned)
        assert [each for each in problems if each.severity == "error"] == []
        extracted = ExtractiveDrafter().draft(self.passage)
        for section, drafted in zip(extracted.sections, draft.sections, strict=True):
            for statement in () if drafted.added else section.digest:
                assert statement.text in note.body.replace("==", "")
        return "\n".join([str(note.properties), note.body])
