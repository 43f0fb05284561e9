"""What `devices.probe` runs in child processes: list Blender's GPUs, and prove one by a tiny picture."""

from __future__ import annotations

import json
import os
import sys

import numpy as np

from ...base.errors import UserError
from ...values import FIRST, Array, Camera, Light, Material, Mesh, Performance, Performer, Scene, Skeleton
from .backend import Blender, list_devices
from .devices import GPU_KINDS, PLACE
from .surroundings import clean_up

TOLERANCE = 4.0
"""Largest mean difference in grey levels between two devices' pictures; a black one has over 50."""


def print_devices() -> None:
    """Write the GPUs that Blender finds as one line of JSON, kind -> names, and end the process."""
    _answer(json.dumps(list_devices(GPU_KINDS)))


def print_proof(kind: str) -> None:
    """Render the test picture on every card of a kind, hold it against the processor's, and end the process.

    Raises UserError if it isn't the picture it should be.
    """
    expected = Blender("CPU").render(test_scene(), "standard").astype(float)
    if not np.ptp(expected[..., 0]) > 50:
        raise UserError("the test picture came out blank")
    cards = [] if kind == "CPU" else list_devices((kind,)).get(kind, [kind])
    for place, name in enumerate(cards):
        os.environ[PLACE] = str(place)
        error = float(np.abs(Blender(kind).render(test_scene(), "standard") - expected).mean())
        if error > TOLERANCE:
            raise UserError(f"the test picture came out wrong on {name}: {error:.0f} grey levels off on average")
    _answer("works")


def _answer(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    clean_up()
    os._exit(0)


def test_scene() -> Scene:
    """A checked square under an even sky, 32 pixels wide, one frame."""
    corners = np.array([[-1, 0, -1], [1, 0, -1], [1, 0, 1], [-1, 0, 1]], dtype=np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], dtype=np.int32)
    checks = (np.indices((8, 8)).sum(axis=0) % 2 * 255).astype(np.uint8)
    zeros = np.zeros(2, dtype=np.int16)
    square = Mesh(
        "square",
        "person",
        corners,
        faces,
        (corners[faces][..., [0, 2]] + 1) / 2,
        zeros,
        zeros,
        zeros,
        (Material("checks", np.repeat(checks[..., None], 3, axis=-1)),),
        None,
        np.eye(4, dtype=np.float32)[None, None, :3],
    )
    view = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 3], [0, 0, 0, 1]])[None]
    camera = Camera(32, 32, np.array([[[48.0, 0, 16], [0, 48, 16], [0, 0, 1]]]), view)
    up = np.array([0.0, 0, -1])
    light = Light(None, 0.0, 0.0, up, 0.0, np.ones(3), (), np.zeros(3))
    still: Array = np.tile(np.eye(3), (1, 55, 1, 1))
    nobody = Performer(FIRST, Skeleton(np.zeros((55, 3)), {}, np.zeros(55)), still, np.zeros((1, 3)))
    return Scene((square,), camera, light, Performance(15.0, (nobody,), {}, (), ()))
