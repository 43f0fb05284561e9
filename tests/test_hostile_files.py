"""Files that would run, fill or hang something: each is one line, soon, within little memory, and nothing of it is done."""

import io
import os
import pickle
import resource
import struct
import tarfile
import time
import zipfile
from contextlib import contextmanager

import numpy as np
import pytest
import torch
from made_runs import make_run
from made_videos import numbered, write
from synapt.generator.base.bounded import read_npz
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import ClipFiles, read_labels, write_clip
from synapt.generator.video.read import glance, read_through, read_video
from synapt.training.data.clips import open_clips
from synapt.training.models import load_model
from synapt.training.models.weights import read_tensors

SOON_S = 20.0


@pytest.fixture
def frugal():
    """No more than 2 GiB beyond what there is may be asked for in the block."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()  # noqa: PTH123
    resource.setrlimit(resource.RLIMIT_AS, (held + (2 << 30), hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def soon():
    """The block takes little of the processor's time."""
    begun_s = time.process_time()
    yield
    assert time.process_time() - begun_s < SOON_S


class Trap:
    """Unpickled, it makes a file."""

    def __init__(self, place):
        self.place = place

    def __reduce__(self):
        return (open, (str(self.place), "w"))


@pytest.mark.parametrize("ending", [".pt", ".pth", ".ckpt", ".bin"])
@pytest.mark.parametrize("new", [True, False])
def test_a_pickled_checkpoint_runs_nothing(ending, new, tmp_path):
    place, path = tmp_path / "sprung", tmp_path / f"model{ending}"
    torch.save({"state_dict": Trap(place)}, path, _use_new_zipfile_serialization=new)
    with pytest.raises(UserError) as caught:
        read_tensors(path)
    assert "\n" not in str(caught.value) and not place.exists()


def test_object_arrays_run_nothing(tmp_path, made):
    place = tmp_path / "sprung"
    labels = ClipFiles(made, "waving_a_hand", 0).labels
    with zipfile.ZipFile(labels, "a") as archive:
        file = io.BytesIO()
        np.save(file, np.array([Trap(place)], dtype=object))
        archive.writestr("joints_m.npy", file.getvalue())
    with pytest.raises(UserError, match="not numbers or text"):
        read_labels(ClipFiles(made, "waving_a_hand", 0), ())
    with pytest.raises(ValueError, match="not numbers or text"):  # for whoever says in which file
        read_npz(labels, 1 << 30)
    assert not place.exists()


@pytest.fixture
def made(tmp_path):
    from made_up import make_clip

    write_clip(tmp_path / "data", make_clip(index=0, frames=6), 0)
    return tmp_path / "data"


@pytest.mark.parametrize("name", ["../../climbed.npy", "/climbed.npy", "a/../../climbed.npy"])
def test_names_in_an_archive_lead_nowhere(name, made, tmp_path):
    labels = ClipFiles(made, "waving_a_hand", 0).labels
    raw = labels.read_bytes()
    with zipfile.ZipFile(labels, "a") as archive:
        archive.writestr(name, b"x")
    before = sorted(tmp_path.rglob("*"))
    try:
        read_labels(ClipFiles(made, "waving_a_hand", 0), ())
    except UserError as error:
        assert "\n" not in str(error)
    assert sorted(tmp_path.rglob("*")) == before and not os.path.exists("/climbed.npy") and raw  # noqa: PTH110


def test_a_tar_in_the_place_of_weights_is_not_unpacked(tmp_path):
    path = tmp_path / "model.pt"
    with tarfile.open(path, "w") as archive:
        member = tarfile.TarInfo("../climbed")
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(UserError):
        read_tensors(path)
    assert [p.name for p in tmp_path.iterdir()] == ["model.pt"]


@pytest.mark.parametrize(
    "header", [b'{"a":{"dtype":"F32","shape":[1000000000,1000],"data_offsets":[0,4000000000000]}}', b"{" * 1000]
)
def test_weights_that_declare_terabytes_are_one_line(header, tmp_path, frugal):
    run = make_run(tmp_path / "run")
    path = run / "model" / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(UserError) as caught:
        load_model(run / "model")
    assert "\n" not in str(caught.value)
    path.write_bytes(struct.pack("<Q", 1 << 62) + header)
    with pytest.raises(UserError):
        load_model(run / "model")


@pytest.mark.slow
def test_a_checkpoint_of_zeros_that_unpacks_to_gigabytes_is_one_line(tmp_path, frugal):
    path = tmp_path / "bomb.pt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/data.pkl", pickle.dumps({}, 2))
        with archive.open("a/data/0", "w", force_zip64=True) as file:
            for _ in range(64):
                file.write(bytes(1 << 26))
        archive.writestr("a/version", b"3\n")
    with soon(), pytest.raises(UserError) as caught:
        read_tensors(path)
    assert "\n" not in str(caught.value)


def film(path, n=40):
    return write(path, numbered(n))


def boxed(raw, kind):
    """Where the content of an mp4's first box of this kind begins."""
    return raw.index(kind) + 4


@pytest.mark.parametrize("claim", [1, 10**6, 2**32 - 1])
@pytest.mark.parametrize("box", [b"mvhd", b"mdhd", b"tkhd"])
def test_a_film_that_lies_about_its_length(claim, box, tmp_path, frugal):
    path = film(tmp_path / "a.mp4")
    raw = bytearray(path.read_bytes())
    at = boxed(raw, box) + (20 if box == b"tkhd" else 16)  # version 0: 4 of version and flags, 8 of dates, then
    raw[at : at + 4] = struct.pack(">I", claim)
    path.write_bytes(raw)
    for reader in (read_video, lambda p: glance(p, 32, 8), read_through):
        try:
            with soon():
                found = reader(path)
        except UserError as error:
            assert "\n" not in str(error)
        else:
            assert not isinstance(found, np.ndarray) or len(found) <= 40


@pytest.mark.parametrize("count", [2**32 - 1, 10**8])
def test_a_film_whose_table_counts_without_end(count, tmp_path, frugal):
    path = film(tmp_path / "a.mp4")
    raw = bytearray(path.read_bytes())
    for kind in (b"stts", b"stsz"):
        at = boxed(raw, kind) + (8 if kind == b"stsz" else 4)
        raw[at : at + 4] = struct.pack(">I", count)
    path.write_bytes(raw)
    for reader in (read_video, lambda p: glance(p, 32, 8), read_through):
        try:
            with soon():
                reader(path)
        except UserError as error:
            assert "\n" not in str(error)


@pytest.mark.slow
def test_a_film_of_a_million_tiny_frames_is_glanced_at_and_refused_where_it_does_not_belong(tmp_path, frugal):
    """A million frames of two pixels in a small file: one packet each, all of the same bytes."""
    path = tmp_path / "long.avi"
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("rawvideo", rate=1000)
        stream.width, stream.height, stream.pix_fmt = 2, 2, "yuv420p"
        packet_of = stream.encode(av.VideoFrame.from_ndarray(np.zeros((3, 2), np.uint8), format="yuv420p"))
        raw = bytes(packet_of[0])
        for k in range(1_000_000):
            packet = av.Packet(raw)
            packet.stream, packet.pts, packet.dts, packet.is_keyframe = stream, k, k, True
            packet.time_base = stream.codec_context.time_base
            container.mux(packet)
    with soon():
        try:
            assert len(glance(path, 2, 8)) <= 8
        except UserError as error:
            assert "\n" not in str(error)
    with soon():
        assert len(read_video(path, (6, 48, 64))) <= 100  # no more than tells that it is another clip's


def test_a_link_in_a_folder_of_classes_is_followed_by_nobody_else(tmp_path):
    """What a person names may hold links of their own; one that leads in a circle or nowhere is one line."""
    root = tmp_path / "videos"
    film(root / "a" / "1.mp4")
    film(root / "b" / "1.mp4")
    (root / "a" / "2.mp4").symlink_to(tmp_path / "nowhere.mp4")
    (root / "c").symlink_to(root)
    try:
        found = open_clips(root)
    except UserError as error:
        assert "\n" not in str(error)
    else:
        assert len(found) <= 3
