"""The draft without a model: the source in its own words."""
