"""How much is seen of what acts: the right limb is looked at, in the right frames, and a body in the way counts."""

from dataclasses import replace

import numpy as np
import pytest
from made_up import make_clip
from synapt.generator.actions import find_action
from synapt.generator.dataset import Header, Settings, open_dataset, write_clip, write_header
from synapt.generator.dataset.format import SCHEMA, metadata_path
from synapt.generator.dataset.index import write_rows
from synapt.generator.labels.acting import BODY_JOINTS, acting_joints, acting_visible
from synapt.generator.labels.label import label
from synapt.generator.pipeline import make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.skeletons import JOINT, SMPLX_JOINTS
from synapt.generator.values import SPEC_VERSION
from synapt.generator.verbs import tell


def names(action, side):
    return {SMPLX_JOINTS[joint] for joint in acting_joints(find_action(action), "a", side)}


def test_the_leading_hand_acts_or_both_or_the_whole_body():
    assert names("saluting", "right") == {"right_wrist", "right_index1", "right_pinky1"}
    assert names("saluting", "left") == {"left_wrist", "left_index1", "left_pinky1"}
    assert names("kicking", "left") == {"left_knee", "left_ankle", "left_foot"}
    assert names("clapping", "left") == names("clapping", "right") == names("saluting", "left") | names("saluting", "right")
    assert names("walking", "left") == names("walking", "right") == set(BODY_JOINTS)


def test_only_frames_of_the_action_count_and_a_third_of_the_joints_is_enough():
    joints = acting_joints(find_action("saluting"), "a", "right")
    visible, phase = np.full((6, 55), 1, np.uint8), np.array([-1, 0, 0, 1, 1, -1])
    visible[[0, 5]] = 2  # the pauses: seen, and not asked for
    visible[1, joints[0]] = 2
    visible[2, JOINT["left_wrist"]] = 2  # the other hand
    visible[3, list(joints)] = 2
    visible[4, list(joints)] = 0  # outside
    assert acting_visible(joints, visible, phase) == 0.5
    assert acting_visible(joints, visible, np.full(6, -1)) == pytest.approx(4 / 6)


def test_a_cup_at_the_mouth_is_seen_from_the_front_and_hidden_by_the_head_from_behind():
    spec = sample("drinking_water", load_recipe("standard"), 3, 0, width_px=96, height_px=96, fps=4.0)

    def seen(azimuth_rad):
        here = {"azimuth_rad": azimuth_rad, "other_azimuths_rad": ()}
        view = replace(spec.camera, elevation_rad=0.0, movement="static", movement_params={}, **here)
        turned = replace(spec, camera=view)
        return label(make_scene(turned), turned).people[0].measures["acting_visible"]

    assert seen(0.0) == 1.0
    assert seen(np.pi) < 0.2


@pytest.mark.parametrize("measured", [True, False])
def test_info_counts_clips_that_hide_their_action_and_reads_older_sets(tmp_path, measured):
    write_header(
        tmp_path,
        Header(SCHEMA, SPEC_VERSION, Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0), {"waving_a_hand": 0}),
    )
    rows = [write_clip(tmp_path, make_clip(index, dense=False), 0) for index in range(3)]
    for row, value in zip(rows, (0.25, 0.5, 1.0), strict=True):
        row.pop("measure_acting_visible", None)
        if measured:
            row["measure_acting_visible"] = value
    write_rows(metadata_path(tmp_path), rows)
    table = tell.dataset(open_dataset(tmp_path))[-1]
    said = dict(zip(*(column._cells for column in table.columns), strict=True))
    assert said.get("acting limb seen") == ("mean 0.583 of the action; in 1 clip less than 0.5" if measured else None)
