"""What a small book says. A module of its own: a process that a test starts can only import what has one name."""

RIVERS = (
    "A delta is a plain of mud and sand that a river builds where it meets the sea. Its arms change their course "
    "with every flood.\n\nThe Danube carries 60 million tons of silt to the Black Sea in a year. Most of it "
    "settles within thirty kilometres of the coast.",
    "A meander is a bend that a river cuts into its own plain. The outer bank is worn away because the water "
    "flows faster there.\n\nAn oxbow lake is left behind when the river breaks through the neck of a meander.",
    "Glaciers grind rock into a fine flour. Lakes below a glacier look turquoise because this flour scatters "
    "the blue and green light.",
)
"""Pages of a book on rivers."""
