"""What is learned from a batch: supervised, masked, aligned, with help from free labels."""
