"""Which items come in which step: a shuffled order that any process can continue anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from ...generator.base.seeds import draws
from ..values import Array


@dataclass(frozen=True)
class Order:
    """Each epoch visits `n` items in another order, `batch` of them a step on each of `world` ranks.

    All ranks together take the epoch's order in blocks of batch x world; what is left over at its end is filled up with items
    from its start ("pad": every item comes) or left out ("drop": none comes twice), alike on all ranks. Where a run is, is
    (epoch, step) and no more.
    """

    n: int
    seed: int
    batch: int
    rank: int = 0
    world: int = 1
    last: Literal["pad", "drop"] = "pad"

    def __post_init__(self) -> None:
        if min(self.n, self.batch, self.world) < 1 or not 0 <= self.rank < self.world:
            raise ValueError(f"no order of {self.n} items, {self.batch} a step, on rank {self.rank} of {self.world}")
        if not self.steps_per_epoch:
            raise ValueError(f"{self.n} items do not fill one step of {self.batch} x {self.world}")

    @property
    def steps_per_epoch(self) -> int:
        """Steps of every epoch, on every rank."""
        whole, rest = divmod(self.n, self.batch * self.world)
        return whole + (self.last == "pad" and rest > 0)

    def slots(self, step: int) -> Array:
        """(batch,) int64: places in the epoch's order that this rank takes at `step`; draws for a clip are keyed by them."""
        if not 0 <= step < self.steps_per_epoch:
            raise ValueError(f"step {step} of {self.steps_per_epoch}")
        return (step * self.world + self.rank) * self.batch + np.arange(self.batch)

    def positions(self, epoch: int, step: int) -> Array:
        """(batch,) int64: the items of `step` of `epoch` on this rank."""
        return _shuffled(self.n, self.seed, epoch)[self.slots(step) % self.n]


@lru_cache(maxsize=2)
def _shuffled(n: int, seed: int, epoch: int) -> Array:
    return draws(seed, "order", epoch).permutation(n)
