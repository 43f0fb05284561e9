"""Labels of a dataset on a sheet: which clips, which rows, where it goes, and one line for what has none."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from made_dataset import edit_labels, write_dataset
from PIL import Image
from synapt.cli import cli
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import ClipFiles, read_clip
from synapt.generator.verbs.drafts import preview_actions
from synapt.generator.verbs.labelled import preview_labels
from synapt.generator.verbs.overlay import passes, titled, wanted
from synapt.generator.verbs.sheets import ANIMATED, LABEL_PX, MOST_LABELLED, contact_sheet, kept

HAS = ("joints", "coco", "box", "phase", "mask")
"""Labels of the dataset: no label per pixel but masks."""

ROW_PX = 18 + LABEL_PX * 48 // 64


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_dataset(tmp_path / "data", 3)
    return tmp_path / "data"


def picture(path: Path) -> np.ndarray:
    return cv2.imread(str(path))[..., ::-1]


def drawn(root: Path, number: int, names: tuple[str, ...]) -> list:
    return list(titled(read_clip(root, "calm", number), names, LABEL_PX))


def test_a_dataset_is_shown_clip_by_clip_and_label_by_label(data: Path) -> None:
    film, sheet = preview_labels(data, ("all",), 2, None)
    assert (film, sheet) == (data / "preview-labels.gif", data / "preview-labels.png")
    strips = drawn(data, 0, HAS) + drawn(data, 1, HAS)
    assert [title for title, _ in strips] == [f"calm-00000{k}: {name}" for k in (0, 1) for name in HAS]
    assert np.array_equal(picture(sheet), contact_sheet(strips, tile_px=LABEL_PX))
    with Image.open(film) as moving:
        assert moving.size == (4 * LABEL_PX, 3 * ROW_PX) and moving.n_frames == 12


@pytest.mark.parametrize("way", ["as it is", "from inside", "by a link", "by a way round"])
def test_a_clip_finds_the_dataset_that_it_lies_in(data: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    path = ClipFiles(data, "calm", 2).video
    if way == "from inside":
        monkeypatch.chdir(path.parent)
        path = Path(path.name)
    if way == "by a link":
        elsewhere = data.parent / "other disk"
        shutil.move(data / "clips", elsewhere)
        (data / "clips").symlink_to(elsewhere)
    if way == "by a way round":
        path = path.parent / ".." / "calm" / path.name
    _, sheet = preview_labels(path, ("mask", "joints"), 4, None)
    assert sheet.resolve() == (data / "preview-calm-000002.png").resolve()
    assert np.array_equal(picture(sheet), contact_sheet(drawn(data, 2, ("joints", "mask")), tile_px=LABEL_PX))


def test_what_has_no_labels_of_ours_is_one_line(data: Path, tmp_path: Path) -> None:
    video = tmp_path / "run" / "a.mp4"
    video.parent.mkdir()
    shutil.copy(ClipFiles(data, "calm", 0).video, video)
    for path in (video, video.parent, data / "clips"):
        with pytest.raises(UserError, match=r"has no labels by synapt: name a dataset from `synapt render`, or a clip in one"):
            preview_labels(path, ("all",), 4, None)
    with pytest.raises(UserError, match=r"b\.mp4 is not there: name a dataset, or a clip in one"):
        preview_labels(video.with_name("b.mp4"), ("all",), 4, None)
    beside = shutil.copy(video, data / "clips" / "calm" / "more.mp4")
    with pytest.raises(UserError, match=r"more\.mp4 is not one of the clips of the dataset"):
        preview_labels(beside, ("all",), 4, None)
    with pytest.raises(UserError, match="without the label 'depth': choose among joints, coco, box, phase, mask, or render"):
        preview_labels(data, ("joints", "depth"), 4, None)


def test_clips_that_cannot_be_shown_are_named_and_the_others_are_shown(data: Path) -> None:
    ClipFiles(data, "calm", 0).labels.write_bytes(b"no labels")
    edit_labels(data, 1, phase=np.zeros(5, np.int16))
    said: list[str] = []
    _, sheet = preview_labels(data, ("box",), 3, None, said.append)
    assert picture(sheet).shape[0] == ROW_PX
    assert len(said) == 2 and "calm-000000.npz is missing or broken" in said[0] and "do not match" in said[1]
    with pytest.raises(UserError, match=r"calm-000001\.mp4 and its labels do not match: run `synapt verify --fix"):
        preview_labels(ClipFiles(data, "calm", 1).video, ("box",), 1, None)


def test_labels_that_make_no_sense_are_drawn_nowhere(data: Path) -> None:
    nowhere = np.full((12, 55, 2), np.nan)
    nowhere[:, 1::2] = 1e300
    edit_labels(data, 0, joints_px=nowhere, joints_visible=np.full((12, 55), 2, np.uint8))
    assert preview_labels(ClipFiles(data, "calm", 0).video, ("joints",), 1, None)[1].is_file()


def test_a_sheet_takes_so_many_clips_and_says_how_many_there_are(tmp_path: Path) -> None:
    n = MOST_LABELLED + 1
    write_dataset(tmp_path, n)
    said: list[str] = []
    _, sheet = preview_labels(tmp_path, ("box", "phase"), n, None, said.append)
    assert picture(sheet).shape[0] == MOST_LABELLED * 2 * ROW_PX
    assert said == [f"{MOST_LABELLED} of {n} clips are shown: name a clip to see the labels of another"]
    with pytest.raises(UserError, match=f"a sheet shows up to {MOST_LABELLED}, lower --n or name fewer actions"):
        preview_actions(("waving_a_hand",), n, 0, "standard", tmp_path / "p", labels=("box",))


def test_only_the_frames_on_the_sheet_are_kept_beyond_the_animation() -> None:
    frames = np.arange(20 * 12).reshape(20, 2, 2, 3).astype(np.uint8)
    whole, few = kept([("a", frames), ("b", frames)], ANIMATED - 1)
    assert len(whole[1]) == 20
    assert np.array_equal(contact_sheet([("b", frames)]), contact_sheet([("b", few[1])])) and len(few[1]) == 8


def test_names_of_labels_are_read_as_people_write_them() -> None:
    assert wanted(" Joints, mask,joints") == ("joints", "mask") and wanted("ALL") == ("all",)
    assert passes(("all",)) == ("mask", "part", "person", "depth", "normal", "flow") and passes(("box", "flow")) == ("flow",)
    with pytest.raises(UserError, match="unknown label 'maks': did you mean mask"):
        wanted("maks")
    with pytest.raises(UserError, match="--labels names no label: write all, or some of joints,coco,"):
        wanted(" ,")


def test_the_verb_draws_labels_of_a_drafted_action_too(tmp_path: Path) -> None:
    out = tmp_path / "p"
    cli(["preview", "--action", "waving", "--n", "1", "--labels", "joints,depth", "--out", str(out)], standalone_mode=False)
    rows = picture(tmp_path / "p.png")
    assert rows.shape == (2 * (18 + LABEL_PX), 8 * LABEL_PX, 3)
    assert not np.array_equal(rows[18:274], rows[292:])
