"""torchcodec decodes for training where it works and gives the same frames, and nowhere else."""

import numpy as np
import pytest
from made_containers import copied, edited, turned
from made_videos import decoded, numbered, write
from synapt.generator.base.errors import UserError
from synapt.generator.video.info import probe
from synapt.training.data import fast
from synapt.training.data.decode import decode


@pytest.fixture(autouse=True)
def by_pyav(monkeypatch):
    monkeypatch.setenv(fast.VARIABLE, "pyav")
    fast.decoder.cache_clear()
    clear = fast.decoder.cache_clear
    yield
    clear()


def test_the_decoder_can_be_forced_and_says_why_not(monkeypatch):
    fast.decoder.cache_clear()
    monkeypatch.setenv(fast.VARIABLE, "quick")
    with pytest.raises(UserError, match="choose from pyav, torchcodec"):
        fast.decoder()
    monkeypatch.setenv(fast.VARIABLE, "torchcodec")
    monkeypatch.setattr(fast, "torchcodec_problem", lambda: "no FFmpeg")
    with pytest.raises(UserError, match="no FFmpeg"):
        fast.decoder()
    monkeypatch.delenv(fast.VARIABLE)
    assert fast.decoder() == "pyav"


def test_both_decoders_give_the_same_frames(tmp_path, monkeypatch):
    problem = fast.torchcodec_problem()
    if problem:
        pytest.skip(f"torchcodec does not decode here: {problem}")
    files = [
        write(tmp_path / "b.mp4", numbered(80), options={"bf": "3", "g": "12", "x264-params": "open-gop=1"}),
        write(tmp_path / "v.mkv", numbered(8), stamps=[0, 40, 80, 120, 1000, 1040, 1500, 3000]),
        write(tmp_path / "turned.mp4", numbered(8), rotation=90),
    ]
    for path in files:
        wanted = [0, 7, 3, 3, probe(path).n_frames - 1]
        plain, small = decode(path, wanted), decode(path, wanted, 32)
        with monkeypatch.context() as patch:
            patch.setattr(fast, "decoder", lambda: "torchcodec")
            assert np.abs(decode(path, wanted).astype(int) - plain).max() <= fast.TOLERANCE
            assert np.abs(decode(path, wanted, 32).astype(int) - small).mean() < 5
            path.write_bytes(path.read_bytes()[:400])
            with pytest.raises(UserError, match=path.name):
                decode(path, wanted)


def test_torchcodec_is_asked_only_where_nothing_can_differ(tmp_path, monkeypatch):
    """Of a file whose times lie, whose key frames aren't, that is turned, trimmed or has a name like an address,
    it would give other frames. Where it fails, our own reader answers."""
    asked = []
    monkeypatch.setattr(fast, "decoder", lambda: "torchcodec")
    monkeypatch.setattr(fast, "frames", lambda path, numbers, size: asked.append(path.name))
    plain = write(tmp_path / "plain.mp4", numbered(40), options={"bf": "2", "g": "10"})
    whole = decoded(plain)
    assert np.array_equal(decode(plain, [39, 3, 3]), whole[[39, 3, 3]]) and asked == ["plain.mp4"]
    raw = copied(plain, tmp_path / "a.h264", kind="h264")
    odd = {
        copied(raw, tmp_path / "times.mkv", times=lambda k: (k, k)): whole,
        turned(plain, tmp_path / "turned.mp4", (-1, 0, 0, 1)): whole[:, :, ::-1],
        edited(plain, tmp_path / "trimmed.mp4", [(1000, 13)]): whole[13:38],
        plain.rename(tmp_path / "12:30.mp4"): whole,
    }
    refresh = {"bf": "0", "x264-params": "intra-refresh=1:keyint=10"}
    keys = write(tmp_path / "keys.mp4", numbered(40), options=refresh)
    for path, wanted in {**odd, keys: decoded(keys)}.items():
        assert np.array_equal(decode(path, [20, 3]), wanted[[20, 3]]), path.name
    with pytest.raises(UserError, match="has 40 frames"):
        decode(tmp_path / "12:30.mp4", [40])
    assert asked == ["plain.mp4"]
