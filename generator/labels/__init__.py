"""Ground truth of a scene: joints, passes per pixel, captions, and the body under AMASS's names."""
