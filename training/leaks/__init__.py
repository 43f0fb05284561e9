"""Whether anything but the act tells the class of a clip, and whether the splits of a dataset are apart."""
