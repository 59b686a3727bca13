"""Tools of the image skill: describe, resize, crop, rotate, convert and annotate pictures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pictures import MAX_SIDE, checked_size, colour, opened, pillow, store, upright  # noqa: E402
from workspace import existing_file, relative_name  # noqa: E402

__all__ = [
    "image_info",
    "resize_image",
    "crop_image",
    "rotate_image",
    "convert_image",
    "make_thumbnail",
    "annotate_image",
]

MAX_ANNOTATION_CHARACTERS = 500
MARGIN = 0.02
CAMERA_NOTES = {271: "maker", 272: "model", 305: "software", 306: "taken"}
GPS_NOTES = 34_853
ASPECTS = {"square": 1.0, "4:3": 4 / 3, "3:2": 1.5, "16:9": 16 / 9, "3:4": 0.75, "2:3": 2 / 3, "9:16": 9 / 16}


def image_info(path: str) -> dict[str, Any]:
    """Describe a picture: format, size, colours, frames, and whether it tells where it was taken."""
    with opened(path) as image:
        notes = image.getexif()
        width, height = upright(image).size if notes.get(274, 1) != 1 else image.size
        dpi = image.info.get("dpi")
        return {
            "path": relative_name(existing_file(path)),
            "format": (image.format or "").lower(),
            "width": width,
            "height": height,
            "mode": image.mode,
            "has_transparency": "A" in image.getbands() or "transparency" in image.info,
            "frames": getattr(image, "n_frames", 1),
            "dpi": round(float(dpi[0])) if dpi and float(dpi[0]) > 0 else None,
            "bytes": existing_file(path).stat().st_size,
            "camera": {name: str(notes[tag])[:100] for tag, name in CAMERA_NOTES.items() if notes.get(tag)},
            "has_location": GPS_NOTES in notes,
        }


def resize_image(
    path: str,
    width: int | None = None,
    height: int | None = None,
    percent: float | None = None,
    fit: str = "inside",
    output: str | None = None,
) -> dict[str, Any]:
    """Resize a picture; with one side given the other follows, with both `fit` says how."""
    library = pillow()
    with opened(path) as original:
        image = upright(original)
        if percent is not None:
            if width is not None or height is not None:
                raise ValueError("Give percent, or width and height, not both.")
            width, height = round(image.width * percent / 100), round(image.height * percent / 100)
        if width is None and height is None:
            raise ValueError("Give width, height or percent.")
        size = checked_size(
            width if width is not None else max(1, round(image.width * (height or 1) / image.height)),
            height if height is not None else max(1, round(image.height * (width or 1) / image.width)),
        )
        smooth = _smooth(image)
        if fit == "cover":
            result = library.ImageOps.fit(smooth, size, library.Image.Resampling.LANCZOS)
        elif fit == "stretch":
            result = smooth.resize(size, library.Image.Resampling.LANCZOS)
        elif fit == "inside":
            scale = min(size[0] / image.width, size[1] / image.height)
            inside = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            result = smooth.resize(inside, library.Image.Resampling.LANCZOS)
        else:
            raise ValueError("fit must be inside, cover or stretch.")
        return store(result, path, output, f"{result.width}x{result.height}")


def crop_image(
    path: str,
    left: int | None = None,
    top: int | None = None,
    width: int | None = None,
    height: int | None = None,
    aspect: str | None = None,
    output: str | None = None,
) -> dict[str, Any]:
    """Cut out a rectangle, or the largest middle part with a shape such as square or 16:9."""
    given = [side is not None for side in (left, top, width, height)]
    if any(given) == (aspect is not None) or (any(given) and not all(given)):
        raise ValueError("Give left, top, width and height, or only aspect.")
    with opened(path) as original:
        image = upright(original)
        if aspect is not None:
            if aspect not in ASPECTS:
                raise ValueError(f"aspect must be one of {', '.join(ASPECTS)}.")
            width = min(image.width, max(1, round(image.height * ASPECTS[aspect])))
            height = min(image.height, max(1, round(image.width / ASPECTS[aspect])))
            left, top = (image.width - width) // 2, (image.height - height) // 2
        assert left is not None and top is not None and width is not None and height is not None
        if left < 0 or top < 0 or width < 1 or height < 1 or left + width > image.width or top + height > image.height:
            raise ValueError(f"The rectangle does not lie inside the picture of {image.width} × {image.height} pixels.")
        return store(image.crop((left, top, left + width, top + height)), path, output, "cropped")


def rotate_image(path: str, degrees: int = 0, flip: str | None = None, output: str | None = None) -> dict[str, Any]:
    """Turn a picture clockwise by 90, 180 or 270 degrees, or mirror it."""
    library = pillow()
    turns = {90: "ROTATE_270", 180: "ROTATE_180", 270: "ROTATE_90"}
    flips = {"horizontal": "FLIP_LEFT_RIGHT", "vertical": "FLIP_TOP_BOTTOM"}
    if degrees not in (0, *turns) or (flip is not None and flip not in flips) or (degrees == 0 and flip is None):
        raise ValueError("degrees must be 90, 180 or 270, or flip must be horizontal or vertical.")
    with opened(path) as original:
        image = upright(original)
        for name in (turns.get(degrees), flips.get(flip or "")):
            if name:
                image = image.transpose(library.Image.Transpose[name])
        return store(image, path, output, "rotated" if degrees else "flipped")


def convert_image(
    path: str,
    format: str,
    quality: int = 85,
    background: str = "white",
    grayscale: bool = False,
    output: str | None = None,
) -> dict[str, Any]:
    """Save a picture in another format; camera and location notes are left out."""
    with opened(path) as original:
        image = upright(original)
        if grayscale:
            image = image.convert("LA" if "A" in image.getbands() else "L")
        return store(image, path, output, "converted", format.upper(), quality, background)


def make_thumbnail(path: str, size: int = 256, square: bool = False, output: str | None = None) -> dict[str, Any]:
    """Make a small picture whose longer side has `size` pixels, or a square one."""
    library = pillow()
    checked_size(size, size)
    if size > 2_000:
        raise ValueError("A thumbnail has at most 2000 pixels a side; use resize_image for larger ones.")
    with opened(path) as original:
        original.draft("RGB", (size * 2, size * 2))
        image = _smooth(upright(original))
        if square:
            image = library.ImageOps.fit(image, (size, size), library.Image.Resampling.LANCZOS)
        else:
            image.thumbnail((size, size), library.Image.Resampling.LANCZOS)
        return store(image, path, output, "thumbnail")


def annotate_image(
    path: str,
    text: str,
    position: str = "bottom-right",
    size: int | None = None,
    color: str = "white",
    opacity: float = 0.8,
    output: str | None = None,
) -> dict[str, Any]:
    """Write a caption or watermark onto a picture, with an outline that keeps it readable."""
    if not text.strip() or len(text) > MAX_ANNOTATION_CHARACTERS or any(ord(c) < 32 and c != "\n" for c in text):
        raise ValueError(f"text must be 1 to {MAX_ANNOTATION_CHARACTERS} characters, with line breaks at most.")
    library = pillow()
    ink = colour(color, opacity)
    outline = (0, 0, 0, ink[3]) if sum(ink[:3]) > 382 else (255, 255, 255, ink[3])
    with opened(path) as original:
        image = upright(original)
        height = size if size is not None else max(10, round(min(image.size) / 20))
        if not 4 <= height <= min(2_000, MAX_SIDE):
            raise ValueError("size must be between 4 and 2000 pixels.")
        font = library.ImageFont.load_default(height)
        layer = library.Image.new("RGBA", image.size, (0, 0, 0, 0))
        draw = library.ImageDraw.Draw(layer)
        stroke = max(1, height // 16)
        box = draw.multiline_textbbox((0, 0), text, font, stroke_width=stroke)
        corner = _corner(position, image.size, (box[2] - box[0], box[3] - box[1]))
        place = (corner[0] - box[0], corner[1] - box[1])
        draw.multiline_text(place, text, ink, font, stroke_width=stroke, stroke_fill=outline)
        result = library.Image.alpha_composite(image.convert("RGBA"), layer)
        if "A" not in image.getbands() and "transparency" not in image.info:
            result = result.convert("RGB")
        return {**store(result, path, output, "annotated"), "fits": box[2] - box[0] <= image.width}


def _smooth(image: Any) -> Any:
    """A picture with a palette has to be unpacked before its colours can be mixed."""
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        return image.copy()
    return image.convert("RGBA" if "transparency" in image.info or "A" in image.getbands() else "RGB")


def _corner(position: str, whole: tuple[int, int], part: tuple[float, float]) -> tuple[int, int]:
    """Where the upper left corner of a text goes."""
    down, _, across = position.partition("-")
    if position == "center":
        down = across = "center"
    margin = round(min(whole) * MARGIN)
    xs = {"left": margin, "center": (whole[0] - part[0]) / 2, "right": whole[0] - part[0] - margin}
    ys = {"top": margin, "center": (whole[1] - part[1]) / 2, "bottom": whole[1] - part[1] - margin}
    if across not in xs or down not in ys:
        raise ValueError(f"'{position[:40]}' is not a position such as bottom-right, top-center or center.")
    return round(xs[across]), round(ys[down])
