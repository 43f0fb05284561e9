"""Runs as TOML files; the head of each says command, cost and expected result."""
