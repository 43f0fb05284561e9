"""Augmentation is alike for all frames, a pure function of its generator, and labels follow the picture."""

import numpy as np
import pytest
import torch
from synapt.generator.base.seeds import draws
from synapt.generator.skeletons import COCO17, PARTS, SURFACES
from synapt.training.config import AugmentConfig, DataConfig
from synapt.training.data import colour, transforms
from synapt.training.data.extras import COCO_MIRROR, PART_MIRROR, PROP, UNKNOWN, Window, follow, pick
from synapt.training.data.transforms import TrainTransform, look
from synapt.training.values import Item

DATA = DataConfig(frames=6, size_px=32)
ALL = AugmentConfig(jitter=0.4, grey=0.3, blur=0.5, randaugment_n=3, erasing=0.5)


def still_clip(n=6, height=48, width=64, seed=0):
    """One picture n times over: whatever comes out must be the same in all frames too."""
    return np.repeat(draws(seed, "picture").integers(0, 256, (1, height, width, 3)).astype(np.uint8), n, 0)


def transform(augment=ALL, directional=False):
    return TrainTransform(DATA, augment, directional)


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def test_all_frames_get_the_same_and_the_generator_decides_alone():
    different = set()
    for k in range(25):
        torch.manual_seed(k)
        state = torch.random.get_rng_state()
        plain = AugmentConfig(jitter=0.4, grey=0.3, blur=0.5, randaugment_n=3)  # noise of an erased cube differs by frame
        clip, _ = transform(plain)(still_clip(), draws(k, "x"))
        assert clip.shape == (3, 6, 32, 32) and clip.dtype == torch.uint8
        assert torch.equal(clip, clip[:, :1].expand_as(clip))
        assert torch.equal(torch.random.get_rng_state(), state)
        full, _ = transform()(still_clip(), draws(k, "x"))
        assert torch.equal(full, transform()(still_clip(), draws(k, "x"))[0])
        different.add(float(full.double().sum()))
    assert len(different) == 25


def test_without_augmentation_pixels_come_through():
    plain = AugmentConfig(crop_scale=(1.0, 1.0), crop_ratio=(1.0, 1.0), flip=False)
    frames = draws(3, "f").integers(0, 256, (6, 32, 32, 3)).astype(np.uint8)
    clip, _ = transform(plain)(frames, draws(0, "x"))
    assert np.array_equal(clip, frames.transpose(3, 0, 1, 2))


def test_directional_lists_are_never_mirrored():
    windows = [transform(directional=True).window(48, 64, draws(k, "w")) for k in range(200)]
    assert not any(window.mirrored for window in windows)
    assert 60 < sum(transform().window(48, 64, draws(k, "w")).mirrored for k in range(200)) < 140
    assert not any(transform(AugmentConfig(flip=False)).window(48, 64, draws(k, "w")).mirrored for k in range(50))


def test_crops_round_the_person_hold_all_of_them():
    close = transform(AugmentConfig(person_crop=1.0, person_zoom=(1.05, 1.8), crop_ratio=(0.75, 1.3333)))
    sides, places = [], set()
    for k in range(300):
        rng = draws(k, "p")
        x0, y0 = rng.uniform(0, 0.9, 2)
        x1, y1 = rng.uniform([x0 + 0.02, y0 + 0.02], 1.0)
        window = close.window(480, 640, rng, np.array([x0, y0, x1, y1]))
        assert 0 <= window.x0 <= x0 < x1 <= window.x1 <= 1 and 0 <= window.y0 <= y0 < y1 <= window.y1 <= 1
    for k in range(300):  # a person in the middle, with room on all sides
        window = close.window(480, 640, draws(k, "q"), np.array([0.45, 0.3, 0.55, 0.6]))
        w, h = (window.x1 - window.x0) * 640, (window.y1 - window.y0) * 480
        sides.append(np.sqrt(w * h) / (0.3 * 480))
        places.add((window.x0, window.y0))
    assert 1.03 < min(sides) < 1.15 and 1.65 < max(sides) < 1.82 and len(places) > 250
    unseen = [close.window(480, 640, draws(k, "w"), np.full(4, np.nan)) for k in range(50)]
    assert min((w.x1 - w.x0) * (w.y1 - w.y0) for w in unseen) > 0.39  # nobody seen: a crop as any other


def test_crops_are_of_the_sizes_and_shapes_asked_for():
    for k in range(300):
        window = transform().window(480, 640, draws(k, "w"))
        w, h = (window.x1 - window.x0) * 640, (window.y1 - window.y0) * 480
        assert 0 <= window.x0 < window.x1 <= 1 and 0 <= window.y0 < window.y1 <= 1
        assert 0.39 < w * h / (640 * 480) <= 1.0 and 0.74 < w / h < 1.35
    wide = transform().window(100, 1000, draws(0, "w"))  # nothing fits: the middle
    assert wide.y1 - wide.y0 == 1 and wide.x0 == pytest.approx(1 - wide.x1, abs=2e-3)


@pytest.mark.parametrize("name", sorted(colour.OPS))
def test_each_operation_changes_pictures_and_not_their_form(name):
    video = torch.from_numpy(still_clip()).permute(0, 3, 1, 2) // 2 + 30
    strong, weak = colour.OPS[name](video, 0.9), colour.OPS[name](video, 0.0)
    assert strong.shape == video.shape and strong.dtype == torch.uint8
    assert not torch.equal(strong, video)
    assert torch.equal(strong, strong[:1].expand_as(strong))
    if name not in ("autocontrast", "equalize"):
        assert (weak.int() - video.int()).abs().max() <= 1


def test_hue_turns_around_grey():
    primaries = torch.tensor([[200, 0, 0], [0, 200, 0], [0, 0, 200], [90, 90, 90]], dtype=torch.uint8).view(4, 3, 1, 1)
    third = colour.turn_hue(primaries, 2 * np.pi / 3)
    assert torch.equal(third, primaries[[1, 2, 0, 3]]) and torch.equal(colour.turn_hue(primaries, 0.0), primaries)


def test_erased_is_one_box_over_all_frames():
    clip = torch.full((5, 3, 40, 60), 7, dtype=torch.uint8)
    for k in range(20):
        gone = (colour.erase(clip, draws(k, "e")) != 7).any(1)
        assert torch.equal(gone, gone[:1].expand_as(gone))
        rows, columns = gone[0].any(1), gone[0].any(0)
        assert gone[0].sum() == rows.sum() * columns.sum() and 0.01 < gone[0].float().mean() < 0.37


def test_test_crops_are_the_middle_or_three_along_the_longer_side():
    frames = np.zeros((2, 20, 60, 3), np.uint8)
    frames[:, :, :, 0] = np.arange(60)  # red tells the column
    for k, middles in ((1, [29.5]), (3, [9.5, 29.5, 49.5])):
        crops = transforms.test_crops(frames, DataConfig(size_px=20, test_crops=k))
        assert crops.shape == (k, 3, 2, 20, 20)
        assert np.allclose(crops[:, 0, 0, 5].float().mean(-1), middles)
    tall = transforms.test_crops(frames.transpose(0, 2, 1, 3), DataConfig(size_px=20, test_crops=3))
    assert np.allclose(tall[:, 0, 0, :, 5].float().mean(-1), [9.5, 29.5, 49.5])


def labelled():
    """A picture with one bright square, and labels that say where it is."""
    frames, part, depth = np.zeros((4, 64, 64, 3), np.uint8), np.zeros((4, 64, 64), np.uint8), np.ones((4, 64, 64), np.float32)
    joints = np.zeros((4, 2, 17, 3), np.float32)
    flow = np.zeros((4, 64, 64, 2), np.float32)
    for t in range(4):
        y, x = 24 + t, 20 + 2 * t
        frames[t, y : y + 8, x : x + 8], part[t, y : y + 8, x : x + 8], depth[t, y : y + 8, x : x + 8] = 255, 3, 5.0
        flow[t, y : y + 8, x : x + 8] = np.array([2, 1]) / 64
        joints[t, 0, 5] = (x + 4) / 64, (y + 4) / 64, 2
    return frames, {"part": part, "depth": depth, "joints": joints, "flow": flow, "person": (part > 0).astype(np.uint8)}


def test_labels_follow_the_crop_and_the_mirror():
    frames, extras = labelled()
    mirrored = 0
    for k in range(30):
        clip, seen = TrainTransform(DATA, AugmentConfig(randaugment_n=2), False)(frames, draws(k, "x"), extras)
        window = transform().window(64, 64, draws(k, "x"))
        bright, person = look(frames, window, 32)[:, 0] > 127, torch.from_numpy(seen["person"] > 0)
        assert clip.shape == (3, 4, 32, 32) and (bright & person).sum() > 0.75 * (bright | person).sum()
        shoulder = 6 if window.mirrored else 5
        assert set(np.unique(seen["part"])) <= {0, 4 if window.mirrored else 3}
        assert np.array_equal(seen["depth"] == 5.0, seen["person"] == 1)
        for t in range(4):
            x, y, visible = seen["joints"][t, 0, shoulder]
            rows, columns = np.nonzero(seen["person"][t])
            if visible == 2 and len(rows) > 30:
                assert abs(x * 32 - columns.mean() - 0.5) < 1.5 and abs(y * 32 - rows.mean() - 0.5) < 1.5
                dx, dy = seen["flow"][t][seen["person"][t] > 0].mean(0)
                side = (window.x1 - window.x0, window.y1 - window.y0)
                assert dx == pytest.approx((-1 if window.mirrored else 1) * 2 * 32 / 64 / side[0])
                assert dy == pytest.approx(32 / 64 / side[1])
        mirrored += window.mirrored
    assert 5 < mirrored < 25


def test_joints_outside_the_window_are_not_visible():
    joints = np.array([[[[0.1, 0.5, 2], [0.5, 0.5, 2], [0.5, 0.95, 1]]]], np.float32)
    seen = follow({"joints": np.pad(joints, ((0, 0), (0, 1), (0, 14), (0, 0)))}, Window(0.25, 0.25, 0.75, 0.75), 16)["joints"]
    assert seen[0, 0, :3, 2].tolist() == [0, 2, 0] and seen[0, 0, 1, :2].tolist() == [0.5, 0.5]


def test_left_and_right_are_exchanged_by_name():
    def other(name):
        return name.replace("left", "LEFT").replace("right", "left").replace("LEFT", "right")

    assert [COCO17[k] for k in COCO_MIRROR] == [other(name) for name in COCO17]
    assert [PARTS[k] for k in PART_MIRROR[: len(PARTS)]] == [other(name) for name in PARTS]
    assert PART_MIRROR[UNKNOWN] == UNKNOWN
    assert SURFACES[PROP] == "prop" and "hat" in SURFACES[:PROP] and "ground" in SURFACES[PROP:]


def test_labels_are_picked_at_the_frames_asked_for():
    arrays = {"coco_px": np.arange(5 * 17 * 2.0).reshape(5, 1, 17, 2), "coco_visible": np.full((5, 1, 17), 2)}
    arrays |= {"mask": np.array([[[k, 10, 0]] for k in range(5)], np.uint8), "flow": np.arange(8.0).reshape(4, 1, 1, 2)}
    found = pick(arrays, np.array([4, 1]), ("joints", "person", "flow"), 10, 20, Item("a", None, 0).id)
    assert np.allclose(found["joints"][1, 0, 0], [34 / 10, 35 / 20, 2])
    assert found["person"].tolist() == [[[1, 0, 0]], [[1, 0, 0]]]
    assert np.allclose(found["flow"][0], [6 / 10, 7 / 20])  # the last frame has no next one
    with pytest.raises(Exception, match="--labels depth"):
        pick(arrays, np.array([0]), ("depth",), 10, 20, "clip")
