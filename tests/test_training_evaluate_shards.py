"""An evaluation in shares: every fold with every seed is computed by one of them, and the sum is that of one machine."""

import numpy as np
import pytest
import torch
from made_runs import make_run
from made_videos import class_folder
from synapt.generator.base.errors import UserError
from synapt.generator.base.lock import only_one
from synapt.generator.base.shards import Shard
from synapt.training import evaluate as module
from synapt.training.data.targets import load_target
from synapt.training.protocols.subject import open_subject
from synapt.training.results import read_predictions, read_result
from synapt.training.transfer import transfer, transfer_share

torch.set_num_threads(1)


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A run, an untrained model beside it, and a target of two folds."""
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    videos = class_folder(tmp_path / "videos", n=4, width=64, height=48)
    subject = open_subject(str(make_run(tmp_path / "run")))
    return subject, [subject.from_scratch()], load_target("folder", videos, folds=2), ["knn"], [0, 1, 2]


def parts(out):
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in out.rglob("parts/*.parquet")}


def test_shares_are_computed_once_and_summed_up_as_by_one_machine(work, tmp_path, monkeypatch):
    whole = transfer(*work, out=tmp_path / "whole")
    n = 2 * 3 * 2  # folds, seeds, models
    assert [transfer_share(*work, Shard(k, 5), out=tmp_path / "out") for k in range(1, 6)] == [
        (n, 3),
        (n, 3),
        (n, 2),
        (n, 2),
        (n, 2),
    ]
    assert len(made := parts(tmp_path / "out")) == n and set(made) == set(parts(tmp_path / "whole"))
    assert not list((tmp_path / "out").rglob("result.json"))

    def again(*_):
        raise AssertionError("a part is computed again")

    monkeypatch.setattr(module, "PROTOCOLS", {"knn": again})
    monkeypatch.setattr(module, "look_up", lambda what, name, table: again)
    assert transfer_share(*work, Shard(1, 5), out=tmp_path / "out") == (n, 3)
    summed = transfer(*work, out=tmp_path / "out")
    for one, other in zip(whole, summed, strict=True):
        assert read_result(one.folder) == read_result(other.folder)
        for a, b in zip(
            *(read_predictions(folder / "predictions.parquet")[0] for folder in (one.folder, other.folder)), strict=True
        ):
            assert (a.fold, a.seed, a.ids) == (b.fold, b.seed, b.ids) and np.array_equal(a.probability, b.probability)


def test_two_shares_at_once_are_let_be_and_the_sum_waits(work, tmp_path):
    (first, _) = transfer(*work, out=tmp_path / "out")
    with only_one(first.folder, Shard(1, 2)):
        assert transfer_share(*work, Shard(2, 2), out=tmp_path / "out") == (12, 6)
        with pytest.raises(UserError, match="another command is writing into"):
            transfer(*work, out=tmp_path / "out")
        with pytest.raises(UserError, match="making shard 1/2"):
            transfer_share(*work, Shard(1, 2), out=tmp_path / "out")
