"""Tests of the file-ops skill on real files, folders and links."""

from __future__ import annotations

import os
import unittest
from pathlib import Path
from typing import Any

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import tools
import workspace


class ContractTests(SkillContract, unittest.TestCase):
    pass


class ReadTests(WorkspaceTestCase):
    def test_lists_files_with_kind_and_size(self) -> None:
        self.write("b.txt", "bb")
        self.write("folder/a.csv", "x\n")
        self.write(".git/config", "secret")
        Path("link").symlink_to("b.txt")
        flat = call("list_files")
        self.assertEqual(
            [(entry["path"], entry["kind"], entry["bytes"]) for entry in flat["entries"]],
            [("b.txt", "file", 2), ("folder", "folder", None), ("link", "link", None)],
        )
        deep = call("list_files", pattern="*.csv", recursive=True)
        self.assertEqual([entry["path"] for entry in deep["entries"]], ["folder/a.csv"])
        self.assertEqual([entry["path"] for entry in call("list_files", path="folder")["entries"]], ["folder/a.csv"])
        by_path = call("list_files", pattern="folder/*", recursive=True)
        self.assertEqual([entry["path"] for entry in by_path["entries"]], ["folder/a.csv"])

    def test_long_lists_are_cut_and_say_so(self) -> None:
        for number in range(5):
            self.write(f"{number}.txt", "")
        result = call("list_files", max_results=3)
        self.assertEqual((len(result["entries"]), result["truncated"]), (3, True))
        self.assertFalse(call("list_files", max_results=5)["truncated"])

    def test_reads_some_lines_of_a_file(self) -> None:
        path = self.write("x.txt", "one\r\ntwo\x0b\u2028still two\nthree")
        whole = call("read_file", path=path)
        self.assertEqual(
            (whole["content"], whole["total_lines"], whole["truncated"]),
            ("one\r\ntwo\x0b\u2028still two\nthree", 3, False),
        )
        part = call("read_file", path=path, start_line=2, max_lines=1)
        self.assertEqual(
            (part["content"], part["start_line"], part["end_line"], part["truncated"]),
            ("two\x0b\u2028still two\n", 2, 2, True),
        )
        self.assertEqual(call("read_file", path=self.write("empty.txt", ""))["content"], "")

    def test_long_files_are_read_in_whole_lines(self) -> None:
        path = self.write("long.txt", ("x" * 999 + "\n") * 100)
        first = call("read_file", path=path)
        self.assertEqual((first["end_line"], first["truncated"]), (50, True))
        rest = call("read_file", path=path, start_line=51)
        self.assertEqual((rest["end_line"], rest["truncated"]), (100, False))
        self.assertEqual(len(call("read_file", path=self.write("line.txt", "y" * 60_000))["content"]), 50_000)

    def test_searches_text_in_files(self) -> None:
        self.write("a.txt", "Hello\n  say hello there\n")
        self.write("sub/b.py", "hello = 1\n")
        self.write("bin.dat", b"\0hello")
        Path("out").symlink_to("/etc/hostname")
        found = call("search_files", text="hello")
        self.assertEqual(
            [(match["path"], match["line"], match["text"]) for match in found["matches"]],
            [("a.txt", 2, "say hello there"), ("sub/b.py", 1, "hello = 1")],
        )
        self.assertEqual((found["searched"], found["skipped"]), (2, 2))
        self.assertEqual(len(call("search_files", text="HELLO", ignore_case=True)["matches"]), 3)
        self.assertEqual(len(call("search_files", text="hello", pattern="*.py")["matches"]), 1)
        self.assertEqual(len(call("search_files", text="hello", path="a.txt")["matches"]), 1)
        self.assertTrue(call("search_files", text="hello", max_matches=1)["truncated"])

    def test_wrong_arguments_are_refused(self) -> None:
        self.write("x.txt", "one\n")
        self.write("bin", b"\xff\xfe\xfa")
        cases: list[tuple[type[Exception], str, dict[str, Any], str]] = [
            (ValueError, "read_file", {"path": "x.txt", "start_line": 9}, "only 1 lines"),
            (ValueError, "read_file", {"path": "x.txt", "start_line": 0}, "counts from 1"),
            (ValueError, "read_file", {"path": "bin"}, "not a UTF-8 text"),
            (ValueError, "read_file", {"path": "."}, "folder"),
            (ValueError, "read_file", {"path": ""}, "non-empty"),
            (ValueError, "read_file", {"path": "a\0b"}, "non-empty"),
            (FileNotFoundError, "read_file", {"path": "gone"}, "does not exist"),
            (ValueError, "list_files", {"path": "x.txt"}, "is a file"),
            (FileNotFoundError, "list_files", {"path": "gone"}, "does not exist"),
            (ValueError, "search_files", {"text": ""}, "not empty"),
            (ValueError, "search_files", {"text": "a\nb"}, "one line"),
            (FileNotFoundError, "search_files", {"text": "a", "path": "gone"}, "does not exist"),
            (ValueError, "list_files", {"max_results": 0}, "between 1 and"),
        ]
        for kind, tool, arguments, message in cases:
            with self.subTest(tool=tool, arguments=arguments), self.assertRaisesRegex(kind, message):
                getattr(tools, tool)(**arguments)


class ChangeTests(WorkspaceTestCase):
    def test_writes_new_files_and_replaces_only_when_asked(self) -> None:
        first = call("write_file", path="notes/today.md", content="Grüße\n")
        self.assertEqual(first, {"path": "notes/today.md", "bytes": 8, "created": True})
        self.assertFalse(call("write_file", path="notes/today.md", content="Grüße\n")["created"])
        with self.assertRaisesRegex(FileExistsError, "overwrite"):
            call("write_file", path="notes/today.md", content="other")
        call("write_file", path="notes/today.md", content="other", overwrite=True)
        self.assertEqual(Path("notes/today.md").read_text(), "other")
        with self.assertRaisesRegex(ValueError, "folder"):
            call("write_file", path="notes", content="x")
        with self.assertRaisesRegex(ValueError, "surrogate"):
            tools.write_file("x.txt", "\ud800")

    def test_edits_an_exact_text(self) -> None:
        path = self.write("x.py", "a = 1\nb = 1\r\nc = 2\n")
        os.chmod(path, 0o755)
        self.assertEqual(
            call("edit_file", path=path, old_text="c = 2", new_text="c = 3"),
            {"path": "x.py", "replacements": 1, "first_line": 3},
        )
        self.assertEqual(
            call("edit_file", path=path, old_text="= 1", new_text="= 4", replace_all=True)["replacements"], 2
        )
        self.assertEqual(Path(path).read_bytes(), b"a = 4\nb = 4\r\nc = 3\n")
        self.assertEqual(Path(path).stat().st_mode & 0o777, 0o755)

    def test_an_edit_that_is_not_clear_changes_nothing(self) -> None:
        path = self.write("x.txt", "same same")
        cases = [
            ("same", "x", "occurs 2 times"),
            ("gone", "x", "was not found"),
            ("", "x", "not be empty"),
            ("same", "same", "differ"),
        ]
        for old_text, new_text, message in cases:
            with self.subTest(old_text=old_text), self.assertRaisesRegex(ValueError, message):
                tools.edit_file(path, old_text, new_text)
        self.assertEqual(Path(path).read_text(), "same same")

    def test_moves_and_copies_without_replacing(self) -> None:
        self.write("a.txt", "a")
        self.write("b.txt", "b")
        for _ in range(2):
            self.assertEqual(
                call("copy_file", source="a.txt", destination="new/c.txt"),
                {"path": "new/c.txt", "source": "a.txt", "bytes": 1},
            )
        self.assertEqual(call("move_file", source="new", destination="old"), {"path": "old", "source": "new"})
        self.assertEqual(Path("old/c.txt").read_text(), "a")
        for tool in ("move_file", "copy_file"):
            with self.subTest(tool), self.assertRaises(FileExistsError):
                call(tool, source="a.txt", destination="b.txt")
            with self.subTest(tool), self.assertRaisesRegex(ValueError, "old/a.txt"):
                call(tool, source="a.txt", destination="old")
            with self.subTest(tool), self.assertRaises(FileNotFoundError):
                call(tool, source="gone", destination="x")
        with self.assertRaisesRegex(ValueError, "into itself"):
            call("move_file", source="old", destination="old/deeper/x")

    def test_deletes_files_and_asks_before_whole_folders(self) -> None:
        self.write("folder/a.txt", "a")
        self.write("folder/sub/b.txt", "b")
        self.assertEqual(call("delete_file", path="folder/a.txt"), {"path": "folder/a.txt", "deleted_files": 1})
        with self.assertRaisesRegex(ValueError, "1 files; set recursive"):
            call("delete_file", path="folder")
        self.assertEqual(call("delete_file", path="folder", recursive=True)["deleted_files"], 1)
        self.assertFalse(Path("folder").exists())
        with self.assertRaises(FileNotFoundError):
            call("delete_file", path="folder")

    def test_a_repository_and_the_workspace_are_not_deleted(self) -> None:
        self.write("project/.git/HEAD", "ref")
        for path in (".", "project/..", "project", "project/.git", "project/.git/HEAD"):
            with self.subTest(path), self.assertRaises(PermissionError):
                call("delete_file", path=path, recursive=True)
        self.assertTrue(Path("project/.git/HEAD").exists())


class WorkspaceTests(WorkspaceTestCase):
    def setUp(self) -> None:
        super().setUp()
        Path("inside").mkdir()
        self.outside = Path.cwd() / "outside.txt"
        self.outside.write_text("kept")
        os.chdir("inside")
        Path("link").symlink_to("../outside.txt")
        Path("up").symlink_to("..")
        Path("loop").symlink_to("loop")
        self.write("mine.txt", "mine")

    def test_no_tool_leaves_the_workspace(self) -> None:
        outside = [
            "../outside.txt",
            str(self.outside),
            "link",
            "up/outside.txt",
            "../../etc/passwd",
            "mine.txt/../../outside.txt",
        ]
        for path in outside:
            cases: list[tuple[str, dict[str, Any]]] = [
                ("read_file", {"path": path}),
                ("list_files", {"path": path}),
                ("search_files", {"text": "k", "path": path}),
                ("write_file", {"path": path, "content": "x", "overwrite": True}),
                ("edit_file", {"path": path, "old_text": "kept", "new_text": "x"}),
                ("copy_file", {"source": path, "destination": "x.txt"}),
                ("copy_file", {"source": "mine.txt", "destination": path}),
                ("move_file", {"source": "mine.txt", "destination": path}),
            ]
            if path != "link":
                cases += [("move_file", {"source": path, "destination": "x.txt"}), ("delete_file", {"path": path})]
            for tool, arguments in cases:
                with self.subTest(tool=tool, arguments=arguments), self.assertRaises(PermissionError):
                    call(tool, **arguments)
        self.assertEqual(self.outside.read_text(), "kept")

    def test_a_link_is_moved_or_deleted_itself(self) -> None:
        call("move_file", source="link", destination="moved")
        self.assertTrue(Path("moved").is_symlink())
        call("delete_file", path="moved")
        call("delete_file", path="up")
        self.assertEqual(self.outside.read_text(), "kept")

    def test_a_loop_of_links_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            call("read_file", path="loop")

    def test_git_data_cannot_be_changed(self) -> None:
        self.write(".git/config", "[core]")
        for path in (".git/config", ".GIT/hooks/pre-commit", "sub/.git/x"):
            for tool, arguments in (
                ("write_file", {"path": path, "content": "x", "overwrite": True}),
                ("move_file", {"source": "mine.txt", "destination": path}),
                ("copy_file", {"source": "mine.txt", "destination": path}),
            ):
                with self.subTest(tool=tool, path=path), self.assertRaisesRegex(PermissionError, "git"):
                    call(tool, **arguments)
        with self.assertRaises(PermissionError):
            call("edit_file", path=".git/config", old_text="core", new_text="x")

    def test_saved_results_never_replace_a_different_file(self) -> None:
        self.assertEqual(workspace.save(b"1", None, "r.txt"), "r.txt")
        self.assertEqual(workspace.save(b"1", None, "r.txt"), "r.txt")
        self.assertEqual(workspace.save(iter([b"2"]), None, "r.txt"), "r-2.txt")
        self.assertEqual(workspace.save(b"3", None, "r.txt"), "r-3.txt")
        with self.assertRaises(FileExistsError):
            workspace.save(b"4", "r.txt", "x")
        self.assertEqual(workspace.save(b"4", "r.txt", "x", overwrite=True), "r.txt")

    def test_a_failed_result_leaves_no_partial_file(self) -> None:
        def broken() -> Any:
            yield b"some"
            raise TimeoutError("the source went away")

        before = sorted(Path().iterdir())
        with self.assertRaises(TimeoutError):
            workspace.save(broken(), None, "r.txt")
        self.assertEqual(sorted(Path().iterdir()), before)


if __name__ == "__main__":
    unittest.main()
