"""The Blender backend: Cycles, in child processes."""
