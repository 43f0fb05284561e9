"""Wrong command lines and files, and the one line that each is answered with; nothing is written for any of them."""

import re
import sys
from pathlib import Path

import pytest
from synapt.cli import main


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with things in it that are not what a command takes for them."""
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "other", "broken", "list", "run"):
        (tmp_path / name).mkdir()
    for name, text in (
        ("file.txt", "x"), ("other/x", ""), ("broken/dataset.json", "{"), ("list/dataset.json", "[]"), ("bad.toml", "a = ["),
        ("run/config.toml", "model = 3\n"), ("run/sources.json", "[]"),
    ):  # fmt: skip
        (tmp_path / name).write_text(text)
    return tmp_path


def contents(root):
    return {path: path.is_file() and path.read_bytes() for path in root.rglob("*")}


ROWS = [
    ("render --action waving --shard 0/3", "the shard is 0/3: give I/N with I from 1 to N, and N up to 100,000, e.g. 1/8"),
    ("render --action waving --shard 4/3", "the shard is 4/3: give I/N with I from 1 to N, and N up to 100,000, e.g. 1/8"),
    ("render --action waving --shard 3", "the shard is '3': give I/N with I from 1 to N, e.g. 1/8"),
    ("render --action waving --shard a/b", "the shard is 'a/b': give I/N with I from 1 to N, e.g. 1/8"),
    ("render --action waving --shard -1/2", "the shard is '-1/2': give I/N with I from 1 to N, e.g. 1/8"),
    (
        "render --action waving --shard 1/200000",
        "the shard is 1/200000: give I/N with I from 1 to N, and N up to 100,000, e.g. 1/8",
    ),
    ("render --action waving --shard 1/3/5", "the shard is '1/3/5': give I/N with I from 1 to N, e.g. 1/8"),
    ("render --action waving --shard", "Option '--shard' requires an argument."),
    ("render --action waving --out file.txt", "cannot write into file.txt: file.txt exists and is not a folder, name another"),
    (
        "render --action waving --out other --quality draft",
        "other is not a dataset, but has x in it: give an empty or new folder as --out",
    ),
    ("render --action waving --out s3a://b/x", "unknown protocol 's3a://': did you mean s3?"),
    ("render --action waving --out http://b/x", "unknown protocol 'http://': choose one of file, gs, memory, s3"),
    (
        "render --action waving --out file://b/x",
        "'file://b/x' names another machine, or no folder from the root: write file:///folder",
    ),
    (
        "render --action waving --out memory://",
        "'memory://' is no address of a folder in a store: write memory://BUCKET/FOLDER, without '..'",
    ),
    (
        "render --action waving --out memory://b/x",
        "memory://b/x is of this process alone, and clips are made by others: give a folder, or s3:// or gs://",
    ),
    ("info memory://b/x", "memory://b/x is not a dataset (it has no dataset.json): make one with `synapt render`"),
    (
        "pretrain broken --out memory://b/x",
        "--out is memory://b/x, and must be a path of this machine: give one, and copy what comes of it",
    ),
    ("render --action waving --fps 1e9", "Invalid value for '--fps': 1000000000.0 is not from 1 to 240."),
    ("render --action waving --n 1e3", "Invalid value for '--n': '1e3' is not a valid integer range."),
    (
        "render --action waving --split 0.5",
        "split is '0.5': write the shares of train, val and test, which sum to 1, as in 0.8,0.1,0.1",
    ),
    (
        "render --action waving --split 1,2,3",
        "split is '1,2,3': write the shares of train, val and test, which sum to 1, as in 0.8,0.1,0.1",
    ),
    (
        "render --action waving --split a,b,c",
        "split is 'a,b,c': write the shares of train, val and test, which sum to 1, as in 0.8,0.1,0.1",
    ),
    ("render --action waving stray.bvh", "'stray.bvh' belongs to no option: motion files are given with --motion stray.bvh"),
    ("render --motion nowhere", "there is nothing at nowhere: give a motion file, a folder of them or a pattern"),
    (
        "render --motion file.txt",
        "file.txt is not readable JSON (Expecting value: line 1 column 1 (char 0)): give the right file",
    ),
    ("render --action waving --motion-up z", "--motion-labels, --motion-up and --keep-shape go with --motion PATH: add that"),
    (
        "render --action none.toml",
        "there is no action file none.toml (No such file or directory): give the path of one, or the name of",
    ),
    ("render --action bad.toml", "bad.toml is not valid TOML: Invalid value (at end of document)"),
    ("render --action waving --size 0", "size is 0: choose from 16 to 4096 pixels a side"),
    ("render --action waving --size 5000", "size is 5000: choose from 16 to 4096 pixels a side"),
    ("render --action waving --size 64x", "size is '64x': write 256, or 320x240 for width x height"),
    ("render --action waving --with x", "a recipe with 'x': write section.key=value, like body.age_years=60..80"),
    (
        "render --action waving --with camera.elevation_deg=up",
        "the value of camera.elevation_rad is 'up': write a range like 0.5..",
    ),
    ("render --action waving --with camera.movements=statc", "movements has an unknown entry 'statc': did you mean static?"),
    (
        "render --action waving --recipe aerail",
        "unknown recipe 'aerail': did you mean aerial? (or give the path of a .toml file)",
    ),
    ("recipes show ablate-cloths", "unknown recipe 'ablate-cloths': did you mean ablate-clothes or"),
    ("render --action waving --twins background", "twins with 'background': write FACTOR=NUMBER, like background=4,camera=2"),
    ("render --action waving --twins backgruond=4", "there are no twins of 'backgruond': did you mean background?"),
    ("render --action waving --twins camera=1", "twins with camera=1: a factor has from 2 to 64 values"),
    (
        "render --action waving --twins motion=2",
        "twins show the same performance: leave motion out, and ask for more clips by --n",
    ),
    ("render --action waving --twins clothes:b=2", "twins with b.clothes: in 'waving_a_hand' there is nobody called b, only a"),
    (
        "render --action waving --twins light=9 --views 9",
        "a performance would be shown in 81 clips: twins times views may be up to 6",
    ),
    ("render --action waving --allow-licenses CC1", "no asset has the licence 'CC1': did you mean CC0-1.0?"),
    (
        "render --action waving --allow-licenses CC0-1.0",
        "bodies/anny has the licence Apache-2.0, and allowed are CC0-1.0: allow it or take another",
    ),
    ("assets fetch", "Missing option '--from'."),
    ("assets fetch citty --from .", "there is no asset 'citty' that is a file: did you mean city?"),
    (
        "assets fetch city --from https://mirror.invalid --offline",
        "https://mirror.invalid/city.exr is on a network, and this is offline: unset SYNAPT_OFFLINE, or give a folder as --from",
    ),
    ("render --action waving --views 0", "Invalid value for '--views': 0 is not from 1 to 16."),
    ("render --action waving --seed x", "Invalid value for '--seed': 'x' is not a valid integer range."),
    ("render --action waving --labels nothing", "unknown label 'nothing': choose one of depth, flow, mask, normal, part, person"),
    ("verify nowhere --shard 2/1", "the shard is 2/1: give I/N with I from 1 to N, and N up to 100,000, e.g. 1/8"),
    ("verify empty", "empty is not a dataset (it has no dataset.json): make one with `synapt render`"),
    ("verify broken", "broken/dataset.json is broken (input data was truncated): run `synapt verify --fix broken`, which re"),
    ("verify list", "list/dataset.json is broken (expected `object`, got `array`): run `synapt verify --fix list`, which"),
    ("verify file.txt", "file.txt is not a dataset (it has no dataset.json): make one with `synapt render`"),
    ("verify", "Missing argument 'DATASET'."),
    ("merge", "Missing argument 'PARTS...'."),
    ("merge nowhere --out out", "nowhere is not a dataset (it has no dataset.json): make one with `synapt render`"),
    ("merge nowhere", "--out names the folder of the whole: give it, or --dry-run"),
    ("merge empty --dry-run", "empty is not a dataset (it has no dataset.json): make one with `synapt render`"),
    ("merge file.txt --dry-run", "file.txt is not a dataset (it has no dataset.json): make one with `synapt render`"),
    ("merge empty --out", "Option '--out' requires an argument."),
    ("bench --against nowhere.json", "there is no nowhere.json: give the JSON file of an earlier `synapt bench`"),
    ("bench --against bad.toml", "bad.toml is not readable JSON"),
    ("bench --from list/dataset.json", "list/dataset.json is no result of `synapt bench` (expected `object`, got `array`)"),
    ("bench --machines 0", "Invalid value for '--machines': 0 is not from 1 to 100,000."),
    ("bench --price-per-hour nan", "Invalid value for '--price-per-hour': nan is not from 0 to 1,000,000."),
    ("bench --out other", "other is a folder: name a file for the result as --out"),
    ("bench --tier best", "unknown quality 'best'"),
    ("render --action waving --workers some", "Invalid value for '--workers': 'some' is not a valid integer range."),
    ("status", "Missing argument 'OUT'."),
    ("status nowhere", "nowhere is no folder: name the --out of `synapt render`, `pretrain` or `evaluate`"),
    ("status empty", "empty is no dataset, no run and no evaluation: name the --out of `synapt render`, `pretrain` or `eva"),
    ("status file.txt", "file.txt is no folder: name the --out of `synapt render`, `pretrain` or `evaluate`"),
    ("status broken", "broken/dataset.json is broken (input data was truncated): run `synapt verify --fix broken`, which re"),
    ("status empty --json --watch", "--watch is for people, and --json for programs: give one of them"),
    ("status run", "run/config.toml: model is 3, expected `object`, got `int`"),
    ("jobs slurm", "Missing option '--shards'."),
    ("jobs slurm --shards 0 -- --action waving", "Invalid value for '--shards': 0 is not from 1 to 100,000."),
    ("jobs slurm --shards 4 --", "no action was named: give --action NAME or --set all"),
    ("jobs slurm --shards 4 -- --action wavign", "unknown action 'wavign': did you mean waving? (`synapt actions` lists all)"),
    (
        "jobs slurm --shards 4 -- --action waving --shard 1/2",
        "--shard among the words of `synapt render`: leave it out, the job divides the clips",
    ),
    (
        "jobs slurm --shards 4 -- --action waving --dry-run",
        "--dry-run among the words of `synapt render`: leave it out, the job divides the clips",
    ),
    (
        "jobs slurm --shards 4 -- --acton waving",
        "No such option '--acton'. (Did you mean one of: '--action', '--backend', '--motion'?)",
    ),
    (
        "jobs slurm --shards 4 --time 12 -- --action waving",
        "the time is '12': give [DAYS-]HH:MM:SS, e.g. 12:00:00, of a minute at least",
    ),
    (
        "jobs slurm --shards 4 --time 00:00:10 -- --action waving",
        "the time is '00:00:10': give [DAYS-]HH:MM:SS, e.g. 12:00:00, of a minute at least",
    ),
    (
        "jobs slurm --shards 4 --partition a;b -- --action waving",
        "the partition is 'a;b': give a name of letters, digits and . _ / @ : + , = -",
    ),
    ("jobs slurm --shards 4 --cpus 0 -- --action waving", "Invalid value for '--cpus': 0 is not from 1 to 1,024."),
    ("jobs slurm --shards 4 --memory -1 -- --action waving", "Invalid value for '--memory': -1 is not from 1 to 4,096."),
    ("jobs slurm --shards 4 --gpus 65 -- --action waving", "Invalid value for '--gpus': 65 is not from 0 to 64."),
    ("jobs slurm --shards 4 --file other -- --action waving", "other is there, and not by `synapt jobs`: give another --file"),
    (
        "jobs slurm --shards 4 --file file.txt -- --action waving",
        "file.txt is there, and not by `synapt jobs`: give another --file",
    ),
    ("jobs slurm --shards 4 -- --action waving --n 0", "Invalid value for '--n': 0 is not from 1 to 1,000,000."),
    ("jobs slurm --shards 100001 -- --action waving", "Invalid value for '--shards': 100001 is not from 1 to 100,000."),
    ("jobs k8s --shards 4 -- --action waving", "Missing option '--image'."),
    ("jobs k8s --shards 4 --image a -- --action waving", "Missing option '--claim'."),
    ("jobs k8s --shards 4 --image a --claim data -- --action waving", "the claim is 'data': give NAME:PATH, e.g. data:/data"),
    (
        "jobs k8s --shards 4 --image a --claim data:rel -- --action waving",
        "the claim is 'data:rel': give NAME:PATH, e.g. data:/data",
    ),
    (
        "jobs k8s --shards 4 --image a --claim data:/data -- --action waving --out /elsewhere/x",
        "--out is /elsewhere/x, which doesn't lie in the claim's /data: what is written there would be lost",
    ),
    (
        "jobs k8s --shards 4 --image a --claim data:/data --node gpu -- --action waving --out /data/x",
        "the node is 'gpu': give KEY=VALUE, e.g. pool=gpu",
    ),
    (
        "jobs k8s --shards 4 --image $(x) --claim data:/data -- --action waving --out /data/x",
        "the image is '$(x)': give a name of letters, digits and . _ / @ : + , = -",
    ),
    ("export", "Missing option '--to'."),
    ("export --to bvh", "name either a dataset or --action NAME, e.g. `synapt export --action waving --to bvh`"),
    ("export --to xyz --action waving", "unknown format 'xyz': choose one of amass, bvh, glb, humanml3d"),
    ("export nowhere --to bvh", "nowhere is not there: name a dataset, or a clip in one"),
    (
        "export empty --to bvh",
        "empty has no labels by synapt: name a dataset from `synapt render`, or a clip in one, or give --acti",
    ),
    (
        "export file.txt --to glb",
        "file.txt has no labels by synapt: name a dataset from `synapt render`, or a clip in one, or give --a",
    ),
    ("export --to bvh --action wavign", "unknown action 'wavign': did you mean waving? (`synapt actions` lists all)"),
    ("export --to bvh --action waving --n 0", "Invalid value for '--n': 0 is not from 1 to 1,000,000."),
    ("export --to bvh --action waving --fps 0", "Invalid value for '--fps': 0.0 is not from 1 to 240."),
    (
        "export --to bvh --action waving --recipe standrd",
        "unknown recipe 'standrd': did you mean standard? (or give the path of a .toml file)",
    ),
    (
        "export --to bvh --action waving --shard 9/8",
        "the shard is 9/8: give I/N with I from 1 to N, and N up to 100,000, e.g. 1/8",
    ),
    (
        "export --to bvh --action waving --out file.txt",
        "cannot write into file.txt: file.txt exists and is not a folder, name another",
    ),
    (
        "export broken --to amass",
        "broken/dataset.json is broken (input data was truncated): run `synapt verify --fix broken`, which re",
    ),
    ("pretrain", "nothing to train on: name a dataset or a folder of class/clip.mp4, or ask for --stream"),
    ("pretrain nowhere", "nowhere is not a folder: give a dataset of `synapt render`, or a folder that has a folder of videos"),
    ("pretrain empty", "empty contains no videos: put them as CLASS/CLIP.mp4 below it"),
    ("pretrain file.txt", "file.txt is not a folder: give a dataset of `synapt render`, or a folder that has a folder of videos"),
    ("pretrain empty --recipe none", "unknown recipe 'none': choose one of"),
    ("pretrain empty --recipe bad.toml", "bad.toml is not valid TOML: Invalid value (at end of document)"),
    ("pretrain empty --epochs 0", "Invalid value for '--epochs': 0 is not from 1 to 1,000,000."),
    ("pretrain empty --batch -1", "Invalid value for '--batch': -1 is not from 1 to 1,000,000."),
    ("pretrain empty --with x", "--with x: write it as section.name=value, e.g. optim.lr=0.1"),
    ("pretrain empty --with optim.lrr=1", "--with optim.lrr=1: there is no setting 'optim.lrr': did you mean optim.lr?"),
    ("pretrain --stream --action wavign", "unknown action 'wavign': did you mean waving? (`synapt actions` lists all)"),
    ("pretrain --stream --share 0.5", "--share divides steps between the stream and clips on disk: name these with --mix"),
    ("pretrain --stream --share 2 --mix empty", "Invalid value for '--share': 2.0 is not from 0 to 1."),
    ("pretrain empty --action waving", "--mix, --share, --render-recipe and --ray are for --stream: add it"),
    ("pretrain empty --clips 5", "--action, --set, --clips, --mix, --share, --render-recipe and --ray are for --stream: add it"),
    (
        "pretrain --stream --allow-missing 0.5",
        "--allow-missing is for clips on disk, and a stream has none: leave it out, or name some with --mix",
    ),
    ("pretrain empty --allow-missing 2", "Invalid value for '--allow-missing': 2.0 is not from 0 to 1."),
    ("pretrain empty --seed -1", "Invalid value for '--seed': -1 is not from 0 to 9,223,372,036,854,775,807."),
    ("pretrain empty --workers -1", "Invalid value for '--workers': -1 is not from 0 to 64."),
    ("pretrain broken", "broken/dataset.json is broken (input data was truncated): run `synapt verify --fix broken`, which re"),
    ("evaluate", "Missing argument 'MODEL'."),
    ("evaluate scratch:tiny", "Missing option '--target'."),
    ("evaluate scratch:tinny --target empty", "unknown model 'tinny': did you mean tiny?"),
    ("evaluate nowhere --target empty", "no weights at nowhere: name a file, a model folder or a finished run"),
    (
        "evaluate scratch:tiny --target nowhere",
        "there is no folder 'nowhere' of CLASS/CLIP.mp4, nor a target of that name: choose one of",
    ),
    (
        "evaluate scratch:tiny --target ucf_101",
        "there is no folder 'ucf_101' of CLASS/CLIP.mp4, nor a target of that name: did you mean ucf101?",
    ),
    (
        "evaluate scratch:tiny --target ucf101",
        "targets/ucf101 is not a folder: give the one that holds ucf101's files as --root (`synapt targets pr",
    ),
    ("evaluate scratch:tiny --target empty", "empty contains no videos: put them as CLASS/CLIP.mp4 below it"),
    ("evaluate scratch:tiny --target empty --seeds 0", "Invalid value for '--seeds': 0 is not from 1 to 1,000."),
    ("evaluate scratch:tiny --target empty --epochs 0", "Invalid value for '--epochs': 0 is not from 1 to 1,000,000."),
    (
        "evaluate scratch:tiny --target empty --root x",
        "--root is the folder of a named target's files, and --target is a folder itself: leave it out",
    ),
    (
        "evaluate scratch:tiny --target empty --baseline a --no-baselines",
        "--baseline names what --no-baselines leaves out: give one of them",
    ),
    (
        "evaluate scratch:tiny --target empty --shard 3/2",
        "the shard is 3/2: give I/N with I from 1 to N, and N up to 100,000, e.g. 1/8",
    ),
    ("evaluate scratch:tiny --target empty --option split", "--option split: write it as name=value, e.g. split=1"),
    ("evaluate scratch:tiny --target empty --allow-missing nan", "Invalid value for '--allow-missing': nan is not from 0 to 1."),
    (
        "evaluate run --target empty",
        "run is a run that is not finished (0 steps are saved): run the same `synapt pretrain` command again,",
    ),
    (
        "evaluate empty --target empty",
        "empty holds no weights: wanted model.safetensors, model.safetensors.index.json, pytorch_model.bin in",
    ),
    ("jobs slrum", "no command 'slrum': did you mean slurm?"),
    ("jobs slurm --shards 4 -- --action waving --size 255", "256x256"),
    ("jobs slurm --shards 4 -- --action waving --recipe standrd", "did you mean standard"),
    ("jobs slurm --shards 4 -- --action waving --labels dept", "did you mean depth"),
    ("jobs slurm --shards 4 -- --set nothing", "no set or tag"),
    ("jobs slurm --shards 4 --at-once 0 -- --action waving", "0 is not from 1 to 100,000"),
]
"""The words after `synapt`, and what the line says."""


@pytest.mark.parametrize(("words", "said"), ROWS, ids=[words for words, _ in ROWS])
def test_a_mistake_is_one_line_and_code_2(here, words, said, capsys, monkeypatch):
    before = contents(here)
    monkeypatch.setattr(sys, "argv", ["synapt", *words.split(" ")])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert ended.value.code == 2 and told.out == ""
    assert told.err.startswith("synapt: ") and told.err.count("\n") == 1 and said in told.err
    assert contents(here) == before


def test_there_are_enough_of_them():
    """With those of other files: a row is added wherever an answer was mended."""
    rows = re.findall(r"^        \(\(", Path(__file__).with_name("test_cli.py").read_text(), re.MULTILINE)
    assert len(dict(ROWS)) == len(ROWS) and len(rows) + len(ROWS) >= 120


def test_a_merge_has_a_line_for_each_problem(here, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["synapt", "merge", "broken", "list", "empty", "--out", "out"])
    with pytest.raises(SystemExit) as ended:
        main()
    lines = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2 and [line.split(" ")[1] for line in lines] == [
        "broken/dataset.json",
        "list/dataset.json",
        "empty",
    ]
    assert not (here / "out").exists()
