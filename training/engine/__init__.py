"""How steps are run: optimiser, schedule, processes, checkpoints, logs."""
