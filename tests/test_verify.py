"""Verify finds each kind of harm, names the clip, and remakes what rendering again would cure."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import msgspec
import numpy as np
import pytest
from made_dataset import edited
from made_performance import perform, skeleton_of
from made_up import make_labels, with_first
from synapt.generator import names
from synapt.generator.base.errors import UserError
from synapt.generator.checks.performance import poor_motion as _motion
from synapt.generator.checks.redraw import altered, draw
from synapt.generator.checks.verify import Problem, Report, check_dataset
from synapt.generator.dataset import ClipFiles, Settings, open_dataset, read_clip, read_header, read_spec, write_header
from synapt.generator.dataset.format import metadata_path
from synapt.generator.dataset.index import hashed, write_rows
from synapt.generator.dataset.labels_file import load_arrays, save_arrays
from synapt.generator.jobs import Request, remake, render_many
from synapt.generator.jobs.make import _spec_on_disk, make
from synapt.generator.motion.quality import measures
from synapt.generator.values import SPEC_VERSION
from synapt.generator.verbs import tell
from synapt.generator.video.write import write_video

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """Two datasets, each rendered once: made-up clips, and quick clips whose specs are what the seed draws."""
    root = tmp_path_factory.mktemp("rendered")
    drawn = replace(SETTINGS, recipe_digest=names.recipe("standard")[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        render_many(Request(root / "made_up", SETTINGS, ("calm",), 3, ("mask",), workers=1, maker="made_up:maker"))
        render_many(Request(root / "drawn", drawn, ("waving_a_hand",), 2, workers=1, maker="made_up:drawn"))
    return root


@pytest.fixture
def dataset(rendered, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return copytree(rendered / "made_up", tmp_path, dirs_exist_ok=True)


def relabel(root, **changes):
    path = ClipFiles(root, "calm", 1).labels
    save_arrays(path, {**load_arrays(path), **changes})


def note(root, *keys):
    """Let the index know these clips' files as they are."""
    rows = open_dataset(root).rows
    for row in rows:
        if (row["action"], row["index"]) in keys:
            row |= hashed(ClipFiles(root, row["action"], row["index"]).all(read_header(root).dense))
    write_rows(metadata_path(root), rows, read_header(root))


def recolour(root, change):
    frames = read_clip(root, "calm", 1).frames
    write_video(ClipFiles(root, "calm", 1).video, change(frames), 15.0)


def rerate(root):
    frames = read_clip(root, "calm", 1).frames
    write_video(ClipFiles(root, "calm", 1).video, frames, 25.0)


def swap_two(root):
    one, two = (ClipFiles(root, "calm", index).video for index in (1, 2))
    kept = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(kept)


def rename_all(root):
    one, two = ClipFiles(root, "calm", 1), ClipFiles(root, "calm", 2)
    for kind in ("spec", "labels", "video"):
        getattr(two, kind).write_bytes(getattr(one, kind).read_bytes())


HARMS = {
    "missing: calm-000001.mp4": lambda root: ClipFiles(root, "calm", 1).video.unlink(),
    "missing: calm-000001.mask.npz": lambda root: ClipFiles(root, "calm", 1).dense("mask").unlink(),
    "calm-000001.json is missing or broken": lambda root: ClipFiles(root, "calm", 1).spec.write_text("{}"),
    "calm-000001.npz is missing or broken": lambda root: ClipFiles(root, "calm", 1).labels.write_bytes(b"PK"),
    "calm-000001.mp4 cannot be decoded": lambda root: ClipFiles(root, "calm", 1).video.write_bytes(b"x" * 999),
    "different numbers of frames: [11, 12]": lambda root: recolour(root, lambda f: f[:-1]),
    "frames are 32x48, not 64x48": lambda root: recolour(root, lambda f: f[:, :, :32]),
    "runs at 25 frames/s, not 15": rerate,
    "a picture of one colour": lambda root: recolour(root, lambda f: np.zeros_like(f)),
    "a video that stands still": lambda root: recolour(root, lambda f: np.repeat(f[:1], len(f), 0)),
    "SHA-256 differs": swap_two,
    "hold clip calm-000001": rename_all,
    "joints that are not finite": lambda root: relabel(root, joints_world_m=np.full((12, 55, 3), np.nan)),
    "class id 7, not 0": lambda root: relabel(root, class_id=np.array(7, np.int32)),
}


def test_a_good_dataset_has_no_problems(dataset):
    told = []
    report = check_dataset(dataset, 0, lambda *news: told.append(news))
    assert (report.checked, report.problems, report.broken) == (3, (), ())
    assert told == [(1, 3, ""), (2, 3, ""), (3, 3, "")]


@pytest.mark.parametrize("words", HARMS)
def test_harm_is_found_and_cured(dataset, words):
    before = {index: read_clip(dataset, "calm", index) for index in range(3)}
    HARMS[words](dataset)
    report = check_dataset(dataset, 0)
    assert words in " / ".join(problem.what for problem in report.problems)
    assert ("calm", 0) not in report.broken
    assert report.broken
    remake(dataset, report.broken, workers=1, maker="made_up:maker")
    assert check_dataset(dataset, 0).problems == ()
    after = {index: read_clip(dataset, "calm", index) for index in range(3)}
    assert all((before[index].frames == after[index].frames).all() for index in range(3))


def test_poor_motion_is_a_problem_that_rendering_does_not_cure(dataset):
    relabel(dataset, measures_name=np.array(["foot_slide_m", "floor_depth_m"]), measures_value=np.array([9.0, np.nan]))
    note(dataset, ("calm", 1))
    report = check_dataset(dataset, 0)
    said = [problem.what for problem in report.problems]
    assert sum("foot_slide_m is 9" in what or "floor_depth_m is nan" in what for what in said) == 2
    assert report.broken == ()
    (advice,) = tell.cures(report, dataset, fixed=True)  # not to render it again
    assert advice.startswith("1 clip would come out the same")


def test_a_dataset_of_an_earlier_version_is_checked_but_for_what_only_that_could_make(tmp_path, monkeypatch):
    """Its specs draw and build other clips today, which is no damage of theirs."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    render_many(Request(tmp_path, SETTINGS, ("clapping",), 2, workers=1, maker="made_up:drawn"))
    before = SPEC_VERSION - 1
    for index in range(2):
        files = ClipFiles(tmp_path, "clapping", index)
        files.spec.write_bytes(msgspec.json.encode(replace(read_spec(files), version=before)))
    write_header(tmp_path, replace(read_header(tmp_path), spec_version=before))
    note(tmp_path, ("clapping", 0), ("clapping", 1))
    report = check_dataset(tmp_path)
    assert [p for p in report.problems if p.cure != "nothing"] == [] and (report.checked, report.version) == (2, before)
    said = f"made by spec version {before}, this is {SPEC_VERSION}: no clip was made again to compare"
    assert next(tell.cures(report, tmp_path, False)) == said
    ClipFiles(tmp_path, "clapping", 1).video.unlink()
    report = check_dataset(tmp_path)
    assert report.broken == (("clapping", 1),)
    assert next(tell.cures(report, tmp_path, False)) == said + "; fix it with the version that made it"
    with pytest.raises(UserError, match=f"was made by spec version {before}"):
        remake(tmp_path, report.broken)


def test_what_rendering_cures_is_told_apart_from_what_it_does_not(dataset):
    ClipFiles(dataset, "calm", 1).video.unlink()
    broken = check_dataset(dataset, 0)
    assert list(tell.cures(broken, dataset, False)) == [f"run `synapt verify --fix {dataset}` to render the broken clips again"]
    assert list(tell.cures(broken, dataset, True)) == list(tell.cures(Report(3, (), ()), dataset, False)) == []
    both = replace(broken, problems=(*broken.problems, Problem("calm-000002", "nobody in view", "nothing")))
    assert len(list(tell.cures(both, dataset, False))) == 2


def test_a_turn_from_frame_to_frame_may_be_larger_where_frames_are_fewer(dataset):
    labels = read_clip(dataset, "calm", 1).labels
    fast = with_first(labels, measures={"turn_step_rad": 2.6})
    assert [what for what in _motion(fast, 15.0) if "turn_step_rad" in what]
    assert not [what for what in _motion(fast, 5.0) if "turn_step_rad" in what]


def test_somebody_unseen_is_a_problem(dataset):
    relabel(dataset, box_px=np.full((12, 4), np.nan, np.float32))
    assert "nobody in view" in [problem.what for problem in check_dataset(dataset, 0).problems]


def test_the_index_is_checked_and_made_anew(dataset):
    rows = open_dataset(dataset).rows
    strange = {**rows[1], "index": 9, "file_name": "clips/calm/calm-000009.mp4"}
    write_rows(metadata_path(dataset), [rows[0], {**rows[1], "sex": "male"}, strange])
    write_header(dataset, replace(read_header(dataset), counts={"calm": 2}))
    said = " / ".join(f"{problem.clip} {problem.what}" for problem in check_dataset(dataset, 0).problems)
    assert "calm-000001 the index says otherwise on sex" in said
    assert "calm-000002 is not in the index" in said
    assert "calm-000009 missing: calm-000009.json" in said
    assert "dataset.json counts 2 clips, there are 3" in said
    remake(dataset, (), workers=1, maker="made_up:maker")
    write_rows(
        metadata_path(dataset),
        [*open_dataset(dataset).rows, {**strange, "action": "brave", "file_name": "clips/brave/brave-000009.mp4"}],
    )
    (strange_class,) = check_dataset(dataset, 0).problems
    assert strange_class.what == "is in the index, but its class is not in dataset.json"
    remake(dataset, (), workers=1, maker="made_up:maker")
    assert check_dataset(dataset, 0).problems == ()


@pytest.mark.parametrize("kept", ["index", "counts"])
def test_clips_without_a_single_file_are_made_again(dataset, kept):
    """Only the index or, where that has gone too, dataset.json knows that they were there."""
    whole = {path: path.read_bytes() for path in dataset.rglob("*-00000[12]*") if path.is_file()}
    assert len(whole) == 8
    for path in whole:
        path.unlink()
    if kept == "counts":
        metadata_path(dataset).unlink()
    report = check_dataset(dataset, 0)
    assert report.broken == (("calm", 1), ("calm", 2))
    remake(dataset, report.broken, workers=1, maker="made_up:maker")
    assert {path: path.read_bytes() for path in whole} == whole
    assert check_dataset(dataset, 0).problems == ()
    assert len(open_dataset(dataset)) == 3


@pytest.mark.parametrize("harm", ["is missing", "is broken"])
def test_an_unreadable_index_is_one_problem(dataset, harm):
    metadata_path(dataset).unlink() if harm == "is missing" else metadata_path(dataset).write_bytes(b"nothing")
    report = check_dataset(dataset, 0)
    assert [problem.clip for problem in report.problems] == [""] and harm in report.problems[0].what
    (advice,) = tell.cures(report, dataset, False)
    assert advice == f"run `synapt verify --fix {dataset}` to write the index again"


def test_files_of_no_clip_are_told_and_no_problem(dataset):
    for name in ("clips/calm/note.txt", "labels/calm/calm-1.npz", "specs/other/other-000000.json", "clips/calm/.hidden"):
        (dataset / name).parent.mkdir(exist_ok=True)
        (dataset / name).write_text("x")
    report = check_dataset(dataset, 0)
    assert report.problems == () and report.strays == (
        "clips/calm/note.txt", "labels/calm/calm-1.npz", "specs/other/other-000000.json",
    )  # fmt: skip
    assert list(tell.cures(report, dataset, False)) == [
        "3 files in its folders that belong to no clip, such as clips/calm/note.txt"
    ]


def test_a_folder_called_like_a_clip_is_told_and_in_nobodys_way_but_its_own(dataset):
    video = ClipFiles(dataset, "calm", 1).video
    video.unlink()
    video.mkdir()
    report = check_dataset(dataset, 0)
    assert report.broken == (("calm", 1),) and report.strays == ("clips/calm/calm-000001.mp4",)
    with pytest.raises(UserError, match=r"calm-000001\.mp4: a folder of that name is in the way, remove it"):
        remake(dataset, report.broken, workers=1, maker="made_up:maker")
    assert [row["index"] for row in open_dataset(dataset)] == [0, 1, 2] and video.is_dir()
    video.rmdir()
    remake(dataset, report.broken, workers=1, maker="made_up:maker")
    assert check_dataset(dataset, 0) == Report(3, (), ())


KILLED = """
import os, signal, sys
from pathlib import Path
from synapt.generator.jobs import remake

def die(done, *_):
    if done == 1:
        os.kill(os.getpid(), signal.SIGKILL)

remake(Path(sys.argv[1]), [("calm", k) for k in range(3)], die, workers=1, maker="made_up:maker")
"""


def test_a_fix_that_is_killed_leaves_what_it_has_not_reached(dataset):
    whole = {path: path.read_bytes() for path in dataset.rglob("calm-*") if path.is_file()}
    ClipFiles(dataset, "calm", 0).video.write_bytes(b"")
    ClipFiles(dataset, "calm", 1).labels.unlink()  # the video and the rest stay where they are
    for kind in ("spec", "labels", "video"):
        getattr(ClipFiles(dataset, "calm", 2), kind).unlink()
    before = {path: path.read_bytes() for path in dataset.rglob("calm-*") if path.is_file()}
    done = subprocess.run([sys.executable, "-c", KILLED, str(dataset)], check=False)
    assert done.returncode == -signal.SIGKILL
    after = {path: path.read_bytes() for path in dataset.rglob("calm-*") if path.is_file()}
    assert after == before | {path: data for path, data in whole.items() if path.stem.startswith("calm-000000")}
    assert [row["index"] for row in open_dataset(dataset)] == [0, 1, 2]
    report = check_dataset(dataset, 0)
    assert report.broken == (("calm", 1), ("calm", 2))
    remake(dataset, report.broken, workers=1, maker="made_up:maker")
    assert {path: path.read_bytes() for path in whole} == whole and check_dataset(dataset, 0).problems == ()


def test_a_clip_that_cannot_be_made_again_keeps_its_files_and_a_lost_one_leaves_the_index(dataset):
    ClipFiles(dataset, "calm", 1).labels.write_bytes(b"PK")
    ClipFiles(dataset, "calm", 2).video.unlink()
    before = {path: path.read_bytes() for path in dataset.rglob("calm-*") if path.is_file()}
    outcome = remake(dataset, [("calm", 0), ("calm", 1), ("calm", 2)], workers=1, maker="made_up:cannot")
    assert (outcome.made, set(outcome.quarantined)) == (1, {"calm-000001", "calm-000002"})
    assert {path: path.read_bytes() for path in before} == before
    assert [row["index"] for row in open_dataset(dataset)] == [0, 1]
    remake(dataset, [("calm", 1), ("calm", 2)], workers=1, maker="made_up:maker")
    assert check_dataset(dataset, 0).problems == () and read_header(dataset).quarantined == {}


@pytest.fixture
def drawn(rendered, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return copytree(rendered / "drawn", tmp_path, dirs_exist_ok=True)


def harmed(root, **changes):
    files = ClipFiles(root, "waving_a_hand", 1)
    files.spec.write_bytes(msgspec.json.encode(edited(msgspec.json.decode(files.spec.read_bytes()), changes)))
    return read_spec(files)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"performers__0__body__age_years": 200.0}, "performers[0].body.age_years"),
        ({"performance__side": "up"}, "missing or broken"),
        ({"camera__offset": (0.0, 0.0)}, "camera.offset[0], camera.offset[1]"),
        ({"split": "test"}, "split"),
        ({"props": [{"name": "a", "kind": "mug", "size": 1.0, "colors": [[0, 0, 0]]}]}, "props"),
    ],
)
def test_a_spec_that_its_seed_does_not_draw_is_found_and_made_anew(drawn, changes, said):
    before = ClipFiles(drawn, "waving_a_hand", 1).spec.read_bytes()
    if "missing" in said:
        ClipFiles(drawn, "waving_a_hand", 1).spec.write_bytes(before.replace(b'"side": "', b'"side": "up'))
    else:
        harmed(drawn, **changes)
    report = check_dataset(drawn, 0)
    wanted = said if "missing" in said else f"its spec is not what its seed draws: {said}"
    assert any(wanted in problem.what for problem in report.problems)
    assert report.broken == (("waving_a_hand", 1),)
    assert _spec_on_disk(drawn, read_header(drawn).settings, "waving_a_hand", 1) is None  # what a worker would build from
    remake(drawn, report.broken, workers=1, maker="made_up:drawn")
    assert ClipFiles(drawn, "waving_a_hand", 1).spec.read_bytes() == before
    assert check_dataset(drawn, 0).problems == ()


def test_a_spec_that_cannot_be_compared_is_believed(drawn, tmp_path):
    settings = read_header(drawn).settings
    odd = harmed(drawn, performers__0__body__age_years=70.0)
    assert altered(odd, settings) == ["performers[0].body.age_years"]
    assert altered(odd, replace(settings, recipe_digest="another")) == altered(odd, replace(settings, recipe_digest="")) == []
    assert altered(odd, replace(settings, recipe="/no/where.toml")) == []
    assert (
        altered(replace(odd, version=SPEC_VERSION - 1), settings) == altered(replace(odd, variants={"camera": 1}), settings) == []
    )
    assert altered(replace(odd, action="no_such_action"), settings) == []
    nearly = replace(odd.camera, azimuth_rad=float(np.nextafter(odd.camera.azimuth_rad, 9.0)))  # as another processor may have it
    right = replace(draw(settings, "waving_a_hand", 1), camera=nearly)
    assert altered(right, settings) == []


def test_a_spec_that_only_the_index_contradicts_does_not_become_the_index(drawn, monkeypatch):
    """The recipe is gone, so the seed can't tell; labels made from the spec can."""
    header, rows = read_header(drawn), open_dataset(drawn).rows
    gone = replace(header.settings, recipe_digest="another", backend="blender")
    before, right = ClipFiles(drawn, "waving_a_hand", 1).spec.read_bytes(), read_clip(drawn, "waving_a_hand", 1)
    other = {**right.labels.people[0].body, "betas": np.ones(16)}
    mask = {"mask": np.zeros((1, 1, 1), np.uint8)}

    def label(scene, spec, wanted):
        stored = read_clip(drawn, spec.action, spec.index).labels
        old = spec.performers[0].body.age_years == 70
        return with_first(replace(stored, dense=mask), body=other if old else stored.people[0].body)

    monkeypatch.setattr("synapt.generator.pipeline.make_scene", lambda spec: spec)
    monkeypatch.setattr("synapt.generator.labels.label.label", label)
    harmed(drawn, performers__0__body__age_years=70.0)
    write_header(drawn, replace(header, settings=gone))
    write_rows(metadata_path(drawn), [{**rows[0], "hair": "none"}, rows[1]], read_header(drawn))
    report = check_dataset(drawn, 0)
    assert (report.broken, report.doubted) == ((), (("waving_a_hand", 1),))
    said = {problem.clip: problem.what for problem in report.problems}
    assert "the index says otherwise on hair" in said["waving_a_hand-000000"]
    assert "its spec is damaged (the index knows another on age_years" in said["waving_a_hand-000001"]
    assert said["waving_a_hand-000001"].endswith("restore the recipe 'standard'")
    remake(drawn, report.broken, keep=report.doubted, workers=1, maker="made_up:drawn")
    assert open_dataset(drawn).rows == rows
    write_header(drawn, header)
    report = check_dataset(drawn, 0)
    remake(drawn, report.broken, keep=report.doubted, workers=1, maker="made_up:drawn")
    assert ClipFiles(drawn, "waving_a_hand", 1).spec.read_bytes() == before and check_dataset(drawn, 0).problems == ()


def test_without_a_spec_a_recipe_that_changed_makes_nothing(drawn):
    settings = replace(read_header(drawn).settings, recipe_digest="another")
    with pytest.raises(UserError, match=r"recipe 'standard' of .* is missing or has changed: restore it"):
        make(drawn, settings, "waving_a_hand", 7, ())


def test_a_folder_that_is_no_dataset_is_one_line(tmp_path):
    with pytest.raises(UserError, match="no dataset"):
        check_dataset(tmp_path)


@pytest.mark.parametrize(
    ("action", "measure", "fine", "fault"),
    [
        ("waving_a_hand", "foot_slide_m", 0.005, 0.03),
        ("telephoning", "turn_step_rad", 0.9, 1.5),
        ("kicking", "turn_step_rad", 1.5, 2.1),
        ("walking", "foot_slide_m", 0.1, 0.25),
        ("picking", "foot_slide_m", 0.03, 0.25),
        ("picking", "turn_step_rad", 1.2, 1.4),
        ("falling_down", "foot_slide_m", 0.28, 0.5),
        ("clapping", "contact_error_m", 0.08, 0.13),
        ("push_up", "floor_depth_m", 0.034, 0.06),
        ("no_such_action", "foot_slide_m", 0.13, 0.25),
    ],
)
def test_motion_is_judged_by_its_kind(action, measure, fine, fault):
    labels = replace(make_labels(np.random.default_rng(0)), action=action)
    assert not [w for w in _motion(with_first(labels, measures={measure: fine}), 15.0) if measure in w]
    assert [w for w in _motion(with_first(labels, measures={measure: fault}), 15.0) if measure in w]


@pytest.mark.parametrize(("name", "measure"), [("waving_a_hand", "foot_slide_m"), ("falling_down", "turn_step_rad")])
def test_a_fault_planted_in_a_motion_is_found(name, measure):
    performance = perform(name, skeleton_of("average"), fps=15.0).performance
    (performer,) = performance.performers
    labels = replace(make_labels(np.random.default_rng(0)), action=name)
    assert not [w for w in _motion(with_first(labels, measures=measures(performer, performance)), 15.0) if measure in w]
    pelvis, rotations = performer.pelvis_m.copy(), performer.rotations.copy()
    pelvis[:, 0] += 0.01 * np.sin(0.7 * np.arange(len(pelvis)))  # a centimetre to and fro, the feet with it
    rotations[10:, 18] = rotations[10:, 18] @ np.diag([-1.0, 1.0, -1.0])  # an elbow turned round from one frame to the next
    faulty = replace(performer, pelvis_m=pelvis, rotations=rotations)
    assert [w for w in _motion(with_first(labels, measures=measures(faulty, performance)), 15.0) if measure in w]


def test_a_clip_that_cannot_be_made_again_here_is_left_alone(dataset, monkeypatch):
    """As where an action of one's own, or the assets, are not to be found: rendering would lose the clip."""

    def without(spec):
        raise UserError("unknown action 'calm'")

    monkeypatch.setattr("synapt.generator.pipeline.make_scene", without)
    report = check_dataset(dataset, 8)
    assert len(report.problems) == 3 and report.broken == ()
    assert all("cannot be made again: unknown action" in problem.what for problem in report.problems)
    assert list(tell.cures(report, dataset, False)) == []


def test_a_spec_that_means_nothing_is_a_problem_and_no_traceback(dataset, monkeypatch):
    monkeypatch.setattr("synapt.generator.pipeline.make_scene", lambda spec: {}["height"])
    report = check_dataset(dataset, 1)
    (problem,) = report.problems
    assert problem.what == "nothing can be made from its spec (it has no 'height')" and report.broken == ()


def test_an_action_that_is_not_here_does_not_keep_others_from_being_mended(dataset):
    header = read_header(dataset)
    write_header(dataset, replace(header, classes={**header.classes, "gone": 1}, sources={"gone": "no_such_module:GONE"}))
    ClipFiles(dataset, "calm", 1).video.unlink()
    report = check_dataset(dataset, 0)
    remake(dataset, report.broken, workers=1, maker="made_up:maker")
    assert check_dataset(dataset, 0).problems == ()
    assert read_header(dataset).sources == {"gone": "no_such_module:GONE"}
