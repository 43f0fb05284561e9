"""Shards of a request: every clip in one of them, made apart or in one folder at once, and joined to what one machine makes."""

import os
import re
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from synapt.generator.base.errors import UserError
from synapt.generator.base.lock import NAME, holder, only_one
from synapt.generator.base.shards import WHOLE, Shard, Shares, shard, simplest
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import Settings, open_dataset, read_header, write_header
from synapt.generator.jobs import Request, render_many
from synapt.generator.jobs.merge import merge
from synapt.generator.jobs.shards import examine
from synapt.generator.verbs.export import export
from test_jobs_render import contents, request, rows, workers_find_the_made_up_maker  # noqa: F401

ACTIONS = ("jumping", "waving_a_hand")
SETTINGS = Settings("standard", 7, "anny", "raster", "draft", 48, 32, 4.0)
THIRDS = [Shard(k, 3) for k in (1, 2, 3)]
BUSY = ((THIRDS[1], "making shard 2/3"), (Shard(1, 2), "divide by one number"), (WHOLE, "is writing into"))


@pytest.mark.parametrize("of", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("n", [1, 5, 24])
def test_every_clip_is_in_one_shard_and_actions_are_divided_evenly(of, n):
    for action in ("jumping", "waving_a_hand", "mine"):
        shares = [Shard(k + 1, of).indices(action, n) for k in range(of)]
        assert sorted(k for share in shares for k in share) == list(range(n))
        assert max(map(len, shares)) - min(map(len, shares)) <= 1
        for k, share in enumerate(shares):
            assert [i for i in range(n) if Shard(k + 1, of).holds(action, i)] == list(share)


def test_whose_a_clip_is_never_changes():
    """Another rule would have machines that are at work make the clips of others."""
    for action, crc in (("waving_a_hand", 2763970703), ("jumping", 2356543930)):
        numbers = [next(one.number for one in THIRDS if one.holds(action, k)) for k in range(4)]
        assert numbers == [(crc + k) % 3 + 1 for k in range(4)]


@pytest.mark.parametrize("text", ["", "3", "0/3", "4/3", "1/0", "-1/3", "1/3/3", "a/b", "1/9999999", "1/100001", "1.0/2"])
def test_what_names_no_shard_is_refused(text):
    with pytest.raises(UserError, match=r"the shard is '?.*'?: give I/N with I from 1 to N"):
        shard(text)


def test_shards_of_one_whole_are_the_whole():
    assert shard(" 2/8 ") == Shard(2, 8) and shard("1/1") == WHOLE
    assert simplest(["2/3", "1/3", "2/3"]) == ("1/3", "2/3")
    assert simplest(["2/3", "1/3", "3/3"]) == simplest(["1/2", "1/3", "2/2"]) == ()


def test_shares_together_hold_what_one_of_them_does():
    for texts in ([], ["2/3"], ["1/3", "3/3"], ["1/2", "2/3"]):
        shares, ones = Shares(texts), [shard(text) for text in texts] or [WHOLE]
        for action in ACTIONS:
            inside = [k for k in range(20) if any(one.holds(action, k) for one in ones)]
            assert shares.indices(action, 20) == inside == [k for k in range(20) if shares.holds(action, k)]
            assert shares.count(action, 20) == len(inside) or len({one.of for one in ones}) > 1


def test_two_shards_share_a_folder_with_nobody_else(tmp_path):
    with only_one(tmp_path, THIRDS[0]) as first:
        with only_one(tmp_path, THIRDS[1]) as second:
            assert holder(tmp_path) is None and holder(tmp_path, f"{NAME}-shard-2-of-3").pid == os.getpid()
            for other, line in (
                (THIRDS[1], "making shard 2/3"),
                (Shard(1, 2), "divide by one number"),
                (WHOLE, "is writing into"),
            ):
                with pytest.raises(UserError, match=line), only_one(tmp_path, other):
                    pass
            assert not second.is_last
        assert first.is_last
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    root = tmp_path_factory.mktemp("whole") / "data"
    assert render_many(Request(root, SETTINGS, ACTIONS, 5, ("mask",), workers=1)).made == 10
    return root


@pytest.fixture(scope="module")
def thirds(tmp_path_factory):
    """One folder for each shard."""
    roots = [tmp_path_factory.mktemp("thirds") / f"data-{one.number}" for one in THIRDS]
    for one, root in zip(THIRDS, roots, strict=True):
        made = render_many(Request(root, SETTINGS, ACTIONS, 5, ("mask",), workers=1, shard=one))
        assert made.made == sum(len(one.indices(name, 5)) for name in ACTIONS) and made.left == 0
    return roots


def test_three_shards_joined_are_what_one_machine_makes(whole, thirds, tmp_path):
    joined = examine(thirds)
    assert joined.problems == () and len(joined.clips) == 10
    before = [contents(root) for root in thirds]
    assert merge(joined, tmp_path / "data") == (40, 0)
    assert contents(tmp_path / "data") == contents(whole)  # videos, specs, labels, dataset.json and the card, byte for byte
    assert rows(tmp_path / "data") == rows(whole)
    assert read_header(tmp_path / "data") == read_header(whole)
    assert check_dataset(tmp_path / "data", sample=2).problems == ()
    assert merge(joined, tmp_path / "data") == (0, 0)
    assert [contents(root) for root in thirds] == before
    again = render_many(Request(tmp_path / "data", SETTINGS, ACTIONS, 5, ("mask",), workers=1))
    assert (again.made, again.found) == (0, 10)


def test_a_shard_in_its_own_folder_misses_nothing(thirds):
    assert read_header(thirds[1]).shards == ("2/3",) and read_header(thirds[1]).asked == dict.fromkeys(ACTIONS, 5)
    for root in thirds:
        assert check_dataset(root, sample=0).problems == ()


def test_each_shard_of_a_whole_is_checked_by_itself(whole, tmp_path):
    root = tmp_path / "data"
    shutil.copytree(whole, root)
    one = next(one for one in THIRDS if one.holds("jumping", 2))
    (root / "clips" / "jumping" / "jumping-000002.mp4").unlink()
    reports = {each: check_dataset(root, 0, shard=each) for each in THIRDS}
    assert sum(report.checked for report in reports.values()) == 10
    assert {each for each, report in reports.items() if report.broken} == {one}
    assert reports[one].broken == (("jumping", 2),)


def test_where_nothing_can_be_linked_files_are_copied(whole, thirds, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    assert merge(examine(thirds), tmp_path / "data") == (0, 40)
    assert contents(tmp_path / "data") == contents(whole)


def test_a_merge_that_was_stopped_goes_on(whole, thirds, tmp_path, monkeypatch):
    link, calls = os.link, []

    def stop(*names):
        calls.append(names)
        if len(calls) > 17:
            raise KeyboardInterrupt
        link(*names)

    monkeypatch.setattr(os, "link", stop)
    with pytest.raises(KeyboardInterrupt):
        merge(examine(thirds), tmp_path / "data")
    assert not (tmp_path / "data" / "dataset.json").exists() and len(list((tmp_path / "data").glob("clips/*/*.mp4"))) == 4
    monkeypatch.undo()
    video = next((tmp_path / "data").glob("specs/*/*.json"))
    video.unlink()
    video.write_bytes(b"half")  # as a file system may leave it after a power cut
    assert merge(examine(thirds), tmp_path / "data") == (24, 0)
    assert contents(tmp_path / "data") == contents(whole)


def spoil(root, **changes):
    header = read_header(root)
    settings = replace(header.settings, **{name: value for name, value in changes.items() if hasattr(header.settings, name)})
    others = {name: value for name, value in changes.items() if not hasattr(header.settings, name)}
    write_header(root, replace(header, settings=settings, **others))


SPOILT = [
    ({"recipe": "anyview"}, "its recipe is anyview, and standard in"),
    ({"recipe_digest": "0" * 64}, "its recipe 'standard' says other things than that in"),
    ({"seed": 8}, "its seed is 8, and 7 in"),
    ({"width_px": 64}, "its width_px is 64, and 48 in"),
    ({"quality": "high"}, "its quality is high, and draft in"),
    ({"fps": 5.0}, r"its fps is 5\.0, and 4\.0 in"),
    ({"spec_version": 6}, "its spec version is 6, and 8 in"),
    ({"dense": ()}, "its labels per pixel are none, and mask in"),
    ({"software": {"numpy": "0.1"}}, r"it was made with numpy 0\.1, and with [0-9.]+ in"),
    ({"asked": {"jumping": 5, "waving_a_hand": 6}}, "6 clips of waving_a_hand were asked for, and 5 in"),
    ({"asked": {}}, "doesn't say what was asked for: run its `synapt render` command again"),
    ({"classes": {"jumping": 1, "waving_a_hand": 0}}, "class jumping has id 1, which is not so in"),
    ({"sources": {"jumping": "mine:JUMPING"}}, "class jumping is of mine:JUMPING, and of the library in"),
]


@pytest.mark.parametrize(("changes", "line"), SPOILT, ids=[" ".join(changes) for changes, _ in SPOILT])
def test_shards_of_something_else_are_named(thirds, tmp_path, changes, line):
    shutil.copytree(thirds[2], tmp_path / "spoilt")
    spoil(tmp_path / "spoilt", **changes)
    problems = examine([*thirds[:2], tmp_path / "spoilt"]).problems
    assert any(str(tmp_path / "spoilt") in problem and re.search(line, problem) for problem in problems), problems
    with pytest.raises(UserError):
        merge(examine([*thirds[:2], tmp_path / "spoilt"]), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_python_and_the_system_do_not_matter(thirds, tmp_path):
    shutil.copytree(thirds[2], tmp_path / "other")
    software = read_header(thirds[2]).software
    spoil(tmp_path / "other", software={**software, "python": "3.11.0", "system": "Linux aarch64", "bpy": "1"})
    assert examine([*thirds[:2], tmp_path / "other"]).problems == ()


def test_a_shard_that_is_missing_is_told_clip_by_clip(thirds):
    missing = [f"{name}-{k:06d} is missing" for name in ACTIONS for k in THIRDS[1].indices(name, 5)]
    assert examine([thirds[0], thirds[2]]).problems == tuple(missing)


def test_a_clip_twice_is_one_if_it_is_the_same(whole, thirds, tmp_path):
    assert examine([*thirds, whole]).problems == ()
    shutil.copytree(whole, tmp_path / "other")
    with (tmp_path / "other" / "clips" / "jumping" / "jumping-000003.mp4").open("ab") as file:
        file.write(b"x")
    (problem,) = examine([*thirds, tmp_path / "other"]).problems
    assert problem.startswith("jumping-000003 is in ") and "its video is not the same" in problem


def test_a_clip_set_aside_is_missing_for_a_reason(thirds, tmp_path):
    shutil.copytree(thirds[0], tmp_path / "one")
    (name, index) = next((action, k) for action in ACTIONS for k in THIRDS[0].indices(action, 5))
    next((tmp_path / "one").glob(f"clips/*/{name}-{index:06d}.mp4")).unlink()
    spoil(tmp_path / "one", quarantined={f"{name}-{index:06d}": "its worker died of SIGKILL"})
    problems = examine([tmp_path / "one", *thirds[1:]]).problems
    assert problems == (f"{name}-{index:06d} is missing, for it was set aside: its worker died of SIGKILL",)


def test_links_that_lead_elsewhere_are_refused(thirds, tmp_path):
    shutil.copytree(thirds[0], tmp_path / "one")
    video = next((tmp_path / "one").glob("clips/*/*.mp4"))
    video.unlink()
    video.symlink_to("/etc/hostname")
    assert examine([tmp_path / "one", *thirds[1:]]).problems == (f"{video} is a link: put the file in its place",)


def test_a_folder_that_somebody_is_writing_into_or_that_is_a_part_is_not_merged(thirds, whole, tmp_path):
    with only_one(thirds[0], THIRDS[0]):
        assert any("a command is writing into" in problem for problem in examine(thirds).problems)
    for out, line in ((thirds[0], "is one of the datasets to merge"), (tmp_path, "is not a dataset, but has x in it")):
        (tmp_path / "x").touch()
        with pytest.raises(UserError, match=line):
            merge(examine(thirds), out)
    shutil.copytree(whole, tmp_path / "other")
    spoil(tmp_path / "other", seed=9)
    with pytest.raises(UserError, match="is another dataset"):
        merge(examine(thirds), tmp_path / "other")


def test_shards_made_at_once_in_one_folder_are_the_whole(tmp_path):
    """By made-up clips: three parents at once, each with a worker."""
    actions = ("brave", "calm")
    render_many(request(tmp_path / "whole", actions, n=7))
    failed = []

    def render(one):
        try:
            render_many(request(tmp_path / "shared", actions, n=7, workers=1, shard=one))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=render, args=(one,)) for one in THIRDS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert contents(tmp_path / "shared") == contents(tmp_path / "whole") and rows(tmp_path / "shared") == rows(tmp_path / "whole")
    assert read_header(tmp_path / "shared").shards == () and len(open_dataset(tmp_path / "shared")) == 14


def test_a_shard_leaves_alone_what_another_has_in_hand(tmp_path):
    render_many(request(tmp_path / "shared", n=1, workers=1, shard=THIRDS[0]))
    with only_one(tmp_path / "shared", THIRDS[1]):
        half = tmp_path / "shared" / "clips" / "calm" / ".calm-000001.0.tmp"
        half.parent.mkdir(parents=True, exist_ok=True)
        half.touch()
        render_many(request(tmp_path / "shared", n=3, workers=1, shard=THIRDS[0]))
        assert half.exists()
    render_many(request(tmp_path / "shared", n=3, workers=1, shard=THIRDS[2]))
    assert not half.exists()
    made = {Path(row["file_name"]).stem for row in open_dataset(tmp_path / "shared")}
    assert made == {f"calm-{k:06d}" for one in (THIRDS[0], THIRDS[2]) for k in one.indices("calm", 3)}
    assert np.all([row["class_id"] == 0 for row in open_dataset(tmp_path / "shared")])


def test_an_export_is_divided_as_its_clips_are(whole, tmp_path):
    written = {}
    for one in (WHOLE, *THIRDS):
        out = tmp_path / one.file_name
        done = CliRunner().invoke(
            export, [str(whole), "--action", "jumping", "--to", "bvh", "--out", str(out), "--shard", str(one)]
        )
        assert done.exit_code == 0, done.output
        written[one] = {path.name: path.read_bytes() for path in out.rglob("*.bvh")}
    assert [len(written[one]) for one in THIRDS] == [len(one.indices("jumping", 5)) for one in THIRDS]
    assert {name: text for one in THIRDS for name, text in written[one].items()} == written[WHOLE] and len(written[WHOLE]) == 5
