"""Frame indices, pinned to numbers worked out by hand, and what must hold for all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synapt.generator.base.seeds import draws
from synapt.training.data.sampling import dense, segment, views

GOLDEN = [
    (segment(80, 8), [5, 15, 25, 35, 45, 55, 65, 75]),
    (segment(10, 4), [1, 3, 6, 8]),
    (segment(3, 8), [0, 0, 0, 1, 1, 2, 2, 2]),
    (segment(1, 4), [0, 0, 0, 0]),
    (segment(8, 8), [0, 1, 2, 3, 4, 5, 6, 7]),
    (segment(80, 4, tempo=0.5), [25, 35, 45, 55]),
    (segment(40, 4, tempo=2.0), [0, 10, 30, 39]),
    (dense(100, 4, 40), [35, 45, 55, 65]),
    (dense(10, 4, 40), [1, 3, 6, 8]),
    (dense(100, 4, 40, tempo=0.5), [42, 47, 52, 57]),
    (views(80, 4, 1, "segment", 0), [[10, 30, 50, 70]]),
    (views(80, 4, 2, "segment", 0), [[5, 25, 45, 65], [15, 35, 55, 75]]),
    (views(100, 4, 1, "dense", 40), [[35, 45, 55, 65]]),
    (views(100, 4, 3, "dense", 40), [[5, 15, 25, 35], [35, 45, 55, 65], [65, 75, 85, 95]]),
]


@pytest.mark.parametrize("k", range(len(GOLDEN)))
def test_golden(k):
    found, expected = GOLDEN[k]
    assert found.tolist() == expected and found.dtype == np.int64


@given(st.integers(1, 400), st.integers(1, 64), st.integers(0, 99), st.floats(1, 500), st.floats(0.4, 2.5))
def test_frames_are_in_the_clip_and_in_order(n_frames, n, seed, window, tempo):
    for found in (
        segment(n_frames, n, draws(seed, "s"), tempo),
        dense(n_frames, n, window, draws(seed, "d"), tempo),
        *views(n_frames, n, 3, "dense", window),
        *views(n_frames, n, 3, "segment", window),
    ):
        assert found.shape == (n,) and found.min() >= 0 and found.max() < n_frames and (np.diff(found) >= 0).all()
    assert np.array_equal(segment(n_frames, n, draws(seed, "s")), segment(n_frames, n, draws(seed, "s")))


def test_segments_take_one_of_each_part_and_all_of_them_in_time():
    found = np.stack([segment(80, 8, draws(k, "x")) for k in range(300)])
    assert np.array_equal(found // 10, np.tile(np.arange(8), (300, 1)))
    assert len(np.unique(found)) == 80


def test_windows_reach_everywhere():
    found = np.stack([dense(100, 4, 40, draws(k, "x")) for k in range(400)])
    assert (np.ptp(found, axis=1) >= 29).all() and found.min() <= 6 and found.max() >= 93


def test_a_fast_clip_stands_still_around_the_action():
    found = segment(40, 8, draws(1, "x"), tempo=2.0)
    assert ((np.diff(found) == 0).any() and found[0] == 0) or found[-1] == 39


def test_nonsense_is_refused():
    with pytest.raises(ValueError):
        segment(0, 4)
    with pytest.raises(ValueError):
        dense(4, 0, 3)
