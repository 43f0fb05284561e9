"""Every model of the table: what goes in, what comes out, what it weighs and costs, and that clips do not mix."""

import pytest
import torch
import torchvision
from made_models import options_of, small
from synapt.generator.base.errors import UserError
from synapt.generator.base.named import typed
from synapt.training.config import DataConfig, ModelConfig
from synapt.training.models import MODELS, build
from synapt.training.models.i3d import I3d
from synapt.training.models.published import PUBLISHED
from synapt.training.models.resnet import shifted
from torch.utils.flop_counter import FlopCounterMode

torch.set_num_threads(1)


def video(n=2, frames=8, size=32, seed=0):
    return torch.randn(n, 3, frames, size, size, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("name", MODELS)
def test_every_model_of_the_table_runs_and_learns(name):
    model, clips = small(name), video()
    logits = model(clips)
    assert logits.shape == (2, 5)
    logits.square().sum().backward()
    assert all(p.grad is not None and bool(torch.isfinite(p.grad).all()) for p in model.parameters())
    model.eval()
    with torch.no_grad():
        tokens, features = model.tokens(clips), model.features(clips)
        assert tokens.ndim == 3 and tokens.shape[0] == 2
        assert tokens.shape[2] == features.shape[1] == model.spec.feature_dim
        torch.testing.assert_close(model(clips), model.head(features))
        torch.testing.assert_close(model.features(clips[1:]), features[1:], rtol=1e-4, atol=1e-5)  # a clip is alone in its batch
    model.reset_head(3, seed=1)
    assert model(clips).shape == (2, 3) and model.spec.n_classes == 3


@pytest.mark.parametrize("name", MODELS)
def test_every_parameter_has_its_depth(name):
    with torch.device("meta"):
        model = small(name)
    depths = {parameter: model.depth_of(parameter) for parameter, _ in model.named_parameters()}
    total = len(model.layers) + 1
    assert {depth for depth, _ in depths.values()} == set(range(total)) and {n for _, n in depths.values()} == {total}
    first, last = next(iter(depths)), "head.weight"
    assert depths[first][0] == 0 and depths[last][0] == total - 1
    blocks = [depth for parameter, (depth, _) in depths.items() if depth not in (0, total - 1)]
    assert blocks == sorted(blocks)  # parameters come in the order in which a clip meets them


@pytest.mark.parametrize("name", MODELS)
def test_sizes_and_costs_are_the_published_ones(name):
    known = PUBLISHED[name]
    options = {"attention": "eager"} if name.startswith("videomae") else {}  # torch does not count its fused attention
    with torch.device("meta"):
        data = DataConfig(frames=known.frames, size_px=known.size_px)
        model = build(ModelConfig(name, options=options), known.n_classes, data).eval()
        with FlopCounterMode(display=False) as counter:
            model(torch.empty(1, 3, known.frames, known.size_px, known.size_px))
    rel = 2e-3 if known.source.startswith(("torchvision", "counted")) else 1.5e-2  # papers round
    parameters_m = sum(parameter.numel() for parameter in model.parameters()) / 1e6
    assert parameters_m == pytest.approx(known.parameters_m, rel=max(rel, 6e-3))
    assert counter.get_total_flops() / 2e9 == pytest.approx(known.gmacs, rel=max(rel, 6e-3))


def test_weights_are_a_function_of_the_seed_and_leave_chance_alone():
    before = torch.get_rng_state()
    one, same, other = (small("tiny", seed=seed).state_dict() for seed in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert not torch.equal(one["stem.0.weight"], other["stem.0.weight"])
    a, b = small("tiny", seed=1), small("tiny", seed=2)
    a.reset_head(4, seed=9), b.reset_head(4, seed=9)
    assert torch.equal(a.head.weight, b.head.weight)


def test_tsn_averages_what_resnet_says_of_frames():
    model, clips = small("tsn_r18", n_classes=1000).eval(), video(2, 4, 48)
    image = torchvision.models.resnet18().eval()
    image.load_state_dict({name.replace("head.", "fc.").removeprefix("trunk."): v for name, v in model.state_dict().items()})
    with torch.no_grad():
        frames = torch.stack([image(clips[:, :, t]) for t in range(4)]).mean(0)
        torch.testing.assert_close(model(clips), frames, rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(model(clips.flip(2)), frames, rtol=1e-4, atol=1e-5)  # blind to order
        seeing = small("tsm_r18").eval()
        assert not torch.allclose(seeing(clips.flip(2)), seeing(clips), rtol=1e-3)


def test_shift_takes_from_neighbours_in_the_same_clip():
    x = torch.arange(2 * 3 * 8, dtype=torch.float32).reshape(6, 8, 1, 1)
    want = x.clone().reshape(2, 3, 8)
    source = x.reshape(2, 3, 8)
    for t in range(3):
        want[:, t, :2] = source[:, t + 1, :2] if t < 2 else 0
        want[:, t, 2:4] = source[:, t - 1, 2:4] if t else 0
    assert torch.equal(shifted(x, 2, 4).reshape(2, 3, 8), want)


def test_inflated_stem_sees_a_still_video_as_the_image_net_does():
    model: I3d = small("i3d_r50")
    flat = torch.randn(64, 3, 7, 7, generator=torch.Generator().manual_seed(0))
    kernel = model.refit("trunk.conv1.weight", flat, model.trunk.conv1.weight)
    image = video(1, 1, 32)
    still = torch.nn.functional.conv3d(image.expand(-1, -1, 9, -1, -1), kernel, stride=(1, 2, 2), padding=(2, 3, 3))
    want = torch.nn.functional.conv2d(image[:, :, 0], flat, stride=2, padding=3)
    torch.testing.assert_close(still[:, :, 4], want, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", ["tiny", "tsm_r18", "swin3d_t", "timesformer_s", "videomae_s"])
def test_drop_path_drops_whole_branches_in_training_only(name):
    model, clips = small(name, drop_path=0.5), video(1)
    with torch.no_grad():
        model.eval()
        assert torch.equal(model(clips), model(clips))
        plain = small(name).eval()
        torch.testing.assert_close(model(clips), plain(clips))
        frozen = [module for module in model.modules() if isinstance(module, torch.nn.modules.batchnorm._BatchNorm)]
        model.train()
        for module in frozen:
            module.eval()
        torch.manual_seed(0)
        assert len({round(float(model(clips).sum()), 5) for _ in range(6)}) > 1


@pytest.mark.parametrize(
    ("config", "data", "words"),
    [
        (ModelConfig("tsn_r81"), DataConfig(), "did you mean tsn_r18"),
        (ModelConfig("tsm_r18", options={"shift": 8}), DataConfig(), "shift_div"),
        (ModelConfig("s3d"), DataConfig(frames=4), "5 frames"),
        (ModelConfig("s3d", drop_path=0.1), DataConfig(), "drop path"),
        (ModelConfig("timesformer_s", options=options_of("timesformer_s")), DataConfig(size_px=100), "multiple"),
        (ModelConfig("videomae_s", options=options_of("videomae_s")), DataConfig(frames=7), "multiples"),
        (ModelConfig(typed("no.such:model")), DataConfig(), "could not be loaded"),
    ],
)
def test_what_cannot_be_built_is_one_line(config, data, words):
    with pytest.raises(UserError, match=words) as caught:
        build(config, 5, data)
    assert "\n" not in str(caught.value)


def test_a_model_built_for_other_clips_says_so():
    for name in ("timesformer_s", "videomae_s"):
        with pytest.raises(UserError, match="built for 8 frames of 32 x 32, got 4 frames of 48 x 48"):
            small(name)(video(1, 4, 48))


def test_a_dotted_path_is_a_model_too_where_a_person_names_it():
    model = build(
        ModelConfig(typed("synapt.training.models.tiny:tiny"), options={"width": 4}), 2, DataConfig(frames=4, size_px=16)
    )
    assert model(video(1, 4, 16)).shape == (1, 2)
