"""What a camera leaves in the picture, whichever renderer painted it."""
