"""How much of the label a static or person-free view gives away, for a dataset of ours and for any folder of clips."""
