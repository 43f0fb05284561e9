"""Optimisers, what is decayed and how fast each layer learns, and the learning rate of every step."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from ..config import OptimConfig
from ..objectives import Objective

Tensors = tuple[Tensor, ...] | list[Tensor]

_NOT_DECAYED = ("cls_token", "pos_embed", "position_embeddings", "time_embeddings", "mask_token", "relative_position_bias")


def make_optimizer(objective: Objective, config: OptimConfig) -> torch.optim.Optimizer:
    """AdamW or SGD over all weights that learn.

    Norms, biases, tokens and position tables are not decayed. A layer at depth d of n learns at lr * layer_decay^(n - 1 - d),
    as in BEiT (arXiv 2106.08254); what is not the model's (decoders, other heads) learns at full speed.
    """
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in objective.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((_decay(name, parameter, config), _scale(objective, name, config)), []).append(parameter)
    listed = [
        {"params": params, "weight_decay": decay, "scale": scale, "lr": config.lr * scale}
        for (decay, scale), params in groups.items()
    ]
    if config.kind == "sgd":
        return torch.optim.SGD(listed, lr=config.lr, momentum=config.momentum)
    return torch.optim.AdamW(listed, lr=config.lr, betas=config.betas)


def _decay(name: str, parameter: Tensor, config: OptimConfig) -> float:
    plain = parameter.ndim <= 1 or name.endswith(".bias") or any(word in name for word in _NOT_DECAYED)
    return 0.0 if plain else config.weight_decay


def _scale(objective: Objective, name: str, config: OptimConfig) -> float:
    own = name.removeprefix("model.")
    if config.layer_decay == 1.0 or own == name:
        return 1.0
    depth, n = objective.model.depth_of(own)
    return float(config.layer_decay ** (n - 1 - depth))


def set_rate(optimizer: torch.optim.Optimizer, config: OptimConfig, step: int, n_steps: int) -> float:
    """Give every group its learning rate for `step` of `n_steps`; returns the one of groups at full speed."""
    rate = config.lr * schedule(step, n_steps, config.warmup)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["scale"]
    return rate


def schedule(step: int, n_steps: int, warmup: float) -> float:
    """Share of the peak rate at `step` = 0, 1... of `n_steps`: linear up over the first `warmup` of them, then a cosine to 0."""
    first = warmup * n_steps
    if step < first:
        return (step + 1) / (math.ceil(first) + 1)
    return 0.5 * (1.0 + math.cos(math.pi * (step - first) / max(1.0, n_steps - first)))


def average(model: nn.Module, decay: float) -> torch.optim.swa_utils.AveragedModel:
    """The running mean of a model's weights and buffers.

    Early on it forgets faster than `decay` says, (1 + n) / (10 + n) after n steps as in TensorFlow's moving averages, so that a
    short run's mean is not of its first, random weights.
    """

    @torch.no_grad()
    def update(mean: Tensors, now: Tensors, n: Tensor | int) -> None:
        keep = min(decay, (1.0 + float(n)) / (10.0 + float(n)))
        for old, new in zip(mean, now, strict=True):
            if old.is_floating_point():
                old.lerp_(new, 1.0 - keep)
            else:
                old.copy_(new)

    return torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=update, use_buffers=True)
