"""What is done and looked at once on a machine: preparing, and saying what is missing."""
