"""Questions that a passage answers in its own words, without a model: asked by self-checks, and by cards later.

`candidates` turns sentences of fixed forms into questions, `rules` throws out what a teacher would not ask, and
`choose` takes the best, at most one a page.
"""
