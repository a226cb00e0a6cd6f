"""Sentences and what the type of the passage shows → its concepts, the surest first."""

from notegen.draft.quoting.concepts.concept import Concept, mentions, name_stems
from notegen.draft.quoting.concepts.definitions import defined_term
from notegen.draft.quoting.concepts.find import find_concepts
from notegen.draft.quoting.concepts.marks import Marks, marks_of

__all__ = ["Concept", "Marks", "defined_term", "find_concepts", "marks_of", "mentions", "name_stems"]
