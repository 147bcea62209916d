"""What is taken as a picture and what becomes of it; every file that is none has an answer of its own."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image, ImageEnhance

from chassis import pictures
from chassis.config import Settings
from chassis.kernel import Rejected
from chassis.likeness import bands, distance, likeness, near_bands
from chassis.problems import GENERAL, Refused
from tests.pictures import HEIC, SVG, animation, archive, encoded, exif, huge_png, photo, scene

SETTINGS = Settings()
JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
MPF = b"\xff\xe2\x00\x08MPF\0\0\0"


def refusal(content: bytes, media_type: str = JPEG, **limits: Any) -> str:
    """The code a file is refused with."""
    with pytest.raises(Rejected) as refused:
        pictures.remade(content, media_type, Settings(**limits))
    assert refused.value.code in GENERAL
    return refused.value.code


BAD = {
    "an empty file": (b"", JPEG, "photo.empty"),
    "an SVG with a script": (SVG, "image/svg+xml", "photo.svg"),
    "an SVG that says it is a PNG": (SVG, PNG, "photo.svg"),
    "an SVG in UTF-16": (SVG.decode().encode("utf-16"), PNG, "photo.svg"),
    "a HEIC": (HEIC, "image/heic", "photo.heic_not_taken"),
    "a HEIC that says it is a JPEG": (HEIC, JPEG, "photo.heic_not_taken"),
    "a page": (b"<!doctype html><html><body>hello", "text/html", "photo.not_a_picture"),
    "a zip": (archive(), JPEG, "photo.not_a_picture"),
    "a GIF": (encoded(scene(1, 8, 8), "GIF"), "image/gif", "photo.not_a_picture"),
    "a PNG of 50,000 x 50,000": (huge_png(), PNG, "photo.too_many_pixels"),
    "a zip after a JPEG": (photo() + archive(), JPEG, "photo.trailing_data"),
    "a zip after a PNG": (photo(form="PNG") + archive(), PNG, "photo.trailing_data"),
    "a zip after a WebP": (photo(form="WEBP") + archive(), WEBP, "photo.trailing_data"),
    "a JPEG after a JPEG, unannounced": (photo() + photo(2), JPEG, "photo.trailing_data"),
    "a zip after an announced picture": (
        photo()[:2] + MPF + photo()[2:] + photo(2) + archive(), JPEG, "photo.trailing_data",
    ),
    "an animated PNG": (animation(), PNG, "photo.more_than_one"),
    "an animated WebP": (animation("WEBP"), WEBP, "photo.more_than_one"),
    "a PNG that says it is a JPEG": (photo(form="PNG"), JPEG, "photo.type_wrong"),
    "a JPEG that says nothing": (photo(), "", "photo.type_wrong"),
    "half a JPEG": (photo()[:2000], JPEG, "photo.broken"),
    "half a PNG": (photo(form="PNG")[:2000], PNG, "photo.broken"),
    "half a WebP": (photo(form="WEBP")[:300], WEBP, "photo.broken"),
    "the first bytes of a JPEG": (b"\xff\xd8\xff", JPEG, "photo.broken"),
    "a PNG without its end": (photo(form="PNG")[:-12], PNG, "photo.broken"),
    "a PNG with other bytes in the middle": (
        photo(form="PNG")[:900] + b"\0" * 40 + photo(form="PNG")[940:], PNG, "photo.broken",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_has_its_own_answer(name: str) -> None:
    content, media_type, code = BAD[name]
    assert refusal(content, media_type) == code


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    assert len(huge_png()) < 100_000
    assert refusal(photo(), photo_max_pixels=160 * 120 - 1) == "photo.too_many_pixels"
    assert pictures.remade(photo(), JPEG, Settings(photo_max_pixels=160 * 120)).width == 160


@pytest.mark.parametrize(("form", "media_type"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_a_picture_is_written_anew_as_jpeg_without_metadata(form: str, media_type: str) -> None:
    told = pictures.remade(photo(form=form, exif=exif()), media_type, SETTINGS)
    kept = Image.open(io.BytesIO(told.content))
    assert (kept.format, kept.size) == ("JPEG", (160, 120))
    assert len(kept.getexif()) == 0
    assert b"Exif" not in told.content


def test_place_and_time_are_declared_facts_and_the_place_is_a_village() -> None:
    told = pictures.remade(photo(exif=exif()), JPEG, SETTINGS)
    assert told.taken_at == datetime(2026, 11, 2, 0, 10, tzinfo=UTC)
    assert (told.latitude_udeg, told.longitude_udeg) == (37_620_000, 114_919_000)


@pytest.mark.parametrize(
    "noted",
    [
        exif(taken="0000:00:00 00:00:00", place=False), exif(taken="yesterday", place=False),
        exif(taken="1926:11:02 08:10:00", place=False),
    ],
)  # fmt: skip
def test_a_time_that_is_none_was_not_declared(noted: bytes) -> None:
    told = pictures.remade(photo(exif=noted), JPEG, SETTINGS)
    assert (told.taken_at, told.latitude_udeg) == (None, None)


def test_a_time_without_its_offset_is_the_clock_here() -> None:
    told = pictures.remade(photo(exif=exif(offset="")), JPEG, SETTINGS)
    assert told.taken_at == datetime(2026, 11, 2, 0, 10, tzinfo=UTC)


def test_a_picture_is_turned_upright_and_made_smaller() -> None:
    lying = encoded(scene(1, 400, 200), exif=exif(turned=6))
    told = pictures.remade(lying, JPEG, Settings(photo_side_max=100))
    assert (told.width, told.height) == (50, 100)


@pytest.mark.parametrize("mode", ["L", "CMYK", "1"])
def test_odd_modes_are_taken(mode: str) -> None:
    form = "JPEG" if mode != "1" else "PNG"
    told = pictures.remade(encoded(scene(1, 40, 30).convert(mode), form), f"image/{form.lower()}", SETTINGS)
    assert (told.width, told.height) == (40, 30)


def test_deep_grey_and_what_is_clear_become_what_people_see() -> None:
    deep = Image.new("I;16", (8, 8), 0x8000)
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    seen = [pictures.remade(encoded(one, "PNG"), PNG, SETTINGS).content for one in (deep, clear)]
    grey, white = (Image.open(io.BytesIO(one)).getpixel((4, 4)) for one in seen)
    assert (grey, white) == ((128, 128, 128), (255, 255, 255))


def test_a_second_picture_that_the_camera_announces_is_dropped() -> None:
    plain = pictures.remade(photo(), JPEG, SETTINGS)
    announced = pictures.remade(photo()[:2] + MPF + photo()[2:] + photo(2), JPEG, SETTINGS)
    assert announced.sha256 == plain.sha256
    assert announced.original_sha256 != plain.original_sha256


@pytest.mark.parametrize("seed", range(4))
def test_the_same_picture_stays_alike(seed: int) -> None:
    picture = scene(seed)
    own = likeness(picture)
    again = Image.open(io.BytesIO(encoded(picture, quality=30)))
    others = (
        again, picture.resize((200, 150)), picture.crop((4, 3, 636, 477)),
        ImageEnhance.Brightness(picture).enhance(1.1), ImageEnhance.Brightness(picture).enhance(0.8),
    )  # fmt: skip
    assert max(distance(own, likeness(other)) for other in others) <= 6


def test_other_pictures_are_not_alike() -> None:
    hashes = [likeness(scene(seed, 80, 60)) for seed in range(40)]
    assert min(distance(one, other) for place, one in enumerate(hashes) for other in hashes[:place]) > 10


def test_the_bands_find_whatever_differs_in_seven_bits() -> None:
    own = likeness(scene(1, 80, 60))
    for spread in ((0, 1, 16, 17, 32, 33, 48), (0, 1, 2, 3, 4, 5, 6), (0, 16, 32, 48, 50, 34, 18)):
        other = f"{int(own, 16) ^ sum(1 << bit for bit in spread):016x}"
        near = near_bands([own])
        assert distance(own, other) == 7
        assert any(band in values for band, values in zip(bands(other), near, strict=True))


async def test_no_more_pictures_wait_than_may() -> None:
    crowded = Settings(photos_at_once=1, photos_waiting_max=1)
    readers = pictures._Readers(1, 1)
    readers._taken = 2
    with pytest.raises(Refused) as refused:
        await readers.read(photo(), JPEG, crowded)
    assert refused.value.code == "overloaded"
    assert (await pictures.read(photo(), JPEG, crowded)).width == 160


async def test_a_picture_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        await pictures.read(encoded(scene(1, 1600, 1200), "PNG"), PNG, Settings(photo_decode_max_s=0.000_001))
    assert refused.value.code == "photo.too_slow"
