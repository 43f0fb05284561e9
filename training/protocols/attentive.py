"""Attentive probe: queries that look at the tokens of a frozen trunk, as V-JEPA is measured (Bardes et al., 2024)."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from ..models.base import VideoModel, drawn_from
from ..values import Fold, Predictions
from .features import Bench, predictions, probabilities
from .finetune import learn, with_rate
from .settings import EvalConfig
from .subject import Subject, trunk_digest


class Look(nn.Module):
    """One query's turn: it looks at the tokens, then thinks; both are added to it (a transformer's cross-attention block)."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.norm_query, self.norm_tokens, self.norm_think = (nn.LayerNorm(dim) for _ in range(3))
        self.attention = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.think = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, query: Tensor, tokens: Tensor) -> Tensor:
        """Query (B, 1, D) and tokens (B, N, D) to (B, 1, D)."""
        seen = self.norm_tokens(tokens)
        query = query + self.attention(self.norm_query(query), seen, seen, need_weights=False)[0]
        added: Tensor = query + self.think(self.norm_think(query))
        return added


class Probe(VideoModel):
    """A frozen trunk under `layers` of attention and a linear head; only these learn."""

    def __init__(self, trunk: VideoModel, n_classes: int, layers: int, heads: int) -> None:
        super().__init__()
        dim = trunk.spec.feature_dim
        self.spec = replace(trunk.spec, n_classes=n_classes)
        self.trunk = trunk.requires_grad_(False)
        self.query = nn.Parameter(torch.randn(1, 1, dim) * 0.02)
        self.looks = nn.ModuleList(Look(dim, heads if dim % heads == 0 else 1) for _ in range(layers))
        self.norm, self.dropout, self.head = nn.LayerNorm(dim), nn.Identity(), nn.Linear(dim, n_classes)

    def train(self, mode: bool = True) -> Probe:
        """The trunk is never in training mode: neither its batch statistics nor its dropout have a part in this."""
        super().train(mode)
        self.trunk.eval()
        return self

    def tokens(self, video: Tensor) -> Tensor:
        """The trunk's tokens (B, N, D)."""
        with torch.no_grad():
            return self.trunk.tokens(video)

    def features(self, video: Tensor) -> Tensor:
        """What the query has seen in the end, (B, D)."""
        tokens = self.tokens(video)
        query = self.query.expand(len(tokens), -1, -1)
        for look in self.looks:
            query = look(query, tokens)
        found: Tensor = self.norm(query)[:, 0]
        return found

    def depth_of(self, parameter: str) -> tuple[int, int]:
        """All that learns is as deep as the head."""
        return 0, 1


def attentive(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Learn the probe for optim.epochs on augmented clips. RuntimeError should the trunk have moved."""
    n_classes, options = len(fold.train.classes), config.probe
    trunk = subject.model(n_classes, seed, config.train.data)
    before = trunk_digest(trunk)

    def fresh() -> Probe:
        with drawn_from(seed):
            return Probe(trunk, n_classes, options.layers, options.heads)

    config = with_rate(fresh, fold, config, seed, bench)
    probe = fresh()
    learn(probe, fold, config, seed, bench)
    if trunk_digest(trunk) != before:
        raise RuntimeError("a frozen trunk moved")
    return predictions(fold, seed, probabilities(probe, fold.test, config, bench.say))
