"""Models that learn from the clips, and measures of how well that carries over to real video."""
