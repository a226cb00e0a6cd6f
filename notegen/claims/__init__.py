"""What a raw note or a chat claims: sentences, tables of weights, sums. What can be computed is computed again."""
