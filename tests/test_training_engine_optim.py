"""What is decayed, how fast each layer learns, and when."""

import math
from dataclasses import replace

import pytest
import torch
from made_training import WAYS, plain_config, toy_config, toy_model
from synapt.training.engine.optim import average, make_optimizer, schedule, set_rate
from synapt.training.engine.precision import model_input
from synapt.training.models.base import ModelSpec
from synapt.training.objectives import build_objective

CLASSES = (tuple(map(str, WAYS)),)


def groups_of(config):
    """Parameter name -> its group of the optimiser."""
    objective = build_objective(toy_model(config), config, CLASSES)
    optimizer = make_optimizer(objective, config.optim)
    names = {id(parameter): name for name, parameter in objective.named_parameters()}
    found = {names[id(parameter)]: group for group in optimizer.param_groups for parameter in group["params"]}
    assert found.keys() == set(names.values())
    return found, optimizer


def test_norms_biases_and_places_are_not_decayed():
    for config in (toy_config(), plain_config()):
        for name, group in groups_of(config)[0].items():
            plain = name.endswith("bias") or "norm" in name or "embeddings" in name.rpartition(".")[2] or "cls_token" in name
            plain = plain or ".stem.1." in name or ".stem.4." in name  # batch norms without a name of their own
            assert group["weight_decay"] == (0.0 if plain else config.optim.weight_decay), name


def test_lower_layers_learn_more_slowly():
    config = plain_config()
    config = replace(config, optim=replace(config.optim, layer_decay=0.5, lr=0.8))
    groups, optimizer = groups_of(config)
    scales = {name: group["scale"] for name, group in groups.items()}
    assert {scale for name, scale in scales.items() if ".head." in name} == {1.0}
    assert {scale for name, scale in scales.items() if ".layer.1." in name} == {0.5}
    assert {scale for name, scale in scales.items() if ".layer.0." in name} == {0.25}
    assert {scale for name, scale in scales.items() if "patch_embeddings" in name} == {0.125}
    rate = set_rate(optimizer, config.optim, 50, 100)
    assert all(group["lr"] == pytest.approx(rate * group["scale"]) for group in optimizer.param_groups)


def test_the_rate_rises_in_a_line_and_falls_along_a_cosine_to_nothing():
    rates = [schedule(k, 200, 0.1) for k in range(200)]
    assert rates[:20] == pytest.approx([(k + 1) / 21 for k in range(20)])
    assert rates[20] == max(rates) == 1.0
    assert rates[110] == pytest.approx(0.5) and rates[65] == pytest.approx(0.5 * (1 + math.cos(math.pi / 4)))
    assert 0 < rates[-1] < 1e-3 and schedule(200, 200, 0.1) == pytest.approx(0.0)
    assert schedule(0, 10, 0.0) == 1.0


def test_the_mean_forgets_its_first_random_weights():
    model = torch.nn.Linear(1, 1, bias=False)
    model.register_buffer("count", torch.tensor(0))
    mean, expected = average(model, 0.9), None
    for k in range(60):
        model.weight.data.fill_(float(k))
        model.count.fill_(k)
        mean.update_parameters(model)
        keep = min(0.9, (1 + k) / (10 + k))
        expected = float(k) if k == 0 else keep * expected + (1 - keep) * k
        assert float(mean.module.weight.detach()) == pytest.approx(expected, rel=1e-5)
    assert int(mean.module.count) == 59  # counters are not averaged


@pytest.mark.parametrize("last", [False, True])
def test_a_model_gets_bytes_as_floats_normalised_by_channel(last):
    spec = ModelSpec("any", 2, 5, 1, 1, mean=(0.5, 0.4, 0.3), std=(0.2, 0.25, 0.3))
    stored = torch.randint(256, (4, 2, 5, 5, 3), dtype=torch.uint8)  # as a loader's batch lies in memory
    video, kept = stored.permute(0, 4, 1, 2, 3), stored.clone()
    given = model_input(video, spec, torch.device("cpu"), last)
    mean, std = (torch.tensor(three).view(3, 1, 1, 1) for three in (spec.mean, spec.std))
    assert given.dtype == torch.float32 and torch.allclose(given, (video / 255 - mean) / std, atol=1e-5)
    assert given.is_contiguous(memory_format=torch.channels_last_3d if last else torch.contiguous_format)
    assert torch.equal(stored, kept)
