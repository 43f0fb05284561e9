"""How deep people are in one another: right within millimetres on solids of known overlap, and nothing where they are apart."""

import made_scenes as made
import numpy as np
import pytest
import trimesh
from synapt.generator.labels.penetration import penetration
from synapt.generator.render.nearness import AROUND_M


def solid(shape, shifts):
    shifts = shifts if len(shifts) > 1 else 2 * list(shifts)  # of two frames at least, as every clip is
    return made.mesh(shape.vertices, shape.faces, kind="person", shifts=shifts, part=made.PART["torso"], surface="skin")


def measured(*solids):
    frames = max(len(one.transforms) for one in solids)
    performers = [made.performer(role, frames) for role, _ in zip("abcd", solids, strict=False)]
    return penetration(made.scene(solids, performers=performers))


def ball(radius_m=0.3):
    return trimesh.creation.icosphere(subdivisions=5, radius=radius_m)


AT = np.array([0.0, 5.0, 0.0])


def aside(by_m):
    return AT + np.array([by_m, 0.0, 0.0])


@pytest.mark.parametrize("depth_m", [0.005, 0.02, 0.06, 0.09])
@pytest.mark.parametrize("direction", [(1.0, 0.0, 0.0), (0.3, -0.5, 0.8)])
def test_two_balls_are_as_deep_in_one_another_as_they_overlap(depth_m, direction):
    away = np.array(direction) / np.linalg.norm(direction) * (0.6 - depth_m)
    found = measured(solid(ball(), [AT]), solid(ball(), [AT + away]))
    assert set(found) == {"a", "b"}
    for measures in found.values():
        assert measures["penetration_m"] == pytest.approx(depth_m, abs=0.003)
        assert measures["penetration_mean_m"] == measures["penetration_m"]


def test_who_is_deeper_than_is_looked_for_is_told_to_be_that_deep():
    for measures in measured(solid(ball(), [AT]), solid(ball(), [aside(0.6 - 2 * AROUND_M)])).values():
        assert AROUND_M - 0.005 < measures["penetration_m"] <= AROUND_M


def test_boxes_are_as_deep_as_the_nearest_side_is():
    one = trimesh.creation.box([0.4, 0.4, 0.4])
    for _ in range(5):
        one = one.subdivide()
    found = measured(solid(one, [AT]), solid(one, [aside(0.35)]))
    for measures in found.values():
        assert measures["penetration_m"] == pytest.approx(0.05, abs=0.005)


@pytest.mark.parametrize("gap_m", [1e-3, 0.02, 1.0])
def test_who_stands_apart_is_in_nobody(gap_m):
    found = measured(solid(ball(), [AT]), solid(ball(), [aside(0.6 + gap_m)]))
    nothing = {"penetration_m": 0.0, "penetration_mean_m": 0.0}
    assert found == {"a": nothing, "b": nothing}


def test_who_is_alone_has_no_such_measure():
    assert measured(solid(ball(), [AT])) == {"a": {}}


def test_the_deepest_frame_counts_and_the_mean_is_over_all_frames():
    still = solid(ball(), [AT] * 4)
    comes = solid(ball(), [aside(0.7 - shift) for shift in (0.0, 0.15, 0.2, 0.05)])
    for measures in measured(still, comes).values():
        assert measures["penetration_m"] == pytest.approx(0.1, abs=0.003)
        assert measures["penetration_mean_m"] == pytest.approx((0.05 + 0.1) / 4, abs=0.003)


def test_of_several_the_one_who_is_deepest_in_counts_for_each():
    found = measured(*(solid(ball(), [aside(x)]) for x in (0.0, 0.55, 1.05)))
    got = {role: measures["penetration_m"] for role, measures in found.items()}
    assert got == pytest.approx({"a": 0.05, "b": 0.1, "c": 0.1}, abs=0.003)
