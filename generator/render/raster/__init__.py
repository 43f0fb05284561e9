"""The raster backend: drafts on a processor, without Blender."""
