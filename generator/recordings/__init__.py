"""Recorded motion: what files hold of people's movement, read into one form."""
