"""Labels beside recordings: BABEL's JSON, HumanML3D's texts, a CSV, and the name of the file."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from synapt.generator.base.errors import UserError
from synapt.generator.recordings.label_files import read_labels, stretches
from synapt.generator.recordings.labels import Stretch, class_in_name, plain_class
from synapt.generator.values import Segment


def part(raw, plain, categories, start, end):
    return {"raw_label": raw, "proc_label": plain, "act_cat": categories, "start_t": start, "end_t": end}


BABEL = {
    "1842": {
        "babel_sid": 1842, "url": "https://x/1842", "feat_p": "CMU/CMU/86/86_01_poses.npz", "dur": 40.0,
        "seq_ann": {"babel_lid": "x", "mul_act": True, "labels": [{"proc_label": "moves", "act_cat": ["move"]}]},
        "frame_ann": {"babel_lid": "y", "labels": [
            part("walks forward", "walk", ["walk", "forward movement"], 0, 10.5),
            part("waves", "wave hand", ["greet", "hand movements"], 4.0, 6.0),
            part("transition", "transition", ["transition"], 10.5, 11.0),
            part("jumps", "jump", ["jump"], 11.0, 12.0),
        ]},
    },
    "7": {
        "feat_p": "KIT/KIT/3/walking_medium06_poses.npz", "dur": 5.0, "frame_ann": None,
        "seq_ann": {"labels": [{"raw_label": "walk at a medium pace", "proc_label": "walk", "act_cat": ["walk"]}]},
    },
    "8": {"feat_p": "BMLrub/BioMotionLab_NTroje/rub001/0000_treadmill_norm_poses.npz", "seq_ann": None, "frame_ann": None},
    "9": {
        "feat_p": "Eyes/Eyes/86/86_01_poses.npz", "dur": 3.0,
        "seq_anns": [{"labels": [{"raw_label": "sits", "proc_label": "sit", "act_cat": ["sit"]}]}], "frame_anns": [None],
    },
}  # fmt: skip


@pytest.fixture
def babel(tmp_path):
    (tmp_path / "train.json").write_text(json.dumps(BABEL))
    return read_labels(tmp_path / "train.json")


def test_parts_of_babel_are_stretches_and_what_is_in_them_their_phases(babel):
    found = babel.of(Path("/data/amass/CMU/86/86_01_poses.npz"))
    assert found == (
        Stretch("walk", "walks forward", 0.0, 10.5, (Segment("greet", 4.0, 6.0),)),
        Stretch("greet", "waves", 4.0, 6.0),
        Stretch("jump", "jumps", 11.0, 12.0),
    )


def test_babel_of_the_whole(babel):
    assert babel.of(Path("KIT/3/walking_medium06_stageii.npz")) == (Stretch("walk", "walk at a medium pace"),)
    assert babel.of(Path("walking_medium06_poses.npz")) == (Stretch("walk", "walk at a medium pace"),)
    assert babel.of(Path("BMLrub/BioMotionLab NTroje/rub001/0000_treadmill_norm_poses.npz")) == ()
    assert babel.of(Path("KIT/3/walking_medium07_poses.npz")) == ()


def test_paths_with_one_tail_are_told_apart_by_more_of_it(babel):
    assert babel.of(Path("Eyes/86/86_01_poses.npz"))[0].kind == "sit"
    assert babel.of(Path("Eyes/Eyes/86/86_01_stageii.npz"))[0].kind == "sit"
    with pytest.raises(UserError, match=r"both 'CMU/CMU/86/86_01_poses\.npz' and 'Eyes/"):
        babel.of(Path("86_01_poses.npz"))


@pytest.mark.parametrize(
    "table",
    [
        [],
        {"1": 3},
        {"1": {"feat_p": 3}},
        {"1": {"feat_p": "a", "frame_ann": 3}},
        {"1": {"feat_p": "a", "frame_ann": {"labels": 3}}},
        {"1": {"feat_p": "a", "frame_ann": {"labels": [3]}}},
        {"1": {"feat_p": "a", "frame_ann": {"labels": [{"act_cat": "walk"}]}}},
        {"1": {"feat_p": "a", "frame_ann": {"labels": [{"act_cat": ["w"], "start_t": 2, "end_t": 1}]}}},
        {"1": {"feat_p": "a", "frame_ann": {"labels": [{"act_cat": ["w"], "start_t": math.nan, "end_t": 1}]}}},
        {"1": {"feat_p": "a", "frame_ann": {"labels": [{"act_cat": ["w"], "start_t": "0", "end_t": 1}]}}},
    ],
)
def test_other_json_is_refused(tmp_path, table):
    (tmp_path / "other.json").write_text(json.dumps(table))
    with pytest.raises(UserError, match=r"other.json.*BABEL|other.json.*start_t") as caught:
        read_labels(tmp_path / "other.json")
    assert "\n" not in str(caught.value)


def test_texts_of_humanml3d(tmp_path):
    for folder in ("texts", "new_joint_vecs"):
        (tmp_path / folder).mkdir()
    lines = (
        "a man walks.#a/DET man/NOUN walk/VERB#0.0#0.0\n\nhe goes forward.#he/PRON go/VERB#0.0#0.0\n"
        "he stops.#he/PRON stop/VERB#3.5#5.0\nhe waits.#he/PRON wait/VERB#nan#nan\n"
    )
    (tmp_path / "texts" / "000001.txt").write_text(lines)
    found = stretches(tmp_path / "new_joint_vecs" / "000001.npy")
    assert found == (Stretch("", "a man walks."), Stretch("", "he stops.", 3.5, 5.0))
    (tmp_path / "walk.txt").write_text("somebody walks\nsomebody strolls\n")
    assert stretches(tmp_path / "walk.npy") == (Stretch("walk", "somebody walks"),)
    (tmp_path / "walk.txt").write_text("a#b#5#2\n")
    with pytest.raises(UserError, match=r"walk\.txt, line 1"):
        stretches(tmp_path / "walk.npy")


@pytest.mark.parametrize("header", ["", "file,class,start,end\n", "another order"])
def test_a_csv(tmp_path, header):
    if header == "another order":
        content = "class,file,caption,end,start\nwave,a/walk.bvh,he waves,2,1\nWalk Fast,a/walk.bvh,,,2\n"
    else:
        content = header + "# a remark\na/walk.bvh, wave, 1, 2\na/walk.bvh,Walk Fast,2,\n\n"
    (tmp_path / "labels.csv").write_text(content)
    table = read_labels(tmp_path / "labels.csv")
    caption = "he waves" if header == "another order" else ""
    assert table.of(Path("x/a/walk.bvh")) == (Stretch("wave", caption, 1.0, 2.0), Stretch("walk_fast", "", 2.0, math.inf))
    assert stretches(Path("x/a/jump_01.bvh"), table) == (Stretch("jump"),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a.bvh", "line 2: 'a.bvh'"),
        (",wave", "line 2: ',wave'"),
        ("a.bvh,wave,2,1", "line 2: from 2 to 1 s"),
        ("a.bvh,wave,x,1", "line 2: start is 'x'"),
        ("a.bvh,wave,nan,1", "line 2: start is 'nan'"),
        ("a.bvh,wave,-1,1", "line 2: start is '-1'"),
    ],
)
def test_a_row_that_makes_no_sense_is_named(tmp_path, row, said):
    (tmp_path / "labels.csv").write_text(f"file,class,start,end\n{row}\n")
    with pytest.raises(UserError) as caught:
        read_labels(tmp_path / "labels.csv")
    assert said in str(caught.value)
    (tmp_path / "labels.csv").write_text("file,class,colour\n")
    with pytest.raises(UserError, match="a column 'colour'"):
        read_labels(tmp_path / "labels.csv")
    with pytest.raises(UserError, match="no label file"):
        read_labels(tmp_path / "labels.xlsx")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("dataset-2_wave-left-hand_active_001.bvh", "wave_left_hand"),
        ("dataset-1_byebye_normal_001.bvh", "byebye"),
        ("humanoid3d_getup_facedown.txt", "getup_facedown"),
        ("JumpingJacks2.glb", "jumping_jacks"),
        ("86_01_poses.npz", ""),
        ("sample00_rep02_smpl_params.npy", ""),
        ("waving-000003.npz", "waving"),
        ("Walk Forward (2).bvh", "walk_forward"),
        ("Straße_überqueren.bvh", "straße_überqueren"),
    ],
)
def test_a_class_in_a_name(name, kind):
    assert class_in_name(Path("set") / name) == kind


@settings(derandomize=True)
@given(st.text())
def test_a_plain_class_is_one_and_stays_one(words):
    name = plain_class(words)
    assert plain_class(name) == name and len(name.encode("utf-8", "surrogatepass")) <= 200 and not set(name) & set(" /\\.-#")


@settings(derandomize=True, deadline=5000, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_any_bytes_as_labels(tmp_path, raw):
    for name in ("x.json", "x.csv", "walk.txt"):
        (tmp_path / name).write_bytes(raw)
        try:
            stretches(tmp_path / "walk.npy") if name == "walk.txt" else read_labels(tmp_path / name)
        except UserError as error:
            assert "\n" not in str(error)
