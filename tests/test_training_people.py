"""What training learns of clips of several people: those who act, padded where they are fewer, and of one what it always did."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from made_training import toy_config, toy_model
from made_up import make_clip
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import ClipFiles, write_clip
from synapt.generator.dataset.labels_file import load_arrays, save_arrays
from synapt.training.bias.views import MOMENTS, see
from synapt.training.config import AugmentConfig, DataConfig
from synapt.training.data.extras import BOX, NEEDS, PEOPLE, Window, around, clip_extras, follow, read_extras
from synapt.training.data.label_arrays import read_arrays
from synapt.training.data.transforms import TrainTransform
from synapt.training.objectives.auxiliary import FINER, Auxiliary, finer
from synapt.training.objectives.masks import human_mask
from synapt.training.values import Batch, Item

torch.set_num_threads(1)
W, H = 64, 48
ROLES = ("a", "b", "bystander-1")
FRAMES = np.array([0, 3, 7, 12])
NAMES = ("joints", "person", BOX)


def clip_of(roles, index=0):
    """A clip whose bystanders do not act; the made people stand in strips from left to right."""
    clip = make_clip(index, roles=roles)
    people = tuple(replace(one, acting="bystander" not in one.role) for one in clip.labels.people)
    return replace(clip, labels=replace(clip.labels, people=people))


@pytest.fixture
def stored(tmp_path):
    """A function that puts such a clip on disk: (the clip, its item)."""

    def store(*roles):
        clip = clip_of(roles)
        write_clip(tmp_path, clip, 0)
        files = ClipFiles(tmp_path, clip.spec.action, clip.spec.index)
        return clip, Item("it", files.video, 0, labels=files.labels)

    return store


def joints_of(person):
    xy = person.coco_px[FRAMES] / np.array([W, H])
    return np.concatenate([xy, person.coco_visible[FRAMES][..., None]], -1).astype(np.float32)


def test_those_who_act_are_told_in_their_order_and_nobody_else(stored):
    clip, item = stored(*ROLES)
    a, b, passer = clip.labels.people
    seen = read_extras(item, FRAMES, NAMES, W, H)
    assert seen["joints"].shape == (4, PEOPLE, 17, 3) and seen["joints"].dtype == np.float32
    assert np.array_equal(seen["joints"][:, 0], joints_of(a)) and np.array_equal(seen["joints"][:, 1], joints_of(b))
    who = clip.labels.dense["person"][FRAMES]
    assert np.array_equal(seen["person"], np.isin(who, (1, 2))) and (who == 3).any()
    wide = np.array([a.box_px[0, 0], a.box_px[0, 1], b.box_px[0, 2], b.box_px[0, 3]]) / [W, H, W, H]
    assert np.array_equal(seen[BOX], wide) and passer.box_px[0, 2] > b.box_px[0, 2]
    memory = clip_extras(clip, FRAMES, NAMES)
    assert all(np.array_equal(seen[name], memory[name]) and seen[name].dtype == memory[name].dtype for name in NAMES)


def test_who_is_named_a_later_role_acts_even_where_the_first_does_not(stored):
    clip, item = stored("a", "b")
    arrays = load_arrays(item.labels)
    save_arrays(item.labels, {**arrays, "acting": np.array([False, True])})
    seen = read_extras(item, FRAMES, NAMES, W, H)
    assert np.array_equal(seen["joints"][:, 0], joints_of(clip.labels.people[1])) and not seen["joints"][:, 1].any()
    assert np.array_equal(seen["person"], clip.labels.dense["person"][FRAMES] == 2)


def test_more_people_than_there_is_room_for_are_boxed_and_seen_but_their_joints_are_not_told(stored):
    clip, item = stored("a", "b", "c")
    seen = read_extras(item, FRAMES, NAMES, W, H)
    assert seen["joints"].shape == (4, PEOPLE, 17, 3)
    assert np.array_equal(seen["joints"][:, 1], joints_of(clip.labels.people[1]))
    assert np.array_equal(seen["person"], clip.labels.dense["person"][FRAMES] > 0)
    assert np.allclose(seen[BOX], [4 / W, 4 / H, 60 / W, 44 / H])


def test_without_the_pixels_of_each_person_those_of_everybody_do(stored):
    clip, item = stored(*ROLES)
    item.labels.with_suffix(".person.npz").unlink()
    assert np.array_equal(read_extras(item, FRAMES, ("person",), W, H)["person"], clip.labels.dense["person"][FRAMES] > 0)
    item.labels.with_suffix(".mask.npz").unlink()
    with pytest.raises(UserError, match="has no 'person' labels: render with --labels person"):
        read_extras(item, FRAMES, ("person",), W, H)


def test_of_one_person_the_labels_are_what_they_were_to_the_bit(stored):
    clip, item = stored("a")
    schema_1 = {
        name: array for name, array in load_arrays(item.labels).items() if name not in ("roles", "acting", "contacts_role")
    }
    (person,), mask = clip.labels.people, clip.labels.dense["mask"][FRAMES]
    before = {"joints": joints_of(person), "person": ((mask > 0) & (mask < 10)).astype(np.uint8)}
    before[BOX] = around(person.box_px[FRAMES] / np.array([W, H] * 2))
    for arrays in (load_arrays(item.labels), schema_1):
        save_arrays(item.labels, arrays)
        seen = read_extras(item, FRAMES, NAMES, W, H)
        for crop in range(8):  # the same draws, crops, mirrors and numbers
            transform = TrainTransform(DataConfig(frames=4, size_px=24), AugmentConfig(person_crop=0.5), False)
            frames = clip.frames[FRAMES]
            video, now = transform(frames, np.random.default_rng(crop), seen)
            video_then, then = transform(frames, np.random.default_rng(crop), before)
            assert torch.equal(video, video_then) and np.array_equal(now["person"], then["person"])
            assert np.array_equal(now["joints"][:, 0], then["joints"]) and now["joints"].dtype == then["joints"].dtype
            assert not now["joints"][:, 1:, :, 2].any()


def test_a_mirror_exchanges_sides_and_not_people(stored):
    _, item = stored("a", "b")
    joints = read_extras(item, FRAMES, ("joints",), W, H)["joints"]
    seen = follow({"joints": joints}, Window(mirrored=True), 24)["joints"]
    for k in range(2):
        alone = follow({"joints": joints[:, k]}, Window(mirrored=True), 24)["joints"]
        assert np.array_equal(seen[:, k], alone) and np.allclose(seen[:, k, 5, 0], 1 - joints[:, k, 6, 0])


def test_labels_of_somebody_that_are_lost_or_broken_are_one_line(stored):
    _, item = stored("a", "b")
    other = item.labels.with_suffix(".b.npz")
    arrays = load_arrays(other)
    save_arrays(other, {**arrays, "coco_px": arrays["coco_px"][:5]})
    with pytest.raises(UserError, match=r"broken \(all input arrays .*verify --fix"):
        read_extras(item, FRAMES, ("joints",), W, H)
    other.unlink()
    with pytest.raises(UserError, match=r"\.b\.npz is broken \(the labels of b are missing\): run `synapt verify --fix`"):
        read_extras(item, FRAMES, ("joints",), W, H)
    assert read_extras(item, FRAMES, ("person", "depth"), W, H)["person"].any()  # which need none of them
    for odd in (np.array([False, False]), np.array([True]), np.array([1, 0])):
        save_arrays(item.labels, {**load_arrays(item.labels), "acting": odd})
        with pytest.raises(UserError, match=r"broken \(acting is .* for 2 people\)"):
            read_extras(item, FRAMES, ("person",), W, H)
    save_arrays(item.labels, {**load_arrays(item.labels), "roles": np.array(["a", "../x"])})
    with pytest.raises(UserError, match=r"broken \(roles"):
        read_extras(item, FRAMES, (BOX,), W, H)


def test_a_bias_is_measured_without_anybody(stored):
    clip, item = stored(*ROLES)
    assert read_arrays(item.labels, ("box_px",))["box_px"].shape == (20, 2, 4)
    assert read_arrays(item.labels, ("box_px",), everybody=True)["box_px"].shape == (20, 3, 4)
    for label in ("mask", "person"):
        item.labels.with_suffix(f".{label}.npz").unlink()
    seen = see(item, 64)
    assert seen.mask is None and seen.person.shape == (MOMENTS, 64, 64)
    passer = np.nanmean(clip.labels.people[2].box_px[:, 0::2]).round().astype(int)
    assert seen.person[0, 32, passer] and not seen.person[0, :2].any()


def grid_and_labels(clips=3, dim=16, two=False):
    """Tokens and the joints of one person, or of two, in the form of today."""
    rng = torch.Generator().manual_seed(4)
    joints = torch.zeros(clips, 4, PEOPLE, 17, 3)
    joints[:, :, : 1 + two, :, :2] = torch.rand(clips, 4, 1 + two, 17, 2, generator=rng)
    joints[:, :, : 1 + two, :, 2] = torch.randint(0, 3, (clips, 4, 1 + two, 17), generator=rng).float()
    return torch.randn(clips, dim, 4, 2, 2, generator=rng), joints


def loss_of_before(maps, joints):
    """As it was when a clip had one person: joints (B, t, 17, 3)."""
    height, width = maps.shape[-2:]
    probability = maps.flatten(-2).softmax(-1).unflatten(-1, (height, width))
    x = (probability.sum(-2) * ((torch.arange(width) + 0.5) / width)).sum(-1)
    y = (probability.sum(-1) * ((torch.arange(height) + 0.5) / height)).sum(-1)
    known = (joints[..., 2] > 0).float()
    error = (torch.stack((x, y), -1) - joints[..., :2].float()).abs().sum(-1)
    return 10.0 * ((error * known).sum() / known.sum().clamp(min=1.0))


def a_batch(joints):
    n = len(joints)
    return Batch(torch.zeros(n, 3, 4, 16, 16), torch.zeros(n), torch.zeros(n), {"joints": joints})


def test_clips_of_one_person_teach_what_they_taught_to_the_bit():
    model = toy_model(toy_config())
    auxiliary = Auxiliary(model, {"joints": 1.0}, 5)
    grid, joints = grid_and_labels(dim=model.spec.feature_dim)
    first = auxiliary.heads["joints"]
    with torch.random.fork_rng():
        torch.manual_seed(5)
        alone = torch.nn.Conv3d(model.spec.feature_dim, 17 * FINER**2, 1)
    assert torch.equal(first.weight, alone.weight) and torch.equal(first.bias, alone.bias)
    now, then = grid.clone().requires_grad_(), grid.clone().requires_grad_()
    loss, _ = auxiliary.loss(now, a_batch(joints))
    before = loss_of_before(finer(alone(then).float()), joints[:, :, 0])
    loss.backward()
    before.backward()
    assert torch.equal(loss, before) and torch.equal(now.grad, then.grad) and torch.equal(first.weight.grad, alone.weight.grad)
    assert not any(p.grad.any() for p in auxiliary.further.parameters())  # nobody is there to be told of


def test_the_second_person_has_maps_of_their_own():
    model = toy_model(toy_config())
    auxiliary = Auxiliary(model, {"joints": 1.0}, 5)
    grid, joints = grid_and_labels(dim=model.spec.feature_dim, two=True)
    loss = auxiliary.loss(grid, a_batch(joints))[0]
    heads = (auxiliary.heads["joints"], *auxiliary.further)
    known = [(joints[:, :, k, :, 2] > 0).sum() for k in range(PEOPLE)]
    each = [loss_of_before(finer(head(grid).float()), joints[:, :, k]) for k, head in enumerate(heads)]
    assert float(loss.detach()) == pytest.approx(
        float(sum(n * one.detach() for n, one in zip(known, each, strict=True)) / sum(known)), rel=1e-5
    )
    hidden = joints.clone()
    hidden[:, :, 1, :, 2] = 0
    auxiliary.loss(grid, a_batch(hidden))[0].backward()
    assert heads[0].weight.grad.any() and not heads[1].weight.grad.any()
    assert auxiliary.extras == ("joints",) and NEEDS["joints"] == ("coco_px", "coco_visible")


def test_masks_regard_the_union_of_people():
    grid, shares = (4, 12, 12), (0.8, 0.8, 0.9, 0.3)
    body, joints = np.zeros((1, *grid), bool), np.zeros((1, 8, PEOPLE, 17, 3))
    for k, left in enumerate((1, 7)):  # on a lattice each
        body[:, :, 1:11, left : left + 4] = True
        joints[0, :, k] = [((left + j % 4 + 0.5) / 12, (2 + j // 4 + 0.5) / 12, 2) for j in range(17)]
    alone = joints.copy()
    alone[:, :, 1, :, 2] = 0
    both = human_mask(body, joints, grid, *shares, np.random.default_rng(0))[0].reshape(grid)
    one = human_mask(body, alone, grid, *shares, np.random.default_rng(0))
    padded_off = human_mask(body, alone[:, :, :1], grid, *shares, np.random.default_rng(0))
    assert np.array_equal(one, padded_off)  # who isn't there changes nothing

    def at(k, j):
        x, y = joints[0, 0, k, j, :2] * 12
        return both[:, int(y), int(x)]

    lost = [j for j in range(17) if at(0, j).all()]
    assert len(lost) == round(0.3 * 17) and [j for j in range(17) if at(1, j).all()] == lost
    assert all(not at(k, j).any() for k in range(2) for j in range(17) if j not in lost)
