"""What is round and with the performer: props, camera, light, backdrop, and their staging into a Scene."""
