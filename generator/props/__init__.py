"""Objects that actions need, and the shapes and textures that they and the surroundings are made of."""
