"""Mixing cuts the axes it should, in the shares it says; the order covers everything once, on any number of ranks."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from synapt.generator.base.errors import UserError
from synapt.generator.base.seeds import draws
from synapt.training.config import AugmentConfig
from synapt.training.data.mix import mix
from synapt.training.data.order import Order
from synapt.training.values import Batch

STEP = 25
"""Levels of 255 between two clips."""


def batch(n=6, sources=1):
    """Clip k is k * STEP everywhere and of class k, so that the mixture says what it is made of."""
    video = torch.arange(n, dtype=torch.uint8).view(n, 1, 1, 1, 1).expand(n, 3, 5, 12, 20) * STEP
    return Batch(video, torch.arange(n), torch.arange(n) % sources)


def test_cutmix_cuts_height_and_width_over_all_frames_and_its_share_is_the_area():
    wide, tall = set(), set()
    for k in range(60):
        made = mix(batch(), AugmentConfig(cutmix=1.0), 6, draws(k, "m"))
        for own, clip in enumerate(made.video):
            foreign = (clip != own * STEP)[0]
            assert torch.equal(foreign, foreign[:1].expand_as(foreign))  # every frame alike
            assert torch.equal((clip != own * STEP), foreign.expand_as(clip))  # every channel alike
            rows, columns = foreign[0].any(1), foreign[0].any(0)
            assert foreign[0].sum() == rows.sum() * columns.sum()
            if foreign.any():
                wide.add(int(columns.sum()))
                tall.add(int(rows.sum()))
                other = int(clip[0, 0][foreign[0]][0]) // STEP
                area = float(foreign[0].float().mean())
                assert made.target[own, other] == pytest.approx(area, abs=1e-6)
                assert made.target[own, own] == pytest.approx(1 - area, abs=1e-6)
    assert max(tall) > 8 and max(wide) > 14 and len(tall) > 5 and len(wide) > 8  # not time, not one side only


def test_mixup_is_the_mean_that_its_target_says():
    for k in range(20):
        made = mix(batch(), AugmentConfig(mixup=0.8), 6, draws(k, "m"))
        expected = made.target @ torch.arange(6, dtype=torch.float32) * STEP
        assert (made.video[:, 0, 0, 0, 0] - expected).abs().max() <= 0.5 + 1e-4
        assert torch.allclose(made.target.sum(1), torch.ones(6))
        assert torch.equal(made.video, made.video[:, :1, :1, :1, :1].expand_as(made.video))


def test_both_come_when_both_are_on_and_nothing_when_both_are_off():
    kinds = [mix(batch(), AugmentConfig(mixup=0.8, cutmix=1.0), 6, draws(k, "m")).video[0].unique().numel() for k in range(40)]
    assert min(kinds) == 1 and max(kinds) == 2
    same = batch()
    assert mix(same, AugmentConfig(), 6, draws(0, "m")) is same


def test_sources_are_not_mixed_and_labels_forbid_it():
    for k in range(20):
        target = mix(batch(8, sources=2), AugmentConfig(mixup=0.8), 8, draws(k, "m")).target
        own, other = torch.nonzero(target, as_tuple=True)
        assert ((own - other) % 2 == 0).all()
    labelled = batch()
    labelled.extras["joints"] = torch.zeros(6, 5, 2, 17, 3)
    with pytest.raises(UserError, match="can't be mixed"):
        mix(labelled, AugmentConfig(mixup=0.8), 6, draws(0, "m"))


@given(st.integers(1, 80), st.integers(1, 9), st.integers(1, 4), st.integers(0, 5))
def test_an_epoch_covers_everything_on_any_number_of_ranks(n, each, world, epoch):
    ranks = [Order(n, 7, each, rank, world) for rank in range(world)]
    steps = ranks[0].steps_per_epoch
    assert {order.steps_per_epoch for order in ranks} == {steps} == {-(-n // (each * world))}
    taken = np.concatenate([order.positions(epoch, step) for step in range(steps) for order in ranks])
    assert set(taken.tolist()) == set(range(n)) and len(taken) == steps * each * world
    assert len(set(taken[:n].tolist())) == n  # none twice before the filling
    alone = Order(n, 7, each * world)
    assert np.array_equal(taken, np.concatenate([alone.positions(epoch, step) for step in range(steps)]))
    if n >= each * world:
        dropping = [Order(n, 7, each, rank, world, "drop") for rank in range(world)]
        kept = np.concatenate([o.positions(epoch, s) for s in range(dropping[0].steps_per_epoch) for o in dropping])
        assert len(set(kept.tolist())) == len(kept) == n - n % (each * world)


def test_epochs_differ_and_nothing_else_matters():
    order = Order(50, 1, 10)
    first = order.positions(0, 3)
    order.positions(4, 0)
    assert np.array_equal(first, Order(50, 1, 10).positions(0, 3))
    assert not np.array_equal(first, order.positions(1, 3)) and not np.array_equal(first, Order(50, 2, 10).positions(0, 3))
    with pytest.raises(ValueError):
        order.positions(0, 5)
    with pytest.raises(ValueError):
        Order(3, 0, 4, last="drop")
