"""The engine under the action library: skeleton, timing, inverse kinematics, gait, contacts, balance, quality."""

from .animate import animate
from .bystanders import with_bystanders

__all__ = ["animate", "with_bystanders"]
