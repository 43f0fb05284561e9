"""Whether clips on disk are what they should be."""
