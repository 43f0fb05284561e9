"""Masked autoencoding: exactly which tubes are hidden, the published loss, and an encoder that becomes a model."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from made_models import SMALL
from synapt.generator.base.errors import UserError
from synapt.training.config import DataConfig, ModelConfig, ObjectiveConfig, TrainConfig, as_table
from synapt.training.models import build, load_model, save_model
from synapt.training.models.provenance import Provenance
from synapt.training.objectives import build_objective
from synapt.training.objectives.masks import human_mask, joint_tubes, tube_mask
from synapt.training.values import Batch
from transformers import VideoMAEForPreTraining

torch.set_num_threads(1)
GRID = (8, 14, 14)
SHARES = (0.9, 0.9, 0.95, 0.2)  # all, body, background, joints


def rng(seed=0):
    return np.random.default_rng(seed)


def a_person(clips=2, frames=16, grid=GRID):
    """A box that walks to the right, with 17 joints on a lattice in it that walk along."""
    body = np.zeros((clips, *grid), bool)
    joints = np.zeros((clips, frames, 2, 17, 3))  # nobody is the second
    for f in range(frames):
        left = 2 + 4 * f // frames
        body[:, f * grid[0] // frames, 2:12, left : left + 5] = True
        for k in range(17):
            joints[:, f, 0, k] = ((left + k % 4 + 0.5) / grid[2], (3 + 2 * (k // 4) + 0.5) / grid[1], 2)
    return body, joints


def test_tubes_are_hidden_all_the_time_and_as_many_as_asked_for():
    mask = tube_mask(GRID, 0.9, 5, rng()).reshape(5, 8, 196)
    assert (mask.sum(-1) == 176).all()  # int(0.9 * 196), as published
    assert (mask == mask[:, :1]).all() and len({m[0].tobytes() for m in mask}) == 5


def test_human_masks_hide_the_published_shares():
    body, joints = a_person(clips=8)
    mask = human_mask(body, joints, GRID, *SHARES, rng())
    assert mask.shape == (8, 1568) and (mask.sum(1) == 8 * 176).all()  # exactly as many of each clip as of random tubes
    for clip in range(8):
        at = joint_tubes(joints[clip], GRID)
        assert at.any(0).sum() == at.sum() == 17 * 8  # every joint in a tube of its own
        whole = np.array([mask[clip][at[k]].all() for k in range(17)])
        assert whole.sum() == 3  # round(0.2 * 17) joints, hidden wherever they go
        shown, person = ~mask[clip], body[clip].reshape(-1) & ~at.any(0)
        assert shown[at[~whole].any(0)].all()
        assert shown[person].sum() == person.sum() - round(0.9 * person.sum())
        assert shown.sum() == 14 * 8 + shown[person].sum() + shown[~body[clip].reshape(-1)].sum()  # the ground gets what is left


def test_shares_are_met_to_the_tube_when_they_add_up():
    body, joints = a_person(clips=1)
    joints[..., 2] = 0
    inside, outside = int(body.sum()), int((~body).sum())
    hidden = round(0.8 * inside) + round(0.95 * outside)
    share = (hidden + 0.5) / body.size
    count = 8 * int(share * 196)
    mask = human_mask(body, joints, GRID, share, 0.8, 0.95, 0.2, rng())[0]
    assert mask.sum() == count
    assert mask[body.reshape(-1)].sum() == round(0.8 * inside)  # the background alone gives way to make the count right
    still = np.zeros_like(body)
    alone = human_mask(still, joints, GRID, *SHARES, rng())[0].reshape(8, 196)
    assert alone.sum() == 8 * 176 and (alone == alone[:1]).all()  # nobody there: tubes, as at random


@given(
    seed=st.integers(0, 999), share=st.floats(0.3, 0.95), body=st.floats(0, 1), ground=st.floats(0, 1), joint=st.floats(0, 1),
    visible=st.sampled_from([0, 1, 2]), covered=st.floats(0, 1),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_counts_are_exact_whatever_the_picture(seed, share, body, ground, joint, visible, covered):
    grid, made = (2, 5, 7), rng(seed)
    person = made.random((3, *grid)) < covered
    joints = np.concatenate([made.uniform(-0.3, 1.3, (3, 5, 2, 17, 2)), np.full((3, 5, 2, 17, 1), visible)], -1)
    mask = human_mask(person, joints, grid, share, body, ground, joint, rng(seed))
    assert (mask.sum(1) == 2 * int(share * 35)).all()
    assert (mask == human_mask(person, joints, grid, share, body, ground, joint, rng(seed))).all()


def setting(mask="human", **goal):
    options = {**SMALL, "patch_px": 8}
    return TrainConfig(
        model=ModelConfig("videomae_s", options=options),
        data=DataConfig(frames=4, size_px=32),
        objective=ObjectiveConfig(kind="masked", mask=mask, **{"mask_share": 0.75, **goal}),
    )


def a_batch(config, n=2):
    noise = torch.Generator().manual_seed(1)
    person = torch.zeros(n, 4, 32, 32, dtype=torch.uint8)
    person[:, :, 8:24, 12:20] = 1
    joints = torch.rand(n, 4, 2, 17, 3, generator=noise) * 0.5 + 0.25
    joints[..., 2] = 2
    video = torch.randn(n, 3, 4, 32, 32, generator=noise)
    return Batch(video, torch.zeros(n).long(), torch.zeros(n).long(), {"person": person, "joints": joints})


def an_objective(config):
    return build_objective(build(config.model, 2, config.data), config, (("a", "b"),))


def test_the_loss_is_the_published_one():
    config = setting("tube")
    objective, batch = an_objective(config).eval(), a_batch(config)
    encoder = objective.model.trunk.config
    decoder = objective.decoder.config
    theirs_config = type(encoder)(**{**encoder.to_dict(), "decoder_hidden_size": decoder.hidden_size,
        "decoder_num_attention_heads": decoder.num_attention_heads, "decoder_intermediate_size": decoder.intermediate_size,
        "decoder_num_hidden_layers": decoder.num_hidden_layers, "use_mean_pooling": False})  # fmt: skip
    theirs = VideoMAEForPreTraining(theirs_config).eval()
    ours = objective.state_dict()
    state = {f"videomae.{name.removeprefix('model.trunk.')}": v for name, v in ours.items() if name.startswith("model.trunk.")}
    state |= {name: v for name, v in ours.items() if name.startswith(("decoder.", "mask_token"))}
    state |= {f"videomae.layernorm.{part}": ours[f"bridge.0.{part}"] for part in ("weight", "bias")}
    theirs.load_state_dict(state | {"encoder_to_decoder.weight": ours["bridge.1.weight"]})
    theirs.videomae.layernorm.eps = objective.bridge[0].eps
    hidden = torch.from_numpy(objective.mask(batch, rng(4)))
    loss, _ = objective.loss(batch, rng(4))
    want = theirs(batch.video.transpose(1, 2), bool_masked_pos=hidden).loss
    torch.testing.assert_close(loss, want, rtol=1e-4, atol=1e-5)


def test_what_is_seen_decides_and_what_is_hidden_does_not():
    config = setting()
    objective, batch = an_objective(config).eval(), a_batch(config)
    hidden = torch.from_numpy(objective.mask(batch, rng()))
    with torch.no_grad():
        said = objective.reconstruct(batch.video, hidden)
        blocks = hidden.reshape(2, 1, 2, 4, 4).repeat_interleave(2, 2).repeat_interleave(8, 3).repeat_interleave(8, 4)
        torch.testing.assert_close(objective.reconstruct(batch.video.masked_fill(blocks, 9.0), hidden), said)
        assert not torch.allclose(objective.reconstruct(batch.video.masked_fill(~blocks, 9.0), hidden), said)


def test_it_learns_and_leaves_a_model_of_features(tmp_path):
    config = setting()
    objective, batch = an_objective(config), a_batch(config)
    again = an_objective(config)
    assert all(torch.equal(a, b) for a, b in zip(objective.parameters(), again.parameters(), strict=True))  # by the seed alone
    assert objective.extras == ("person", "joints") and an_objective(setting("tube")).extras == ()
    batch.video = torch.linspace(-1, 1, 32).expand_as(batch.video) + 0.01 * batch.video  # a slope: a tube follows from others
    optimizer = torch.optim.AdamW(objective.parameters(), 3e-3)
    losses = []
    for step in range(40):
        loss, _ = objective(batch, rng(step))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.35 * losses[0]
    folder = save_model(tmp_path / "m", objective.model, ("a", "b"), Provenance(config=as_table(config)))
    model = load_model(folder)
    assert model.classes == ()
    torch.testing.assert_close(model.features(batch.video), objective.model.eval().features(batch.video))


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (replace(setting(), model=ModelConfig("tiny")), "videomae_b or videomae_s"),
        (setting(mask_share=1.0), "between 0 and 1"),
        (setting(body_share=1.5), "between 0 and 1"),
        (setting(mask_share=0.01), "hides none"),
        (setting(auxiliary={"joints": 1.0}), "drop objective.auxiliary"),
    ],
)
def test_what_makes_no_sense_is_one_line(config, words):
    with pytest.raises(UserError, match=words):
        an_objective(config)
