"""The check before training reads what training will read, every frame; what it leaves out it says, alike on every process."""

import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys

import av
import numpy as np
import pytest
from made_videos import class_folder, numbered, write
from synapt.generator.base.errors import UserError
from synapt.generator.video.info import probe
from synapt.generator.video.read import read_through
from synapt.training.data import preflight
from synapt.training.data.clips import open_clips
from synapt.training.data.decode import decode
from synapt.training.data.extras import BOX, read_extras
from synapt.training.data.preflight import check
from synapt.training.data.sound import SoundVideos
from synapt.training.values import ClipList, Item


def rough(n=40):
    """Frames that take some bytes each."""
    frames = numbered(n).astype(int)
    return np.clip(frames + np.random.default_rng(0).integers(-25, 25, frames.shape), 0, 255).astype(np.uint8)


def spoilt(path, skip=2):
    """Overwrite the pictures of an H.264 film that no other picture refers to; returns how many."""
    raw = bytearray(path.read_bytes())
    with av.open(str(path)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    packets = [(pos, size) for pos, size in packets if raw[pos + 4] == 1]  # H.264: a slice, nal_ref_idc 0
    for pos, size in packets[skip:]:
        raw[pos + 5 : pos + size] = b"\xff" * (size - 5)
    path.write_bytes(raw)
    return len(packets) - skip


@pytest.fixture
def folder(tmp_path):
    """Five films in two classes; the one at fall/1.mp4 is damaged in pictures to which no other refers."""
    root = class_folder(tmp_path / "clips", ("fall", "walk"), n=2)
    write(root / "fall" / "1.mp4", rough(), options={"x264-params": "bframes=2:b-adapt=0:scenecut=0"})
    assert spoilt(root / "fall" / "1.mp4") > 5
    write(root / "fall" / "2.mp4", rough(), options={"x264-params": "bframes=2:b-adapt=0:scenecut=0"})
    return root


def test_damage_that_first_and_last_frame_do_not_show_is_found_before_training(folder, tmp_path):
    clips, sound = open_clips(folder), SoundVideos(tmp_path / "cache")
    with pytest.raises(UserError, match=r"1 problem with the 5 clips of clips: .*fall/1\.mp4"):
        check(clips, sound=sound)
    kept = check(clips, 0.2, sound=sound)
    assert [item.id for item in kept.items] == ["fall/0.mp4", "fall/2.mp4", "walk/0.mp4", "walk/1.mp4"]
    assert kept.remarks == ("left out 1 of the 5 clips of clips, which cannot be read: fall/1.mp4",)
    for item in kept.items:  # what is kept can be read, frame by frame
        decode(item.path, range(12))


def test_reading_through_agrees_with_decoding(tmp_path):
    """Cut or flipped anywhere: a film passes just when each of its frames can be had."""
    whole = write(tmp_path / "a.mp4", rough(12)).read_bytes()
    rng, agreed = np.random.default_rng(1), set()
    for k in range(30):
        raw = bytearray(whole[: int(rng.integers(len(whole) // 2, len(whole)))] if k % 3 == 0 else whole)
        for place in rng.integers(0, len(raw), 0 if k % 3 == 0 else 4):
            raw[place] ^= 0x55
        path = tmp_path / f"{k}.mp4"
        path.write_bytes(raw)
        try:
            patched, _ = read_through(path)
        except UserError:
            patched = None
        try:
            decode(path, range(preflight.stretch(Item("", path, 0)).stop))
            readable = True
        except UserError:
            readable = False
        assert readable == (patched is not None)
        agreed.add((readable, bool(patched)))
    assert (True, True) in agreed and (False, False) in agreed


CUT = {".mkv": "libx264", ".webm": "libvpx", ".ts": "libx264", ".flv": "flv", ".mp4": "libx264", ".avi": "mpeg4"}


@pytest.mark.parametrize("suffix", CUT)
def test_a_film_that_lost_its_end_is_no_shorter_film(tmp_path, suffix):
    whole = write(tmp_path / f"whole{suffix}", rough(60), codec=CUT[suffix])
    cut = tmp_path / f"cut{suffix}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 7 // 10 + 5])
    sound = SoundVideos(tmp_path)
    items = [Item("whole", whole, 0), Item("cut", cut, 0), Item("early", whole, 0, end_s=0.4)]
    for _ in range(2):
        assert [item.id for item in check(ClipList("mine", ("a",), tuple(items)), 0.5, sound=sound).items] == ["whole", "early"]
    with pytest.raises(UserError, match=rf"1 problem with the 3 clips of mine: .*cut{suffix} "):
        check(ClipList("mine", ("a",), tuple(items)), sound=sound)


def test_what_lies_before_a_cut_can_be_used(tmp_path):
    whole = write(tmp_path / "whole.mkv", rough(60))
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 7 // 10])
    items = [Item("early", cut, 0, end_s=0.4), Item("all", cut, 0)]
    kept = check(ClipList("mine", ("a",), tuple(items)), 0.5, sound=SoundVideos(tmp_path))
    assert [item.id for item in kept.items] == ["early"]
    with pytest.raises(UserError, match=r"cut\.mkv is cut short \(.*\): restore the file, or take it off the list"):
        check(ClipList("mine", ("a",), tuple(items)), sound=SoundVideos(tmp_path))


def test_a_stream_that_ends_amid_a_picture_is_left_out_and_not_called_kept(tmp_path):
    root = class_folder(tmp_path / "clips", ("a", "b"), n=1)
    path = write(root / "a" / "0.ts", rough(60))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // 188 * 188])
    assert probe(path).cut == "" and read_through(path)[1]
    kept = check(open_clips(root), 0.5, sound=SoundVideos(tmp_path))
    assert kept.remarks == ("left out 1 of the 3 clips of clips, which cannot be read: a/0.ts",)


def test_pictures_that_decoding_patches_up_are_told_and_kept(tmp_path):
    root = class_folder(tmp_path / "clips", ("a", "b"), n=1)
    path = write(root / "a" / "0.avi", rough(), codec="mpeg4")
    raw = bytearray(path.read_bytes())
    for place in np.random.default_rng(1).integers(len(raw) // 3, len(raw) * 9 // 10, 10):
        raw[place] ^= 0x41
    path.write_bytes(raw)
    sound = SoundVideos(tmp_path)
    for _ in range(2):  # not remembered as sound: it is told again
        kept = check(open_clips(root), sound=sound)
        assert len(kept) == 3
        assert kept.remarks == ("1 of the 3 clips of clips hold damaged pictures, which decoding patches up: a/0.avi",)


def test_sound_videos_are_read_once_and_again_when_they_change(tmp_path, monkeypatch):
    root, read = class_folder(tmp_path / "clips", n=1), []
    monkeypatch.setattr(preflight, "read_through", lambda path: read.append(path.name) or read_through(path))
    for _ in range(2):
        check(open_clips(root), sound=SoundVideos(tmp_path / "cache"))
        assert sorted(read) == ["0.mp4", "0.mp4"]
    changed = write(root / "other" / "0.mp4", numbered(9))
    os.utime(changed, ns=(1, 1))
    check(open_clips(root), sound=SoundVideos(tmp_path / "cache"))
    assert len(read) == 3
    (tmp_path / "cache" / "sound.txt").write_bytes(b"\xff\x00 nonsense\n")
    check(open_clips(root), sound=SoundVideos(tmp_path / "cache"))
    assert len(read) == 5
    (tmp_path / "closed").write_text("a file where the folder would be")
    check(open_clips(root), sound=SoundVideos(tmp_path / "closed"))
    assert len(read) == 7


def test_a_clip_of_ours_is_read_only_where_its_bytes_are_others(tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr(preflight, "read_through", lambda path: read.append(path.name) or read_through(path))
    films = [write(tmp_path / f"{name}.mp4", numbered(5)) for name in "ab"]
    right = hashlib.sha256(films[0].read_bytes()).hexdigest()
    items = [Item(path.name, path, 0, factors={"sha256": right if k == 0 else "0" * 64}) for k, path in enumerate(films)]
    check(ClipList("ours", ("a",), tuple(items)), sound=SoundVideos(tmp_path / "cache"))
    assert read == ["b.mp4"]
    films[0].unlink()
    with pytest.raises(UserError, match=r"a\.mp4 is missing"):
        check(ClipList("ours", ("a",), tuple(items)), sound=SoundVideos(tmp_path / "cache"))


def test_stretches_of_one_video_are_judged_each(tmp_path):
    path = write(tmp_path / "a.mp4", numbered(25))
    items = [Item(f"a@{start}", path, 0, start_s=start, end_s=start + 0.2) for start in (0.0, 7.0, 0.4)]
    clips = ClipList("mine", ("a",), tuple(items), remarks=("told before",))
    kept = check(clips, 0.5, sound=SoundVideos(tmp_path))
    assert [item.id for item in kept.items] == ["a@0.0", "a@0.4"]
    assert kept.remarks == ("told before", "left out 1 of the 3 clips of mine, which cannot be read: a@7.0")


def test_many_that_were_left_out_are_counted(tmp_path):
    good = Item("good", write(tmp_path / "a.mp4", numbered(3)), 0)
    bad = [Item(f"bad{k}", tmp_path / f"{k}.mp4", 0) for k in range(9)]
    kept = check(ClipList("mine", ("a",), (good, *bad)), 0.9, sound=SoundVideos(tmp_path))
    assert kept.remarks[0].endswith(": bad0, bad1, bad2, bad3, bad4 and 4 more") and len(kept) == 1


CHILD = """
import json, sys
from pathlib import Path
from synapt.training.config import EngineConfig
from synapt.generator.video.read import read_through
from synapt.training.data import preflight
from synapt.training.data.clips import open_clips
from synapt.training.data.sound import SoundVideos
from synapt.training.engine.dist import joined

read, whole = [], preflight.read_through
preflight.read_through = lambda path: read.append(str(path)) or whole(path)
folder, out = map(Path, sys.argv[1:])
with joined(EngineConfig(device="cpu")) as team:
    kept = preflight.check(open_clips(folder), 0.5, sound=SoundVideos(out / f"cache{team.rank}"))
    told = {"ids": [item.id for item in kept.items], "remarks": kept.remarks, "read": read}
    (out / f"{team.rank}.json").write_text(json.dumps(told))
"""


@pytest.mark.slow
def test_processes_share_the_reading_and_come_to_one_answer(folder, tmp_path):
    (tmp_path / "child.py").write_text(CHILD)
    words = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", tmp_path / "child.py", folder, tmp_path]
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    one, two = (json.loads((tmp_path / f"{rank}.json").read_text()) for rank in (0, 1))
    assert one["ids"] == two["ids"] == ["fall/0.mp4", "fall/2.mp4", "walk/0.mp4", "walk/1.mp4"]
    assert one["remarks"] == two["remarks"] and len(one["remarks"]) == 1
    assert not set(one["read"]) & set(two["read"]) and len(one["read"]) + len(two["read"]) == 5


def test_remarks_are_no_part_of_what_a_list_is():
    clips = ClipList("mine", ("a",), ())
    assert dataclasses.replace(clips, remarks=("left out",)) == clips
    assert re.fullmatch("[0-9a-f]{8}", clips.digest) and dataclasses.replace(clips, remarks=("x",)).digest == clips.digest


@pytest.mark.parametrize(
    ("name", "array", "said"),
    [
        (
            "mask",
            np.zeros(7, np.uint8),
            r"clip\.mask\.npz holds .mask. as uint8 of \(7,\), which is not how synapt",
        ),
        ("mask", np.zeros((0, 8, 8), np.uint8), "holds 'mask'"),
        ("mask", np.full((7, 8, 8), "x"), "holds 'mask' as <U1"),
        ("mask", np.zeros((7, 8, 8), np.int64), "holds 'mask' as int64"),
        ("mask", np.zeros((3, 8, 8), np.uint8), r"clip\.mp4 has more frames than labels 'mask' \(3\): make the clip again"),
        ("box_px", np.zeros((7, 2)), r"clip\.npz holds 'box_px' as float64 of \(7, 2\)"),
        ("box_px", np.zeros((3, 4)), r"more frames than labels 'box_px' \(3\)"),
        ("person", np.zeros((3, 8, 8), np.uint8), r"clip\.mp4 has more frames than labels 'person' \(3\): make the clip again"),
        ("person", np.zeros((7, 8, 8), np.float32), r"clip\.person\.npz holds 'person' as float32"),
    ],
)
def test_an_npz_of_somebody_elses_beside_a_video_is_one_line(tmp_path, name, array, said):
    path = write(tmp_path / "clip.mp4", numbered(7))
    labels = tmp_path / "clip.npz"
    np.savez(labels, **({name: array} if name == "box_px" else {}))
    if name != "box_px":
        np.savez(tmp_path / f"clip.{name}.npz", **{name: array})
    item = Item("clip", path, 0, labels=labels)
    with pytest.raises(UserError, match=said):
        read_extras(item, np.arange(7), [BOX if name == "box_px" else "person"], 96, 64)
