"""`synapt render --motion`, `synapt motion` and action files: what is wrong is one line, and one bad file stops nobody."""

import json

import cv2
import numpy as np
import pytest
from made_arrays import Motion
from made_motion import own_cache, write_bvh, write_moves
from synapt.cli import cli
from synapt.generator import names
from synapt.generator.actions.gathered import Asked, recorded
from synapt.generator.base.errors import UserError
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import open_dataset, read_header
from synapt.generator.recipes import load_recipe
from synapt.generator.recordings import ahead, shelf
from synapt.generator.recordings.classes import class_of
from synapt.generator.recordings.contents import contents
from synapt.generator.recordings.finding import found_at
from synapt.generator.recordings.gathering import look_into
from synapt.generator.recordings.shelf import digest_of, is_known
from synapt.generator.sampling import sample
from synapt.generator.stream import StreamSettings, _job, clip_at, twins
from synapt.generator.values import TrackSpec

DRAFT = ("--quality", "draft", "--size", "32", "--fps", "4", "--workers", "1")


@pytest.fixture(autouse=True)
def motion_cache(tmp_path, monkeypatch):
    shelf._recordings.cache_clear()
    return own_cache(tmp_path / "cache", monkeypatch)


def synapt(*words):
    """Runs the command here; its exit code."""
    try:
        cli([*map(str, words)], standalone_mode=False)
    except SystemExit as ended:
        return ended.code
    return 0


def files(root):
    """What the wrong uses below are of."""
    write_bvh(root / "good.bvh")
    write_bvh(root / "wave" / "good.bvh", seed=1)
    (root / "empty").mkdir()
    (root / "empty" / "notes.md").write_text("nothing")
    (root / "photo.png").write_bytes(b"png")
    (root / "broken.bvh").write_text("HIERARCHY\nMOTION\n")
    (root / "labels.json").write_text("[]")
    (root / "labels.csv").write_text("other.bvh,knock\n")
    (root / "set.toml").write_text('[[motion]]\npath = "good.bvh"\nclas = "knock"\n')
    (root / "none.toml").write_text('[[motion]]\npath = "nothing.bvh"\n')
    (root / "back.toml").write_text('[[motion]]\npath = "good.bvh"\nclass = "knock"\nstart_s = 2.0\nend_s = 1.0\n')
    (root / "two.toml").write_text('actions = ["shaking hands"]\n[[motion]]\npath = "good.bvh"\nclass = "shaking hands"\n')
    return root


WRONG = {
    "nothing there": (["--motion", "{}/nothing.bvh"], r"there is nothing at .*nothing\.bvh: give a motion file"),
    "no match": (["--motion", "{}/*.gltf"], r"no motion file matches .*\*\.gltf"),
    "no motion in a folder": (["--motion", "{}/empty"], r"empty is a folder without a motion file"),
    "unknown suffix": (["--motion", "{}/photo.png"], r"a motion file ends in \.bvh.*not in '\.png'"),
    "broken": (["--motion", "{}/broken.bvh"], r"broken\.bvh"),
    "second of a pair": (["--motion", "{}/good.bvh+{}/nothing.bvh"], r"there is no file .*nothing\.bvh.*for a performer"),
    "no labels there": (["--motion", "{}/good.bvh", "--motion-labels", "{}/none.csv"], r"there is nothing at .*none\.csv"),
    "labels of a kind": (["--motion", "{}/good.bvh", "--motion-labels", "{}/photo.png"], r"is no label file"),
    "labels of a form": (["--motion", "{}/good.bvh", "--motion-labels", "{}/labels.json"], r"wanted BABEL's JSON"),
    "labels of others": (["--motion", "{}/good.bvh", "--motion-labels", "{}/labels.csv"], r"1 take left out: without a class"),
    "up of a file that says": (["--motion", "{}/moves.glb", "--motion-up", "y"], r"says itself which way is up"),
    "shape of no body": (["--motion", "{}/good.bvh", "--keep-shape"], r"--keep-shape needs .*--body smplx"),
    "action of two": (["--motion", "{}/good.bvh", "--action", "shaking hands"], r"is done by 2 people"),
    "unknown action": (["--motion", "{}/good.bvh", "--action", "wavin"], r"unknown action 'wavin': did you mean"),
    "labels alone": (["--motion-labels", "{}/labels.csv"], r"go with --motion PATH"),
    "a stray word": (["--action", "waving", "{}/good.bvh"], r"belongs to no option: .*--motion"),
    "two kinds in one class": (["--motion", "{}/good.bvh", "{}/good.bvh+{}/wave/good.bvh"], r"'good' is of 1 people .* and of 2"),
    "too many": (["--motion", "{}/good.bvh", "--n", "1000001"], r"1000001 is not from 1 to 1,000,000"),
    "no action file": (["--action", "{}/nowhere.toml"], r"there is no action file"),
    "unknown entry": (["--action", "{}/set.toml"], r"\[\[motion\]\] 1 has an unknown entry 'clas'"),
    "nothing at a row": (["--action", "{}/none.toml"], r"\[\[motion\]\] 1: there is nothing at"),
    "ends before": (["--action", "{}/back.toml"], r"\[\[motion\]\] 1: end_s is 1 and start_s 2"),
    "mixed of one and two": (["--action", "{}/two.toml"], r"is an action of 2, and recorded of 1"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_use_is_one_line(wrong, tmp_path):
    words, said = WRONG[wrong]
    root = files(tmp_path / "given")
    write_moves(root / "moves.glb", ("Walk",))
    words = [word.replace("{}", str(root)) for word in words]
    with pytest.raises(Exception, match=said) as told:
        synapt("render", *words, *DRAFT, "--out", tmp_path / "data")
    assert isinstance(told.value, UserError) or told.value.exit_code == 2
    assert "\n" not in str(told.value) and not (tmp_path / "data").exists()


def test_one_bad_file_is_set_aside_and_the_others_go_on(tmp_path):
    root = files(tmp_path / "given")
    (root / "readme.txt").write_text("no motion")
    made = recorded(Asked((str(root),)))
    assert {class_of(name).name for name in made.names} == {"good"} and len(class_of(made.names[0]).takes) == 2
    aside, few = made.lines
    assert aside.startswith("set aside: ") and "broken.bvh" in aside and few.startswith("'good' is of fewer than three files")


def test_a_file_is_looked_into_once(tmp_path, monkeypatch):
    write_bvh(tmp_path / "a.bvh")
    first = recorded(Asked((str(tmp_path / "a.bvh"),)))
    monkeypatch.setattr("synapt.generator.recordings.contents.read", lambda *_: pytest.fail("read again"))
    assert recorded(Asked((str(tmp_path / "a.bvh"),))) == first


def test_many_files_are_looked_into_by_several_processes(tmp_path, monkeypatch):
    for k in range(5):
        write_bvh(tmp_path / "many" / f"move{k}.bvh", seed=k)
    (tmp_path / "many" / "bad.bvh").write_text("HIERARCHY")
    found = found_at([str(tmp_path / "many")])
    monkeypatch.setattr(ahead, "FILES_EACH", 2)
    monkeypatch.setattr(ahead, "usable_cores", lambda: 3)
    told = []
    ahead.look_ahead([path for (path,) in found], "", lambda done, total, what: told.append((done, total)))
    assert told[-1] == (6, 6)
    assert all(is_known(path) for (path,) in found)
    with monkeypatch.context() as patch:
        patch.setattr("synapt.generator.recordings.contents.read", lambda path, up: pytest.fail(f"{path} is read again"))
        assert [contents(path, digest_of(path)).file for (path,) in found[1:]] == [f"move{k}.bvh" for k in range(5)]
    looked = look_into(found, lambda done, total, what: None)
    assert len(looked.files) == 5 and list(looked.set_aside) == [str(tmp_path / "many" / "bad.bvh")]


def test_a_file_whose_place_was_forgotten_is_found_again(tmp_path):
    file = write_bvh(tmp_path / "good.bvh")
    track = TrackSpec("good.bvh", digest_of(file))
    shelf._note(track.sha256).write_bytes(b"")
    with pytest.raises(UserError, match="is not where it was"):
        shelf.find(track)
    assert digest_of(file) == track.sha256 and shelf.find(track) == file


def test_a_file_that_is_named_twice_is_one(tmp_path):
    write_bvh(tmp_path / "walk.bvh")
    made = recorded(Asked((str(tmp_path / "walk.bvh"), str(tmp_path / "*.bvh"))))
    assert [class_of(name).name for name in made.names] == ["walking"] and len(class_of(made.names[0]).takes) == 1


def test_takes_of_one_file_are_classes_by_their_names(tmp_path):
    motion = np.stack([np.moveaxis(Motion(30, joints=22).places[:, :22], 0, -1)] * 2)
    told = {"motion": motion, "text": ["a man waves", "a woman {bows}"], "lengths": np.array([30, 20])}
    np.save(tmp_path / "results.npy", {**told, "num_samples": 2, "num_repetitions": 1}, allow_pickle=True)
    (tmp_path / "labels.csv").write_text("results.npy,knock\n")
    (by_name,) = recorded(Asked((str(tmp_path / "results.npy"),), labels=str(tmp_path / "labels.csv"))).names
    takes = class_of(by_name).takes
    assert sorted((take.caption, round(take.end_s * 20)) for take in takes) == [("a man waves", 29), ("a woman {bows}", 19)]
    (by_nothing,) = recorded(Asked((str(tmp_path / "results.npy"),))).names
    assert class_of(by_nothing).name == "results"
    write_moves(tmp_path / "moves.glb", ("Walk_Loop", "Angry", "T-Pose 2"))
    classes = {class_of(name).name for name in recorded(Asked((str(tmp_path / "moves.glb"),))).names}
    assert classes == {"walk_loop", "angry", "t"}


def test_motion_lists_what_is_in_files(tmp_path, capsys):
    root = files(tmp_path / "given")
    assert synapt("motion", root) == 1
    out = capsys.readouterr()
    assert "2 takes of 2 files" in out.out and "good.bvh" in out.out and "3.00" in out.out
    assert out.err.startswith("synapt: set aside: ") and "broken.bvh" in out.err


@pytest.mark.slow
def test_a_dataset_is_made_gone_on_with_and_verified(tmp_path, capsys):
    for name, seed in (("walk_01", 0), ("walk_02", 1), ("knock_left", 2)):
        write_bvh(tmp_path / "mocap" / f"{name}.bvh", seed=seed)
    data, words = tmp_path / "data", ("render", "--motion", tmp_path / "mocap", *DRAFT, "--out", tmp_path / "data")
    assert synapt(*words, "--n", 2) == 0
    header = read_header(data)
    assert header.counts == {"walking": 2, "knock_left": 2} and header.sided == ("knock_left",)
    assert sorted(path.name for path in (data / "motions").iterdir()) == sorted(f"{s[7:]}.json" for s in header.sources.values())
    assert synapt(*words, "--n", 3) == 0 and len(open_dataset(data)) == 6
    report = check_dataset(data, 2)
    assert [problem for problem in report.problems if problem.cure != "nothing"] == []
    with pytest.raises(UserError, match=r"the class 'walking' of .* is of 2 recorded takes, and would be of 1"):
        synapt("render", "--motion", tmp_path / "mocap" / "walk_01.bvh", *DRAFT, "--out", data)
    with pytest.raises(UserError, match="would be of the library's choreography"):
        synapt("render", "--action", "walking", *DRAFT, "--out", data)
    capsys.readouterr()


@pytest.mark.slow
def test_somebody_else_verifies_who_has_the_files(tmp_path, monkeypatch):
    file = write_bvh(tmp_path / "mocap" / "knock.bvh")
    data = tmp_path / "data"
    assert synapt("render", "--motion", file, *DRAFT, "--n", 1, "--out", data) == 0
    monkeypatch.undo()
    own_cache(tmp_path / "other", monkeypatch)
    class_of.cache_clear()
    shelf._recordings.cache_clear()
    (problem,) = [problem for problem in check_dataset(data, 1).problems if problem.cure != "nothing"]
    assert problem.cure == "elsewhere" and "knock.bvh" in problem.what and "--motion PATH" in problem.what
    assert synapt("verify", data, "--motion", tmp_path / "mocap") in (0, 1)
    assert [problem for problem in check_dataset(data, 1).problems if problem.cure != "nothing"] == []


def test_recorded_classes_are_streamed_and_twinned(tmp_path):
    write_bvh(tmp_path / "mine.bvh")
    (tmp_path / "set.toml").write_text('actions = ["clapping"]\n[[motion]]\npath = "mine.bvh"\nclass = "knock"\n')
    chosen = names.actions((str(tmp_path / "set.toml"),), ())
    settings = StreamSettings(chosen, width_px=32, height_px=32, fps=4.0)
    clips = [clip_at(settings, number) for number in range(2)]
    assert {clip.labels.action for clip in clips} == {"clapping", "knock"}
    a, b = twins("knock", 0, 0, "camera", 2, settings)
    poses = [clip.labels.people[0].body["poses"] for clip in (a, b)]
    assert (poses[0] == poses[1]).all() and not (a.labels.K_px == b.labels.K_px).all()


def test_two_files_are_two_performers(tmp_path):
    pair = [write_bvh(tmp_path / f"{name}.bvh", seed=k) for k, name in enumerate("ab")]
    (source,) = recorded(Asked(("+".join(map(str, pair)),))).names
    (take,) = class_of(source).takes
    assert [track.file for track in take.tracks] == ["a.bvh", "b.bvh"]


def test_babel_says_classes_and_phases(tmp_path):
    write_bvh(tmp_path / "CMU" / "01" / "01_01_poses.bvh", 8.0)
    parts = [("walk", 0.0, 5.0), ("turn", 2.0, 3.0), ("knock", 5.0, 8.0)]
    labels = [{"raw_label": name, "proc_label": name, "act_cat": [name], "start_t": a, "end_t": b} for name, a, b in parts]
    table = {"1": {"feat_p": "CMU/01/01_01_poses.npz", "dur": 8.0, "seq_ann": None, "frame_ann": {"labels": labels}}}
    (tmp_path / "babel.json").write_text(json.dumps(table))
    made = recorded(Asked((str(tmp_path / "CMU"),), labels=str(tmp_path / "babel.json")))
    found = {class_of(name).name: class_of(name).takes for name in made.names}
    assert set(found) == {"walking", "turn", "knock"} or {"walking", "knock"} < set(found)
    (walk,) = found["walking"]
    assert (walk.start_s, walk.end_s) == (0.0, 5.0) and [(p.name, p.start_s, p.end_s) for p in walk.phases] == [
        ("turn", 2.0, 3.0)
    ]


def test_the_sheet_shows_each_take_twice(tmp_path):
    write_bvh(tmp_path / "knock.bvh", 0.9)
    assert synapt("motion", tmp_path / "knock.bvh", "--sheet", tmp_path / "sheet.png") == 0
    picture = cv2.imread(str(tmp_path / "sheet.png"))
    assert picture.shape == (2 * (160 + 18), 8 * 160, 3)
    sticks, person = picture[18:178], picture[196:356]
    assert (sticks == 245).mean() > 0.8 and (sticks[..., 2] < 80).sum() > 200 and (person == 245).mean() < 0.2
    with pytest.raises(UserError, match=r"give a name that ends in \.png"):
        synapt("motion", tmp_path / "knock.bvh", "--sheet", tmp_path / "sheet.jpg")


def test_an_action_file_in_the_environment_makes_its_classes_known(tmp_path, monkeypatch):
    for k in range(12):
        write_bvh(tmp_path / "mine" / f"knock_{k}.bvh", seed=k)
    (tmp_path / "mine.toml").write_text('[[motion]]\npath = "mine"\n')
    with pytest.raises(UserError, match="unknown action 'knock'"):
        names.action("knock")
    monkeypatch.setenv("SYNAPT_ACTIONS", str(tmp_path / "mine.toml"))
    assert names.action("knock") == "knock"
    specs = [sample("knock", load_recipe("standard"), 0, index) for index in range(8)]
    assert all(spec.performance.take and spec.source.startswith("motion:") for spec in specs)
    settings = StreamSettings(("knock", "waving"), width_px=32, height_px=32, fps=4.0, split="test")
    clips = {_job(settings, number).action: _job(settings, number) for number in range(2)}
    found = sample("knock", load_recipe("standard"), 0, clips["knock"].index)
    assert found.split == "test"
