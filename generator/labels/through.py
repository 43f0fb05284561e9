"""What a pinhole's pixels see, as the finished picture's pixels see it: through the lens, and row after row."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from ..render.bending import Bending
from ..values import Array
from .passes import Views


def through(bending: Bending, views: Views, wanted: Collection[str]) -> Views:
    """The views of a finished picture, each pixel that of the pinhole's pixel which it shows; of the passes those `wanted`.

    They need "flow" where rows are read one after the other.
    """
    flow = views.dense.get("flow")
    frames = range(len(views.depth))
    if bending.readout_share:
        places = [bending.places(flow_at(flow, t), views.depth[t]) for t in frames]
    else:
        places = [bending.places(None, views.depth[0])] * len(frames)
    asked = {name: array for name, array in views.dense.items() if name in wanted and name != "flow"}
    every = {"depth": views.depth, "part": views.part, "person": views.person, **asked}
    bent = {name: _looked_up(array, places) for name, array in every.items()}
    dense = {name: bent[name] for name in asked}
    if flow is not None and "flow" in wanted:
        dense["flow"] = np.empty_like(flow)
        for t in range(len(flow)):
            dense["flow"][t], outside = bending.flow(flow[t], places[t])
            dense["occlusion"][t] |= outside
    return Views(bent["depth"], bent["part"], bent["person"], dense)


def flow_at(flow: Array | None, t: int) -> Array | None:
    """Flow (H, W, 2) px a frame at frame t of flow (T - 1, H, W, 2); at the last one that before it."""
    return None if flow is None or not len(flow) else flow[min(t, len(flow) - 1)]


def _looked_up(array: Array, places: list[Array]) -> Array:
    out = np.empty_like(array)
    each = array.shape[3:]
    for t in range(len(array)):
        np.take(array[t].reshape(-1, *each), places[t], axis=0, out=out[t].reshape(-1, *each), mode="clip")
    return out
