"""Many processes as one: joining them under torchrun, sharing a model among them, and sums over all of them.

Without torchrun there is a team of one, and nothing here costs anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, distributed, nn
from torch.distributed.tensor import DTensor, distribute_tensor

from ...generator.base.errors import UserError
from ...generator.base.reasons import reason_of
from ..config import EngineConfig
from ..objectives import Objective


@dataclass(frozen=True)
class Team:
    """This process among `world` of them, and the device it computes on."""

    device: torch.device
    rank: int = 0
    world: int = 1

    @property
    def main(self) -> bool:
        """Whether this is the process that writes and speaks."""
        return self.rank == 0

    def sums(self, values: Sequence[float] | Tensor) -> list[float]:
        """Sums over all processes, the same in each."""
        total = torch.as_tensor(values, dtype=torch.float64).to(self.device)
        if self.world > 1:
            distributed.all_reduce(total)
        return [float(value) for value in total.tolist()]

    def wait(self) -> None:
        """Until all processes have come this far."""
        if self.world > 1:
            distributed.barrier()


def find_device(name: str) -> torch.device:
    """The device of a configuration: "auto" is the graphics card where there is one. UserError for one that isn't there."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(name)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise UserError(f"engine.device '{name}' cannot be used ({reason_of(error)}): take auto or cpu") from error
    return device


def current_team(engine: EngineConfig) -> Team:
    """The team that `joined` made, or a team of one."""
    if not distributed.is_initialized():
        return Team(find_device(engine.device))
    device = find_device(engine.device)
    if device.type == "cuda":
        device = torch.device("cuda", torch.cuda.current_device())
    return Team(device, distributed.get_rank(), distributed.get_world_size())


@contextmanager
def joined(engine: EngineConfig) -> Iterator[Team]:
    """Join the other processes when torchrun (or another launcher that sets RANK and WORLD_SIZE) started this one.

    gloo on processors, nccl on graphics cards. UserError unless as many answer as were asked for.
    """
    if "RANK" not in os.environ or "WORLD_SIZE" not in os.environ or distributed.is_initialized():
        yield current_team(engine)
        return
    device = find_device(engine.device)
    if device.type == "cuda":
        local = int(os.environ.get("LOCAL_RANK", "0"))
        if local >= torch.cuda.device_count():
            raise UserError(f"process {local} of this machine has no card of its own: start only {torch.cuda.device_count()}")
        torch.cuda.set_device(local)
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        team = current_team(engine)
        asked, there = int(os.environ["WORLD_SIZE"]), int(team.sums([1.0])[0])
        if not asked == there == team.world:
            raise UserError(f"{asked} processes were asked for, but {there} are running: check how torchrun was started")
        yield team
    finally:
        distributed.destroy_process_group()


def shared(objective: Objective, engine: EngineConfig, team: Team) -> nn.Module:
    """The module to call in training: DDP around `objective`, or `objective` itself with its weights split (FSDP2)."""
    if team.world == 1:
        return objective
    if engine.parallel == "fsdp":
        from torch.distributed.fsdp import register_fsdp_forward_method

        split(objective, team)
        register_fsdp_forward_method(objective, "classify")
        return objective
    cards = [team.device.index] if team.device.type == "cuda" else None
    return nn.parallel.DistributedDataParallel(objective, device_ids=cards, find_unused_parameters=objective.skips_weights)


def split(module: nn.Module, team: Team) -> None:
    """Split weights over the team, block by block of every list of blocks, the rest at once."""
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.fsdp import fully_shard

    mesh = init_device_mesh(team.device.type, (team.world,))
    for inner in reversed(list(module.modules())):  # inner blocks before those that hold them
        if isinstance(inner, nn.ModuleList):
            for block in inner:
                if any(True for _ in block.parameters()):
                    fully_shard(block, mesh=mesh)
    # by default the outermost stays whole after a forward pass, and there is none backward after measuring
    fully_shard(module, mesh=mesh, reshard_after_forward=True)


class Measured(nn.Module):
    """The model of an objective whose weights are split: only the objective knows how to gather them."""

    def __init__(self, objective: Objective) -> None:
        super().__init__()
        self.objective = objective

    def forward(self, video: Tensor) -> Tensor:
        """Logits (B, C)."""
        return self.objective.classify(video)


def whole(tensor: Tensor) -> Tensor:
    """A tensor that may be split over the team, whole, on the processor; all processes must call it."""
    found = tensor.detach()
    if isinstance(found, DTensor):
        found = found.full_tensor()
    return found.to("cpu", copy=True).contiguous()


def whole_state(module: nn.Module) -> dict[str, Tensor]:
    """All weights and buffers of a module as `whole` gives them."""
    return {name: whole(tensor) for name, tensor in module.state_dict().items()}


@torch.no_grad()
def put(into: Tensor, value: Tensor) -> None:
    """Set a tensor, split or not, from a whole one; its place in memory and its strides stay."""
    if isinstance(into, DTensor):
        into.copy_(distribute_tensor(value.to(into.device), into.device_mesh, into.placements))
    else:
        into.copy_(value)
