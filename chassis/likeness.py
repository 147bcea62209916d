"""A perceptual hash: 64 bits that stay nearly the same when a picture is compressed again, resized or brightened.

The picture in grey at 32 x 32, its discrete cosine transform (DCT-II), and of the 64 lowest frequencies without the
mean whether each is above their median (Zauner 2010, section 3.2.1, with the mean left out). How unlike two pictures
are is the number of bits that differ. Turned and mirrored pictures are other pictures.

Candidates are found by four bands of 16 bits, each its own index: of two hashes that differ in at most seven bits one
band differs in at most one, so equal bands and those of one bit's difference find all of them (Norouzi et al. 2012).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from PIL import Image

BITS = 64
BANDS = 4
DISTANCE_MAX = 7
"""Beyond this the bands do not find every pair."""
_SIDE = 32
_BAND_BITS = BITS // BANDS
_BAND_MASK = (1 << _BAND_BITS) - 1


def likeness(picture: Image.Image) -> str:
    """The hash, 16 lower-case hex digits."""
    grey = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    cosines = _cosines()
    spectrum = cosines @ np.asarray(grey, dtype=np.float64) @ cosines.T
    low = np.array([spectrum[row, column] for row, column in _lowest()])
    bits = low > np.median(low)
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def distance(one: str, other: str) -> int:
    """In how many of the 64 bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands(likeness: str) -> tuple[int, ...]:
    """The four bands, each 0 to 65535."""
    whole = int(likeness, 16)
    return tuple(whole >> (_BAND_BITS * place) & _BAND_MASK for place in range(BANDS))


def near_bands(hashes: Iterable[str]) -> tuple[list[int], ...]:
    """For each of the four bands the values that a hash near one of these may have there."""
    near: tuple[set[int], ...] = tuple(set() for _ in range(BANDS))
    for one in hashes:
        for values, band in zip(near, bands(one), strict=True):
            values.add(band)
            values.update(band ^ (1 << bit) for bit in range(_BAND_BITS))
    return tuple(sorted(values) for values in near)


@cache
def _cosines() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The DCT-II's matrix, without its constant factors: they change no median."""
    places = np.arange(_SIDE)
    matrix: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    matrix = np.cos(np.pi / _SIDE * (places[None, :] + 0.5) * places[:, None])
    return matrix


@cache
def _lowest() -> tuple[tuple[int, int], ...]:
    """The 64 lowest frequencies after the mean, by their sum, then by row."""
    places = ((row, column) for row in range(_SIDE) for column in range(_SIDE))
    return tuple(sorted(places, key=lambda place: (place[0] + place[1], place[0]))[1 : BITS + 1])
