"""Clothes: cut from the body's own surface, draped, and painted."""
