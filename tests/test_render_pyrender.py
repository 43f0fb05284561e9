"""The OpenGL backend: what it shows lies where the labels say; a missing package or driver is told in one line."""

import importlib.util
import sys
from pathlib import Path

import made_scenes as made
import numpy as np
import pytest
from children import run_python
from synapt.generator.base.errors import UserError
from synapt.generator.labels.passes import trace
from synapt.generator.render import find_backend


def scene():
    albedo = np.zeros((8, 8, 3), np.uint8)
    albedo[:4, :4], albedo[:4, 4:], albedo[4:, :4] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    board = made.quad(1.0, 1.0, 3.0, albedo=albedo, shifts=[(0.2, 0.0, 0.1), (0.4, 0.0, 0.1)])
    return made.scene([board], made.camera(2, width=128, height=96, focal=120))


@pytest.mark.skipif(importlib.util.find_spec("pyrender") is None, reason="the `pyrender` extra is not installed")
def test_it_shows_the_board_where_the_labels_have_it_and_upright():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import test_render_pyrender as t; t.child()"
    run_python("-c", code, Path(__file__).parent)


def child():
    """In a process of its own: OpenGL keeps a context for the rest of a process' life."""
    made_scene = scene()
    frames = find_backend("pyrender").render(made_scene, "draft").astype(int)
    board = trace(made_scene, ("mask",)).dense["mask"] > 0
    for frame, mask in zip(frames, board, strict=True):
        shown = np.abs(frame - frame[0, 0]).max(-1) > 12
        assert (shown & mask).sum() / (shown | mask).sum() > 0.9
        rows, columns = np.nonzero(mask)
        y0, y1, x0, x1 = rows.min() + 6, rows.max() - 6, columns.min() + 6, columns.max() - 6
        assert frame[y0, x0].argmax() == 0 and frame[y0, x1].argmax() == 1 and frame[y1, x0].argmax() == 2
        assert frame[y1, x1].max() < 20


def test_a_missing_package_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyrender", None)
    with pytest.raises(UserError, match=r"pip install -e '\.\[pyrender\]'.*--backend raster"):
        find_backend("pyrender").render(scene(), "draft")


def test_backends_are_found_by_name_and_typos_answered():
    assert find_backend("raster") is find_backend("raster") and find_backend("raster").name == "raster"
    with pytest.raises(UserError, match=r"unknown backend 'rastr'.*raster"):
        find_backend("rastr")
