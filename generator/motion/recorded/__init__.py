"""Bodies that follow recorded movement: brought to our skeletons, planted on the floor, with a choreography on top."""

from .following import follow, under

__all__ = ["follow", "under"]
