"""Whether sentences of a source say what a model claims that they say: by rules, and by models where some are named."""
