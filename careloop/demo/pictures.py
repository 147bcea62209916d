"""Generated pictures, as a telephone would send them: a few coloured rectangles that follow from a name."""

from __future__ import annotations

import hashlib
import io

from PIL import Image, ImageDraw

SIDE = (320, 240)
RECTANGLES = 6


def picture(name: str, quality: int = 85) -> bytes:
    """A JPEG; the same for the same name and quality, and for another quality almost the same."""
    digest = hashlib.sha512(f"picture {name}".encode()).digest()
    image = Image.new("RGB", SIDE, (digest[0], digest[1], digest[2]))
    draw = ImageDraw.Draw(image)
    for place in range(RECTANGLES):
        numbers = digest[3 + 7 * place : 10 + 7 * place]
        left, top = numbers[0] * SIDE[0] // 256, numbers[1] * SIDE[1] // 256
        corner = (left + 20 + numbers[2] // 2, top + 20 + numbers[3] // 2)
        draw.rectangle(((left, top), corner), fill=(numbers[4], numbers[5], numbers[6]))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()
