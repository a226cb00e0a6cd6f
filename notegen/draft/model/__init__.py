"""What a language model adds to a draft: forms, checks, and how its answers join the draft."""
