"""The measures themselves: each finds the fault that it is there to find, and nothing where there is none."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from click.testing import CliRunner
from made_performance import perform, skeleton_of
from scipy.spatial.transform import Rotation
from synapt.generator.actions import find_action
from synapt.generator.measure import store
from synapt.generator.measure.classify import confusion, warped
from synapt.generator.measure.clip import Measured, _stillness, bodies_of, measure_clip, measured
from synapt.generator.measure.depth import depths
from synapt.generator.measure.feet import drifts
from synapt.generator.measure.joints import joint_angles
from synapt.generator.measure.limits import LIMITS, RANGES_DEG, is_over, limit_of
from synapt.generator.measure.many import Sweep, measure_all
from synapt.generator.measure.poses import JOINTS, STEPS, distance, leg_m, mirror, sequence
from synapt.generator.measure.stillness import standing_speeds
from synapt.generator.measure.summary import summary
from synapt.generator.measure.touch import Body, Surface
from synapt.generator.motion.kinematics import UPRIGHT, forward
from synapt.generator.props.table import build_prop, forms_of
from synapt.generator.skeletons import JOINT
from synapt.generator.values import PropSpec
from synapt.generator.verbs.actions import actions as verb

FPS = 30.0


def posed(n: int = 4, **degrees: tuple[float, float, float]) -> Body:
    """A person in the rest pose but for rotations (rest axes) of some joints, standing upright."""
    skeleton = skeleton_of("average")
    local = np.tile(np.eye(3), (n, 55, 1, 1))
    local[:, 0] = UPRIGHT
    for name, vector in degrees.items():
        turn = Rotation.from_rotvec(np.radians(vector)).as_matrix()
        local[:, JOINT[name]] = UPRIGHT @ turn if name == "pelvis" else turn
    return Body("a", skeleton, *forward(skeleton, local, np.tile([0.0, 0.0, 0.95], (n, 1))))


def angles(**degrees: tuple[float, float, float]) -> dict[str, float]:
    body = posed(**degrees)
    found = joint_angles(body.skeleton, body.rotations, body.positions)
    return {name: np.degrees(value) for name, value in found.items()}


@pytest.mark.parametrize(
    ("joint", "vector", "name", "wanted"),
    [
        ("left_elbow", (0, -100, 0), "elbow_flexion", 100),
        ("right_elbow", (0, 100, 0), "elbow_flexion", 100),
        ("left_elbow", (0, 20, 0), "elbow_hyperextension", 20),
        ("right_knee", (-12, 0, 0), "knee_hyperextension", 12),
        ("left_knee", (90, 0, 0), "knee_flexion", 90),
        ("left_wrist", (0, 0, -60), "wrist_flexion", 60),
        ("right_wrist", (0, 0, 60), "wrist_flexion", 60),
        ("right_wrist", (0, 0, -50), "wrist_extension", 50),
        ("left_wrist", (0, -30, 0), "wrist_radial", 30),
        ("right_wrist", (0, -30, 0), "wrist_ulnar", 30),
        ("left_wrist", (70, 0, 0), "forearm_pronation", 70),
        ("right_wrist", (70, 0, 0), "forearm_pronation", 70),
        ("right_elbow", (-80, 0, 0), "forearm_supination", 80),
        ("left_hip", (-110, 0, 0), "hip_flexion", 110),
        ("right_hip", (25, 0, 0), "hip_extension", 25),
        ("left_hip", (0, 0, 40), "hip_abduction", 40),
        ("right_ankle", (30, 0, 0), "ankle_plantarflexion", 30),
        ("left_ankle", (-20, 0, 0), "ankle_dorsiflexion", 20),
        ("neck", (0, 70, 0), "neck_rotation", 70),
        ("spine2", (40, 0, 0), "trunk_flexion", 40),
        ("left_shoulder", (0, 60, 0), "shoulder_horizontal_extension", 60),
    ],
)
def test_a_joint_turned_by_so_much_is_found_to_be(joint: str, vector: tuple[float, ...], name: str, wanted: float) -> None:
    rest, bent = angles()[name], angles(**{joint: vector})[name]
    assert bent - max(rest, 0.0) == pytest.approx(wanted, abs=6.0)  # bones do not lie exactly along the axes of the rest pose


def test_the_rest_pose_is_within_every_range() -> None:
    found = angles()
    assert set(found) == set(RANGES_DEG)
    assert all(found[name] <= most for name, (most, _) in RANGES_DEG.items())


def _soles(n: int = 30) -> np.ndarray:
    """Both feet planted: heel, ball and toe in a line, the left one to the left."""
    marks = np.array(
        [[0.1, 0.0, 0.0], [0.1, 0.15, 0.0], [0.1, 0.22, 0.0], [-0.1, 0.0, 0.0], [-0.1, 0.15, 0.0], [-0.1, 0.22, 0.0]]
    )
    return np.tile(marks, (n, 1, 1))


def test_a_foot_that_slides_is_found_and_one_that_rolls_or_turns_on_its_ball_is_not() -> None:
    assert drifts(_soles(), FPS) == pytest.approx([0.0, 0.0])
    sliding = _soles()
    sliding[:, :3, 1] += np.linspace(0.0, 0.05, 30)[:, None]
    assert max(drifts(sliding, FPS)) == pytest.approx(0.05, abs=0.01)
    turning = _soles()
    for t, angle in enumerate(np.linspace(0.0, 1.0, 30)):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        turning[t, :3, :2] = (turning[t, :3, :2] - turning[t, 1, :2]) @ turn.T + turning[t, 1, :2]
    assert max(drifts(turning, FPS)) < 1e-9
    rolling = _soles()
    rolling[10:, 0, 2] = 0.05  # the heel is up and swings forward over the toes
    rolling[10:, 0, 1] += np.linspace(0.0, 0.2, 20)
    assert max(drifts(rolling, FPS)) < 1e-9
    stepping = _soles(60)
    stepping[20:40, :3, 2] = 0.1
    stepping[30:, :3, 1] += 0.6
    assert max(drifts(stepping, FPS)) < 1e-9 and len(drifts(stepping, FPS)) == 3


def test_an_arm_inside_the_trunk_is_found_and_a_hand_resting_on_it_is_not() -> None:
    spread = depths(posed(), [])
    assert spread == {"self_depth_m": 0.0}
    through = depths(posed(left_shoulder=(0, -75, -20), left_elbow=(0, -100, 0)), [])
    inside = posed(left_shoulder=(0, 0, -60), left_elbow=(0, 0, -110))  # the forearm goes across through belly and back
    assert depths(inside, [])["self_depth_m"] > 0.05
    assert through["self_depth_m"] < 0.02  # the forearm lies before the chest
    other = Body("b", inside.skeleton, inside.rotations, inside.positions + np.array([0.5, 0.0, 0.0]))
    assert depths(posed(), [other])["other_depth_m"] > 0.03
    away = Body("b", inside.skeleton, inside.rotations, inside.positions + np.array([3.0, 0.0, 0.0]))
    assert depths(posed(), [away])["other_depth_m"] == 0.0


def test_crossed_shins_are_found() -> None:
    crossed = posed(left_hip=(0, 0, -9), right_hip=(0, 0, 9))
    assert depths(crossed, [])["self_depth_m"] > 0.02


def test_the_distance_from_a_thing_is_that_from_its_nearest_face() -> None:
    box = build_prop(PropSpec("box", "box", 1.0, ((0.5, 0.5, 0.5),) * 3, forms=forms_of("box", 0)), skeleton_of("average"))
    corners = box.mesh.vertices_m
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle = 0.5 * (low + high)
    above, beyond = middle + np.array([0, 0, high[2] - middle[2] + 0.1]), high + np.array([0.03, 0.04, 0.0])
    found = Surface(box).away(np.array([above, beyond]), np.tile(np.eye(4), (2, 1, 1)))
    assert found[0] == pytest.approx(0.1, abs=0.02) and found[1] == pytest.approx(0.05, abs=0.02)


def test_a_contact_that_is_missed_is_found() -> None:
    claps = perform("clapping", skeleton_of("average"))
    values, _ = measured(bodies_of(claps.performance), claps.performance, {})
    assert values["contact_miss_m"] < 0.03
    (body,) = bodies_of(claps.performance).values()
    positions = body.positions.copy()
    left = [k for name, k in JOINT.items() if name.startswith("left")]
    positions[:, left] += [0.3, 0.0, 0.0]
    values, notes = measured({"a": Body("a", body.skeleton, body.rotations, positions)}, claps.performance, {})
    assert values["contact_miss_m"] > 0.2 and "palm" in notes["contact_miss_m"]


def test_sequences_do_not_depend_on_place_heading_or_handedness() -> None:
    right = bodies_of(perform("kicking", skeleton_of("average")).performance)
    moved = bodies_of(perform("kicking", skeleton_of("average"), heading_rad=1.1).performance)
    one, two = (sequence(list(bodies.values()), False) for bodies in (right, moved))
    assert one.shape == (1, STEPS, len(JOINTS), 3)
    np.testing.assert_allclose(one, two, atol=1e-5)
    left = bodies_of(perform("kicking", skeleton_of("average"), side="left").performance)
    mirrored, plain = (distance(sequence(list(left.values()), flipped), one) for flipped in (True, False))
    assert mirrored < 0.03 and mirrored < 0.2 * plain
    np.testing.assert_array_equal(mirror(mirror(one)), one)
    assert 0.7 < leg_m(next(iter(right.values()))) < 1.1


def test_warping_forgives_a_delay_and_the_classifier_tells_what_differs() -> None:
    time = np.linspace(0.0, 1.0, STEPS)
    early, late = (np.stack([np.clip(4 * (time - start), 0, 1)], axis=-1) for start in (0.2, 0.4))
    assert warped(early, late[None])[0] < 0.1 * np.abs(early - late).sum()
    rng = np.random.default_rng(0)
    base = {name: rng.normal(size=(1, STEPS, len(JOINTS), 3)) for name in ("a", "b")}
    clips = [(name, k, base[name] + 0.1 * rng.normal(size=base[name].shape)) for name in base for k in range(6)]
    told = confusion(clips)
    assert told.accuracy == 1.0 and told.counts.sum() == 6 and not told.pairs()
    same = confusion([(name, k, base["a"] + 0.1 * rng.normal(size=base["a"].shape)) for name in base for k in range(20)])
    assert same.pairs() and same.pairs()[0][:2] == ("a", "b")


def test_limits_are_over_when_they_are() -> None:
    slide, speed = limit_of("foot_slide_m"), limit_of("wrist_speed")
    assert is_over(slide, 0.02, 0.001) and not is_over(slide, 0.009, 0.001) and is_over(slide, np.nan, 0.0)
    assert not is_over(speed, 2 * speed.most, 0.9 * speed.most) and is_over(speed, 2 * speed.most, 1.1 * speed.most)
    assert len({limit.key for limit in LIMITS}) == len(LIMITS)


def test_what_is_there_is_kept_until_its_sources_change(tmp_path, monkeypatch) -> None:
    sweep = Sweep(tmp_path, ("waving_a_hand", "taking_a_bow"), 2, 0, "standard", "digest")
    told: list[tuple[int, int, str]] = []
    assert measure_all(sweep, 1, lambda *words: told.append(words)) == {}
    assert told[0] == (0, 4, "") and told[-1][:2] == (4, 4)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")}
    assert len(files) == 4
    next(iter(files)).write_bytes(b"half a file")
    told.clear()
    measure_all(sweep, 1, lambda *words: told.append(words))
    assert told[0] == (3, 4, "")
    assert len(summary(((w, store.kept(tmp_path, w)) for w in sweep.wanted()), {}).rows) == 2  # all are whole
    own = find_action("waving_a_hand").choreography.__module__
    before = store.digest_of("waving_a_hand", "", False)
    source = store._source
    monkeypatch.setattr(store, "_source", lambda module: source(module) + (b"#" if module == own else b""))
    assert store.digest_of("waving_a_hand", "", False) != before
    assert store.digest_of("falling_down", "", False) == store.digest_of("falling_down", "", False) != before


def test_an_action_is_measured_anew_when_what_it_stands_on_changes_but_not_for_another_family() -> None:
    reached = store._reached(find_action("waving_a_hand").choreography.__module__) | store._reached(store.ENTRY)
    for part in ("motion.solve", "motion.arms", "body.dress", "props.table", "sampling.motion", "actions.gestures.signs"):
        assert f"synapt.generator.{part}" in reached, part
    assert not [name for name in reached if name.startswith("synapt.generator.actions.sports")]


def test_a_measured_clip_is_a_function_of_its_number() -> None:
    a, b = (measure_clip("giving_object", "standard", 3, 1) for _ in range(2))
    assert isinstance(a, Measured) and a.measures == b.measures and a.poses.tobytes() == b.poses.tobytes()
    assert {"thing_miss_m", "other_depth_m", "joint_excess_rad"} <= set(a.measures)


def test_the_command_writes_a_table_a_matrix_and_a_page_and_refuses_lone_options(tmp_path) -> None:
    words = ["--measure", "--action", "waving", "--action", "walking", "--n", "2", "--workers", "1", "--out", str(tmp_path / "m")]
    done = CliRunner().invoke(verb, words, catch_exceptions=False)
    assert done.exit_code == 0 and "waving_a_hand" in done.output
    rows = list(csv.DictReader((tmp_path / "m" / "measures.csv").open()))
    assert [row["action"] for row in rows] == ["waving_a_hand", "walking"] and rows[0]["clips"] == "2"
    assert float(rows[1]["foot_slide_m_worst"]) >= float(rows[1]["foot_slide_m_mean"]) >= 0.0
    matrix = list(csv.reader((tmp_path / "m" / "confusion.csv").open()))
    assert matrix[0] == ["class", "waving_a_hand", "walking"] and sum(map(int, matrix[1][1:])) == 1
    page = (tmp_path / "m" / "index.html").read_text()
    assert "<svg" in page and "<script" not in page and page.count("waving_a_hand") > 2
    lone = CliRunner().invoke(verb, ["--n", "3"])
    assert lone.exit_code != 0 and "--measure" in str(lone.exception)


@pytest.mark.slow
def test_it_may_be_stopped_and_goes_on_and_several_processes_measure_what_one_does(tmp_path) -> None:
    out = tmp_path / "m"
    words = [sys.executable, "-m", "synapt.cli", "actions", "--measure", "--set", "gesture", "--n", "6", "--out", str(out)]
    child = subprocess.Popen([*words, "--workers", "2"], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (there := list(out.rglob("*.npz"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    assert "the same command goes on" in child.communicate(timeout=60)[1] and child.returncode == 130
    kept = {path: path.read_bytes() for path in there}
    done = subprocess.run([*words, "--workers", "1"], capture_output=True, text=True, check=True)
    assert "waving_a_hand" in done.stdout
    assert kept and all(path.read_bytes() == before for path, before in kept.items())
    first = next(iter(kept))
    with np.load(first) as file:
        again = measure_clip(first.parent.name, "standard", 0, int(first.stem))
        np.testing.assert_array_equal(file["poses"], again.poses)


def test_stillness_is_the_speed_of_the_head_while_both_feet_stand():
    t = np.arange(61) / FPS
    head = np.stack([0.02 * t, np.zeros(61), np.full(61, 2.0)], axis=1)  # 0.02 legs/s
    hips, ankles = (
        np.tile([[[0.1, 0.0, 1.0], [-0.1, 0.0, 1.0]]], (61, 1, 1)),
        np.tile([[[0.1, 0.0, 0.1], [-0.1, 0.0, 0.1]]], (61, 1, 1)),
    )
    np.testing.assert_allclose(standing_speeds(head, hips, ankles, FPS), 0.02)
    assert len(standing_speeds(head, hips, ankles, FPS)) == 6
    assert len(standing_speeds(head, hips * [1, 1, 0.9], ankles, FPS)) == 0  # bent knees
    stepping = ankles + [[[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]] * (t > 0.5)[:, None, None] * 0.2
    assert len(standing_speeds(head, hips, stepping, FPS)) < 6
    assert len(standing_speeds(head[:20], hips[:20], ankles[:20], FPS)) == 0


def test_who_stands_like_a_statue_is_over_and_who_sways_is_not():
    limit = limit_of("stillness")
    measured_of = {}
    for name, size in (("statue", 0.0), ("person", 1.2)):
        skeleton = skeleton_of("average")
        sway = size * np.sin(np.arange(46) / FPS * 3.0)
        turn = Rotation.from_rotvec(np.radians(np.stack([sway, 0 * sway, 0 * sway], 1))).as_matrix()
        local = np.tile(np.eye(3), (46, 55, 1, 1))
        local[:, 0], local[:, JOINT["spine1"]] = UPRIGHT, turn
        body = Body("a", skeleton, *forward(skeleton, local, np.tile([0.0, 0.0, 0.95], (46, 1))))
        measured_of[name] = _stillness(body, FPS)["stillness"]
    assert is_over(limit, measured_of["statue"], measured_of["statue"]) and measured_of["statue"] > 1000
    assert not is_over(limit, measured_of["person"], measured_of["person"])
