"""How transfer is measured: one file per protocol, each from a model and a fold to predictions."""
