"""Small videos in which every frame says its number, for tests of whatever reads videos."""

from fractions import Fraction

import av
import numpy as np

CELL = 8
BITS = 10


def numbered(n, width=96, height=64, start=0):
    """(n, height, width, 3) uint8: each frame's number as ten white or black cells along the top, a moving patch below."""
    frames = np.full((n, height, width, 3), 90, np.uint8)
    for k, frame in enumerate(frames):
        for bit in range(BITS):
            frame[:CELL, bit * CELL : (bit + 1) * CELL] = 255 * ((k + start) >> bit & 1)
        x = (k * 3) % (width - 16)
        frame[height // 2 : height // 2 + 16, x : x + 16] = (200, 40, 40 + 5 * (k % 40))
    return frames


def number_of(frame, cell=CELL):
    """The number that `numbered` wrote; `cell` is the side of a cell if the picture was scaled."""
    row = frame[int(cell // 2)].astype(float).mean(-1)
    return sum(1 << bit for bit in range(BITS) if row[int((bit + 0.5) * cell)] > 128)


def write(path, frames, fps=25, codec="libx264", stamps=None, options=None, rotation=0, pix_fmt="yuv420p", crf="12"):
    """Encode frames (T, H, W, 3) uint8; `stamps`: time of each in milliseconds, for a variable rate."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=Fraction(fps))
        stream.height, stream.width, stream.pix_fmt = *frames.shape[1:3], pix_fmt
        stream.options = {"crf": crf, "preset": "ultrafast", **(options or {})} if codec == "libx264" else (options or {})
        stream.codec_context.thread_count = 1
        if stamps is not None:
            stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        if rotation:
            stream.set_display_rotation(rotation)
        for k, frame in enumerate(frames):
            image = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
            if stamps is not None:
                image.pts, image.time_base = stamps[k], Fraction(1, 1000)
            container.mux(stream.encode(image))
        container.mux(stream.encode())
    return path


def class_folder(root, classes=("left_half", "other"), n=3, frames=12, width=96, height=64):
    """A folder of class/clip.mp4; clips of class k are `frames` long and begin at number 100 k."""
    for k, name in enumerate(classes):
        for clip in range(n):
            write(root / name / f"{clip}.mp4", numbered(frames, width, height, start=100 * k + 10 * clip))
    return root


def decoded(path):
    """All frames of a video in order, (T, H, W, 3) uint8: the plainest way there is."""
    with av.open(str(path)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)])
