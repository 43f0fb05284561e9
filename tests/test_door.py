"""What `import synapt` offers: a dataset as a sequence, clips as tensors, and clips without a dataset."""

from pathlib import Path

import numpy as np
import pytest
import synapt
import torch
from children import run_python
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import Settings, read_clip
from synapt.generator.jobs import Request, render_many

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 8.0)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Twelve clips of two classes, drawn by their seeds, with made-up pictures."""
    root = tmp_path_factory.mktemp("door") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        render_many(Request(root, SETTINGS, ("walking", "waving_a_hand"), 6, workers=1, maker="made_up:drawn"))
    return root


def test_importing_it_costs_nothing_and_shows_what_there_is():
    said = run_python("-c", "import synapt, sys; print(dir(synapt), [m for m in ('numpy', 'torch', 'av') if m in sys.modules])")
    assert said.strip().endswith("[]")
    assert all(f"'{name}'" in said for name in ("UserError", "actions", "load", "make_clip", "open_dataset", "sample"))


def test_a_dataset_is_a_sequence(root):
    data = synapt.open_dataset(root)
    assert len(data) == 12 and data.classes == ("walking", "waving_a_hand")
    assert [(clip.action, clip.row["index"], clip.label) for clip in data] == [
        (action, k, label) for label, action in enumerate(data.classes) for k in range(6)
    ]
    assert data[-1] == data[11] and [clip.path for clip in data[2:5]] == [data[k].path for k in (2, 3, 4)]
    assert data[7] in data and data[2:5].classes == data.classes
    with pytest.raises(IndexError):
        data[12]


def test_a_clip_reads_what_lies_on_disk(root):
    clip, stored = synapt.open_dataset(str(root))[8], read_clip(root, "waving_a_hand", 2)
    assert np.array_equal(clip.frames, stored.frames)
    assert clip.spec == stored.spec and clip.caption == stored.labels.caption
    assert np.array_equal(clip.labels.people[0].joints_px, stored.labels.people[0].joints_px)


def test_clips_are_filtered_by_their_rows_and_split_by_their_split(root):
    data = synapt.open_dataset(root)
    women = data.filter(lambda row: row["sex"] == "female")
    assert 0 < len(women) < len(data) and all(clip.spec.performers[0].body.sex == "female" for clip in women)
    parts = {name: data.split(name) for name in {clip.row["split"] for clip in data}}
    assert sum(map(len, parts.values())) == len(data)
    assert all(clip.spec.split == name for name, part in parts.items() for clip in part)
    with pytest.raises(UserError, match="split 'tests': did you mean test"):
        data.split("tests")


def test_a_dataloader_takes_it_as_it_is(root):
    data = synapt.open_dataset(root)
    clips = data.torch(frames=5, size=32)
    video, label = clips[7]
    assert video.shape == (3, 5, 32, 32) and video.dtype == torch.float32 and label == 1
    middle = data[7].frames[[int((k + 0.5) * 12 / 5) for k in range(5)]][:, :, 8:56]  # the square in the middle of 64 x 48
    wanted = torch.nn.functional.interpolate(torch.from_numpy(middle).permute(0, 3, 1, 2).float(), 32, mode="area")
    assert (video.transpose(0, 1) * 255 - wanted).abs().mean() < 4  # another way to resize, the same picture
    loaded = list(torch.utils.data.DataLoader(clips, batch_size=4, num_workers=1))
    assert torch.equal(torch.cat([labels for _, labels in loaded]), torch.tensor([0] * 6 + [1] * 6))
    assert torch.equal(loaded[1][0][3], video)


def test_jitter_is_torchs_chance_and_transforms_come_last(root):
    clips = synapt.open_dataset(root).torch(frames=3, size=16, transform=lambda video: video - 1.0, jitter=True)

    def drawn(seed):
        torch.manual_seed(seed)
        return torch.stack([clips[k][0] for k in range(4)])

    assert torch.equal(drawn(1), drawn(1)) and not torch.equal(drawn(1), drawn(2))
    assert -1.0 <= float(drawn(1).min()) < float(drawn(1).max()) <= 0.0


def test_specs_are_those_that_render_draws(root):
    stored = synapt.open_dataset(root)
    for clip in stored[4:8]:
        assert synapt.sample(clip.action, 0, clip.row["index"], size="64x48", fps=8) == clip.spec
    twin = synapt.sample("Walking", 0, 4, size="64x48", fps=8, variants={"camera": 1})
    assert twin.camera != stored[4].spec.camera and twin.performance == stored[4].spec.performance


def test_a_clip_is_made_from_its_spec_alone():
    spec = synapt.sample("waving", seed=3, size=48, fps=4)
    clip, again = (synapt.make_clip(spec, labels=("mask",)) for _ in range(2))
    assert clip.frames.shape == (*clip.labels.dense["mask"].shape, 3) and clip.frames.shape[1:3] == (48, 48)
    assert np.array_equal(clip.frames, again.frames)


def test_a_spec_needs_no_recipe(tmp_path):
    """It holds every choice; the file that it was drawn from may be elsewhere, changed or gone."""
    path = tmp_path / "mine.toml"
    path.write_text("[camera]\nfill = [0.5, 0.6]\n", encoding="utf-8")
    spec = synapt.sample("waving", recipe=str(path), size=32, fps=2)
    path.unlink()
    assert spec.recipe == "mine" and 0.5 <= spec.camera.fill <= 0.6
    clip = synapt.make_clip(spec)
    assert clip.spec == spec and clip.frames.shape[1:] == (32, 32, 3)


def test_the_error_to_catch_is_offered_and_is_the_one_that_is_raised():
    assert synapt.UserError is UserError
    for wrong in (
        lambda: synapt.sample("waving", recipe="nowhere.toml"),
        lambda: synapt.sample("waving", size="big"),
        lambda: synapt.make_clip(synapt.sample("waving", size=32), quality="best"),
        lambda: synapt.make_clip(synapt.sample("waving", size=32), labels=("masks",)),
        lambda: synapt.open_dataset("nowhere"),
        lambda: synapt.load("nowhere"),
    ):
        with pytest.raises(synapt.UserError, match=r"^[^\n]+$"):
            wrong()


def test_names_are_told_in_a_line():
    assert "waving_a_hand" in synapt.actions() and list(synapt.actions()) == sorted(synapt.actions())
    with pytest.raises(UserError, match="did you mean"):
        synapt.sample("wavign")
    with pytest.raises(UserError, match="no dataset"):
        synapt.open_dataset("nowhere")
    with pytest.raises(AttributeError, match="no attribute 'opendataset'"):
        synapt.opendataset  # noqa: B018
