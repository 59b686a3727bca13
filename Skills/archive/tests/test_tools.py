"""Tests of the archive skill on real archives, honest and hostile ones."""

from __future__ import annotations

import gzip
import io
import os
import stat
import subprocess
import tarfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import archive_formats
import unpacking

FORMATS = ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"]


def zip_of(files: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def tar_of(*members: tuple[tarfile.TarInfo, bytes], mode: str = "w:gz") -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:
        for info, data in members:
            info.size = len(data) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(data))
    return content.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


class ArchiveTestCase(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.write("project/readme.md", "# Read me\n")
        self.write("project/data/übung.csv", "a,b\n1,2\n")
        self.write("project/run.sh", "#!/bin/sh\n")
        os.chmod("project/run.sh", 0o755)

    def nothing_was_unpacked(self) -> None:
        self.assertEqual([path for path in Path().iterdir() if path.is_dir() and path.name != "project"], [])


class ContractTests(SkillContract, unittest.TestCase):
    pass


class CreationTests(ArchiveTestCase):
    def test_every_format_gives_back_what_was_packed(self) -> None:
        for kind in FORMATS:
            with self.subTest(kind):
                packed = call("create_archive", paths=["project"], output=f"{kind}/p.{kind}")
                self.assertEqual((packed["format"], packed["file_count"]), (kind, 3))
                result = call("extract_archive", path=packed["path"])
                self.assertEqual(result["folder"], f"{kind}/p")
                root = Path(result["folder"]) / "project"
                self.assertEqual((root / "data/übung.csv").read_text(), "a,b\n1,2\n")
                self.assertTrue((root / "run.sh").stat().st_mode & stat.S_IXUSR)
                self.assertFalse((root / "readme.md").stat().st_mode & stat.S_IXUSR)

    def test_the_same_contents_give_the_same_bytes_whatever_their_times_and_owners(self) -> None:
        for kind in FORMATS:
            with self.subTest(kind):
                first = call("create_archive", paths=["project"], output=f"one.{kind}")
                os.utime("project/readme.md", (1, 1))
                second = call("create_archive", paths=["project/data", "project"], output=f"two.{kind}")
                self.assertEqual(first["sha256"], second["sha256"])

    def test_other_programs_read_the_archives(self) -> None:
        call("create_archive", paths=["project"], output="p.tar.gz")
        listed = subprocess.run(["tar", "-tzf", "p.tar.gz"], capture_output=True, text=True, check=True)
        self.assertEqual(listed.stdout.split()[-2:], ["project/readme.md", "project/run.sh"])
        self.assertIsNone(zipfile.ZipFile(call("create_archive", paths=["project"])["path"]).testzip())

    def test_links_git_data_excluded_names_and_the_archive_itself_stay_out(self) -> None:
        self.write("project/.git/config", "x")
        self.write("project/secret.pem", "x")
        Path("project/passwd").symlink_to("/etc/passwd")
        Path("project/all").symlink_to("/etc")
        result = call("create_archive", paths=["."], base=".", output="project/p.zip", exclude=["*.pem"])
        call("create_archive", paths=["."], output="project/q.zip", exclude=["*.pem", "project/p.zip"])
        names = zipfile.ZipFile("project/p.zip").namelist()
        self.assertEqual(names, ["project/data/übung.csv", "project/readme.md", "project/run.sh"])
        self.assertEqual([entry["name"] for entry in result["skipped"]], ["project/all", "project/passwd"])
        self.assertEqual(zipfile.ZipFile("project/q.zip").namelist(), names)

    def test_names_start_from_the_base(self) -> None:
        result = call("create_archive", paths=["project/data"], base="project")
        self.assertEqual(result["path"], "data.zip")
        self.assertEqual(zipfile.ZipFile("data.zip").namelist(), ["data/übung.csv"])

    def test_wrong_arguments_are_refused(self) -> None:
        cases = [
            (ValueError, "must end in", {"paths": ["project"], "output": "p.rar"}),
            (FileNotFoundError, "does not exist", {"paths": ["nowhere"]}),
            (PermissionError, "outside", {"paths": ["../"]}),
            (PermissionError, "outside", {"paths": ["project"], "output": "../p.zip"}),
            (ValueError, "not inside the base", {"paths": ["project"], "base": "project/data"}),
            (ValueError, "no file to pack", {"paths": ["project"], "exclude": ["*"]}),
        ]
        for kind, message, arguments in cases:
            with self.subTest(message), self.assertRaisesRegex(kind, message):
                call("create_archive", **arguments)


class ReadingTests(ArchiveTestCase):
    def test_lists_what_is_inside(self) -> None:
        self.write("p.zip", zip_of({"a/b.txt": "12345", "a/c.csv": "1"}))
        result = call("list_archive", path="p.zip", pattern="*.txt")
        self.assertEqual((result["file_count"], result["matching_count"], result["unpacked_bytes"]), (2, 1, 6))
        self.assertEqual(result["entries"][0]["name"], "a/b.txt")
        self.assertTrue(call("list_archive", path="p.zip", max_entries=1)["truncated"])

    def test_the_content_decides_the_format_not_the_name(self) -> None:
        self.write("download", zip_of({"a.txt": "1"}))
        self.write("wrong.zip", tar_of((member("a.txt"), b"1")))
        self.assertEqual(call("list_archive", path="download")["format"], "zip")
        self.assertEqual(call("list_archive", path="wrong.zip")["format"], "tar.gz")

    def test_reads_one_text(self) -> None:
        self.write("p.zip", zip_of({"long.txt": "x" * 30_000, "binary": b"\0\1"}))
        self.assertEqual(len(call("read_archived_file", path="p.zip", member="long.txt")["text"]), 20_000)
        for name, kind in (("binary", ValueError), ("missing", FileNotFoundError)):
            with self.subTest(name), self.assertRaises(kind):
                call("read_archived_file", path="p.zip", member=name)

    def test_verification_names_every_problem(self) -> None:
        links = [(member("a"), b"1"), (member("A"), b"2"), (member("l", tarfile.SYMTYPE, "/etc"), b"")]
        self.write("p.tgz", tar_of(*links, (member("../x"), b"3")))
        result = call("verify_archive", path="p.tgz")
        self.assertEqual([problem["name"] for problem in result["problems"]], ["A", "l", "../x"])
        self.write("good.zip", zip_of({"a": "1"}))
        self.assertTrue(call("verify_archive", path="good.zip")["ok"])

    def test_damage_is_found(self) -> None:
        whole = {"zip": zip_of({"a": os.urandom(5000)}), "tgz": tar_of((member("a"), os.urandom(5000)))}
        for kind, content in whole.items():
            for cut in (content[: len(content) // 2], content[:900] + b"\xff" * 20 + content[920:]):
                with self.subTest(kind, size=len(cut)):
                    self.write(f"bad.{kind}", cut)
                    self.assertFalse(call("verify_archive", path=f"bad.{kind}")["ok"])
                    with self.assertRaisesRegex(ValueError, "damaged"):
                        call("extract_archive", path=f"bad.{kind}", folder="out")
                    self.nothing_was_unpacked()

    def test_offsets_that_lead_nowhere_are_damage(self) -> None:
        content = bytearray(zip_of({"a": "1"}))
        place = content.index(b"PK\x05\x06") + 16
        for offset in (0xFFFFFFF0, 0x7FFFFFFF, 100):
            content[place : place + 4] = offset.to_bytes(4, "little")
            self.write("p.zip", bytes(content))
            with self.subTest(offset), self.assertRaisesRegex(ValueError, "damaged"):
                call("extract_archive", path="p.zip")

    def test_what_is_no_archive_is_refused(self) -> None:
        for content in (b"", b"hello", b"\x1f\x8b", gzip.compress(b"only a text")):
            with self.subTest(content[:9]), self.assertRaises(ValueError):
                self.write("x", content)
                call("list_archive", path="x")


class ExtractionTests(ArchiveTestCase):
    def test_repeating_changes_nothing_and_other_content_gets_its_own_folder(self) -> None:
        self.write("p.zip", zip_of({"a.txt": "1"}))
        self.assertEqual([call("extract_archive", path="p.zip")["folder"] for _ in range(2)], ["p", "p"])
        self.write("p.zip", zip_of({"a.txt": "2"}))
        self.assertEqual(call("extract_archive", path="p.zip")["folder"], "p-2")
        with self.assertRaisesRegex(FileExistsError, "other content"):
            call("extract_archive", path="p.zip", folder="p")
        self.assertEqual(Path("p/a.txt").read_text(), "1")

    def test_only_wanted_members_are_unpacked(self) -> None:
        self.write("p.zip", zip_of({"a/1.csv": "1", "a/2.txt": "2", "b/3.txt": "3"}))
        for members, expected in (
            [["*.csv"], ["a/1.csv"]],
            [["a"], ["a/1.csv", "a/2.txt"]],
            [["b/3.txt"], ["b/3.txt"]],
        ):
            with self.subTest(members):
                result = call("extract_archive", path="p.zip", members=members)
                self.assertEqual([name.split("/", 1)[1] for name in result["files"]], expected)
        with self.assertRaisesRegex(FileNotFoundError, "list_archive"):
            call("extract_archive", path="p.zip", members=["x"], folder="none")

    def test_names_that_lead_out_stop_everything(self) -> None:
        names = ["../x", "/etc/x", "a/../../x", "C:/x", "..\\x", "a/.git/hooks/x", "a/.GIT/config"]
        for name in names:
            with self.subTest(name):
                self.write("p.zip", zip_of({"good.txt": "1", name: "2"}))
                self.write("p.tgz", tar_of((member("good.txt"), b"1"), (member(name), b"2")))
                for path in ("p.zip", "p.tgz"):
                    with self.assertRaises(PermissionError):
                        call("extract_archive", path=path)
                self.nothing_was_unpacked()

    def test_links_and_devices_are_left_out_and_nothing_is_written_through_them(self) -> None:
        outside = Path("..", f"outside-{os.getpid()}")
        hostile = [
            (member("way", tarfile.SYMTYPE, "../.."), b""),
            (member("hard", tarfile.LNKTYPE, "/etc/passwd"), b""),
            (member("pipe", tarfile.FIFOTYPE), b""),
            (member("disk", tarfile.BLKTYPE), b""),
            (member(f"way/{outside.name}"), b"evil"),
        ]
        self.write("p.tgz", tar_of(*hostile))
        result = call("extract_archive", path="p.tgz", folder="out")
        self.assertEqual([entry["kind"] for entry in result["skipped"]], ["link", "link", "special", "special"])
        self.assertEqual(result["files"], [f"out/way/{outside.name}"])
        self.assertFalse(outside.exists())
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr(link, "/etc/passwd")
        self.write("p.zip", content.getvalue())
        self.assertEqual(call("extract_archive", path="p.zip")["skipped"], [{"name": "link", "kind": "link"}])

    def test_bombs_meet_their_limit_and_leave_nothing(self) -> None:
        self.write("p.zip", zip_of({"zeros": bytes(3_000_000)}))
        with self.assertRaisesRegex(ValueError, "more than 1000000 bytes"):
            call("extract_archive", path="p.zip", max_bytes=1_000_000)
        limits = mock.patch.multiple(unpacking, MIN_SUSPICIOUS_BYTES=1_000_000, MAX_RATIO=100)
        with limits, self.assertRaisesRegex(ValueError, "bomb"):
            call("extract_archive", path="p.zip")
        self.write("p.tgz", tar_of((member("zeros"), bytes(3_000_000))))
        limit = mock.patch.object(archive_formats, "MAX_STREAM_BYTES", 1_000_000)
        with limit, self.assertRaisesRegex(ValueError, "unpacks to more than"):
            call("list_archive", path="p.tgz")
        self.nothing_was_unpacked()

    def test_an_understated_size_does_not_slip_through(self) -> None:
        content = bytearray(zip_of({"zeros": bytes(500_000)}))
        for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            place = content.index(mark) + offset
            content[place : place + 4] = (10).to_bytes(4, "little")
        self.write("p.zip", bytes(content))
        with self.assertRaises(ValueError):
            call("extract_archive", path="p.zip", max_bytes=100)
        self.nothing_was_unpacked()

    def test_huge_headers_and_entry_counts_are_refused(self) -> None:
        info = member("a")
        info.pax_headers = {"comment": "x" * 2_000_000}
        self.write("p.tgz", tar_of((info, b"1")))
        with self.assertRaisesRegex(ValueError, "header is too large"):
            call("list_archive", path="p.tgz")
        self.write("p.zip", zip_of({str(number): "" for number in range(30)}))
        with mock.patch.object(archive_formats, "MAX_ENTRIES", 20), self.assertRaisesRegex(ValueError, "more than 20"):
            call("extract_archive", path="p.zip")

    def test_names_that_clash_are_refused(self) -> None:
        for names in (["a", "A"], ["a", "a/b"], ["a/b", "a"]):
            with self.subTest(names):
                self.write("p.tgz", tar_of(*((member(name), b"1") for name in names)))
                with self.assertRaisesRegex(ValueError, "nothing was unpacked"):
                    call("extract_archive", path="p.tgz")
                self.nothing_was_unpacked()


if __name__ == "__main__":
    unittest.main()
