"""A file's own skeleton: nodes in a tree, with the place of each in the file's rest pose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..values import Array

MOST_NODES = 2000
"""Of one skeleton; faces and fingers of the finest rigs have some hundreds."""


@dataclass(frozen=True)
class Armature:
    """N nodes, parents before their children.

    names (N,), "" where the file has none (BVH's End Sites); parents (N,), -1 for a root; rest (N, 3) positions in the rest
    pose, in the file's own axes and units.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    rest: Array

    def path(self, node: int) -> list[int]:
        """From the root down to the node, both included."""
        way = [node]
        while self.parents[way[-1]] >= 0:
            way.append(self.parents[way[-1]])
        return way[::-1]

    def common(self, a: int, b: int) -> int:
        """The lowest node above both (or one of them); -1 where they hang on different roots."""
        both = [x for x, y in zip(self.path(a), self.path(b), strict=False) if x == y]
        return both[-1] if both else -1

    def below(self, node: int, top: int) -> list[int]:
        """From `top` (left out) down to the node; empty where the node isn't below it."""
        way = self.path(node)
        return way[way.index(top) + 1 :] if top in way else []

    def children(self) -> list[list[int]]:
        """Of each node."""
        found: list[list[int]] = [[] for _ in self.names]
        for node, parent in enumerate(self.parents):
            if parent >= 0:
                found[parent].append(node)
        return found

    @cached_property
    def bone_lengths(self) -> tuple[float, ...]:
        """From its parent to each node at rest; 0 for a root."""
        parents = np.array(self.parents)
        lengths = np.linalg.norm(self.rest - self.rest[parents], axis=1)
        return tuple(np.where(parents >= 0, lengths, 0.0).tolist())
