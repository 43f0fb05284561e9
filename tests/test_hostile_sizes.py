"""What is too large, too deep or no file is refused before it costs: each reader is given each, with memory and time watched."""

import os
import zipfile
from dataclasses import replace

import cv2
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_dataset import edit_header, edit_spec, write_dataset
from synapt.generator.base.bounded import BROKEN, read_npz
from synapt.generator.base.errors import UserError
from synapt.generator.body import mhclo, prepared
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, open_dataset, read_header, read_labels, read_spec
from synapt.generator.dataset.format import header_path, metadata_path
from synapt.generator.dataset.index import kept_header, read_rows
from synapt.generator.dataset.labels_file import save_arrays
from synapt.generator.jobs import remake
from synapt.generator.recipes import load_recipe
from synapt.generator.render.environment import declared_size, read_map
from synapt.generator.video.read import read_video
from synapt.generator.video.write import write_video

DEEP = b"[" * 100_000
SHAPE = (12, 48, 64)


@pytest.fixture
def dataset(tmp_path):
    write_dataset(tmp_path, 3)
    return tmp_path


def clip(root):
    return ClipFiles(root, "calm", 1)


def sparse(path, size=10**11):
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


def pipe(path):
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def npz(path, header, body=b"", name="mask", zeros=0):
    """An archive whose one array has any header, and holds zeros and `body`."""
    text = header.encode("latin1")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(f"{name}.npy", "w") as member:
        member.write(b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text)
        for _ in range(zeros // 10**5):
            member.write(bytes(10**5))
        member.write(body)


def declared(shape, dtype="|u1"):
    return f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}\n"


def version_2(path):
    """A header that is said to have four gigabytes."""
    with zipfile.ZipFile(path, "w") as archive, archive.open("mask.npy", "w") as member:
        member.write(b"\x93NUMPY\x02\x00" + (2**32 - 1).to_bytes(4, "little"))


MASKS = {
    "terabytes declared": lambda path: npz(path, declared((12, 10**6, 10**6))),
    "more than 64 bits declared": lambda path: npz(path, declared((2**62, 2**62))),
    "a negative axis": lambda path: npz(path, declared((-1, 48, 64)), bytes(36864)),
    "an empty axis and a huge one": lambda path: npz(path, declared((0, 10**30))),
    "zeros that unpack": lambda path: npz(path, declared((100_000, 48, 64)), zeros=10**8),
    "more than declared": lambda path: npz(path, declared(SHAPE), zeros=10**8),
    "less than declared": lambda path: npz(path, declared(SHAPE), b"x"),
    "text of megabytes": lambda path: npz(path, declared((), "<U9000000"), zeros=36_000_000),
    "objects": lambda path: npz(path, declared(SHAPE, "|O"), b"cos\nsystem\n(S'true'\ntR."),
    "records": lambda path: npz(path, "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }\n", bytes(8)),
    "brackets in the header": lambda path: npz(path, "(" * 9000),
    "signs in the header": lambda path: npz(path, "-" * 9000 + "1"),
    "a header of gigabytes": version_2,
    "another type": lambda path: npz(path, declared(SHAPE, "<f4"), bytes(4 * 36864)),
    "another size": lambda path: npz(path, declared((12, 24, 128)), bytes(36864)),
    "a file of a hundred gigabytes": sparse,
    "a pipe": pipe,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "nothing": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("what", MASKS)
def test_one_bad_mask_is_one_clip_of_the_verdict(what, dataset, frugal):
    MASKS[what](clip(dataset).dense("mask"))
    report = check_dataset(dataset, 0)
    assert report.checked == 3 and {problem.clip for problem in report.problems} == {"calm-000001"}
    assert all(problem.what.isprintable() and len(problem.what) < 1000 for problem in report.problems)


LABELS = {
    "terabytes declared": lambda path: npz(path, declared((10**7, 55, 3), "<f8"), name="joints_world_m"),
    "zeros that unpack": lambda path: npz(path, declared((10**8, 55)), zeros=10**8, name="joints_visible"),
    "thousands of arrays": lambda path: save_arrays(path, {f"a{k}": np.zeros(1) for k in range(1000)}),
    "a pipe": pipe,
    "a file of a hundred gigabytes": sparse,
}


@pytest.mark.parametrize("what", LABELS)
def test_one_bad_label_file_is_one_clip_of_the_verdict(what, dataset, frugal):
    LABELS[what](clip(dataset).labels)
    report = check_dataset(dataset, 0)
    assert report.checked == 3 and {problem.clip for problem in report.problems} == {"calm-000001"}


SPECS = {
    "brackets": lambda path: path.write_bytes(DEEP),
    "brackets in a field": lambda path: path.write_bytes(path.read_bytes().replace(b'"variants": ', b'"more": ' + DEEP)),
    "brackets in an object": lambda path: path.write_bytes(b'{"more":' * 100_000),
    "a file of a hundred gigabytes": sparse,
    "a pipe": pipe,
    "a size that takes more than there is": lambda path: edit_spec(path.parents[2], 1, width_px=4096, height_px=4096),
}  # fmt: skip


@pytest.mark.parametrize("what", SPECS)
def test_one_bad_spec_is_one_clip_of_the_verdict(what, dataset, frugal, monkeypatch):
    monkeypatch.setattr("synapt.generator.dataset.read.usable_memory_bytes", lambda: 10**8)
    SPECS[what](clip(dataset).spec)
    report = check_dataset(dataset, 0)
    assert report.checked == 3 and {problem.clip for problem in report.problems} == {"calm-000001"}


def test_a_video_that_is_longer_or_larger_than_its_clip_is_not_kept(dataset, monkeypatch):
    frames = np.random.default_rng(0).integers(0, 255, (60, 96, 128, 3), dtype=np.uint8)
    write_video(clip(dataset).video, frames, 15.0)
    assert read_video(clip(dataset).video, SHAPE).shape == (1, 96, 128, 3)
    assert read_video(clip(dataset).video, (12, 96, 128)).shape == (13, 96, 128, 3)
    assert read_video(clip(dataset).video, (60, 96, 128)).shape == (60, 96, 128, 3)
    said = " / ".join(problem.what for problem in check_dataset(dataset, 0).problems if problem.clip == "calm-000001")
    assert "frames are 128x96, not 64x48" in said
    monkeypatch.setattr("synapt.generator.video.read.usable_memory_bytes", lambda: 10**6)
    with pytest.raises(UserError, match="would take 2,211,840 bytes, and this machine grants 1,000,000"):
        read_video(clip(dataset).video, (60, 96, 128))


HEADERS = {
    "brackets": DEEP,
    "brackets in a field": b'{"more":' + DEEP,
    "objects in objects": b'{"more":' * 100_000,
    "no object": b"[]",
    "text": b"\x00\xff",
}


@pytest.mark.parametrize("what", HEADERS)
def test_a_bad_header_is_one_line(what, dataset, frugal):
    header_path(dataset).write_bytes(HEADERS[what])
    for act in (read_header, open_dataset, check_dataset):
        with pytest.raises(UserError, match=r"dataset\.json is broken") as caught:
            act(dataset)
        assert str(caught.value).isprintable() and len(str(caught.value)) < 500


@pytest.mark.parametrize("make", [pipe, sparse])
def test_a_header_that_is_no_file_of_its_size_is_one_line(make, dataset, frugal):
    make(header_path(dataset))
    for act in (read_header, open_dataset, check_dataset):
        with pytest.raises(UserError, match=r"not a regular file|at most"):
            act(dataset)


def test_a_count_of_clips_that_nobody_made_is_one_line(dataset, frugal):
    edit_header(
        dataset, classes={f"c{k}": k for k in range(1, 1000)} | {"calm": 0}, counts={f"c{k}": 10**6 for k in range(1, 1000)}
    )
    report = check_dataset(dataset, 0)
    (problem,) = (problem for problem in report.problems if "no trace" in problem.what)
    assert problem.what.startswith("999,000,000 clips are listed") and report.checked == 3 and report.broken == ()


def test_a_file_name_with_a_high_number_makes_no_million_of_clips(dataset, frugal):
    (dataset / "labels" / "calm" / "calm-999999.npz").write_bytes(b"")
    (dataset / "labels" / "calm" / "calm-²²²²²².npz").write_bytes(b"")
    report = check_dataset(dataset, 0)
    assert report.checked == 4 and [problem.clip for problem in report.problems] == ["", "calm-999999"]


def constant_rows(path, n):
    """Many rows that take hardly any room."""
    words = dict.fromkeys(("split", "identity", "sha256"), "x")
    words |= {"action": "calm", "file_name": "clips/calm/calm-000000.mp4", "licences": "a b"}
    first = pa.array(np.zeros(n, np.int32))
    columns = {name: pa.DictionaryArray.from_arrays(first, pa.array([word])) for name, word in words.items()}
    zeros = pa.array(np.zeros(n, np.int64))
    pq.write_table(pa.table({**columns, "index": zeros, "frames": zeros, "fps": pa.array(np.ones(n))}), path, store_schema=False)


def long_text(path, n=2000, size=10**6):
    rows = read_rows(path)[:1] * n
    table = pa.Table.from_pylist(rows)
    text = pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array(["x" * size]))
    salt = pa.array([os.urandom(32).hex() for _ in range(n)])
    pq.write_table(table.append_column("caption2", text).append_column("salt", salt), path, store_schema=False)


INDICES = {
    "rows without end": (lambda path: constant_rows(path, 10**6), "1,000,000 rows in"),
    "text that unfolds": (long_text, "bytes of text in 2,000 rows"),
    "another packing": (lambda path: pq.write_table(pa.Table.from_pylist(read_rows(path)), path, compression="zstd"), "by ZSTD"),
    "lists": (lambda path: pq.write_table(pa.table({"file_name": [[["x"]]]}), path), "column file_name holds list"),
    "thousands of columns": (lambda path: pq.write_table(pa.table({f"c{k}": [1] for k in range(1001)}), path), "1,001 columns"),
    "a pipe": (pipe, "not a regular file"),
    "nothing": (lambda path: path.write_bytes(b""), "broken"),
}


@pytest.mark.parametrize("what", INDICES)
def test_a_bad_index_is_one_line_and_the_clips_are_judged(what, dataset, frugal):
    make, words = INDICES[what]
    make(metadata_path(dataset))
    with pytest.raises(UserError, match=words):
        read_rows(metadata_path(dataset))
    report = check_dataset(dataset, 0)
    assert report.checked == 3 and [problem.cure for problem in report.problems] == ["indexing"]


@pytest.mark.parametrize("kept", [DEEP, b'{"more":' * 100_000, b"{}", b""])
def test_a_bad_copy_of_the_header_is_none(kept, dataset, frugal):
    table = pq.read_table(metadata_path(dataset)).replace_schema_metadata({b"synapt": kept})
    pq.write_table(table, metadata_path(dataset))
    assert kept_header(metadata_path(dataset)) is None and len(open_dataset(dataset)) == 3


RECIPES = {
    "a hundred megabytes": (lambda path: sparse(path, 10**8), "100,000,000 bytes, at most 1,048,576 are read"),
    "a key of dots": (lambda path: path.write_text("a." * 100_000 + "b = 1"), "key of more than 32 parts"),
    "a quoted key of dots": (lambda path: path.write_text('"a" . ' * 100_000 + "b = 1"), "key of more than 32 parts"),
    "a table of dots": (lambda path: path.write_text("[" + "a." * 100_000 + "b]"), "key of more than 32 parts"),
    "brackets": (lambda path: path.write_bytes(b"a = " + DEEP), "brackets"),
    "tables in tables": (lambda path: path.write_text("a = " + "{a=" * 100_000), "brackets"),
    "a pipe": (pipe, "not a regular file"),
    "a folder": (lambda path: path.mkdir(), "Is a directory"),
    "bytes": (lambda path: path.write_bytes(b"\xff\xfe"), "not valid TOML"),
}


@pytest.mark.parametrize("what", RECIPES)
def test_a_bad_recipe_is_one_line(what, tmp_path, frugal):
    make, words = RECIPES[what]
    make(tmp_path / "r.toml")
    with pytest.raises(UserError, match=words) as caught:
        load_recipe(str(tmp_path / "r.toml"))
    assert str(caught.value).startswith("recipe ") and str(caught.value).isprintable()


def test_a_dataset_names_a_recipe_that_never_ends(dataset, tmp_path, frugal):
    pipe(tmp_path / "r.toml")
    edit_header(dataset, settings__recipe=str(tmp_path / "r.toml"), settings__recipe_digest="0123456789ab")
    assert check_dataset(dataset, 0).checked == 3


def test_the_prepared_body_is_read_within_bounds(tmp_path, monkeypatch, frugal):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path))
    for what in ("terabytes declared", "objects", "a pipe", "a file of a hundred gigabytes", "nothing"):
        path = prepared.baked_path()
        path.unlink(missing_ok=True)
        MASKS[what](path)
        assert not prepared.is_prepared()
    npz(prepared.baked_path(), declared((10**6, 10**6)), name="version")
    with pytest.raises(UserError, match=r"damaged .* run: synapt prepare"):
        prepared.read_prepared()


def exr_head(width, height):
    window = b"".join(int(v).to_bytes(4, "little", signed=True) for v in (0, 0, width - 1, height - 1))
    return b"\x76\x2f\x31\x01\x02\0\0\0" + b"channels\0chlist\0\x01\0\0\0\0" + b"dataWindow\0box2i\0\x10\0\0\0" + window


HEADS = {
    "a.hdr": b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1000000 +X 2000000\n",
    "a.exr": exr_head(2_000_000, 1_000_000),
}


@pytest.mark.parametrize("name", HEADS)
def test_an_environment_map_of_too_many_pixels_is_not_opened(name, tmp_path, frugal):
    (tmp_path / name).write_bytes(HEADS[name])
    assert declared_size(tmp_path / name) == (2_000_000, 1_000_000)
    with pytest.raises(UserError, match="said to have 2,000,000x1,000,000 pixels"):
        read_map(str(tmp_path / name))


def test_the_size_of_a_real_map_is_what_it_declares(tmp_path):
    assert cv2.imwrite(str(tmp_path / "a.hdr"), np.ones((8, 16, 3), np.float32))
    assert declared_size(tmp_path / "a.hdr") == (16, 8) and read_map(str(tmp_path / "a.hdr")).shape == (8, 16, 3)
    pipe(tmp_path / "b.hdr")
    with pytest.raises(UserError, match="is missing"):
        read_map(str(tmp_path / "b.hdr"))


@pytest.mark.parametrize("obj", ["../../../etc/passwd", "/etc/passwd", "big.obj", "pipe.obj"])
def test_an_asset_reads_the_files_of_its_own_folder_and_no_endless_ones(obj, tmp_path, monkeypatch, frugal):
    scales = "".join(f"{axis}_scale 0 1 1.0\n" for axis in "xyz")
    (tmp_path / "hat.mhclo").write_text(f"name hat\nobj_file {obj}\n{scales}verts 0\n0\n")
    sparse(tmp_path / "big.obj", 10**9)
    pipe(tmp_path / "pipe.obj")
    monkeypatch.setenv("SYNAPT_MAKEHUMAN_ASSETS", str(tmp_path))
    with pytest.raises(UserError, match=r"could not be read \(.*(plain name|at most|not a regular file)"):
        mhclo.load("mhclo:hat")


def test_a_sound_archive_is_read_as_numpy_reads_it(tmp_path):
    rng = np.random.default_rng(0)
    arrays = {
        "f": rng.normal(size=(3, 4)),
        "i": np.arange(6, dtype=np.int16).reshape(2, 3),
        "b": np.array(True),
        "u": np.array(["é", "ab"]),
        "none": np.zeros((0, 2)),
        "c": np.asfortranarray(rng.normal(size=(3, 5))),
        "h": np.ones(2, np.float16),
        "s": np.array(b"x"),
    }
    np.savez_compressed(tmp_path / "a.npz", **arrays)
    found = read_npz(tmp_path / "a.npz", 10**4)
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype and np.array_equal(found[name], array) and found[name].flags.writeable
    with pytest.raises(UserError, match="is said to take"):
        read_npz(tmp_path / "a.npz", 100)
    with pytest.raises(BROKEN):
        read_npz(tmp_path / "missing.npz", 100)


def test_what_is_bad_can_be_mended(dataset, monkeypatch):
    from pathlib import Path

    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    whole = {path: path.read_bytes() for path in dataset.rglob("calm-*") if path.is_file()}
    MASKS["terabytes declared"](clip(dataset).dense("mask"))
    SPECS["brackets"](ClipFiles(dataset, "calm", 2).spec)
    report = check_dataset(dataset, 0)
    assert report.broken == (("calm", 1), ("calm", 2))
    remake(dataset, report.broken, workers=1, maker="made_up:maker")
    assert check_dataset(dataset, 0).problems == () and {path: path.read_bytes() for path in whole} == whole
    assert read_labels(clip(dataset)).dense["mask"].shape == SHAPE
    assert replace(read_spec(clip(dataset)), index=0) == read_spec(ClipFiles(dataset, "calm", 0))
    assert msgspec.json.decode(header_path(dataset).read_bytes())["counts"] == {"calm": 3}
