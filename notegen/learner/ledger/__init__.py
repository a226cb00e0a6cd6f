"""The ledger: what the learner did with each concept, in the properties of its note, and when to ask again."""
