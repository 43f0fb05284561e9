"""What is learned for: each clip by its own list's head, and free labels where they are known."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from made_training import ToyBatches, seen, toy_config, toy_model
from synapt.generator.base.errors import UserError
from synapt.training.config import DataConfig, ModelConfig, ObjectiveConfig
from synapt.training.data.extras import unknown
from synapt.training.models import build
from synapt.training.objectives import build_objective
from synapt.training.objectives.auxiliary import FLOW_UNIT, Auxiliary, finer
from synapt.training.values import Batch
from torch.nn import functional

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    "name, options",
    [
        ("tiny", {}),
        ("tsn_r18", {}),
        ("timesformer_s", {"depth": 0}),
        ("videomae_s", {"depth": 0}),
        pytest.param("r2plus1d_18", {}, marks=pytest.mark.slow),
    ],
)
def test_tokens_lie_where_they_looked(name, options):
    model = build(ModelConfig(name, options=options), 2, DataConfig(frames=8, size_px=96)).eval()
    video = torch.zeros(1, 3, 8, 96, 96)
    spot = video.clone()
    spot[:, :, 6:, 64:, 32:64] = 3.0
    with torch.no_grad():
        change = (model.laid_out(model.tokens(spot)) - model.laid_out(model.tokens(video))).abs().sum(1)[0]
        together = model.tokens_and_features(spot)
        assert torch.equal(together[0], model.tokens(spot)) and torch.equal(together[1], model.features(spot))
    times, rows, columns = change.shape
    at = np.unravel_index(int(change.argmax()), change.shape)
    assert (at[0] + 0.5) / times >= 0.5 and (at[1] + 0.5) / rows > 2 / 3 and 1 / 3 < (at[2] + 0.5) / columns < 2 / 3


def aligned(classes=(("a", "b", "c", "d"), ("x", "y"), ("u", "v", "w"))):
    small = ModelConfig("tiny", options={"width": 4, "stages": 2})
    config = replace(toy_config(), objective=ObjectiveConfig("aligned"), model=small)
    return build_objective(toy_model(config), config, classes)


def toy_batch(objective):
    batch = next(ToyBatches(objective.config).batches(0))
    return replace(batch, video=seen(batch.video, objective.model))


def test_each_list_is_judged_by_its_own_head():
    objective = aligned().eval()
    batch = toy_batch(objective)
    source = torch.tensor([0, 1] * 8)
    target = torch.where(source == 1, batch.target % 2, batch.target)
    loss, figures = objective.loss(replace(batch, target=target, source=source), RNG)
    features = objective.model.features(batch.video)
    logits = [head(features) for head in (objective.model.head, objective.heads[0])]
    each = [functional.cross_entropy(logits[s][k], target[k]) for k, s in enumerate(source.tolist())]
    assert torch.allclose(loss, torch.stack(each).mean(), atol=1e-6)
    right = [bool(logits[s][k].argmax() == target[k]) for k, s in enumerate(source.tolist())]
    assert float(figures["top1"]) == pytest.approx(np.mean(right))
    wide = functional.one_hot(target, 4).float()  # as a loader that mixes gives them
    assert torch.allclose(objective.loss(replace(batch, target=wide, source=source), RNG)[0], loss, atol=1e-6)
    loss.backward()
    assert not objective.heads[1].weight.grad.any()  # nobody came from there, but it takes part


def free_labels(clips=4, frames=4, size=16, places=8):
    """Labels of random people: a map's places are blocks of pixels, so that what is asked for is exactly known."""
    block = size // places

    def maps(values):
        return values.repeat_interleave(block, 2).repeat_interleave(block, 3)

    xy = (RNG.integers(0, places, (clips, frames, 2, 17, 2)) + 0.5) / places
    joints = torch.tensor(np.concatenate([xy, RNG.integers(0, 3, (clips, frames, 2, 17, 1))], -1), dtype=torch.float32)
    depth = torch.tensor(RNG.uniform(1, 9, (clips, frames, places, places)))
    depth[:, :, 0] = torch.inf
    part = torch.tensor(RNG.integers(0, 15, (clips, frames, places, places)))
    flow = torch.tensor(RNG.normal(0, 1, (clips, frames, places, places, 2)))
    whole = {"part": maps(part), "person": maps((part > 0).long()), "depth": maps(depth), "flow": maps(flow)}
    return {"joints": joints, **whole}, {"part": part, "depth": depth, "flow": flow}


class Known(torch.nn.Module):
    """A head that gives these maps, (B, t, C, rows, columns)."""

    def __init__(self, maps):
        super().__init__()
        self.maps = functional.pixel_unshuffle(maps, 4).transpose(1, 2)

    def forward(self, grid):
        return self.maps


def test_free_labels_that_are_said_rightly_cost_nothing():
    weights = {"joints": 1.0, "part": 2.0, "person": 1.0, "depth": 0.5, "flow": 1.0}
    labels, asked = free_labels()
    auxiliary = Auxiliary(toy_model(toy_config()), weights, 0)
    assert set(auxiliary.extras) == weights.keys()
    where = (labels["joints"][..., :2] * 8).long()
    heat = functional.one_hot(where[..., 1] * 8 + where[..., 0], 64).unflatten(-1, (8, 8)).float()
    said = {
        "joints": 100 * heat,
        "part": 100 * functional.one_hot(asked["part"], 15).movedim(-1, 2).float(),
        "person": 100 * functional.one_hot((asked["part"] > 0).long(), 2).movedim(-1, 2).float(),
        "depth": asked["depth"].float().log().nan_to_num(posinf=7.0)[:, :, None],
        "flow": asked["flow"].float().movedim(-1, 2) / (FLOW_UNIT * 16),
    }
    assert torch.equal(finer(Known(said["flow"]).maps), said["flow"])
    first, second = said.pop("joints").unbind(2)
    auxiliary.further[0] = Known(second)
    for name, maps in {"joints": first, **said}.items():
        auxiliary.heads[name] = Known(maps)
    batch = Batch(torch.zeros(4, 3, 4, 16, 16), torch.zeros(4), torch.zeros(4), labels)
    total, told = auxiliary.loss(torch.zeros(4, 16, 4, 2, 2), batch)
    assert all(float(error) < 1e-4 for error in told.values()), told
    auxiliary.heads["depth"] = Known(said["depth"] + 0.25)
    auxiliary.heads["flow"] = Known(said["flow"] + torch.tensor([2.0, 0.0]).view(2, 1, 1))
    total, told = auxiliary.loss(torch.zeros(4, 16, 4, 2, 2), batch)
    assert float(told["depth"]) == pytest.approx(0.25, rel=1e-4) and float(told["flow"]) == pytest.approx(1.5, rel=1e-4)
    assert float(total) == pytest.approx(0.5 * 0.25 + 1.5, rel=1e-3)


def test_labels_that_are_not_known_do_not_count():
    labels, _ = free_labels()
    labels["joints"][..., ::2, 2] = 0
    auxiliary = Auxiliary(toy_model(toy_config()), {"joints": 1.0, "depth": 1.0}, 0)
    other = {name: value.clone() for name, value in labels.items()}
    other["joints"][..., ::2, :2] = 7.0
    grid = torch.randn(4, auxiliary.heads["joints"].in_channels, 4, 2, 2)
    batch = Batch(torch.zeros(4, 3, 4, 16, 16), torch.zeros(4), torch.zeros(4))
    losses = [auxiliary.loss(grid, replace(batch, extras=extras))[0] for extras in (labels, other)]
    assert torch.equal(*losses) and bool(losses[0].isfinite())


def test_of_clips_without_labels_nothing_is_learned_but_the_class():
    weights = {"joints": 1.0, "part": 2.0, "person": 1.0, "depth": 0.5, "flow": 1.0}
    auxiliary = Auxiliary(toy_model(toy_config()), weights, 0)
    grid = torch.randn(6, auxiliary.heads["joints"].in_channels, 4, 2, 2)
    batch = Batch(torch.zeros(6, 3, 4, 16, 16), torch.zeros(6), torch.zeros(6))
    known, _ = free_labels(clips=2)
    nothing = {name: torch.from_numpy(unknown(name, 4)).expand(4, *known[name].shape[1:]) for name in weights}
    some = replace(batch, extras={name: torch.cat([known[name], nothing[name]]) for name in weights})
    alone = auxiliary.loss(grid[:2], Batch(torch.zeros(2, 3, 4, 16, 16), torch.zeros(2), torch.zeros(2), known))
    told = auxiliary.loss(grid, some)
    assert torch.allclose(told[0], alone[0]) and told[1].keys() == alone[1].keys()
    grid.requires_grad_()
    none = auxiliary.loss(grid[2:], replace(batch, video=batch.video[2:], extras=nothing))[0]
    none.backward()
    assert float(none.detach()) == 0.0 and not grid.grad.any()


def test_free_labels_are_learned_beside_the_class():
    config = replace(toy_config(), objective=ObjectiveConfig(auxiliary={"joints": 1.0, "part": 0.1}))
    objective = build_objective(toy_model(config), config, (("a", "b", "c", "d"),))
    batch = replace(toy_batch(objective), extras=free_labels(clips=16)[0])
    optimizer = torch.optim.Adam(objective.parameters(), 1e-2)
    told = []
    for _ in range(60):
        optimizer.zero_grad()
        loss, figures = objective(batch, RNG)
        loss.backward()
        optimizer.step()
        told.append({"loss": float(loss.detach()), "joints": float(figures["joints"])})
    assert told[-1]["loss"] < 0.8 * told[0]["loss"] and told[-1]["joints"] < told[0]["joints"]
    with pytest.raises(UserError, match="no label 'joint': did you mean joints"):
        Auxiliary(objective.model, {"joint": 1.0}, 0)
    with pytest.raises(UserError, match=r"auxiliary.depth is 0"):
        Auxiliary(objective.model, {"depth": 0.0}, 0)
