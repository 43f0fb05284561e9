"""Edited labels are found in every clip: by their hashes, and without those by what they say against each other."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from made_dataset import DENSE, edit_header, edit_labels, edit_spec, forget_hashes, write_dataset
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, open_dataset, read_labels
from synapt.generator.dataset.format import metadata_path
from synapt.generator.dataset.index import read_rows
from synapt.generator.dataset.labels_file import load_arrays, save_arrays
from synapt.generator.jobs import remake


@pytest.fixture
def dataset(tmp_path):
    write_dataset(tmp_path, 12)
    return tmp_path


def labels_of(root):
    return load_arrays(ClipFiles(root, "calm", 7).labels)


def emptied(root):
    save_arrays(ClipFiles(root, "calm", 7).dense("mask"), {"mask": np.zeros((12, 48, 64), np.uint8)})


EDITS: dict[str, tuple[Callable, str]] = {
    "joints shifted": (
        lambda root: edit_labels(root, 7, joints_world_m=labels_of(root)["joints_world_m"] + [0.0, 0.02, 0.0]),
        "its joints are not where its camera sees them",
    ),
    "key points shifted": (
        lambda root: edit_labels(root, 7, coco_px=labels_of(root)["coco_px"] + 1.0),
        "its coco are not where its camera sees them",
    ),
    "a camera moved": (
        lambda root: edit_labels(root, 7, T_camera_world=labels_of(root)["T_camera_world"] + np.eye(4)[:, [3, 0, 1, 2]] * 0.01),
        "not where its camera sees them",
    ),
    "phases rolled": (
        lambda root: edit_labels(root, 7, phase=np.roll(labels_of(root)["phase"], 1)),
        "its phases are not where its segments are",
    ),
    "seen where nothing is": (
        lambda root: edit_labels(root, 7, joints_visible=np.full((12, 55), 2, np.uint8)),
        "said to be seen where they are not in the picture",
    ),
    "a visibility of 9": (
        lambda root: edit_labels(root, 7, coco_visible=np.full((12, 17), 9, np.uint8)),
        "its coco are said to be seen",
    ),
    "a mask emptied": (emptied, "its boxes are not round the person in its masks"),
    "a box moved": (
        lambda root: edit_labels(root, 7, box_px=labels_of(root)["box_px"] + np.float32(1.0)),
        "its boxes are not round the person in its masks",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("hashed", [True, False])
def test_an_edit_is_found_in_whichever_clip(edit, hashed, dataset):
    change, words = EDITS[edit]
    if not hashed:
        forget_hashes(dataset)
    change(dataset)
    report = check_dataset(dataset, 0)
    said = [problem.what for problem in report.problems]
    assert {problem.clip for problem in report.problems} == {"calm-000007"}, report.problems
    assert report.broken == (("calm", 7),)
    assert any(words in what for what in said)
    part = "mask" if edit == "a mask emptied" else "labels"
    assert hashed == any(f"not what was written: its {part} (SHA-256 differs)" in what for what in said)


def test_a_renderer_that_nobody_knows_is_told_and_not_looked_for(dataset):
    edit_header(dataset, settings__backend="owned:test")
    (problem,) = check_dataset(dataset, 0).problems
    assert problem.what.startswith("dataset.json names the renderer 'owned:test'") and "SYNAPT_OWN=owned:test" in problem.what
    edit_header(dataset, settings__backend="pyrender")
    assert not check_dataset(dataset, 0).problems


def test_what_agrees_with_itself_is_found_by_its_hash_alone(dataset):
    """Somebody fatter: no other label follows from it."""
    edit_labels(dataset, 7, betas=np.ones(16))
    report = check_dataset(dataset, 0)
    assert [(p.clip, p.what) for p in report.problems] == [("calm-000007", "not what was written: its labels (SHA-256 differs)")]


def test_an_edited_spec_is_found_and_not_rebuilt_from(dataset):
    """The made-up dataset's recipe isn't here: nobody can tell what the spec was, so the clip is left alone."""
    edit_spec(dataset, 7, split="val")
    report = check_dataset(dataset, 0)
    (problem,) = report.problems
    assert "its spec is damaged (it is not the one that was written, SHA-256 differs)" in problem.what
    assert (report.broken, report.doubted) == ((), (("calm", 7),))


def test_every_file_of_a_clip_has_its_hash_in_the_index(dataset):
    for row in open_dataset(dataset):
        files = ClipFiles(dataset, row["action"], row["index"])
        import hashlib

        for column, path in files.all(DENSE).items():
            assert row[column] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert {k for k in row if k.startswith("sha256")} == {"sha256", "sha256_labels", "sha256_spec", "sha256_mask"}


def test_an_older_index_verifies_as_before_and_gets_hashes_with_each_clip_that_is_made(dataset):
    forget_hashes(dataset)
    assert check_dataset(dataset, 0).problems == ()
    ClipFiles(dataset, "calm", 3).video.unlink()
    rows = {row["index"]: row for row in read_rows(metadata_path(dataset))}
    assert not any(name.startswith("sha256_") for name in rows[3])
    remake(dataset, check_dataset(dataset, 0).broken, workers=1, maker="made_up:maker")
    assert check_dataset(dataset, 0).problems == ()
    assert all("sha256_mask" in row for row in open_dataset(dataset))  # the index was made anew from the files


@pytest.fixture(autouse=True)
def workers_find_the_made_up_maker(monkeypatch):
    from pathlib import Path

    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def test_a_spec_written_in_other_words_is_no_damage_where_its_seed_tells(tmp_path, monkeypatch):
    write_dataset(tmp_path, 1)
    path = ClipFiles(tmp_path, "calm", 0).spec
    spec = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(spec))
    monkeypatch.setattr("synapt.generator.checks.verify.drawn_for", lambda spec, settings: spec)
    report = check_dataset(tmp_path, 0)
    assert [problem.cure for problem in report.problems] == ["indexing"] and "sha256_spec" in report.problems[0].what


def test_labels_of_other_shapes_are_broken_and_the_others_are_judged(dataset):
    for index, name, array in (
        (1, "coco_visible", np.zeros((12, 3), np.uint8)),
        (2, "phase", np.zeros((12, 2), np.int16)),
        (3, "K_px", np.zeros((12, 3, 3), np.int64)),
        (4, "caption", np.array(7)),
        (5, "box_px", np.zeros((11, 4), np.float32)),
    ):
        edit_labels(dataset, index, **{name: array})
    report = check_dataset(dataset, 0)
    said = {problem.clip[-1]: problem.what for problem in report.problems if "SHA-256" not in problem.what}
    assert {key for key in said} == set("12345") and report.checked == 12
    assert "coco_visible is uint8 (12, 3)" in said["1"] and "caption is int64 ()" in said["4"]
    assert "different numbers of frames: [11, 12]" in said["5"]
    assert read_labels(ClipFiles(dataset, "calm", 6)).phase.shape == (12,)
