"""What both halves stand on: errors, files, locks, the machine, named random streams. Imports nothing else of the package."""
