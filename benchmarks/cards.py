"""Do cards survive? A deck imported into Anki's own library again and again, and cards notes merged thousands of times.

    python -m pip install anki
    python benchmarks/cards.py --imports 1000 --merges 10000

Imports: the learner edits a card and tags it in Anki, cards come in, and every package is imported again: no note may
be there twice, no edit be lost. Merges: passages come in any order into a note that the Spaced Repetition plugin writes
into: no `<!--SR:…-->` may be lost, or move to another card.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from notegen.learner.cards.anki import package
from notegen.learner.cards.exported import exported
from notegen.learner.cards.noted import NotedCard, cards_in
from notegen.learner.cards.plugin import CardSyntax
from notegen.vault.appending import append
from notegen.vault.regions import with_roster, wrap


def card(number: int) -> NotedCard:
    return NotedCard(
        id=f"{number:016x}",
        question=f"What is thing {number}?",
        answer=f"Thing {number} is one of many. [[Book.pdf#page={number}|p. {number}]]",
        date=f"2026-01-{1 + number % 28:02}",
        page=number,
        is_edited=False,
        schedule="",
        is_refused=False,
    )


def imports(count: int) -> str:
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        for turn in range(count):
            cards = exported([card(number) for number in range(10 + turn // 50)], source="Book", note_changed_at=0)
            path = Path(folder) / "cards.apkg"
            path.write_bytes(package({"notegen::Book": ("b1-0123456789abcdef", cards)}))
            collection.import_anki_package(
                ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
            )
            if turn == 0:
                note = collection.get_note(collection.find_notes("Question:*thing*0?")[0])
                note["Answer"], note.tags = "my own words", ["mine", *note.tags]
                collection.update_note(note)
        found = [collection.get_note(each) for each in collection.find_notes("")]
        wanted, guids = 10 + (count - 1) // 50, {note.guid for note in found}
        edited = [note for note in found if note["Answer"] == "my own words" and "mine" in note.tags]
        types = [each.name for each in collection.models.all_names_and_ids() if "notegen" in each.name]
        collection.close()
    return (
        f"{count} imports: {len(found)} notes of {wanted} cards, {len(found) - len(guids)} twice, "
        f"{len(edited)} of 1 edited note kept, {len(types)} note type"
    )


def merges(count: int) -> str:
    chance = random.Random(7)
    lost = moved = written = 0

    def note(numbers: list[int]) -> str:
        return "\n\n".join(wrap(f"card-{each:016x}", f"Q{each}\n?\nA{each}") for each in numbers) + "\n"

    for _ in range(count):
        numbers = chance.sample(range(60), 14)
        body = with_roster(note(numbers[:7]))
        for each in chance.sample(numbers[:7], 4):
            schedule = chance.choice((f"!2026-02-01,{each},230", f"!fsrs,2026-02-01,{each},1.5,2,2,1,0,0,2026-01-31"))
            body = body.replace(f"\nA{each}\n", f"\nA{each}\n<!--SR:{schedule}-->\n")
            written += 1
        before = {each.id: each.schedule for each in cards_in(body, CardSyntax())}
        chance.shuffle(numbers)
        after = {each.id: each.schedule for each in cards_in(append(body, note(numbers)), CardSyntax())}
        lost += sum(1 for each, schedule in before.items() if schedule and not after.get(each))
        moved += sum(1 for each, schedule in after.items() if schedule and before.get(each) != schedule)
    return f"{count} merges: {written} schedules written, {lost} lost, {moved} moved"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--imports", type=int, default=1000)
    parser.add_argument("--merges", type=int, default=10000)
    told = parser.parse_args()
    print(merges(told.merges))
    print(imports(told.imports))


if __name__ == "__main__":
    main()
