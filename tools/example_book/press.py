"""Set the book's blocks on leaves, one under the other, and remember where everything came to stand."""

from __future__ import annotations

from .figures import FIGURES
from .leaf import GREY, PALE, Leaf, width
from .lines import Line, break_lines
from .maths import layout
from .source import Block
from .truth import Captioned, Formula, Heading, Truth

PAGE = (499.0, 709.0)  # B5
LEFT, WIDE, TOP, BOTTOM = 64.0, 371.0, 80.0, 646.0
SIZE, LEADING = 10.2, 13.5
SMALL, SMALL_LEADING = 8.8, 11.4
CODE, CODE_LEADING = 8.3, 10.8
NOTE, NOTE_LEADING = 8.4, 10.4
ROW = 15.0
INDENT = 14.0


class Press:
    """Sets one chapter after the other. `leaves` and `truth` are the result."""

    def __init__(self, front_leaves: int) -> None:
        self.leaves = [Leaf(PAGE) for _ in range(front_leaves)]
        self.truth = Truth()
        self.front_leaves = front_leaves
        self.y = TOP
        self.bottom = BOTTOM
        self.notes: list[str] = []
        self.waiting: list[Block] = []
        self.chapter = Block(kind="chapter")
        self.after_heading = True

    @property
    def leaf(self) -> Leaf:
        return self.leaves[-1]

    @property
    def page(self) -> int:
        return len(self.leaves) - 1

    def set_chapter(self, blocks: list[Block]) -> None:
        """Set a chapter on leaves of its own."""
        for place, block in enumerate(blocks):
            following = blocks[place + 1].kind if place + 1 < len(blocks) else ""
            if block.kind == "chapter":
                self._open_chapter(block)
            elif block.kind in ("section", "subhead"):
                self._heading(block)
            elif block.kind == "paragraph":
                self._paragraph(block, leads=following in ("formula", "bullets", "steps"))
            elif block.kind in ("bullets", "steps"):
                self._items(block)
            elif block.kind == "formula":
                self._formula(block)
            else:
                self._float(block)
        while self.waiting:
            self._turn()
        self._print_notes()

    def _turn(self, *, opening: bool = False) -> None:
        """A new leaf, with its header, its page number and the floats that wait for room."""
        self._print_notes()
        self.leaves.append(Leaf(PAGE))
        self.y, self.bottom = TOP, BOTTOM
        number = str(self.page - self.front_leaves + 1)
        if not opening:
            self.leaf.text((LEFT, 54), f"Chapter {self.chapter.label}", "serif", 8.8, GREY)
            self.leaf.text((LEFT + WIDE, 54), self.chapter.text, "italic", 8.8, GREY, align=1)
            self.leaf.line((LEFT, 60), (LEFT + WIDE, 60), thick=0.4, colour=GREY)
        self.leaf.text((PAGE[0] / 2, 676), number, "serif", 9, align=0.5)
        waiting, self.waiting = self.waiting, []
        for block in waiting:
            self._float(block)

    def _need(self, height: float) -> None:
        if self.y + height > self.bottom:
            self._turn()

    def _open_chapter(self, block: Block) -> None:
        self.chapter = block
        self._turn(opening=True)
        self.leaf.text((LEFT, 112), f"Chapter {block.label}", "italic", 13, GREY)
        self.leaf.text((LEFT, 141), block.text, "bold", 23)
        self.leaf.line((LEFT, 155), (LEFT + WIDE, 155), thick=0.8)
        self._remember(block, level=1, top=98)
        self.y = 184
        self.after_heading = True

    def _heading(self, block: Block) -> None:
        section = block.kind == "section"
        above = 18.0 if section else 10.0
        self._need(above + 22 + 2.2 * LEADING)  # a heading stays with two lines of its text
        self.y += above if self.y > TOP else 0.0
        size = 13.5 if section else 10.8
        text = f"{block.label}  {block.text}" if section else block.text
        self.leaf.text((LEFT, self.y + 0.8 * size), text, "bold", size)
        if section:
            self._remember(block, level=2, top=self.y)
        self.y += 24 if section else 18
        self.after_heading = True

    def _remember(self, block: Block, *, level: int, top: float) -> None:
        heading = Heading(level=level, number=block.label, title=block.text, page=self.page, top=top)
        self.truth.headings.append(heading)

    def _paragraph(self, block: Block, *, leads: bool) -> None:
        lines = break_lines(block.text, SIZE, WIDE, indent=0 if self.after_heading else INDENT)
        self.after_heading = False
        if block.notes:
            self._need(len(lines) * LEADING + sum(self._note_height(note) for note in block.notes))
        self._set_lines(lines, LEFT, keep_end=3 if leads else 0)
        for note in block.notes:
            self.notes.append(note)
            self.bottom -= self._note_height(note)

    def _set_lines(self, lines: list[Line], x: float, *, keep_end: int = 0) -> None:
        """Print lines, over a page break where they must; no first or last line of a paragraph stands alone."""
        room = int((self.bottom - self.y + 3) // LEADING)
        here = len(lines)
        if len(lines) + keep_end > room:
            here = min(room, len(lines) - 2)
            here = 0 if here < 2 else here
        for line in lines[:here]:
            line.draw(self.leaf, x, self.y + 0.76 * SIZE)
            self.y += LEADING
        if here < len(lines):
            self._turn()
            self._set_lines(lines[here:], x)

    def _note_height(self, note: str) -> float:
        return len(break_lines(note, NOTE, WIDE - 8)) * NOTE_LEADING + 7

    def _print_notes(self) -> None:
        """Print the leaf's footnotes in the room that was kept for them."""
        y = self.bottom + 8
        if self.notes:
            self.leaf.line((LEFT, y), (LEFT + 80, y), thick=0.4)
        for note in self.notes:
            mark, _, text = note.partition(" ")
            self.leaf.text((LEFT, y + 8.5), mark, "serif", 6.2)
            for line in break_lines(text, NOTE, WIDE - 8):
                line.draw(self.leaf, LEFT + 8, y + 11.5)
                y += NOTE_LEADING
            y += 3
        self.notes = []

    def _items(self, block: Block) -> None:
        self.y += 3
        for place, item in enumerate(block.items, start=1):
            lines = break_lines(item, SIZE, WIDE - 30)
            self._need((len(lines) if len(lines) < 4 else 2) * LEADING - 3)  # so that the mark stays with its text
            mark = "•" if block.kind == "bullets" else f"{place}."
            self.leaf.text((LEFT + 14, self.y + 0.76 * SIZE), mark, "serif", SIZE)
            self._set_lines(lines, LEFT + 30)
            self.y += 2
        self.y += 4
        self.after_heading = False

    def _formula(self, block: Block) -> None:
        box = layout(block.text, 11)
        self._need(box.up + box.down + 14)
        baseline = self.y + 5 + box.up
        first = len(self.leaf.ops)
        box.draw(self.leaf, LEFT + (WIDE - box.wide) / 2, baseline)
        bbox = self.leaf.covered(first)
        self.leaf.text((LEFT + WIDE, baseline), block.label, "serif", SIZE, align=1)
        self.truth.formulas.append(Formula(label=block.label, tex=block.text, page=self.page, bbox=bbox))
        self.y = baseline + box.down + 11
        self.after_heading = True  # what follows a formula goes on without an indent

    def _float(self, block: Block) -> None:
        """A captioned thing: here when it fits, else at the top of the next leaf while the text goes on."""
        caption = break_lines(f"**{block.label}:** {block.text}", SMALL, WIDE - 24)
        height = self._height(block)
        total = height + len(caption) * SMALL_LEADING + 26
        if self.waiting or self.y + total > self.bottom:
            self.waiting.append(block)
            return
        self.y += 8 if self.y > TOP else 0
        if block.kind != "figure":
            self._caption(caption)
        first = len(self.leaf.ops)
        rows, code = self._body(block)
        bbox = self.leaf.covered(first)
        self.y += height + 6
        if block.kind == "figure":
            self._caption(caption)
        self.y += 8
        text = f"{block.label}: {_plain(block.text)}"
        self.truth.captioned.append(Captioned(
            kind=block.kind, label=block.label, caption=text, page=self.page, bbox=bbox, rows=rows, code=code
        ))  # fmt: skip

    def _caption(self, lines: list[Line]) -> None:
        x = LEFT + ((WIDE - lines[0].natural) / 2 if len(lines) == 1 else 12)
        for line in lines:
            line.draw(self.leaf, x, self.y + 0.76 * SMALL)
            self.y += SMALL_LEADING
        self.y += 3

    def _body(self, block: Block) -> tuple[tuple[tuple[str, ...], ...], str]:
        if block.kind == "figure":
            FIGURES[block.name][0](self.leaf, LEFT, self.y)
            return (), ""
        if block.kind == "code":
            self.leaf.rect((LEFT, self.y, LEFT + WIDE, self.y + self._height(block)), fill=PALE, stroke=None)
            for place, text in enumerate(block.items):
                if text:
                    self.leaf.text((LEFT + 8, self.y + 13 + place * CODE_LEADING), text, "mono", CODE)
            return (), "\n".join(block.items) + "\n"
        return self._table(block), ""

    def _height(self, block: Block) -> float:
        """How high the captioned thing is, without its caption."""
        if block.kind == "figure":
            return FIGURES[block.name][1]
        return len(block.items) * CODE_LEADING + 10 if block.kind == "code" else len(block.items) * ROW + 2

    def _table(self, block: Block) -> tuple[tuple[str, ...], ...]:
        """Rows of centred cells, the first column to the left; a grid where the name says so, else three rules."""
        rows = tuple(tuple(cell.strip() for cell in row.split("|")) for row in block.items)
        wides = [max(width(row[k], "bold", 9.2) for row in rows) + 22 for k in range(len(rows[0]))]
        left = LEFT + (WIDE - sum(wides)) / 2
        edges = [left + sum(wides[:k]) for k in range(len(wides) + 1)]
        for r, row in enumerate(rows):
            baseline = self.y + ROW * r + 10.5
            for k, cell in enumerate(row):
                at = (edges[k] + 7, baseline) if k == 0 else ((edges[k] + edges[k + 1]) / 2, baseline)
                self.leaf.text(at, cell, "bold" if r == 0 else "serif", 9.2, align=0 if k == 0 else 0.5)
        foot = self.y + ROW * len(rows)
        if block.name.startswith("grid"):
            for r in range(len(rows) + 1):
                self.leaf.line((edges[0], self.y + ROW * r), (edges[-1], self.y + ROW * r), thick=0.5)
            for edge in edges:
                self.leaf.line((edge, self.y), (edge, foot), thick=0.5)
        else:
            for y, thick in ((self.y, 0.9), (self.y + ROW, 0.5), (foot, 0.9)):
                self.leaf.line((edges[0], y), (edges[-1], y), thick=thick)
        return rows


def _plain(text: str) -> str:
    return text.replace("**", "").replace("*", "").replace("$", "").replace("`", "").replace("\u00a0", " ")
