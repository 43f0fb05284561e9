"""Hair: the cut, and how it falls."""
