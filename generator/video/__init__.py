"""Video files, read and written: the one place that opens them, for both halves."""
