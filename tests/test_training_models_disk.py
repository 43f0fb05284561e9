"""Models on disk: written whole, read back alike, taken from others' files, refused when wrong, exported, listed."""

import hashlib
import json
import os
import pickle
import warnings

import numpy as np
import pytest
import torch
import torchvision
import transformers
from click.testing import CliRunner
from made_models import small
from made_videos import numbered, write
from safetensors.torch import load_file, save_file
from synapt.generator.base.errors import UserError
from synapt.training.asking import open_asked
from synapt.training.config import DataConfig, ModelConfig, TrainConfig, as_table
from synapt.training.models import build, load_model, load_weights, save_model
from synapt.training.models.card import add_result
from synapt.training.models.export import export_onnx
from synapt.training.models.provenance import DataSource, Provenance
from synapt.training.protocols.subject import open_subject
from synapt.training.recogniser import load
from synapt.training.verbs.models import models

torch.set_num_threads(1)
CLASSES = ("a", "b", "c", "d", "e")


def clips(n=2, frames=8, size=32):
    return torch.randn(n, 3, frames, size, size, generator=torch.Generator().manual_seed(5))


@pytest.mark.parametrize("name", ["tiny", "timesformer_s", "videomae_s"])
def test_a_folder_gives_back_the_model(name, tmp_path):
    model = small(name, seed=3, dropout=0.3).eval()
    folder = save_model(tmp_path / "m", model, CLASSES)
    again = load_model(folder)
    assert again.classes == CLASSES and again.spec == model.spec and again.config == model.config
    assert torch.equal(again(clips()), model(clips())) and not again.training
    before = sorted(path.name for path in folder.iterdir())
    assert before == ["README.md", "config.json", "labels.json", "model.safetensors", "preprocessor_config.json"]
    other = small(name, seed=4).eval()
    save_model(folder, other, CLASSES)
    assert torch.equal(load_model(folder)(clips()), other(clips()))
    assert [path.name for path in tmp_path.iterdir()] == ["m"]  # nothing is left of the writing


@pytest.mark.parametrize(
    ("name", "kind"), [("timesformer_s", "TimesformerForVideoClassification"), ("videomae_s", "VideoMAEForVideoClassification")]
)
def test_transformers_reads_our_folders_and_we_its(name, kind, tmp_path):
    model = small(name, seed=3).eval()
    theirs = getattr(transformers, kind).from_pretrained(save_model(tmp_path / "ours", model, CLASSES)).eval()
    want = theirs(clips().transpose(1, 2)).logits
    torch.testing.assert_close(model(clips()), want)
    theirs.save_pretrained(tmp_path / "theirs")
    fresh = small(name, seed=9).eval()
    loaded = load_weights(fresh, tmp_path / "theirs")
    assert loaded.matched == loaded.total and loaded.head and not loaded.missing
    torch.testing.assert_close(fresh(clips()), want)
    config = json.loads((tmp_path / "theirs" / "config.json").read_text())
    (tmp_path / "theirs" / "config.json").write_text(json.dumps({key: config[key] for key in config if key != "synapt"}))
    with pytest.raises(UserError, match="not written by synapt"):
        load_model(tmp_path / "theirs")


def test_the_card_tells_where_a_model_comes_from(tmp_path):
    source = DataSource("waving24", "abcd1234", 4800, {"MakeHuman skins": "CC0", "Some texture": "CC-BY 4.0"})
    provenance = Provenance((source,), "tiny-cpu", as_table(TrainConfig(seed=7)), ("ut_interaction linear 0.61",))
    card = (save_model(tmp_path / "m", small("tiny"), CLASSES, provenance) / "README.md").read_text()
    for words in (
        "waving24",
        "4800 clips",
        "abcd1234",
        "Some texture: CC-BY 4.0",
        "tiny-cpu",
        "seed: 7",
        "0.61",
        "torch 2",
        "git ",
    ):
        assert words in card


def test_what_is_measured_later_comes_onto_the_card(tmp_path):
    folder = save_model(tmp_path / "run" / "model", small("tiny"), CLASSES)
    before = (folder / "README.md").read_text()
    add_result(tmp_path / "run", "kth-linear", "kth, linear: 40.0 %")
    add_result(folder, "kth-knn", "kth, knn: 30.0 %")
    add_result(folder, "kth-linear", "kth, linear: 41.0 %")  # measured again
    after = (folder / "README.md").read_text()
    assert "- kth, linear: 41.0 % (kth-linear)\n- kth, knn: 30.0 % (kth-knn)\n\n## Software" in after
    assert "40.0 %" not in after and "None yet" not in after
    assert before.split("## Results")[0] == after.split("## Results")[0]
    assert before.split("## Software")[1] == after.split("## Software")[1]
    add_result(tmp_path, "kth-linear", "no card there: nothing happens")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_model_without_classes_says_so(tmp_path):
    provenance = Provenance(config={"objective": {"kind": "masked"}})
    folder = save_model(tmp_path / "m", small("videomae_s"), CLASSES, provenance)
    assert load_model(folder).classes == () and json.loads((folder / "labels.json").read_text()) == []
    assert "features only" in (folder / "README.md").read_text()
    assert "features only" in CliRunner().invoke(models, ["--root", str(tmp_path)]).output


LARGE = pytest.mark.slow


@pytest.mark.parametrize("name", ["s3d", pytest.param("r2plus1d_18", marks=LARGE), pytest.param("swin3d_t", marks=LARGE)])
def test_torchvisions_video_weights_give_its_logits(name, tmp_path):
    theirs = getattr(torchvision.models.video, name)(num_classes=5).eval()
    if name == "s3d":
        theirs.avgpool = torch.nn.AdaptiveAvgPool3d(1)  # its own wants 16 x 224 x 224
    torch.save(theirs.state_dict(), tmp_path / "w.pth")
    model = small(name).eval()
    loaded = load_weights(model, tmp_path / "w.pth")
    assert loaded.matched == loaded.total and loaded.head
    torch.testing.assert_close(model(clips()), theirs(clips()), rtol=1e-4, atol=1e-5)
    other = small(name, n_classes=3)
    before = other.head.weight.clone()
    assert not load_weights(other, tmp_path / "w.pth").head and torch.equal(other.head.weight, before)


@LARGE
def test_torchvisions_mvit_weights_give_its_logits(tmp_path):
    theirs = torchvision.models.video.mvit_v2_s(num_classes=5).eval()
    torch.save(theirs.state_dict(), tmp_path / "w.pth")
    model = build(ModelConfig("mvit_v2_s", weights=str(tmp_path / "w.pth")), 5, DataConfig()).eval()
    with torch.no_grad():
        torch.testing.assert_close(model(clips(1, 16, 224)), theirs(clips(1, 16, 224)), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("name", "wrapped"), [("tsm_r18", False), ("tsn_r18", True)])
def test_image_nets_start_video_nets(name, wrapped, tmp_path):
    state = torchvision.models.resnet18().state_dict()
    saved = (
        {"epoch": 3, "best": torch.tensor(0.5), "state_dict": {f"module.{name}": value for name, value in state.items()}}
        if wrapped
        else state
    )
    torch.save(saved, tmp_path / "r18.pth")
    model = small(name, weights=str(tmp_path / "r18.pth"), options={})
    assert torch.equal(model.trunk.layer3[1].conv2.weight, state["layer3.1.conv2.weight"])
    assert "head fresh" in model.started_from and model.spec.n_classes == 5


def test_an_image_net_is_inflated(tmp_path):
    state = torchvision.models.resnet50().state_dict()
    torch.save(state, tmp_path / "r50.pth")
    model = small("i3d_r50")
    loaded = load_weights(model, tmp_path / "r50.pth")
    assert loaded.matched == loaded.total and not loaded.head
    torch.testing.assert_close(model.trunk.layer2[0].conv1.weight.sum(2), state["layer2.0.conv1.weight"])
    assert model.trunk.conv1.weight.shape[2] == 5


def test_positions_stretch_to_other_sizes(tmp_path):
    model = small("timesformer_s", frames=8, size_px=64)
    with torch.no_grad():  # positions that lie on a plane stay on it
        rows = torch.linspace(0, 1, 4).view(4, 1).expand(4, 4).reshape(1, 16, 1)
        model.trunk.embeddings.position_embeddings[:, 1:] = rows.expand(1, 16, 48)
        model.trunk.embeddings.time_embeddings[:] = torch.arange(8.0).view(1, 8, 1)
    save_model(tmp_path / "m", model, CLASSES)
    larger = small("timesformer_s", frames=16, size_px=128, weights=str(tmp_path / "m"))
    assert "head kept" in larger.started_from
    table = larger.trunk.embeddings.position_embeddings[0, 1:, 0].detach().reshape(8, 8)
    assert torch.allclose(table, table[:, :1].expand(8, 8), atol=1e-5) and bool((table[2:6].diff(dim=0) > 0).all())
    times = larger.trunk.embeddings.time_embeddings[0, :, 0].detach()
    assert bool((times.diff() >= 0).all()) and times[0] == 0 and times[-1] == 7


def original_names(state):
    """What VideoMAE's own code calls a Hugging Face state, as its pretraining writes it."""
    found = {"encoder.patch_embed.proj.weight": state["trunk.embeddings.patch_embeddings.projection.weight"],
             "encoder.patch_embed.proj.bias": state["trunk.embeddings.patch_embeddings.projection.bias"],
             "mask_token": torch.zeros(1, 1, 24), "decoder.blocks.0.attn.qkv.weight": torch.zeros(72, 24)}  # fmt: skip
    pairs = {"layernorm_before": "norm1", "layernorm_after": "norm2", "attention.output.dense": "attn.proj",
             "intermediate.dense": "mlp.fc1", "output.dense": "mlp.fc2"}  # fmt: skip
    for k in range(2):
        ours, theirs = f"trunk.encoder.layer.{k}.", f"encoder.blocks.{k}."
        for a, b in pairs.items():
            found |= {f"{theirs}{b}.{part}": state[f"{ours}{a}.{part}"] for part in ("weight", "bias")}
        inner = f"{ours}attention.attention."
        found[theirs + "attn.qkv.weight"] = torch.cat([state[f"{inner}{part}.weight"] for part in ("query", "key", "value")])
        found |= {theirs + "attn.q_bias": state[inner + "query.bias"], theirs + "attn.v_bias": state[inner + "value.bias"]}
    return found


def test_files_of_videomaes_own_code_and_of_older_transformers(tmp_path):
    source = small("videomae_s", seed=3).eval()
    torch.save({"model": original_names(source.state_dict())}, tmp_path / "own.pth")
    older = {}
    for name, value in source.to_library(source.state_dict()).items():
        older[name.replace("query.bias", "q_bias").replace("value.bias", "v_bias")] = value
    save_file(older, tmp_path / "older.safetensors")
    for file, fresh in (("own.pth", {"norm.weight", "norm.bias"}), ("older.safetensors", set())):
        model = small("videomae_s", seed=8).eval()
        loaded = load_weights(model, tmp_path / file)
        assert set(loaded.missing) == fresh and loaded.matched == loaded.total - len(fresh)
        torch.testing.assert_close(model.tokens(clips()), source.tokens(clips()))


class Harm:
    def __reduce__(self):
        return os.system, ("touch /tmp/synapt-was-here",)


def test_nothing_in_a_file_is_executed(tmp_path):
    (tmp_path / "bad.pth").write_bytes(pickle.dumps({"state_dict": Harm()}, protocol=2))
    torch.save({"state_dict": small("tiny").state_dict(), "extra": Harm()}, tmp_path / "worse.pth")
    (tmp_path / "newer.pkl").write_bytes(pickle.dumps({"state_dict": Harm()}, protocol=4))
    for name in ("bad.pth", "worse.pth", "newer.pkl"):
        with pytest.raises(UserError, match="not loaded") as caught, warnings.catch_warnings():
            warnings.simplefilter("error")  # a warning of torch's before our line would be a second one
            load_weights(small("tiny"), tmp_path / name)
        assert "\n" not in str(caught.value)
    assert not os.path.exists("/tmp/synapt-was-here")  # noqa: PTH110


def test_wrong_files_are_refused_in_one_line(tmp_path):
    folder = save_model(tmp_path / "tiny", small("tiny"), CLASSES)
    (tmp_path / "cut.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:5000])
    (tmp_path / "noise.pth").write_bytes(bytes(range(256)) * 8)
    torch.save([1, 2, 3], tmp_path / "list.pth")
    (tmp_path / "empty").mkdir()
    state = small("tiny").state_dict()
    state["stem.0.weight"][0, 0, 0, 0, 0] = float("nan")
    torch.save(state, tmp_path / "nan.pth")
    for path, words in (
        ("tiny", "another model .it says it is a tiny"),
        ("cut.safetensors", "cannot be read"),
        ("noise.pth", "not loaded"),
        ("list.pth", "holds a list"),
        ("empty", "no weights"),
        ("nowhere.pth", "no weights at"),
    ):
        with pytest.raises(UserError, match=words) as caught:
            load_weights(small("tsm_r18"), tmp_path / path)
        assert "\n" not in str(caught.value)
    with pytest.raises(UserError, match="not finite numbers"):
        load_weights(small("tiny"), tmp_path / "nan.pth")
    with pytest.raises(UserError, match="not a model's folder"):
        save_model(tmp_path / "empty", small("tiny"), CLASSES)
    save_file({**load_file(folder / "model.safetensors"), "more": torch.zeros(1)}, folder / "model.safetensors")
    with pytest.raises(UserError, match=r"not of the tiny"):
        load_model(folder)


def test_the_head_stays_only_for_the_same_classes(tmp_path):
    folder = save_model(tmp_path / "m", small("tiny", seed=3), CLASSES)
    assert load_weights(small("tiny"), folder, CLASSES).head
    assert not load_weights(small("tiny"), folder, CLASSES[::-1]).head


def test_the_head_of_a_model_without_classes_is_not_kept(tmp_path):
    """It has as many outputs as there were classes, but never learned any."""
    folder = save_model(tmp_path / "m", small("tiny", seed=3), CLASSES, Provenance(config={"objective": {"kind": "masked"}}))
    for classes in (CLASSES, None):
        model = small("tiny", seed=4)
        before = model.head.weight.clone()
        assert "head fresh" in str(load_weights(model, folder, classes)) and torch.equal(model.head.weight, before)


def test_only_a_folder_of_ours_says_by_its_labels_what_a_head_learned(tmp_path):
    folder = save_model(tmp_path / "m", small("tiny", seed=3), CLASSES)
    (folder / "labels.json").write_text('["a", "b", "c", "d", 5]')
    with pytest.raises(UserError, match=r"labels.json is damaged .*: take another copy of the model"):
        load_weights(small("tiny"), folder, CLASSES)
    (folder / "config.json").write_text('{"model_type": "somebody else\'s"}')
    assert load_weights(small("tiny"), folder, CLASSES).head


DAMAGE = {
    "config.json": (
        '{"synapt": {',
        '{"synapt": 3}',
        '{"synapt": {"model": {"name": 3}, "spec": {}}}',
        '{"synapt": {"format": []}}',
    ),
    "labels.json": ("[", "3", '["only one"]'),
}


@pytest.mark.parametrize(("name", "content"), [(name, content) for name, contents in DAMAGE.items() for content in contents])
def test_a_damaged_folder_is_told_by_whoever_opens_it(name, content, tmp_path):
    folder = save_model(tmp_path / "run" / "model", small("tiny"), CLASSES)
    (folder / name).write_text(content)
    for opened in (load_model, lambda f: open_subject(str(f)), open_asked, load):
        with pytest.raises(UserError, match="take another copy of the model") as caught:
            opened(tmp_path / "run")
        assert "\n" not in str(caught.value) and "run/model" in str(caught.value)
    listed = CliRunner().invoke(models, ["--root", str(tmp_path)], catch_exceptions=False)
    assert listed.exit_code == 0 and "damaged" in listed.output
    (folder / "labels.json").unlink()
    with pytest.raises(UserError, match=r"labels.json is missing|damaged"):
        load_model(folder)


def test_files_and_others_folders_are_not_asked_with_advice_for_other_commands(tmp_path):
    torch.save(small("tiny").state_dict(), tmp_path / "w.pth")
    save_model(tmp_path / "theirs", small("tiny"), CLASSES)
    (tmp_path / "theirs" / "config.json").write_text('{"model_type": "videomae"}')
    for name in ("w.pth", "theirs"):
        with pytest.raises(UserError, match="does not say which model it holds: name the folder of a run") as caught:
            open_asked(tmp_path / name)
        assert "--with" not in str(caught.value)
    with pytest.raises(UserError, match="no weights at"):
        open_asked(tmp_path / "nothing")


def test_a_model_is_printed_in_a_line_and_says_what_a_video_is(tmp_path):
    import synapt

    save_model(tmp_path / "m", small("tiny"), CLASSES)
    many = tuple(f"c{k}" for k in range(9))
    save_model(tmp_path / "n", small("tiny", n_classes=9), many)
    recogniser = synapt.load(tmp_path / "m")
    assert repr(recogniser) == "<synapt model m: tiny, 8 frames of 32 px; a, b, c, d, e>"
    assert repr(synapt.load(tmp_path / "n")).endswith("; c0, c1, c2, c3, c4, ... (9 classes)>")
    for wrong in (5, None, [5], {"a": 1}, b"x", torch.zeros(3)):
        for call in (recogniser, recogniser.features):
            with pytest.raises(UserError, match=r"wanted a path, frames \(T, H, W, 3\) of uint8, or a list") as caught:
                call(wrong)
            assert len(str(caught.value)) < 160 and "\n" not in str(caught.value)


def test_two_lines_say_what_is_done_in_a_video(tmp_path):
    import synapt

    save_model(tmp_path / "m", small("tiny", seed=3), CLASSES)
    write(tmp_path / "v.mp4", numbered(12))
    recogniser = synapt.load(str(tmp_path / "m"))
    said = recogniser(tmp_path / "v.mp4")
    assert set(said) == set(CLASSES) and sum(said.values()) == pytest.approx(1, abs=1e-3)
    assert list(said.values()) == sorted(said.values(), reverse=True)
    frames = np.stack(list(numbered(12)))
    both = recogniser([tmp_path / "v.mp4", frames])
    assert both[0] == said and both[1].keys() == said.keys()
    features = recogniser.features([frames, frames])
    assert features.shape == (2, 128) and np.array_equal(features[0], features[1])
    assert recogniser.features(frames).shape == (128,)
    with pytest.raises(UserError, match="uint8"):
        recogniser(frames.astype(np.float32))
    with pytest.raises(UserError, match="missing"):
        recogniser("nowhere.mp4")


@pytest.mark.slow
def test_onnx_says_what_torch_says(tmp_path):
    import onnx

    save_model(tmp_path / "m", small("tiny", frames=4), CLASSES)
    done = CliRunner().invoke(models, ["export", str(tmp_path / "m"), str(tmp_path / "m.onnx")], catch_exceptions=False)
    assert done.exit_code == 0 and "differ from torch's" in done.output
    made = onnx.load(tmp_path / "m.onnx")
    assert {entry.key: entry.value for entry in made.metadata_props}["classes"] == json.dumps(CLASSES)

    refused = CliRunner().invoke(models, ["export", str(tmp_path / "m"), "/proc/no/m.onnx"]).exception
    assert isinstance(refused, UserError) and "cannot write /proc/no/m.onnx" in str(refused) and "clips" not in str(refused)

    model = small("tiny", frames=4)
    model.eval = lambda: model.train()  # batch statistics: what it says then depends on the batch
    with pytest.raises(UserError, match="differs from torch"):
        export_onnx(model, tmp_path / "wrong.onnx")
    assert not (tmp_path / "wrong.onnx").exists()


def test_models_lists_folders_and_catalogues(tmp_path):
    folder = save_model(tmp_path / "runs" / "first" / "model", small("tiny"), CLASSES)
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    text = '[[models]]\nname = "good"\npath = "runs/first"\nsha256 = "{}"\nlicence = "Apache-2.0"\nresults = {{ kth = 0.5 }}\n'
    other = '[[models]]\nname = "far"\nurl = "https://example.org/m"\n'
    catalogue = tmp_path / "catalogue.toml"

    def listed(content):
        catalogue.write_text(content)
        return CliRunner().invoke(models, ["--root", str(tmp_path / "runs"), "--catalogue", str(catalogue)])

    done = listed(text.format(digest) + other)
    for words in ("tsm_r50", "first", "sha256 right", "Apache-2.0", "kth 0.5", "to fetch"):
        assert words in done.output
    assert done.exit_code == 0
    done = listed(text.format("0" * 64))
    assert done.exit_code == 1 and "another file" in done.output
    for option in ("--root", "--catalogue"):
        done = CliRunner().invoke(models, [option, str(tmp_path), "export", str(folder), str(tmp_path / "m.onnx")])
        assert done.exit_code == 2 and f"{option} is for the list" in done.output and not (tmp_path / "m.onnx").exists()
    for root in (tmp_path / "nothere", catalogue):
        assert "is not a folder" in str(CliRunner().invoke(models, ["--root", str(root)]).exception)
    for content, words in (("models = 3", "catalogue"), ('[[models]]\nname = "x"\n', "either a path or a url")):
        assert words in str(listed(content).exception)
