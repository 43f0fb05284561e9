"""Every recipe says what it is, and its model learns by its objective (here at reduced size, one step)."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from synapt.generator.base.errors import UserError
from synapt.training.config import RECIPES, TrainConfig, as_toml, config_from, load_config, recipe_names
from synapt.training.data.transforms import settled
from synapt.training.engine.dist import Team
from synapt.training.engine.step import Stepper
from synapt.training.models import MODELS, build
from synapt.training.objectives import build_objective
from synapt.training.values import Batch
from synapt.training.verbs.pretrain import RECIPE_OF, recipe_for

SHALLOW = {"timesformer_b": {"depth": 1, "dim": 48, "heads": 2}, "videomae_b": {"depth": 1, "dim": 48, "heads": 2}}


@pytest.mark.parametrize("name", recipe_names())
def test_a_recipe_takes_a_step(name):
    config = load_config(name)
    words = (RECIPES / f"{name}.toml").read_text()
    assert f"--recipe {name}" in "".join(words.splitlines()[:2]), "its head says the command"
    assert config.about and config.cost and config.expected
    if "cpu" not in name:
        assert config.expected.startswith("not run here")
    frames = 16 if config.model.name == "r2plus1d_18" else 8
    data = replace(config.data, frames=frames, size_px=64 if "videomae" in config.model.name else 32)
    small = replace(config, data=data, model=replace(config.model, options=SHALLOW.get(config.model.name, {})))
    model = build(small.model, 3, small.data)
    objective = build_objective(model, small, (("a", "b", "c"),) + ((("x", "y"),) if small.objective.kind == "aligned" else ()))
    data = settled(small.data, model.spec)
    shape = (2, data.frames, data.size_px, data.size_px)
    labels = {"person": torch.ones(shape, dtype=torch.uint8), "joints": torch.full((2, data.frames, 2, 17, 3), 0.5)}
    rng = np.random.default_rng(0)
    video = torch.from_numpy(rng.integers(256, size=(2, 3, *shape[1:]), dtype=np.uint8))
    source = torch.tensor([0, len(objective.classes) - 1])
    batch = Batch(video, torch.tensor([0, 1]), source, {name: labels[name] for name in objective.extras})
    before = [p.detach().clone() for p in objective.parameters()]
    told = Stepper(objective, small, Team(torch.device("cpu")), 10)(batch, 5)
    assert np.isfinite(float(told["loss"]))
    assert any(not torch.equal(a, b) for a, b in zip(before, objective.parameters(), strict=True))


def test_every_model_has_a_recipe():
    assert {recipe_for(model) for model in MODELS} <= set(recipe_names()) and recipe_for("") == "tiny-cpu"
    assert all(load_config(recipe).model.name == model for model, recipe in RECIPE_OF.items())


def test_a_config_as_text_is_read_back(tmp_path):
    odd = {"about": 'a "quoted"\n\\line é', "seed": 3, "model": {"options": {"a b": [1, 2.5], "c": {"d": True}}},
           "optim": {"lr": 1e-7, "betas": [0.9, 0.95]}, "objective": {"auxiliary": {"joints": 0.1}}}  # fmt: skip
    for config in (TrainConfig(), config_from(odd), *map(load_config, recipe_names())):
        (tmp_path / "c.toml").write_text(as_toml(config), encoding="utf-8")
        assert load_config(str(tmp_path / "c.toml")) == config
        assert all(line in as_toml(config) for line in ("[engine]", "clip_norm = ", "crop_ratio = [", "dropout = "))


SENSELESS = (
    "optim.epochs=0 optim.lr=-1.0 optim.batch=0 optim.ema=2.0 data.size_px=-4 data.test_views=0 data.test_crops=2 "
    "data.sampling='foo' augment.mixup=-1.0 data.workers=-5 optim.warmup=5.0 model.dropout=1.0 "
    "augment.crop_scale=[0.5,0.2] augment.crop_scale=[-0.1,0.5] augment.crop_scale=[0.0,1.0] augment.crop_scale=[0.5,1.1] "
    "augment.crop_scale=[nan,1.0] augment.crop_ratio=[2.0,0.5] augment.crop_ratio=[0.0,1.0] augment.crop_ratio=[1.0,inf] "
    "augment.person_zoom=[0.5,2.0] augment.tempo=[0.0,1.0] augment.tempo=[2.0,1.0] optim.betas=[0.9,1.0] optim.betas=[-0.1,0.9] "
    "optim.momentum=1.0 optim.layer_decay=0.0 optim.layer_decay=1.5 engine.save_every_s=-1.0 objective.auxiliary={joints=-1.0} "
    "seed=-1"
)


@pytest.mark.parametrize("change", SENSELESS.split())
def test_numbers_that_make_no_sense_are_refused_by_name(change):
    with pytest.raises(UserError, match=rf"with {re.escape(change)}.*{change.split('=')[0]}"):
        config_from({}, [change])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("lr=1", "^--with lr=1: there is no setting 'lr': did you mean optim.lr"),
        ("optm.lr=1", "no setting 'optm.lr': did you mean optim.lr"),
        ("optim.warmpu=1", "no setting 'optim.warmpu': did you mean optim.warmup"),
        ("optim={lrr=1}", "unknown entry 'lrr'"),
        ("optim=1", "optim is 1, expected `object`"),
    ],
)
def test_a_setting_that_there_is_not_is_told_as_it_was_typed(change, said):
    with pytest.raises(UserError, match=said):
        load_config("tiny-cpu", [change])
    with pytest.raises(UserError, match=r"^no recipe at nowhere\.toml: "):
        load_config("nowhere.toml")
    assert load_config("tiny-cpu", ["model.options.width=4"]).model.options["width"] == 4


def test_ranges_may_be_a_point_and_reach_their_ends():
    config_from(
        {}, ["augment.crop_scale=[1.0,1.0]", "augment.crop_ratio=[0.1,0.1]", "augment.tempo=[0.5,2]", "optim.betas=[0,0.9]"]
    )
