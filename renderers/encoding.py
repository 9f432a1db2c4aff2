"""Writing pixels as PNG or JPEG."""

import io
import struct
import zlib
from collections.abc import Callable, Iterable
from typing import Any

import numpy
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[numpy.uint8]
"""Rows of red, green, blue and alpha, one byte each."""

_BAND = 64  # rows compressed at a time, so that buffers stay in the processor's cache
_LEVEL = 1  # flat art hardly gets smaller at higher levels, only slower
_JPEG_QUALITY = 90


def jpeg(pixels: Pixels) -> bytes:
    """Return a JPEG without colour subsampling, which would smear small coloured letters."""
    height, width = pixels.shape[:2]
    target = io.BytesIO()
    # RGBX: libjpeg skips the fourth byte, so nothing is converted.
    picture = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)
    picture.save(target, "jpeg", quality=_JPEG_QUALITY, subsampling=0)
    return target.getvalue()


def png(pixels: Pixels) -> bytes:
    """Return an RGB PNG without row filters: for flat art smaller and ten times faster than with them."""
    height, width = pixels.shape[:2]
    return png_of_bands((pixels,), width, height)


def png_of_bands(bands: Iterable[Pixels], width: int, height: int) -> bytes:
    """Return the same PNG of pixels that come in bands; each is read before the next one is asked for."""
    compressor = _compressor()(_LEVEL)
    raw = numpy.zeros((_BAND, 1 + 3 * width), numpy.uint8)  # column 0 says that a row has no filter
    chunks: list[bytes] = []
    for pixels in bands:
        for top in range(0, len(pixels), _BAND):
            rows = pixels[top : top + _BAND]
            for colour in range(3):  # numpy copies three bytes at a time five times slower than one
                raw[: len(rows), 1 + colour :: 3] = rows[:, :, colour]
            chunks.append(compressor.compress(raw[: len(rows)]))
    chunks.append(compressor.flush())
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", b"".join(chunks)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _compressor() -> Callable[[int], Any]:  # isal ships no types
    try:
        from isal.isal_zlib import compressobj
    except ImportError:  # no wheel for this processor
        return zlib.compressobj
    found: Callable[[int], Any] = compressobj
    return found
