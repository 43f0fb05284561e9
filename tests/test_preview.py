"""Sheets and animations of what isn't a dataset of ours: one long video, and anybody's folders of classes."""

import os
import re
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image
from synapt.generator.base.errors import UserError
from synapt.generator.dataset.folders import collection
from synapt.generator.verbs.sheets import ANIMATED, COLUMNS, TALLEST, TILE_PX, animation, contact_sheet, preview_dataset
from synapt.generator.video.read import glance, read_video
from synapt.generator.video.write import write_video


def film(path: Path, n_frames: int, width: int = 64, height: int = 48) -> Path:
    """A video whose frame k is grey of level k modulo 256, coarse enough to survive H.264."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_video(
        path, np.repeat(np.arange(n_frames) % 256, height * width * 3).reshape(-1, height, width, 3).astype(np.uint8), 25.0
    )
    return path


def levels(frames: np.ndarray) -> np.ndarray:
    return frames.reshape(len(frames), -1).mean(axis=1)


@pytest.mark.parametrize(("n", "step"), [(1, 1), (8, 1), (9, 2), (16, 2), (17, 4), (100, 16)])
def test_a_glance_keeps_evenly_spread_frames_from_the_first_on(tmp_path: Path, n: int, step: int) -> None:
    frames = glance(film(tmp_path / "a.mp4", n), 200, most=8)
    assert len(frames) <= 8 and frames.shape[1:] == (48, 64, 3)
    assert np.abs(levels(frames) - np.arange(0, n, step)).max() < 3


def test_a_glance_shrinks_wide_frames_and_leaves_short_videos_as_they_are(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 5)
    assert (glance(path, 64, 8) == read_video(path)).all()
    assert glance(path, 32, 8).shape == (5, 24, 32, 3)


def test_a_broken_video_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"no video")
    with pytest.raises(UserError, match=r"a\.mp4 cannot be decoded \([A-Za-z ]+\): restore the file"):
        glance(path, 160, 8)
    with pytest.raises(
        UserError,
        match=r"a\.mp4 is not a video that can be shown: name one, a folder of CLASS/CLIP\.mp4 or a dataset \(.*a\.mp4 cannot",
    ):
        preview_dataset(path, 1, None)


@pytest.mark.parametrize("parts", [[""], ["train", "test"]])
def test_the_first_videos_of_every_class_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "videos"
    for part in parts:
        film(root / part / "run" / "b.mp4", 20)
        film(root / part / "jump" / "deep" / "a.MP4", 12, width=320, height=160)
    (root / "notes.txt").write_text("not a class")
    n = 2 * len(parts)
    moving_path, sheet = preview_dataset(root, 2, None)
    assert {moving_path.name, sheet.name} == {"videos-preview.gif", "videos-preview.png"} and sheet.parent.resolve() == tmp_path
    assert not list(root.rglob("*preview*"))  # nothing is written among somebody's videos
    picture = cv2.imread(str(sheet))
    rows = {"jump": 80, "run": TILE_PX * 48 // 64}
    assert picture.shape == (sum(rows.values()) * n // 2 + 18 * n, COLUMNS * TILE_PX, 3)
    with Image.open(moving_path) as moving:
        shown_ms = [moving.info["duration"] for k in range(moving.n_frames) if moving.seek(k) is None]
    assert sum(shown_ms) == pytest.approx(20 * 1000 / 15, rel=0.1)  # in hundredths; frames that look alike are one that lasts


def test_hidden_files_and_empty_folders_are_no_classes(tmp_path: Path) -> None:
    for name in ("run/a.mp4", "run/.b.mp4", ".cache/a.mp4", "run/notes.txt", "empty/notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert collection(tmp_path).parts == {"": {"run": (tmp_path / "run/a.mp4",)}}


def test_a_folder_without_videos_is_answered(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"is neither a dataset nor a folder of CLASS/CLIP\.mp4: name one of these, or a video"):
        preview_dataset(tmp_path, 2, None)


def test_captions_show_the_names_that_people_give() -> None:
    """Each letter is drawn, and as another than the rest; what a font doesn't have all looks alike."""
    for letters in ("äöüßéñçłø", "ходить", "αβγδω", "aou?"):
        drawn = [contact_sheet([(letter, np.zeros((1, 8, 8, 3), np.uint8))])[:18] for letter in letters]
        assert len({picture.tobytes() for picture in drawn}) == len(set(letters)) and min(p.min() for p in drawn) < 60


def test_no_clips_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="n is 0: ask for at least 1 clip"):
        preview_dataset(tmp_path, 0, None)


def song(path: Path) -> Path:
    """A file with a sound and no picture."""
    with av.open(str(path), "w", format="mp4") as made:
        stream = made.add_stream("aac", rate=16000, layout="mono")
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), format="fltp", layout="mono")
        sound.sample_rate = 16000
        made.mux(stream.encode(sound))
        made.mux(stream.encode())
    return path


def test_videos_that_cannot_be_shown_are_named_and_the_others_are_shown(tmp_path: Path) -> None:
    root, said = tmp_path / "clips", list[str]()
    film(root / "run" / "a.mp4", 5), film(root / "run" / "b.mp4", 5), film(root / "sit" / "a.mp4", 5)
    song(root / "sit" / "b.mp4")
    (root / "sit" / "c.mp4").write_bytes(b"no video")
    (root / "sit" / "d.txt").touch()
    _, sheet = preview_dataset(root, 4, tmp_path / "p", said.append)
    assert cv2.imread(str(sheet)).shape[0] == 3 * (TILE_PX * 48 // 64 + 18)
    assert said[0] == f"left out of {root}: 1 .txt (sit/d.txt)" and len(said) == 3
    assert re.fullmatch(r"not shown: .*/sit/b\.mp4 contains no video\b.*", said[1]) and "verify" not in "".join(said)
    assert re.fullmatch(r"not shown: .*/sit/c\.mp4 cannot be decoded \([A-Za-z ]+\).*", said[2])
    for path in (root / "run").iterdir():
        path.unlink()
    (root / "sit" / "a.mp4").unlink()
    with pytest.raises(
        UserError, match=r"none of the 2 videos of .*clips can be shown; .*b\.mp4 contains no video.*; .*c\.mp4 cannot"
    ):
        preview_dataset(root, 4, None)


def test_only_the_frames_on_the_sheet_are_kept_of_clips_beyond_the_animation(tmp_path: Path) -> None:
    """The sheet is the same as of whole clips."""
    n = ANIMATED + 2
    for k in range(n):
        film(tmp_path / "c" / f"{k:02d}.mp4", 20 + k)
    _, sheet = preview_dataset(tmp_path, n, tmp_path / "p")
    whole = contact_sheet([(f"c: {k:02d}", glance(tmp_path / "c" / f"{k:02d}.mp4", TILE_PX, 96)) for k in range(n)])
    assert np.array_equal(cv2.imread(str(sheet))[..., ::-1], whole)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    with pytest.raises(UserError, match=r"a\.mp4 is a pipe, socket or device, not a regular file"):
        preview_dataset(tmp_path / "a.mp4", 1, None)
    with pytest.raises(UserError, match=r"b\.mp4 is not there: name a dataset, a video, or a folder of CLASS/CLIP\.mp4"):
        preview_dataset(tmp_path / "b.mp4", 1, None)


def test_a_picture_like_a_ribbon_makes_no_endless_sheet() -> None:
    ribbon = np.full((2, 3000, 10, 3), 200, np.uint8)
    sheet = contact_sheet([("ribbon", ribbon)])
    narrow = TALLEST * TILE_PX * 10 // 3000
    assert sheet.shape == (narrow * 300 + 18, COLUMNS * TILE_PX, 3) and narrow * 300 <= TALLEST * TILE_PX
    inked = np.flatnonzero((sheet[18:] == 200).all(axis=(0, 2)))
    assert len(inked) == COLUMNS * narrow
    assert animation([("ribbon", ribbon)]).shape[1] == sheet.shape[0]
