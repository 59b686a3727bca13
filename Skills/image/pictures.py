"""Opens pictures within limits and writes them again without what should not be passed on."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workspace import existing_file, relative_name, save

if TYPE_CHECKING:
    from PIL import Image as PillowImage

MAX_FILE_BYTES = 200_000_000
MAX_PIXELS = 100_000_000
MAX_SIDE = 20_000
MISSING = (
    "Images need the Python package Pillow, which is not installed here; install it with: pip install pillow==13.0.0 "
    "(see requirements.txt of this skill)."
)
# Only formats that are decoded by Pillow itself; others would start a program or read text as commands.
FORMATS = {"PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "ICO"}
ENDINGS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".gif": "GIF",
    ".webp": "WEBP",
    ".bmp": "BMP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".ico": "ICO",
}
WITHOUT_TRANSPARENCY = {"JPEG", "BMP"}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}|[a-z]{3,20}")


def pillow() -> Any:
    """The package, or an error that says how to get it."""
    try:
        import PIL.IcoImagePlugin
        import PIL.Image
        import PIL.ImageColor
        import PIL.ImageDraw
        import PIL.ImageFont
        import PIL.ImageOps
        import PIL.TiffImagePlugin
        import PIL.WebPImagePlugin
    except ImportError:
        raise ModuleNotFoundError(MISSING) from None
    PIL.Image.preinit()
    return PIL


@contextmanager
def opened(path: str) -> Iterator[PillowImage.Image]:
    """Open a picture; its size is checked before anything is decoded."""
    library = pillow()
    file = existing_file(path)
    if file.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"'{path}' has more than {MAX_FILE_BYTES} bytes.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", library.Image.DecompressionBombWarning)
            image = library.Image.open(file, formats=sorted(FORMATS))
    except library.Image.DecompressionBombError:
        raise _too_large(path, "more pixels than can be read safely") from None
    except (library.UnidentifiedImageError, SyntaxError, ValueError, OSError, EOFError):
        raise ValueError(f"'{path}' is not a picture that can be read; {', '.join(sorted(FORMATS))} can.") from None
    with image:
        if image.width * image.height > MAX_PIXELS:
            raise _too_large(path, f"{image.width} × {image.height} pixels")
        try:
            yield image
        except library.Image.DecompressionBombError:
            raise _too_large(path, "more pixels than can be read safely") from None
        except (SyntaxError, EOFError) as error:
            raise ValueError(f"'{path}' is damaged: {error or 'it ends too early'}.") from None
        except OSError as error:
            if error.errno is None and not isinstance(error, FileExistsError | FileNotFoundError | PermissionError):
                raise ValueError(f"'{path}' is damaged: {error}.") from None
            raise


def upright(image: PillowImage.Image) -> PillowImage.Image:
    """The picture as people see it: turned as the camera noted."""
    turned = pillow().ImageOps.exif_transpose(image)
    return turned if turned is not None else image


def store(
    image: PillowImage.Image,
    source: str,
    output: str | None,
    suffix: str,
    kind: str | None = None,
    quality: int = 85,
    background: str = "white",
) -> dict[str, Any]:
    """Save a picture and describe the file; places, cameras and other notes of the original are left out."""
    name = f"{Path(source).with_suffix('')}-{suffix}"
    ending = Path(source).suffix.lower()
    if kind is not None:
        ending = next(ending for ending, format_name in ENDINGS.items() if format_name == kind)
    elif ENDINGS.get(ending) is None:
        ending = ".png"
    target = output or name + ending
    format_name = ENDINGS.get(Path(target).suffix.lower())
    if format_name is None or (kind is not None and format_name != kind):
        raise ValueError(f"'{target}' must end in one of {', '.join(ENDINGS)}, as its format does.")
    if not 1 <= quality <= 100:
        raise ValueError("quality must be between 1 and 100.")
    content = io.BytesIO()
    prepared = _prepared(image, format_name, background)
    options: dict[str, Any] = {"JPEG": {"quality": quality, "optimize": True}, "WEBP": {"quality": quality}}.get(
        format_name, {}
    )
    if format_name == "ICO":
        prepared.thumbnail((256, 256))
        options = {"sizes": [prepared.size]}
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    prepared.save(content, format_name, **options)
    saved = save(content.getvalue(), output, target)
    return {
        "path": saved,
        "format": format_name.lower(),
        "width": prepared.width,
        "height": prepared.height,
        "bytes": content.tell(),
        "source": relative_name(existing_file(source)),
    }


def checked_size(width: int, height: int) -> tuple[int, int]:
    """A size that can be made."""
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise ValueError(
            f"A picture has at most {MAX_SIDE} pixels a side and {MAX_PIXELS} in all, not {width} × {height}."
        )
    return width, height


def colour(text: str, opacity: float = 1.0) -> tuple[int, int, int, int]:
    """A colour such as red or #ff8800."""
    if not COLOUR.fullmatch(text.strip().lower()):
        raise ValueError(f"'{text[:40]}' is not a colour, such as white or #ff8800.")
    if not 0 < opacity <= 1:
        raise ValueError("opacity must be above 0 and at most 1.")
    try:
        red, green, blue = pillow().ImageColor.getrgb(text.strip().lower())[:3]
    except ValueError:
        raise ValueError(f"'{text[:40]}' is not a known colour; write it as #ff8800.") from None
    return red, green, blue, round(255 * opacity)


def _prepared(image: PillowImage.Image, format_name: str, background: str) -> PillowImage.Image:
    """The pixels in a mode that the format has; see-through parts get a background where there must be one."""
    library = pillow()
    has_transparency = "A" in image.getbands() or "transparency" in image.info
    if has_transparency and format_name in WITHOUT_TRANSPARENCY:
        layer = image.convert("RGBA")
        ground = library.Image.new("RGBA", layer.size, colour(background))
        return library.Image.alpha_composite(ground, layer).convert("RGB")
    if format_name in WITHOUT_TRANSPARENCY:
        return image.convert("L" if image.mode in ("1", "L") else "RGB")
    if image.mode in ("1", "L", "LA", "RGB", "RGBA"):
        return image.copy()
    return image.convert("RGBA" if has_transparency else "RGB")


def _too_large(path: str, size: str) -> ValueError:
    return ValueError(f"'{path}' unpacks to {size}, more than the limit of {MAX_PIXELS} pixels; it is not opened.")
