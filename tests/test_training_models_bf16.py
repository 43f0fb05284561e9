"""Every model of the table in bf16 at its published number of frames: its loss and the gradients of all its layers are float32's.

Layers are compared one by one, with the inputs and the gradients from above that they have in the whole net: rectifiers and batch
norms of a net with random weights make so much of any rounding that gradients of the whole say nothing of how they were computed.
"""

import pytest
import torch
from synapt.training.config import DataConfig, EngineConfig, ModelConfig
from synapt.training.engine.precision import autocast, channels_last, keep_small_clips_exact
from synapt.training.models import MODELS, build
from synapt.training.models.published import PUBLISHED
from torch.nn.functional import cosine_similarity, cross_entropy
from torch.nn.modules.batchnorm import _BatchNorm

torch.set_num_threads(1)
QUICK = ("tiny", "tsm_r18", "s3d", "videomae_s")
CPU = torch.device("cpu")


def cast(precision):
    return autocast(EngineConfig(precision=precision, device="cpu"), CPU)


def learned(model, precision):
    """Loss, and the gradient of all weights as one vector."""
    spec = model.spec
    clips = torch.randn(2, 3, spec.frames, spec.size_px, spec.size_px, generator=torch.Generator().manual_seed(1))
    with cast(precision):
        loss = cross_entropy(model(clips).float(), torch.tensor([0, 1]))
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    return loss.detach(), torch.cat([gradient.flatten() for gradient in gradients])


def layers_of(model):
    return {n: m for n, m in model.named_modules() if not list(m.children()) and list(m.parameters())}


def watched(model):
    """Name of each layer -> (its input, the gradient of its output) in a step in float32."""
    seen, hooks = {}, []
    for name, layer in layers_of(model).items():

        def hook(_, given, out, name=name):
            out.register_hook(lambda gradient: seen.update({name: (given[0].detach().clone(), gradient.clone())}))

        hooks.append(layer.register_forward_hook(hook))
    learned(model, "fp32")
    for hook in hooks:
        hook.remove()
    return seen


def gradients_of(layer, given, above, precision):
    """Of its input and its weights; what lies in memory that nobody wrote is made loud."""
    given = given.clone().requires_grad_()
    with cast(precision):
        out = layer(given)
    loud = [torch.full((2**k,), 1e30) for k in range(8, 20)]
    del loud
    return [found.float() for found in torch.autograd.grad(out, [given, *layer.parameters()], above.to(out.dtype))]


@pytest.mark.parametrize("name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in MODELS])
def test_a_model_in_bf16_learns_what_it_learns_in_float32(name):
    model = build(ModelConfig(name), 5, DataConfig(frames=PUBLISHED[name].frames, size_px=32)).train()
    keep_small_clips_exact(model)
    channels_last(model)
    (exact, whole), (loss, found) = learned(model, "fp32"), learned(model, "bf16")
    assert torch.isfinite(found).all() and loss == pytest.approx(float(exact), abs=0.25) and loss != exact
    assert float(found.norm() / whole.norm()) == pytest.approx(1, abs=0.3)
    if not any(isinstance(layer, _BatchNorm) for layer in model.modules()):
        assert cosine_similarity(found, whole, dim=0) > 0.99
    layers, seen = layers_of(model), watched(model)
    assert len(seen) > 0.7 * len(layers)  # torchvision's Swin takes some layers' weights without calling them
    for layer, (given, above) in seen.items():
        for one, other in zip(*(gradients_of(layers[layer], given, above, p) for p in ("bf16", "fp32")), strict=True):
            assert (one - other).norm() <= 0.03 * other.norm(), layer
