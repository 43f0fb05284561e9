"""Video models by name: one file per family, input layouts hidden."""
