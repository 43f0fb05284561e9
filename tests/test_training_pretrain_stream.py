"""Clips rendered while training: each step is a function of (seed, step), alone or beside clips on disk."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import synapt.training.data.streamed as streamed
import synapt.training.verbs.pretrain as verb
import torch
from click.testing import CliRunner
from made_videos import class_folder
from synapt.generator.base.errors import UserError
from synapt.generator.base.seeds import draws
from synapt.training.config import load_config
from synapt.training.data.clips import mixed, open_clips
from synapt.training.data.streamed import Streamed, divided, stream_list, stream_source
from synapt.training.models import load_model
from synapt.training.models.base import ModelSpec
from synapt.training.pretrain import _check_classes, pretrain

SPEC = ModelSpec("tiny", 4, 32, 16, 3)
ACTIONS = ("walking", "run", "kicking")


class Drawn:
    """In place of the generator's stream: noise that is a function of the seed and the number; renders nothing."""

    opened: list[tuple[int, int, int]] = []  # noqa: RUF012

    def __init__(self, settings, start=0, workers=2, rank=0, world_size=1, workplace=None):
        self.settings, self.number, self.world = settings, start + (rank - start) % world_size, world_size
        Drawn.opened.append((start, rank, world_size))

    def __next__(self):
        number, size = self.number, self.settings.height_px
        self.number += self.world
        label = number % len(self.settings.actions)
        frames = draws(self.settings.seed, number).integers(0, 60, (20 + number, size, size, 3)) + 60 * label
        joints = {"coco_px": np.full((len(frames), 17, 2), size / 4), "coco_visible": np.full((len(frames), 17), 2)}
        box = np.tile(np.array([1, 1, 3, 3]) * size / 8, (len(frames), 1))
        person = SimpleNamespace(acting=True, box_px=box, **joints)
        labels = SimpleNamespace(class_id=label, dense={}, people=(person,), acting=(person,))
        return number, SimpleNamespace(frames=frames.astype(np.uint8), labels=labels, spec=SimpleNamespace(name=str(number)))

    def close(self):
        self.number = None


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    monkeypatch.setattr(streamed, "Stream", Drawn)
    Drawn.opened = []


def config(*changes):
    words = ("data.workers=0", "optim.batch=6", "stream.clips=20", "data.size_px=32", "data.frames=4")
    return load_config("tiny-cpu", [*words, f"stream.actions={list(ACTIONS)}", *changes])


def run_of(loader, *places):
    return [next(iter(loader.batches(*place))) for place in places]


def same(a, b):
    return torch.equal(a.video, b.video) and torch.equal(a.target, b.target) and torch.equal(a.source, b.source)


def test_a_step_is_a_function_of_seed_and_step():
    loader = Streamed(config("augment.mixup=0.8"), SPEC)
    assert loader.steps_per_epoch == 3
    steps = [batch for epoch in (0, 1) for batch in loader.batches(epoch)]
    assert Drawn.opened == [(0, 0, 1)]  # the stream is not begun anew between epochs
    assert len({float(batch.video.sum()) for batch in steps}) == 6  # no clip comes twice
    for k, place in enumerate([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]):
        assert same(next(Streamed(config("augment.mixup=0.8"), SPEC).batches(*place)), steps[k])
    assert not same(next(Streamed(config("augment.mixup=0.8", "seed=1"), SPEC).batches(0)), steps[0])
    assert steps[0].video.shape == (6, 3, 4, 32, 32) and torch.allclose(steps[0].target.sum(1), torch.ones(6))


def test_ranks_share_the_numbers():
    whole = next(Streamed(config(), SPEC).batches(0, 1))
    parts = [next(Streamed(config(), SPEC, rank=rank, world=2).batches(0, 1)) for rank in (0, 1)]
    assert all(len(part.video) == 3 for part in parts)
    for rank, part in enumerate(parts):
        assert torch.equal(part.video, whole.video[rank::2]) and torch.equal(part.target, whole.target[rank::2])


def test_beside_clips_on_disk(tmp_path):
    class_folder(tmp_path, ("run", "sleeping"), n=3, width=64, height=48)
    one = mixed([stream_list(ACTIONS), open_clips(tmp_path)])
    assert one.classes == ("walking", "run", "kicking", "sleeping")
    settings = config("stream.share=0.5", "stream.clips=9")
    steps = [batch for epoch in (0, 1) for batch in Streamed(settings, SPEC, [one]).batches(epoch)]
    assert all(len(batch.video) == 6 and not batch.source.any() for batch in steps) and len(steps) == 6
    stored = np.concatenate([batch.target[3:].numpy() for batch in steps])
    assert np.bincount(stored, minlength=4).tolist() == [0, 9, 0, 9]  # three epochs of their own
    assert all(sorted(batch.target[:3].tolist()) == [0, 1, 2] for batch in steps)
    assert same(next(Streamed(settings, SPEC, [one]).batches(1, 1)), steps[4])
    own = next(Streamed(settings, SPEC, [open_clips(tmp_path)], own_heads=True).batches(0))
    assert own.source.tolist() == [0, 0, 0, 1, 1, 1] and set(own.target[3:].tolist()) <= {0, 1}


def test_free_labels_come_along():
    whole = config("augment.crop_scale=[1, 1]", "augment.crop_ratio=[1, 1]", "augment.flip=false")
    batch = next(Streamed(whole, SPEC, extras=("joints",)).batches(0))
    assert batch.extras["joints"].shape == (6, 4, 2, 17, 3)
    assert torch.allclose(batch.extras["joints"][:, :, 0, :, :2], torch.tensor(0.25))
    assert not batch.extras["joints"][:, :, 1].any()  # nobody else is there
    spec = streamed.settings_of(config(), SPEC, ("joints", "person", "flow"))
    assert spec.dense == ("person", "flow", "occlusion")


def test_crops_lie_round_the_person_if_asked_for():
    words = ("augment.person_crop=1.0", "augment.person_zoom=[1, 1]", "augment.crop_ratio=[1, 1]", "augment.flip=false")
    batch = next(Streamed(config(*words), SPEC, extras=("joints",)).batches(0))
    assert set(batch.extras) == {"joints"}
    assert (batch.extras["joints"][:, :, 0, :, :2] - 0.5).abs().max() < 0.05  # all joints are in the middle of the person's box


def test_what_a_stream_is_from_decides_its_digest():
    spec = config()
    first = stream_source(streamed.settings_of(spec, SPEC), 40)
    assert first.n_clips == 40 and first.licences
    assert stream_source(streamed.settings_of(spec, SPEC), 80).digest == first.digest
    for change in ("seed=1", "stream.fps=12.0", "data.size_px=64", "stream.actions=['run', 'walking']"):
        assert stream_source(streamed.settings_of(config(change), SPEC), 40).digest != first.digest
    larger = streamed.settings_of(spec, SPEC)
    assert larger.width_px == larger.height_px == 38  # an eighth more than 32, even


def test_shares_that_cannot_be_are_told():
    assert divided(config(), 2, False) == (6, 0) and divided(config("stream.share=0.4"), 2, True) == (2, 4)
    for share, match in ((0.0, "above 0"), (1.5, "above 0"), (0.01, "gives the stream 0 of 6"), (1.0, "gives the stream 6 of 6")):
        with pytest.raises(UserError, match=match):
            divided(replace(config(), stream=replace(config().stream, share=share)), 1, True)
    with pytest.raises(UserError, match=r"stream.clips is 5, fewer than the 6"):
        Streamed(config("stream.clips=5"), SPEC)


def test_a_model_from_a_stream(tmp_path, monkeypatch):
    out = tmp_path / "run"
    model = load_model(pretrain(config("optim.epochs=2", "data.cache=false"), [], out))
    assert model.classes == ACTIONS
    assert "stream, 36 clips" in (out / "model" / "README.md").read_text()
    monkeypatch.chdir(tmp_path)
    words = ["--stream", "--action", "walk", "--action", "running", "--clips", "8", "--batch", "4", "--epochs", "1", "--out", "b"]
    said = CliRunner().invoke(verb.pretrain, [*words, "--with", "data.size_px=32"], catch_exceptions=False)
    assert said.exit_code == 0, said.output
    assert load_model(tmp_path / "b" / "model").classes == ("walking", "run")
    with pytest.raises(UserError, match="no set or tag 'synapt151'"):
        CliRunner().invoke(verb.pretrain, ["--stream", "--set", "synapt151"], catch_exceptions=False)


def test_one_class_is_nothing_to_learn(tmp_path, monkeypatch):
    monkeypatch.setattr(streamed, "Stream", Drawn)
    with pytest.raises(UserError, match="stream has training clips of 1 class"):
        pretrain(config("stream.actions=['walking']"), [], tmp_path / "a")
    with pytest.raises(UserError, match="stream has training clips of 1 class"):
        pretrain(config("stream.actions=['walking']", "objective.kind=aligned"), [], tmp_path / "a")
    assert not (tmp_path / "a").exists()
    _check_classes(config("stream.actions=['walking']", "objective.auxiliary={joints = 0.1}"), [stream_list(["walking"])])
