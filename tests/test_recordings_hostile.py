"""Motion files that anybody may have written: nothing in them runs or is allocated on their word, any damage is one line."""

import io
import os
import pickle
import pickletools
import struct
import time
import tracemalloc
import zipfile
from collections import OrderedDict, defaultdict

import joblib
import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_arrays import Motion, features
from synapt.generator.base.errors import UserError
from synapt.generator.recordings.numpy_files import read
from synapt.generator.recordings.pickles import MOST_DEEP, unpickled
from synapt.generator.recordings.safe_numpy import load

ARRAY = np.arange(12.0).reshape(3, 4)
PLAIN = {
    "array": ARRAY, "fortran": np.asfortranarray(ARRAY.astype("f4")), "number": np.float32(3), "other end": ARRAY.astype(">f8"),
    "tuple": ("x", 1, 2.5, None, True, 10**30), "words": np.array(["male", "f"]), "bytes": np.array(b"male"),
    "empty": np.zeros((0, 3)),
    "objects": np.array(["a", None, {"b": 1}], object), "one object": np.array({"z": 1}, object), "part": {1: ARRAY[::2]},
    np.int64(3): b"raw", "ordered": OrderedDict(a=[1], b=[]), "truth": np.array([True, False]),
}  # fmt: skip


def equal(a, b):
    if isinstance(a, np.ndarray) and a.dtype == object:
        return equal(a.tolist(), b)
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == np.shape(b) and bool(np.all(a == b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(equal(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(equal, a, b))
    return type(a) is type(b) and a == b


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_plain_data_of_every_protocol(protocol):
    assert equal(PLAIN, unpickled(pickle.dumps(PLAIN, protocol=protocol), "x"))


def test_newer_names_of_numpy_are_known():
    raw = pickle.dumps(PLAIN, protocol=0).replace(b"numpy.core.multiarray", b"numpy._core.multiarray")
    assert b"_core" in raw and equal(PLAIN, unpickled(raw, "x"))


@pytest.mark.parametrize("compress", [0, 3])
def test_files_of_joblib(tmp_path, compress):
    data = defaultdict(dict, {0: {"poses": ARRAY, "verts": PLAIN["fortran"]}, 1: OrderedDict(a=1)})
    joblib.dump(data, tmp_path / "w.pkl", compress=compress)
    assert equal(dict(data), load(tmp_path / "w.pkl", ()))


class Harm:
    """Leaves a file where it runs."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return os.mkdir, (self.path,)


def test_nothing_in_a_pickle_runs(tmp_path):
    mark, file = tmp_path / "harmed", tmp_path / "bad.pkl"
    for raw in (pickle.dumps(Harm(mark), protocol=p) for p in range(6)):
        pickle.loads(raw)  # it would
        mark.rmdir()
        file.write_bytes(raw)
        with pytest.raises(UserError, match=r"would run .(posix|nt)\.mkdir"):
            read(file)
        assert not mark.exists()
    np.savez(tmp_path / "bad.npz", poses=np.zeros((2, 156)), gender=np.array(Harm(mark), object))
    np.save(tmp_path / "bad.npy", {"motion": Harm(mark)})
    joblib.dump({"pose": ARRAY, "x": Harm(mark)}, tmp_path / "job.pkl")
    for name in ("bad.npz", "bad.npy", "job.pkl"):
        with pytest.raises(UserError, match="would run"):
            read(tmp_path / name)
    assert not mark.exists()


@pytest.mark.parametrize(
    "raw",
    [
        pickle.dumps({1, 2}),
        pickle.dumps(Motion),
        pickle.dumps(np.random.default_rng(0)),
        pickle.dumps(np.zeros(2, [("a", "f8")])),
        pickle.dumps(np.dtype("f8")),
        pickle.dumps({1.5: 1}),
        pickle.dumps({(1, 2): 1}),
        pickle.dumps({1 << 61: 1}),
        pickle.dumps(torch.zeros(3)),
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"(S'x'\nios\nsystem\n.",
        b"\x80\x02Pid\n.",
        b"\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7f.",
        b"\x80\x05\x96\xff\xff\xff\xff\xff\xff\xff\x00.",  # a bytearray of that length
        b"\x80\x04]r\xff\xff\xff\xff.",  # a memo of that length, as C's own unpickler makes one; here an empty list
        b"",
        b".",
        b"0.",
        b"((((.",
    ],
)
def test_other_pickles_are_refused_or_empty(raw):
    tracemalloc.start()
    try:
        assert unpickled(raw, "x") == []
    except UserError as error:
        assert "\n" not in str(error) and str(error).startswith("x ")
    assert tracemalloc.get_traced_memory()[1] < 1 << 22
    tracemalloc.stop()


def test_what_holds_itself_or_lies_too_deep_is_refused():
    loop = []
    loop.append(loop)
    deep = 1
    for _ in range(MOST_DEEP + 1):
        deep = [deep]
    doubled = [1]
    for _ in range(MOST_DEEP - 1):
        doubled = [doubled] * 50  # 50^15 numbers, if they were counted
    for value in (loop, deep):
        with pytest.raises(UserError, match=r"itself|within one another"):
            unpickled(pickle.dumps(value), "x")
    began = time.monotonic()
    assert len(unpickled(pickle.dumps(doubled), "x")) == 50 and time.monotonic() - began < 5


def state(raw, **change):
    """A pickled array whose state says something else than is there."""
    array = pickle.dumps(ARRAY, protocol=2)
    return array.replace(raw, change["by"])


@pytest.mark.parametrize("by", [b"K\x7fK\x04", b"K\x03K\x7f", b"J\xff\xff\xff\x7fJ\xff\xff\xff\x7f", b"J\xff\xff\xff\xffK\x04"])
def test_an_array_whose_shape_lies(by):
    raw = state(b"K\x03K\x04", by=by)
    assert raw != pickle.dumps(ARRAY, protocol=2)
    with pytest.raises(UserError, match=r"another length|a shape"):
        unpickled(raw, "x")


def header(shape, dtype="<f8"):
    """The head of an .npy that says so."""
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


@pytest.mark.parametrize(
    "shape", ["(1000000000000, 22, 3)", "(4000000, 22, 3)", "(99999999999999999999, 3)", "(-1, 22, 3)", "(24, 22, 3)"]
)
def test_a_gigabyte_that_is_only_declared(tmp_path, frugal, shape):
    (tmp_path / "huge.npy").write_bytes(header(shape) + b"\0" * 1000)
    with zipfile.ZipFile(tmp_path / "huge.npz", "w") as archive:
        archive.writestr("poses.npy", header(shape) + b"\0" * 1000)
    for name in ("huge.npy", "huge.npz"):
        with pytest.raises(UserError, match=name):
            read(tmp_path / name)


def test_a_bomb_of_zeros(tmp_path, frugal):
    with (
        zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("poses.npy", "w", force_zip64=True) as f,
    ):
        f.write(header((1 << 40, 3)))
        for _ in range(100):
            f.write(b"\0" * (1 << 20))
    with pytest.raises(UserError, match="is said to take"):
        read(tmp_path / "bomb.npz")
    with zipfile.ZipFile(tmp_path / "many.npz", "w") as archive:
        for k in range(1001):
            archive.writestr(f"a{k}.npy", b"")
    with pytest.raises(UserError, match="1,001 members"):
        read(tmp_path / "many.npz")


def test_files_that_are_none(tmp_path):
    (tmp_path / "folder.npz").mkdir()
    os.mkfifo(tmp_path / "pipe.npy")
    (tmp_path / "empty.pkl").write_bytes(b"")
    with (tmp_path / "sparse.npy").open("wb") as file:
        file.truncate(10**11)
    torch.save({"pose": torch.zeros(3)}, tmp_path / "t.pt")
    (tmp_path / "t.pt").rename(tmp_path / "t.pkl")
    for name in ("folder.npz", "pipe.npy", "empty.pkl", "sparse.npy", "missing.npz", "t.pkl"):
        with pytest.raises(UserError) as caught:
            read(tmp_path / name)
        assert name in str(caught.value) and "\n" not in str(caught.value)


def made_files():
    """One small valid file of each kind: name -> bytes."""
    motion = Motion(frames=4, joints=22)
    angles, trans = motion.table()
    flat = angles.reshape(4, 165)

    def npy(value):
        file = io.BytesIO()
        np.save(file, value)
        return file.getvalue()

    def npz(**arrays):
        file = io.BytesIO()
        np.savez(file, **arrays)
        return file.getvalue()

    amass = {"trans": trans, "betas": np.zeros(10), "gender": np.array("male", object), "mocap_framerate": 30.0}
    parts = {"global_orient": flat[:, :3], "body_pose": flat[:, 3:66], "transl": trans}
    job = io.BytesIO()
    joblib.dump({0: parts, 1: parts}, job)
    results = {
        "motion": np.moveaxis(motion.places[None, :, :22], 1, -1),
        "text": ["a"],
        "lengths": np.array([4]),
        "num_samples": 1,
    }
    return {
        "amass.npz": npz(poses=flat[:, :156], **amass),
        "world.pkl": pickle.dumps({"smpl_params_global": parts, "fps": 25}, protocol=4),
        "old.pkl": pickle.dumps({"person1": parts, "person2": parts, "mocap_framerate": 59.9}, protocol=0),
        "job.pkl": job.getvalue(),
        "results.npy": npy(results),
        "joints.npy": npy(motion.places[:, :22]),
        "features.npy": npy(features(motion.places[:, :22])[0]),
    }


FILES = made_files()


@pytest.mark.parametrize("name", FILES)
def test_the_made_files_are_valid(tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name])
    assert all(finite(recording) for recording in read(tmp_path / name))


def finite(recording):
    tracks = recording.people
    assert tracks and 1.0 <= recording.fps <= 1000.0 and len({track.n_frames for track in tracks}) == 1
    return all(
        np.isfinite(track.positions_m).all() and (track.rotations is None or np.isfinite(track.rotations).all())
        for track in tracks
    )


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60, deadline=5000, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_one_line_or_a_motion(tmp_path, name, data):
    raw = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(("set", "cut", "insert", "drop", "repeat")))
        if kind == "set":
            raw[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del raw[at + 1 :]
        elif kind == "insert":
            raw[at:at] = data.draw(st.binary(min_size=1, max_size=8))
        elif kind == "drop":
            del raw[at : at + data.draw(st.integers(1, 40))]
        else:
            raw[at:at] = raw[at : at + data.draw(st.integers(1, 200))]
        if not raw:
            return
    (tmp_path / name).write_bytes(raw)
    tracemalloc.start()
    try:
        assert all(finite(recording) for recording in read(tmp_path / name))
    except UserError as error:
        assert "\n" not in str(error) and name in str(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 1 << 26


OPERATIONS = [bytes([ord(operation.code)]) if len(operation.code) == 1 else b"" for operation in pickletools.opcodes]


@settings(max_examples=200, deadline=5000, derandomize=True)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(OPERATIONS), st.binary(max_size=4), st.sampled_from((b"numpy\ndtype\n", b"K\x00", b"\x8c\x01a"))
        )
    )
)
def test_any_operations_make_plain_data_or_one_line(parts):
    try:
        unpickled(b"".join(parts) + b".", "x")
    except UserError as error:
        assert "\n" not in str(error)
