"""Arrays to images, and the numbers that they show."""

from notegen.figures.draw import draw

__all__ = ["draw"]
