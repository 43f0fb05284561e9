"""What is written is what is read."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import msgspec
import numpy as np
import pytest
from children import run_python
from made_up import bits, make_clip, with_first
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import (
    ClipFiles,
    Header,
    Settings,
    open_dataset,
    read_clip,
    read_header,
    read_labels,
    read_spec,
    write_clip,
    write_header,
)
from synapt.generator.dataset.alike import differing
from synapt.generator.dataset.format import SCHEMA, check_same, header_path, metadata_path
from synapt.generator.dataset.index import read_rows, write_rows
from synapt.generator.dataset.write import spec_json
from synapt.generator.values import SPEC_VERSION, Clip
from synapt.generator.video import write as video
from synapt.generator.video.read import read_video
from synapt.generator.video.write import write_video

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)


def psnr_db(a, b):
    return 10 * np.log10(255.0**2 / np.mean((a.astype(float) - b.astype(float)) ** 2))


def test_a_clip_comes_back_as_it_went(tmp_path):
    clip = make_clip()
    row = write_clip(tmp_path, clip, class_id=5)
    back = read_clip(tmp_path, "waving_a_hand", 3)
    assert back.spec == clip.spec
    assert bits(back.labels) == bits(clip.labels)
    assert back.labels.class_id == 5 == row["class_id"]
    assert back.labels.segments == clip.labels.segments
    assert back.labels.contacts == clip.labels.contacts
    assert back.labels.caption == clip.labels.caption
    assert [list(person.measures) for person in back.labels.people] == [list(person.measures) for person in clip.labels.people]
    assert back.frames.shape == clip.frames.shape
    assert psnr_db(back.frames, clip.frames) > 34
    assert np.abs(back.frames.mean((0, 1, 2)) - clip.frames.mean((0, 1, 2))).max() < 1.5


def test_what_differs_is_told_and_last_digits_are_not():
    labels = make_clip().labels
    assert differing(labels, labels) == [] and differing(labels, replace(labels, caption="x")) == ["caption"]
    for name, by, told in (("joints_px", 1e-7, []), ("joints_px", 1e-3, ["joints_px"]), ("coco_visible", 1, ["coco_visible"])):
        changed = getattr(labels.people[0], name).copy()
        changed[0, 0] += np.array(by).astype(changed.dtype)
        assert differing(labels, with_first(labels, **{name: changed})) == told
    mask = labels.dense["mask"]
    for share, told in ((0.0005, []), (0.002, ["mask"])):
        changed = mask.copy()
        changed.reshape(-1)[: round(share * mask.size)] += 1
        assert differing(labels, replace(labels, dense={**labels.dense, "mask": changed})) == told
    fewer = {name: array for name, array in labels.dense.items() if name != "flow"}
    assert differing(labels, replace(labels, dense=fewer)) == ["flow"]
    assert differing(labels, with_first(labels, joints_px=labels.people[0].joints_px[1:])) == ["joints_px"]
    neutral, female, male, other = (
        with_first(labels, body={**labels.people[0].body, "gender": np.array(g)}) for g in ("neutral", "female", "male", "x")
    )
    assert differing(neutral, female) == differing(male, neutral) == []  # of before the body model was named there
    assert [differing(female, male), differing(neutral, other), differing(other, neutral)] == [["gender"]] * 3
    unnamed = {name: array for name, array in labels.people[0].body.items() if name != "gender"}
    assert differing(neutral, with_first(labels, body=unnamed)) == ["gender"]


def test_saturated_colours_keep_their_place(tmp_path):
    clip = make_clip(dense=False)
    colours = np.array([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 0, 0), (255, 255, 255)])
    flat = np.repeat(np.repeat(colours, 8, 0)[None, None], 48, 1).repeat(20, 0).astype(np.uint8)
    spec = replace(clip.spec, width_px=48)
    write_clip(tmp_path, Clip(spec, flat, clip.labels), 0)
    back = read_clip(tmp_path, "waving_a_hand", 3).frames
    centres = back[:, :, 4::8].astype(int)
    assert np.abs(centres - colours[None, None]).max() <= 12


@pytest.mark.parametrize("fps", [15.0, 12.5, 30000 / 1001])
def test_the_video_is_what_the_format_says(tmp_path, fps):
    clip = make_clip(fps=fps, frames=61, dense=False)
    write_clip(tmp_path, clip, 0)
    path = ClipFiles(tmp_path, "waving_a_hand", 3).video
    assert path.read_bytes().find(b"moov") < path.read_bytes().find(b"mdat")  # faststart
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert stream.average_rate == Fraction(fps).limit_denominator(1001)
        frames = list(container.decode(stream))
    times = [frame.time for frame in frames]
    keys = [i for i, frame in enumerate(frames) if frame.key_frame]
    assert times == pytest.approx(np.arange(61) / fps, abs=1e-4)
    assert np.diff([*keys, 61]).max() <= fps


@pytest.mark.parametrize("width_px", [64, 240])
def test_the_encoder_gives_the_same_bits_whatever_lay_in_memory(tmp_path, width_px):
    code = (
        "import sys; from pathlib import Path; from made_up import make_clip; import numpy as np\n"
        "from synapt.generator.video.write import write_video\n"
        f"write_video(Path(sys.argv[1]), np.resize(make_clip().frames, (20, 48, {width_px}, 3)), 15.0)"
    )
    written = []
    for fill in ("0", "85", "255"):  # glibc fills fresh memory with it
        environment = {**os.environ, "MALLOC_PERTURB_": fill, "PYTHONPATH": str(Path(__file__).parent)}
        path = tmp_path / f"{fill}.mp4"
        subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=True)
        written.append(path.read_bytes())
    assert written[0] == written[1] == written[2]


def test_equal_clips_are_equal_files(tmp_path):
    for folder in ("a", "b"):
        write_clip(tmp_path / folder, make_clip(), 0)
    files = [sorted(p for p in (tmp_path / f).rglob("*") if p.is_file()) for f in ("a", "b")]
    assert len(files[0]) == 9
    assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]


def test_the_encoder_gives_the_same_pictures_whatever_the_processor_can_do(tmp_path, monkeypatch):
    frames = make_clip().frames
    write_video(tmp_path / "here.mp4", frames, 15.0)
    monkeypatch.setattr(video, "X264", f"{video.X264}:asm=0")  # as on one without vector instructions
    write_video(tmp_path / "elsewhere.mp4", frames, 15.0)
    assert np.array_equal(read_video(tmp_path / "here.mp4"), read_video(tmp_path / "elsewhere.mp4"))


def test_labels_load_without_this_package(tmp_path):
    write_clip(tmp_path, make_clip(), 0)
    path = ClipFiles(tmp_path, "waving_a_hand", 3).labels
    code = f"import numpy as np; d = np.load({str(path)!r}); print(d['trans'].shape, str(d['gender']))"
    assert run_python("-c", code) == "(20, 3) female\n"


def test_the_index_has_a_row_per_clip(tmp_path):
    header = Header(SCHEMA, SPEC_VERSION, SETTINGS, {"waving_a_hand": 0})
    write_header(tmp_path, header)
    rows = [write_clip(tmp_path, make_clip(index, dense=False), 0) for index in (2, 0, 1)]
    rows[1]["only_here"] = 4.0
    write_rows(metadata_path(tmp_path), rows)
    dataset = open_dataset(tmp_path)
    assert dataset.header == header
    assert [r["index"] for r in dataset] == [0, 1, 2]
    assert dataset.rows[0]["only_here"] == 4.0
    assert "only_here" not in dataset.rows[1]
    assert (dataset.rows[0]["sex"], dataset.rows[0]["camera_movement"]) == ("female", "orbit")
    assert dataset.rows[0]["measure_foot_slide_m"] == 0.01 + 0.02
    assert (tmp_path / dataset.rows[0]["file_name"]).is_file()
    assert dataset.clip(1).spec == make_clip(1).spec


@pytest.mark.parametrize("harm", ["spec", "labels", "video", "mask"])
def test_broken_files_are_named_in_one_line(tmp_path, harm):
    write_clip(tmp_path, make_clip(), 0)
    files = ClipFiles(tmp_path, "waving_a_hand", 3)
    path = files.dense("mask") if harm == "mask" else getattr(files, harm)
    for content in (b"", b"garbage" * 30, path.read_bytes()[: path.stat().st_size // 2]):
        path.write_bytes(content)
        with pytest.raises(UserError, match="synapt verify --fix") as caught:
            read_clip(tmp_path, "waving_a_hand", 3)
        assert path.name in str(caught.value)
        assert "\n" not in str(caught.value)


def test_an_index_of_something_else_is_named_in_one_line(tmp_path):
    write_rows(tmp_path / "metadata.parquet", [{"action": "calm", "index": 0}])
    with pytest.raises(UserError, match=r"metadata.parquet is broken \(no column file_name.*verify --fix"):
        read_rows(tmp_path / "metadata.parquet")


def test_a_spec_with_a_wrong_field_is_refused(tmp_path):
    write_clip(tmp_path, make_clip(), 0)
    files = ClipFiles(tmp_path, "waving_a_hand", 3)
    plain = json.loads(files.spec.read_text())
    plain["performers"][0]["body"]["age_years"] = "old"
    files.spec.write_text(json.dumps(plain))
    with pytest.raises(UserError, match="age_years"):
        read_spec(files)


def test_dense_labels_are_read_on_request(tmp_path):
    write_clip(tmp_path, make_clip(), 0)
    files = ClipFiles(tmp_path, "waving_a_hand", 3)
    assert set(read_labels(files, dense=("mask",)).dense) == {"mask"}
    assert read_labels(files, dense=()).dense == {}
    assert files.exists(("mask", "flow"))
    assert not files.exists(("part",))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recipe", "studio"),
        ("seed", 1),
        ("width_px", 66),
        ("fps", 30.0),
        ("quality", "high"),
        ("body", "smplx"),
    ],
)
def test_other_settings_are_refused(tmp_path, field, value):
    header = Header(SCHEMA, SPEC_VERSION, SETTINGS, {})
    check_same(tmp_path, header, SETTINGS)
    with pytest.raises(UserError, match=field):
        check_same(tmp_path, header, replace(SETTINGS, **{field: value}))
    with pytest.raises(UserError, match="version"):
        check_same(tmp_path, replace(header, spec_version=SPEC_VERSION + 1), SETTINGS)


def test_headers_of_another_schema_or_none_are_refused(tmp_path):
    with pytest.raises(UserError, match="no dataset"):
        read_header(tmp_path)
    write_header(tmp_path, Header(99, SPEC_VERSION, SETTINGS, {}))
    with pytest.raises(UserError, match="schema 99"):
        read_header(tmp_path)
    header_path(tmp_path).write_bytes(msgspec.json.encode([1]))
    with pytest.raises(UserError, match="broken"):
        read_header(tmp_path)


def test_a_spec_that_was_read_is_written_as_it_was(tmp_path):
    """A clip that is made again from its spec on disk gets the same file; `take`, which isn't said, is there by default only."""
    clip = make_clip(index=0)
    write_clip(tmp_path, clip, 0)
    files = ClipFiles(tmp_path, clip.spec.action, 0)
    again = read_spec(files)
    assert again == clip.spec and spec_json(again) == files.spec.read_bytes() == spec_json(clip.spec)
