"""Recorded classes: what they are called, how clips are drawn from them, and that specs say all that rebuilding needs."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from made_motion import FPS, own_cache, swaying, write_bvh
from made_recordings import bvh
from scipy.spatial.transform import Rotation
from synapt.generator import names
from synapt.generator.actions import action_of, find_action
from synapt.generator.actions.gathered import Asked, class_called, recorded
from synapt.generator.base.errors import UserError
from synapt.generator.checks.redraw import altered
from synapt.generator.dataset import Settings
from synapt.generator.dataset.write import spec_json
from synapt.generator.labels.captions import deed
from synapt.generator.measure.clip import measure_clip, performed
from synapt.generator.measure.followed import plain, pose_error
from synapt.generator.motion.recorded.error import LONG_BONES
from synapt.generator.names import recipe as digest_of
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.recordings import shelf, words
from synapt.generator.recordings.classes import Build, MotionClass, Take, class_of, keep
from synapt.generator.recordings.gathering import classes
from synapt.generator.recordings.loops import going_on, is_loop
from synapt.generator.recordings.read import read
from synapt.generator.recordings.takes import LONGEST_S, SHORTEST_S
from synapt.generator.recordings.values import Recording
from synapt.generator.sampling import place, sample
from synapt.generator.sampling.order import split_of
from synapt.generator.skeletons import JOINT
from synapt.generator.values import ClipSpec, TakeSpec, TrackSpec

RECIPE = load_recipe("standard")


@pytest.fixture(autouse=True)
def motion_cache(tmp_path, monkeypatch):
    shelf._recordings.cache_clear()
    return own_cache(tmp_path / "cache", monkeypatch)


def of_files(*files, **asked):
    return recorded(Asked(tuple(map(str, files)), **asked))


def drawn(source, index=0, **more):
    return sample(source, RECIPE, 0, index, width_px=64, height_px=64, fps=5.0, **more)


def test_a_spec_says_all_and_an_ordinary_one_nothing_new(tmp_path):
    (source,) = of_files(write_bvh(tmp_path / "knocking.bvh")).names
    spec = drawn(source)
    assert msgspec.json.decode(spec_json(spec), type=ClipSpec) == spec
    take = spec.performance.take
    assert (take.tracks[0].file, take.start_s, take.layer) == ("knocking.bvh", 0.0, False)
    assert str(tmp_path) not in spec_json(spec).decode()
    assert b'"take": {' in spec_json(spec) and b"take" not in spec_json(drawn("waving"))


def test_a_name_or_alias_of_the_library_is_that_class(tmp_path):
    assert [class_called(words) for words in ("Walk", "walking", "a  Strange-thing!")] == [
        "walking",
        "walking",
        "a_strange_thing",
    ]
    (source,) = of_files(write_bvh(tmp_path / "Walk_003.bvh")).names
    assert class_of(source).name == "walking" and find_action(source).name == "walking"
    assert class_called("走る!") == ""
    with pytest.raises(UserError, match=r"1 take left out: .*that a-z and 0-9 can spell"):
        of_files(write_bvh(tmp_path / "走る.bvh", seed=1))


def test_the_same_files_are_the_same_class_and_others_another(tmp_path):
    one, other = write_bvh(tmp_path / "a" / "knock.bvh"), write_bvh(tmp_path / "b" / "knock.bvh", seed=1)
    first = of_files(one).names
    assert of_files(one).names == first != of_files(other).names
    (both,) = of_files(one, other).names
    assert len(class_of(both).takes) == 2


def test_files_stay_in_one_split_and_every_file_comes(tmp_path):
    for k in range(10):
        write_bvh(tmp_path / "many" / f"knock_{k}.bvh", seed=k)
    (source,) = of_files(tmp_path / "many").names
    made = class_of(source)
    split_of_file = {}
    counts = Counter()
    for index in range(100):
        spec = drawn(source, index)
        sha = spec.performance.take.tracks[0].sha256
        assert split_of_file.setdefault(sha, spec.split) == spec.split
        counts[sha] += 1
    assert len(counts) == 10 and min(counts.values()) >= 8
    assert Counter(split_of_file.values()) == {"train": 8, "val": 1, "test": 1}
    assert {split_of("knock", RECIPE, 0, place(k, ["knock"], RECIPE, 0, "val", {"knock": made.places})[1], made.places)
            for k in range(5)} == {"val"}  # fmt: skip


def test_a_split_without_a_file_is_told(tmp_path):
    (source,) = of_files(write_bvh(tmp_path / "knock.bvh")).names
    with pytest.raises(UserError, match="no motion file of the class 'knock' is in the split 'val'"):
        place(0, ["knock"], RECIPE, 0, "val", {"knock": class_of(source).places})


def test_files_of_several_classes_stay_in_one_split():
    def take(file, start):
        return Take((TrackSpec(f"{file}.bvh", file * 64),), start, start + 3.0)

    walk, wave = [take(f, 0.0) for f in "abc"], [take(f, 3.0) for f in "abc"]
    made = {one.name: one for one in classes({"walk": [*walk, take("a", 6.0)], "wave": wave})}
    where = {name: {t.tracks[0].sha256: t.place for t in one.takes} for name, one in made.items()}
    assert where["walk"] == where["wave"]


def test_any_stretch_of_a_long_take_is_shown(tmp_path):
    write_bvh(tmp_path / "long.bvh", 30.0)
    (tmp_path / "labels.csv").write_text("long.bvh,knock\n")
    (cut,) = of_files(tmp_path / "long.bvh", labels=str(tmp_path / "labels.csv")).names
    parts = class_of(cut).takes
    assert all(SHORTEST_S - 0.05 <= part.end_s - part.start_s <= LONGEST_S + 0.05 for part in parts) and parts[-1].end_s == 30.0
    (tmp_path / "labels.csv").write_text("long.bvh,knock,1.0,29.0\n")
    (free,) = of_files(tmp_path / "long.bvh", labels=str(tmp_path / "labels.csv")).names
    specs = [drawn(free, index) for index in range(40)]
    cuts = [(spec.performance.take.start_s, spec.performance.take.end_s) for spec in specs]
    lasting = [(end - start) / spec.performance.tempo for (start, end), spec in zip(cuts, specs, strict=True)]
    assert len(set(cuts)) == 40 and min(start for start, _ in cuts) >= 1.0 and max(end for _, end in cuts) <= 29.001
    assert 3.9 <= min(lasting) and max(lasting) <= LONGEST_S + 0.01


def test_names_of_a_side_are_not_mirrored_and_others_are(tmp_path):
    (left,) = of_files(write_bvh(tmp_path / "raise_left_hand.bvh")).names
    (any_,) = of_files(write_bvh(tmp_path / "knock.bvh", seed=1)).names
    sides = {source: {drawn(source, index).performance.side for index in range(20)} for source in (left, any_)}
    assert sides == {left: {"right"}, any_: {"left", "right"}}


def test_captions_come_from_the_text_and_mirror_with_the_motion():
    assert words.deed_of("A person is waving.") == "is waving"
    assert words.deed_of("the man walks {slowly}") == "walks {slowly}"
    assert words.deed_of("walk forward") == 'performs the movement "walk forward"'
    assert words.mirrored("turns left, clockwise, with the Right hand") == "turns right, counterclockwise, with the Left hand"
    track = TrackSpec("knock.bvh", "0" * 64)
    spec = drawn("waving")
    take = TakeSpec((track,), 0.0, 2.0, "a person raises {the} left hand")
    spec = replace(spec, action="knock", performance=replace(spec.performance, take=take, side="left"))
    assert deed(action_of(spec).caption, spec) == "raises {the} right hand"


def test_a_clip_is_rebuilt_where_the_file_is_and_says_which_it_lacks(tmp_path):
    file = write_bvh(tmp_path / "knock.bvh")
    (source,) = of_files(file).names
    spec = drawn(source)
    there = make_scene(spec)
    assert there.performance.segments[0].name == "motion"
    moved = file.rename(tmp_path / "elsewhere.bvh")
    shelf._recordings.cache_clear()
    with pytest.raises(
        UserError, match=r"the motion file knock\.bvh \(SHA-256 [0-9a-f]{16}\.\.\.\) is not where it was.*--motion PATH"
    ):
        make_scene(spec)
    shelf.digest_of(moved)
    assert (make_scene(spec).performance.performers[0].rotations == there.performance.performers[0].rotations).all()


def test_a_file_that_was_changed_is_not_the_file(tmp_path):
    file = write_bvh(tmp_path / "knock.bvh")
    (source,) = of_files(file).names
    file.write_text(file.read_text() + "\n")
    shelf._recordings.cache_clear()
    with pytest.raises(UserError, match="is not where it was"):
        make_scene(drawn(source))


def test_an_altered_take_is_seen(tmp_path):
    (source,) = of_files(write_bvh(tmp_path / "knock.bvh", 6.0)).names
    settings = Settings("standard", 0, "anny", "raster", "draft", 64, 64, 5.0, digest_of("standard")[1])
    spec = drawn(source)
    assert altered(spec, settings) == []
    other = replace(spec.performance.take, end_s=spec.performance.take.end_s - 1.0)
    assert altered(replace(spec, performance=replace(spec.performance, take=other)), settings) == ["performance.take.end_s"]


def test_a_class_that_is_not_known_or_was_changed_is_one_line(motion_cache):
    with pytest.raises(UserError, match="not known on this machine"):
        find_action("motion:" + "0" * 32)
    source = keep(MotionClass("knock", (Take((TrackSpec("a.bvh", "0" * 64),), 0.0, 2.0),)))
    path = motion_cache / "motion" / "classes" / f"{source[7:]}.json"
    path.write_bytes(path.read_bytes().replace(b"knock", b"knack"))
    class_of.cache_clear()
    with pytest.raises(UserError, match="was changed"):
        find_action(source)


def test_an_action_is_done_on_recorded_legs(tmp_path):
    file = write_bvh(tmp_path / "walk.bvh", 6.0)
    (source,) = of_files(file, layers=("waving_a_hand",)).names
    spec = drawn(source)
    assert (spec.action, spec.performance.take.layer, spec.performance.params.keys()) == (
        "waving_a_hand", True, drawn("waving").performance.params.keys())  # fmt: skip
    scene = make_scene(spec)
    assert [segment.name for segment in scene.performance.segments] == list(find_action("waving_a_hand").phases)
    with pytest.raises(UserError, match="is done by 2 people"):
        of_files(file, layers=("shaking_hands",))


def test_a_class_of_both_kinds_has_clips_of_both(tmp_path):
    write_bvh(tmp_path / "mine.bvh")
    (tmp_path / "set.toml").write_text(
        'actions = ["waving"]\n[[motion]]\npath = "mine.bvh"\nclass = "waving"\ncaption = "a person waves"\n'
    )
    (source,) = names.actions((str(tmp_path / "set.toml"),), ())
    kinds = Counter(drawn(source, index).performance.take is None for index in range(40))
    assert set(kinds) == {True, False} and min(kinds.values()) >= 10
    procedural = next(spec for spec in (drawn(source, k) for k in range(40)) if spec.performance.take is None)
    assert action_of(procedural) is find_action("waving_a_hand")


def walker(root: str, seconds: float = 1.0) -> Recording:
    """A file's loop: a body that goes forward while an ankle goes round, and a hand to and fro, once."""
    body, n = swaying(seconds), round(seconds * FPS) + 1
    around = 2 * np.pi * np.arange(n) / (n - 1)
    for name, size in (("left_hip", 0.5), ("right_hip", -0.5), ("left_shoulder", 0.6), ("right_shoulder", -0.6)):
        body.turns[name] = Rotation.from_euler("x", (size * np.sin(around))[:, None]).as_matrix()
    body.root[:, 2] = np.linspace(0.0, 1.2, n)
    path = Path(root)
    path.write_text(bvh(body))
    return read(path)[0]


def test_a_loop_goes_on_for_as_long_as_one_likes(tmp_path):
    recording = walker(tmp_path / "walk.bvh")
    assert is_loop(recording)
    (once,) = recording.people
    many = going_on(once, 3)
    assert many.n_frames == 3 * (once.n_frames - 1)
    steps = np.linalg.norm(np.diff(many.positions_m, axis=0), axis=-1)
    assert steps.max() < 1.05 * np.linalg.norm(np.diff(once.positions_m, axis=0), axis=-1).max()
    pelvis = many.positions_m[:, 0]
    assert np.allclose(pelvis[-1] - pelvis[0], 3 * (once.positions_m[-1, 0] - once.positions_m[0, 0]) * 89 / 90, atol=0.01)
    (source,) = of_files(tmp_path / "walk.bvh").names
    takes = [drawn(source, index).performance for index in range(20)]
    assert all(one.take.loop and 2.0 <= (one.take.end_s - one.take.start_s) / one.tempo <= 5.001 for one in takes)
    assert len({round(one.take.start_s % 1.0, 2) for one in takes}) > 10
    assert len(make_scene(drawn(source)).performance.segments) == 1


def test_who_moves_at_a_files_end_does_not_stay_there(tmp_path):
    body = swaying(2.0)
    body.root[:, 2] = np.linspace(0.0, 2.0, len(body.root))
    body.turns["right_hip"] = Rotation.from_euler("x", np.linspace(0.0, 0.9, len(body.root))[:, None]).as_matrix()
    (tmp_path / "knock.bvh").write_text(bvh(body))
    (moving,) = of_files(tmp_path / "knock.bvh").names
    spec = drawn(moving)
    (take,) = class_of(moving).takes
    assert take.pauses == (False, False)
    assert spec.performance.idle_before_s == spec.performance.idle_after_s == 0.0


def test_a_recorded_body_is_kept_with_its_sex():
    build = Build("female", (0.5, -1.25))
    source = keep(MotionClass("knock", (Take((TrackSpec("a.npz", "0" * 64),), 0.0, 2.0, builds=(build,)),)))
    for index in range(4):
        (person,) = drawn(source, index, body_model="smplx").performers
        assert (person.body.sex, person.body.shape) == ("female", {"beta0": 0.5, "beta1": -1.25})
    ages = {drawn(source, index, body_model="smplx").performers[0].body.age_years for index in range(4)}
    assert len(ages) == 4


def test_shapes_are_kept_of_files_that_have_them_only(tmp_path):
    with pytest.raises(UserError, match=r"knock\.bvh has no body shape \(betas\) to keep"):
        of_files(write_bvh(tmp_path / "knock.bvh"), keep_shape=True)


def test_two_files_are_two_performers_where_they_are_to_each_other(tmp_path):
    a, b = (tmp_path / name for name in ("a.bvh", "b.bvh"))
    first, second = swaying(2.0), swaying(2.0, seed=1)
    second.root[:, 2] += 1.5  # in front of the first
    a.write_text(bvh(first))
    b.write_text(bvh(second))
    (source,) = of_files(f"{a}+{b}").names
    spec = drawn(source)
    assert [one.role for one in spec.performers] == ["a", "b"] and len({one.body.identity for one in spec.performers}) == 2
    scene = make_scene(spec)
    apart = np.linalg.norm((scene.performance.performers[0].pelvis_m - scene.performance.performers[1].pelvis_m)[:, :2], axis=-1)
    assert 1.2 < apart.min() and apart.max() < 1.9  # by the length of the legs
    assert "together" in action_of(spec).caption


def test_a_file_under_an_action_is_in_the_split_that_it_is_in_alone(tmp_path):
    for k in range(6):
        write_bvh(tmp_path / "mine" / f"knock_{k}.bvh", seed=k)
    (tmp_path / "set.toml").write_text('[[motion]]\npath = "mine"\n[[motion]]\npath = "mine"\naction = "waving"\n')
    alone, under = (class_of(source) for source in names.actions((str(tmp_path / "set.toml"),), ()))
    assert (alone.name, alone.layer, under.name, under.layer) == ("knock", False, "waving_a_hand", True)
    assert {take.tracks: take.place for take in alone.takes} == {take.tracks: take.place for take in under.takes}


def test_how_near_a_clip_comes_to_its_recording_is_measured(tmp_path):
    file = write_bvh(tmp_path / "knock.bvh")
    (source,), (layered,) = of_files(file).names, of_files(file, layers=("waving_a_hand",)).names
    found = measure_clip(source, "standard", 0, 0)
    assert 0.0 < found.measures["pose_error_deg"] < 10.0
    limb, angle = found.notes["pose_error_deg"].split()
    assert limb in (*LONG_BONES, "trunk", "left_foot", "right_foot") and float(angle) >= found.measures["pose_error_deg"] - 0.05
    assert "pose_error_deg" not in measure_clip(layered, "standard", 0, 0).measures


def test_the_error_is_of_whoever_turns_away(tmp_path):
    (source,) = of_files(write_bvh(tmp_path / "knock.bvh")).names
    spec = plain(drawn(source))
    performance, _ = performed(spec)
    near, _ = pose_error(spec.performance.take, performance, mirrored=spec.performance.side == "left")
    (one,) = performance.performers
    bent = one.rotations.copy()
    bent[:, JOINT["left_elbow"]] = bent[:, JOINT["left_elbow"]] @ Rotation.from_euler("y", 90, degrees=True).as_matrix()
    other = replace(performance, performers=(replace(one, rotations=bent),))
    far, limb = pose_error(spec.performance.take, other, mirrored=spec.performance.side == "left")
    assert far > near + 3.0 and limb.startswith("left_forearm")
