"""A dataset's data card: one page of plots, tables and example clips."""
