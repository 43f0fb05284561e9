"""A file that lost its end says so, whatever its container, if anything in it tells; a whole one never does."""

import itertools

import numpy as np
import pytest
from made_containers import copied
from made_videos import numbered, write
from synapt.generator.base.errors import UserError
from synapt.generator.video.info import probe
from synapt.generator.video.read import read_through

N = 60
NOISE = np.random.default_rng(0).integers(0, 255, (N, 40, 96, 3), np.uint8)
FILM = np.concatenate([numbered(N, height=24), NOISE], axis=1)

KINDS = {
    "mkv": "libx264", "webm": "libvpx", "ts": "libx264", "m2ts": "libx264", "wmv": "wmv2", "mpg": "mpeg2video", "gif": "gif",
    "mpeg": "mpeg1video", "vob": "mpeg2video", "avi": "mpeg4", "ogg": "libvpx", "flv": "flv", "mxf": "mpeg2video",
    "y4m": "wrapped_avframe", "nut": "libx264", "mp4": "libx264", "ivf": "libvpx",
}  # fmt: skip


def film(path, codec, frames=FILM, **more):
    options = {"g": "20", "bf": "2"} if codec == "libx264" else {"g": "20"}
    try:
        return write(path, frames, codec=codec, options=options, pix_fmt="rgb8" if codec == "gif" else "yuv420p", **more)
    except ValueError as error:
        pytest.skip(str(error))


def lost(path):
    """How many frames are gone without a word; 0 where anything is said."""
    try:
        said = probe(path).cut or read_through(path)[1]
    except UserError:
        return 0
    return 0 if said else N - probe(path).n_frames


@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_is_told_wherever_it_falls(tmp_path, kind):
    path = film(tmp_path / f"a.{kind}", KINDS[kind])
    assert probe(path).cut == "" and read_through(path) == (0, False)
    content = path.read_bytes()
    for at in np.random.default_rng(1).integers(len(content) // 4, len(content), 12):
        path.write_bytes(content[: int(at)])
        assert lost(path) <= 1, int(at)


@pytest.mark.parametrize(("kind", "packet"), [("ts", 188), ("m2ts", 192)])
def test_a_stream_cut_between_its_packets(tmp_path, kind, packet):
    """Its last picture is incomplete, or others that are shown before it are missing: all but where a picture happens to end."""
    path = film(tmp_path / f"a.{kind}", "libx264")
    content = path.read_bytes()
    places = range(len(content) // 2 // packet * packet, len(content), 15 * packet)
    silent = 0
    for at in places:
        path.write_bytes(content[:at])
        silent += lost(path) > 1
    assert len(places) > 30 and silent < 0.2 * len(places)


@pytest.mark.parametrize("kind", ["ts", "mkv"])
def test_whole_films_that_begin_anywhere_or_miss_a_frame_are_no_cuts(tmp_path, kind):
    whole = film(tmp_path / "a.mp4", "libx264")
    for first in range(0, 40, 5):
        try:
            assert probe(copied(whole, tmp_path / f"{first}.{kind}", first)).cut == ""
        except UserError:
            assert first
    for dropped in (30, 44, N - 3, N - 2):
        times = [40 * k for k in range(N) if k != dropped]
        path = film(tmp_path / f"without_{dropped}.{kind}", "libx264", np.delete(FILM, dropped, 0), stamps=times)
        assert probe(path).cut == "" and probe(path).n_frames == N - 1
    varied = [int(t) for t in itertools.accumulate(20 + (37 * k) % 90 for k in range(N))]
    assert probe(film(tmp_path / f"varied.{kind}", "libx264", stamps=varied)).cut == ""
