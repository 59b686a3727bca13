"""Tests of the image skill on real pictures, honest and hostile ones."""

from __future__ import annotations

import io
import struct
import sys
import unittest
import zlib
from pathlib import Path
from unittest import mock

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import pictures

try:
    from PIL import Image
except ImportError:
    Image = None


class ContractTests(SkillContract, unittest.TestCase):
    pass


class MissingPackageTests(WorkspaceTestCase):
    def test_a_missing_package_is_named(self) -> None:
        self.write("a.png", b"x")
        refused = self.assertRaisesRegex(ModuleNotFoundError, "pip install pillow==")
        with mock.patch.dict(sys.modules, {"PIL.Image": None, "PIL": None}), refused:
            call("image_info", path="a.png")


@unittest.skipIf(Image is None, "needs the Python package Pillow (Scripts/setup test)")
class ImageTestCase(WorkspaceTestCase):
    """A photo with colours in its four corners, as red, green, blue and white quarters."""

    CORNERS = {(0, 0): (255, 0, 0), (1, 0): (0, 255, 0), (0, 1): (0, 0, 255), (1, 1): (255, 255, 255)}

    def setUp(self) -> None:
        super().setUp()
        self.picture(400, 200).save("photo.png")

    def picture(self, width: int, height: int, mode: str = "RGB") -> Image.Image:
        image = Image.new("RGB", (width, height))
        for (x, y), colour in self.CORNERS.items():
            image.paste(colour, (x * width // 2, y * height // 2, (x + 1) * width // 2, (y + 1) * height // 2))
        return image.convert(mode)

    def colours(self, path: str) -> list[tuple[int, int, int]]:
        """The colours near the four corners, row by row."""
        with Image.open(path) as image:
            points = [(x, y) for y in (0.2, 0.8) for x in (0.2, 0.8)]
            return [image.convert("RGB").getpixel((int(image.width * x), int(image.height * y))) for x, y in points]


class InfoTests(ImageTestCase):
    def test_describes_a_picture(self) -> None:
        result = call("image_info", path="photo.png")
        self.assertEqual((result["format"], result["width"], result["height"]), ("png", 400, 200))
        self.assertEqual((result["has_transparency"], result["frames"], result["has_location"]), (False, 1, False))

    def test_tells_camera_location_and_size_as_seen(self) -> None:
        notes = Image.Exif()
        notes[271], notes[274] = "Maker", 6
        notes.get_ifd(34853)[1] = "N"
        self.picture(400, 200).save("phone.jpg", exif=notes, dpi=(300, 300))
        result = call("image_info", path="phone.jpg")
        self.assertEqual((result["width"], result["height"], result["dpi"]), (200, 400, 300))
        self.assertEqual((result["camera"], result["has_location"]), ({"maker": "Maker"}, True))

    def test_counts_the_frames_of_an_animation(self) -> None:
        frames = [self.picture(40, 20), self.picture(40, 20).rotate(180)]
        frames[0].save("moving.gif", save_all=True, append_images=frames[1:])
        self.assertEqual(call("image_info", path="moving.gif")["frames"], 2)
        self.assertEqual(call("convert_image", path="moving.gif", format="png")["width"], 40)


class ChangeTests(ImageTestCase):
    def test_resizing_keeps_proportions_unless_told_otherwise(self) -> None:
        cases = [
            ({"width": 100}, (100, 50)),
            ({"height": 100}, (200, 100)),
            ({"percent": 50}, (200, 100)),
            ({"width": 100, "height": 100}, (100, 50)),
            ({"width": 100, "height": 100, "fit": "cover"}, (100, 100)),
            ({"width": 100, "height": 100, "fit": "stretch"}, (100, 100)),
            ({"width": 1}, (1, 1)),
        ]
        for number, (arguments, size) in enumerate(cases):
            with self.subTest(arguments):
                result = call("resize_image", path="photo.png", output=f"{number}.png", **arguments)
                self.assertEqual((result["width"], result["height"]), size)
        self.assertEqual(self.colours("1.png"), list(self.CORNERS.values()))

    def test_the_original_stays_and_repeating_gives_the_same_file(self) -> None:
        before = Path("photo.png").read_bytes()
        names = [call("resize_image", path="photo.png", width=100)["path"] for _ in range(2)]
        self.assertEqual(names, ["photo-100x50.png"] * 2)
        self.assertEqual(Path("photo.png").read_bytes(), before)
        with self.assertRaises(FileExistsError):
            call("resize_image", path="photo.png", width=100, output="photo.png")

    def test_cropping_takes_the_rectangle_or_the_middle(self) -> None:
        result = call("crop_image", path="photo.png", left=200, top=0, width=200, height=100)
        self.assertEqual(set(self.colours(result["path"])), {(0, 255, 0)})
        square = call("crop_image", path="photo.png", aspect="square", output="square.png")
        self.assertEqual((square["width"], square["height"]), (200, 200))
        self.assertEqual(self.colours("square.png"), list(self.CORNERS.values()))

    def test_turning_goes_clockwise(self) -> None:
        red, green, blue, white = self.CORNERS.values()
        result = call("rotate_image", path="photo.png", degrees=90)
        self.assertEqual((result["width"], result["height"]), (200, 400))
        self.assertEqual(self.colours(result["path"]), [blue, red, white, green])
        call("rotate_image", path="photo.png", flip="horizontal", output="flipped.png")
        self.assertEqual(self.colours("flipped.png"), [green, red, white, blue])

    def test_pictures_of_phones_are_turned_upright(self) -> None:
        notes = Image.Exif()
        notes[274] = 6
        self.picture(400, 200).save("phone.jpg", exif=notes, quality=100)
        result = call("crop_image", path="phone.jpg", left=0, top=0, width=100, height=200)
        self.assertEqual((result["width"], result["height"]), (100, 200))
        self.assertLess(abs(self.colours(result["path"])[0][2] - 255), 10)

    def test_converts_between_all_formats_and_drops_notes(self) -> None:
        notes = Image.Exif()
        notes[271] = "Maker"
        notes.get_ifd(34853)[1] = "N"
        for mode in ("RGB", "RGBA", "L", "P", "1", "CMYK", "LA", "I"):
            image = self.picture(40, 20).convert("L").convert("I") if mode == "I" else self.picture(40, 20, mode)
            image.save(f"in-{mode.lower()}.tiff", exif=notes)
            for kind in ("png", "jpeg", "webp", "gif", "bmp", "tiff", "ico"):
                with self.subTest(mode=mode, kind=kind):
                    result = call("convert_image", path=f"in-{mode.lower()}.tiff", format=kind, output=f"{mode}.{kind}")
                    self.assertEqual((result["format"], result["width"]), (kind, 40))
                    self.assertEqual(call("image_info", path=result["path"])["camera"], {})

    def test_see_through_parts_get_the_background(self) -> None:
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save("clear.png")
        call("convert_image", path="clear.png", format="jpeg", background="#ff8800", output="c.jpg")
        self.assertLess(abs(self.colours("c.jpg")[0][1] - 0x88), 4)
        self.assertTrue(
            call("image_info", path=call("resize_image", path="clear.png", width=5)["path"])["has_transparency"]
        )

    def test_thumbnails_are_small_and_never_enlarged(self) -> None:
        result = call("make_thumbnail", path="photo.png", size=64)
        self.assertEqual((result["width"], result["height"]), (64, 32))
        self.assertEqual(call("make_thumbnail", path="photo.png", size=1000, output="l.png")["width"], 400)
        square = call("make_thumbnail", path="photo.png", size=64, square=True, output="s.png")
        self.assertEqual((square["width"], square["height"]), (64, 64))

    def test_a_caption_is_written_where_it_should_be(self) -> None:
        Image.new("RGB", (400, 200), "black").save("black.png")
        for position, box in (("bottom-right", (200, 100, 400, 200)), ("top-left", (0, 0, 200, 100))):
            with self.subTest(position):
                result = call(
                    "annotate_image", path="black.png", text="Hi", position=position, output=f"{position}.png"
                )
                with Image.open(result["path"]) as image:
                    inside = image.crop(box).getbbox()
                    whole = image.getbbox()
                self.assertTrue(result["fits"])
                self.assertIsNotNone(inside)
                self.assertEqual((whole[0] >= box[0], whole[3] <= box[3]), (True, True))
        self.assertFalse(call("annotate_image", path="black.png", text="x" * 300, output="wide.png")["fits"])


class RefusalTests(ImageTestCase):
    def test_wrong_arguments_are_refused(self) -> None:
        cases = [
            ("resize_image", {}),
            ("resize_image", {"width": 10, "percent": 50}),
            ("resize_image", {"width": 20_000, "height": 20_000, "fit": "stretch"}),
            ("crop_image", {}),
            ("crop_image", {"left": 0, "top": 0, "width": 10}),
            ("crop_image", {"left": 399, "top": 0, "width": 2, "height": 2}),
            ("rotate_image", {}),
            ("annotate_image", {"text": "x", "color": "no colour"}),
            ("annotate_image", {"text": "x", "color": "nocolour"}),
            ("annotate_image", {"text": " "}),
            ("convert_image", {"format": "png", "output": "x.jpg"}),
            ("convert_image", {"format": "png", "output": "x.exe"}),
        ]
        for tool, arguments in cases:
            with self.subTest(tool, **arguments), self.assertRaises(ValueError):
                call(tool, path="photo.png", **arguments)

    def test_bombs_are_refused_before_they_are_unpacked(self) -> None:
        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
        bomb = (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(bytes(1000)))
            + chunk(b"IEND", b"")
        )
        self.write("bomb.png", bomb)
        for tool, arguments in (("image_info", {}), ("make_thumbnail", {}), ("convert_image", {"format": "jpeg"})):
            with self.subTest(tool), self.assertRaisesRegex(ValueError, "limit of"):
                call(tool, path="bomb.png", **arguments)
        with mock.patch.object(pictures, "MAX_PIXELS", 1000), self.assertRaisesRegex(ValueError, "400 × 200"):
            call("image_info", path="photo.png")

    def test_damaged_files_and_other_files_are_refused(self) -> None:
        jpeg = io.BytesIO()
        self.picture(400, 200).save(jpeg, "JPEG")
        files = {
            "cut.png": Path("photo.png").read_bytes()[:200],
            "cut.jpg": jpeg.getvalue()[: len(jpeg.getvalue()) // 2],
            "text.png": b"hello",
            "empty.png": b"",
            "script.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
            "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        }
        for name, content in files.items():
            self.write(name, content)
            with self.subTest(name), self.assertRaises(ValueError):
                call("convert_image", path=name, format="png", output="out.png")
        self.assertFalse(Path("out.png").exists())

    def test_paths_stay_in_the_workspace(self) -> None:
        for arguments, kind in (
            ({"path": "../x.png"}, PermissionError),
            ({"path": "none.png"}, FileNotFoundError),
            ({"path": "photo.png", "output": "../x.png"}, PermissionError),
        ):
            with self.subTest(arguments), self.assertRaises(kind):
                call("resize_image", width=10, **arguments)


if __name__ == "__main__":
    unittest.main()
