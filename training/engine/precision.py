"""How numbers are worked with: bf16 and channels-last where they help, and threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import torch
from torch import Tensor, nn
from torch.distributed.tensor import DTensor

from ..config import EngineConfig, TrainConfig
from ..data.workers import detected_workers
from ..models.base import ModelSpec


def has_bf16(device: torch.device) -> bool:
    """Whether the device multiplies bf16 in hardware."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device.type == "cpu" and bool(torch.cpu._is_avx512_bf16_supported())


def autocast(engine: EngineConfig, device: torch.device) -> AbstractContextManager[object]:
    """bf16 for what can bear it: where asked for, or where the device has it and "auto" was asked for."""
    if engine.precision == "bf16" or (engine.precision == "auto" and has_bf16(device)):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


def channels_last(module: nn.Module) -> bool:
    """Lay out a convolutional net's weights channels-last; returns whether its clips should be, too.

    Measured with bf16 on a Zen 4 core: three times as fast for R(2+1)D and I3D. Transformers have nothing to gain, and weights
    that FSDP has split stay as they are.
    """
    if any(isinstance(parameter, DTensor) for parameter in module.parameters()):
        return False
    convs = [m for m in module.modules() if isinstance(m, nn.Conv2d | nn.Conv3d)]
    inside = sum(p.numel() for conv in convs for p in conv.parameters())
    if inside < 0.5 * sum(p.numel() for p in module.parameters()):
        return False
    for conv in convs:
        flat = isinstance(conv, nn.Conv2d)
        conv.to(memory_format=torch.channels_last if flat else torch.channels_last_3d)  # type: ignore[call-overload]
    return True


class SmallConv2d(nn.Conv2d):
    """A convolution that stays in float32 on a processor where pictures are smaller than its kernel.

    There the backward pass of torch 2.14 in bf16 writes where it may not, or returns memory that nobody wrote (kernel 3 over 1
    pixel with stride 2), which kills the process, or batch normalisation hides it for a while.
    """

    def forward(self, input: Tensor) -> Tensor:
        """(B, C, H, W) as `nn.Conv2d` has it."""
        if _smaller_than_kernel(self, input):
            with torch.autocast("cpu", enabled=False):
                return super().forward(input.float())
        return super().forward(input)


class SmallConv3d(nn.Conv3d):
    """The same over time and space: kernel 3 over 2 frames, 5 over 3 or 4 are wrong, too."""

    def forward(self, input: Tensor) -> Tensor:
        """(B, C, T, H, W) as `nn.Conv3d` has it."""
        if _smaller_than_kernel(self, input):
            with torch.autocast("cpu", enabled=False):
                return super().forward(input.float())
        return super().forward(input)


def _smaller_than_kernel(conv: nn.Conv2d | nn.Conv3d, given: Tensor) -> bool:
    """Whether a processor is given less than one kernel in any direction."""
    sides = given.shape[-len(conv.kernel_size) :]
    return given.device.type == "cpu" and any(side < reach for side, reach in zip(sides, conv.kernel_size, strict=True))


def keep_small_clips_exact(module: nn.Module) -> None:
    """Make every `Conv2d` and `Conv3d` of a module a `SmallConv2d` or `SmallConv3d`, weights and hooks as they are."""
    for inner in module.modules():
        if type(inner) is nn.Conv3d:
            inner.__class__ = SmallConv3d
        elif type(inner) is nn.Conv2d:
            inner.__class__ = SmallConv2d


def model_input(video: Tensor, spec: ModelSpec, device: torch.device, last: bool) -> Tensor:
    """A clip batch (B, 3, T, H, W) uint8 as the float32 that a model wants, on `device`, in the order that `channels_last` said.

    Normalised by the spec's mean and deviation. What travels, from the loading process and to the device, are bytes, not floats.
    """
    layout = torch.channels_last_3d if last else torch.contiguous_format
    clip = video.to(device, non_blocking=True).to(torch.float32, memory_format=layout)
    shift = clip.new_tensor([255 * mean for mean in spec.mean]).view(3, 1, 1, 1)
    scale = clip.new_tensor([1 / (255 * std) for std in spec.std]).view(3, 1, 1, 1)
    return clip.sub_(shift).mul_(scale)


@contextmanager
def threads(config: TrainConfig, device: torch.device) -> Iterator[None]:
    """As many threads for torch as there are cores that no loading process takes, at least one; as before afterwards.

    One thread more than cores costs far more than it could give: its fellows wait for it at every barrier.
    """
    before = torch.get_num_threads()
    loading = config.data.workers if config.data.workers >= 0 else detected_workers()
    if device.type == "cpu":
        torch.set_num_threads(config.engine.threads or max(1, before - loading))
    try:
        yield
    finally:
        torch.set_num_threads(before)
