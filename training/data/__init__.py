"""From video files to batches: lists, decoding, frame sampling, transforms, order, loading."""
