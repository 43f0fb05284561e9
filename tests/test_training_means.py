"""What is worked out in one place for everybody: means over the views of clips, and figures of clusters drawn anew."""

import numpy as np
import pytest
from synapt.generator.base.seeds import draws
from synapt.training.engine.predict import mean_over_views
from synapt.training.significance import cluster_draws


def test_views_of_a_clip_are_averaged_in_whatever_batches_they_come():
    rng = np.random.default_rng(0)
    given, clip = rng.normal(size=(30, 4)).astype(np.float32), rng.permutation(np.arange(30) % 7)
    batches = [(clip[k : k + 8], given[k : k + 8]) for k in range(0, 30, 8)]
    found = mean_over_views(batches, 7)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [given[clip == k].mean(0) for k in range(7)], atol=1e-6)
    one = mean_over_views([(np.arange(30), given)], 30)
    assert (one == given).all()  # of a single view, to the bit


def test_a_clip_without_a_view_is_told():
    with pytest.raises(ValueError, match="2 of 3 clips were never seen"):
        mean_over_views([(np.array([1]), np.ones((1, 2), np.float32))], 3)
    with pytest.raises(ValueError, match="3 of 3"):
        mean_over_views([], 3)


def test_clusters_are_drawn_whole_and_as_many_as_there_are():
    sums, total = np.arange(12.0).reshape(6, 2), np.ones((6, 1))
    found = cluster_draws(lambda s, t: np.c_[s, t], sums, total, rng=draws("t"), n_draws=1234)
    assert found.shape == (1234, 3) and (found[:, 2] == 6).all()
    assert (found[:, 1] - found[:, 0] == 6).all()  # both columns of one draw are of the same clusters
    means = found[:, 0] / 6
    assert means.mean() == pytest.approx(5.0, abs=0.15) and means.std() == pytest.approx(np.std(sums[:, 0]) / 6**0.5, rel=0.08)
    counts = draws("t").multinomial(6, np.full(6, 1 / 6), size=1234)
    assert (found[:, :2] == counts @ sums).all()  # the same draws however many are held together


def test_a_draw_with_nothing_to_divide_by_is_no_number():
    found = cluster_draws(
        lambda r, t: (r / t)[:, 0], np.array([[1.0], [0.0]]), np.array([[1.0], [0.0]]), rng=draws(0), n_draws=400
    )
    assert np.isnan(found).any() and (found[~np.isnan(found)] == 1).all()
