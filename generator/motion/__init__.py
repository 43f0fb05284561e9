"""The engine under the action library: skeleton, timing, inverse kinematics, gait, contacts, balance, quality."""

from .animate import animate

__all__ = ["animate"]
