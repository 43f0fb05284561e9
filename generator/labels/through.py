"""What a pinhole's pixels see, as the finished picture's pixels see it: through the lens, and row after row."""

from __future__ import annotations

import numpy as np

from ..scene.lens import Bending, cells, lateness
from ..values import Array
from .passes import Views


def through(bending: Bending, views: Views) -> Views:
    """The views of a finished picture, each pixel that of the pinhole's pixel which it shows. They need "flow" if it `moves`."""
    flow = views.dense.get("flow")
    at = [cells(bending.sources_of(flow_at(flow, t) if bending.moves else None)) for t in range(len(views.depth))]
    every = {"depth": views.depth, "part": views.part, "person": views.person, **views.dense}
    bent = {name: _looked_up(array, at) for name, array in every.items()}
    if flow is not None:
        for t in range(len(flow)):
            bent["flow"][t], outside = _flow(bending, flow[t], at[t], t)
            bent["occlusion"][t] |= outside
    return Views(bent["depth"], bent["part"], bent["person"], {name: bent[name] for name in views.dense})


def flow_at(flow: Array | None, t: int) -> Array | None:
    """Flow (H, W, 2) px a frame at frame t of flow (T - 1, H, W, 2); at the last frame that before it. None where there is none."""
    return None if flow is None or not len(flow) else flow[min(t, len(flow) - 1)]


def _looked_up(array: Array, at: list[tuple[Array, Array]]) -> Array:
    out = np.empty_like(array)
    for t in range(len(array)):
        x, y = at[t]
        out[t] = array[t, y, x]
    return out


def _flow(bending: Bending, flow: Array, at: tuple[Array, Array], t: int) -> tuple[Array, Array]:
    """Flow (H, W, 2) of what finished frame t shows, and which of it (H, W) leaves the finished picture."""
    height, width = flow.shape[:2]
    x, y = at
    here = np.stack([x, y], axis=-1).reshape(-1, 2) + 0.5
    first, then = bending.finished(here, t), bending.finished(here + flow[y, x].reshape(-1, 2), t + 1)
    step = then - first
    if bending.moves:
        first, then = (
            place + lateness(place[:, 1], step[:, 1], bending.share, height)[:, None] * step for place in (first, then)
        )
    outside = (then < 0).any(axis=1) | (then[:, 0] > width) | (then[:, 1] > height)
    return (then - first).reshape(flow.shape).astype(np.float32), outside.reshape(height, width)
