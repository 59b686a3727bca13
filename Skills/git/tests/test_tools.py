"""Tests of the git skill on real repositories."""

from __future__ import annotations

import os
import subprocess
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import repository
import tools

IDENTITY = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
}


class GitTestCase(WorkspaceTestCase):
    """A repository with one commit in the workspace, and no configuration of the user's own."""

    def setUp(self) -> None:
        super().setUp()
        environment = mock.patch.dict(os.environ, {**IDENTITY, "HOME": os.getcwd(), "GIT_CONFIG_NOSYSTEM": "1"})
        environment.start()
        self.addCleanup(environment.stop)
        self.git("init", "--quiet", "--initial-branch=main", ".")
        self.write("a.txt", "one\ntwo\n")
        self.commit("feat: add a")

    def git(self, *arguments: str, folder: str = ".") -> str:
        result = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
        return result.stdout.strip()

    def commit(self, message: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def add_remote(self) -> str:
        """Give the repository a remote of its own; the folder is ignored, so that it is no change."""
        self.write(".git/info/exclude", "remote.git\nother\n")
        self.git("init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
        self.git("remote", "add", "origin", "remote.git")
        return "remote.git"


class ContractTests(SkillContract, unittest.TestCase):
    pass


class StatusTests(GitTestCase):
    def test_a_clean_repository(self) -> None:
        result = call("git_status")
        self.assertEqual(
            (result["repository"], result["branch"], result["clean"], result["upstream"]), (".", "main", True, None)
        )
        self.assertEqual(result["commit"], self.git("rev-parse", "HEAD"))

    def test_tells_staged_from_unstaged_and_untracked(self) -> None:
        self.write("b c.txt", "b\n")
        self.write("old name.txt", "a long enough line to be recognised\n")
        self.commit("feat: add more")
        self.write("a.txt", "changed\n")
        self.git("mv", "old name.txt", "new näme.txt")
        self.git("rm", "--quiet", "b c.txt")
        self.write("folder/untracked\nfile.txt", "u")
        result = call("git_status")
        self.assertEqual(
            result["staged"],
            [
                {"path": "b c.txt", "change": "deleted"},
                {"path": "new näme.txt", "change": "renamed", "old_path": "old name.txt"},
            ],
        )
        self.assertEqual(result["unstaged"], [{"path": "a.txt", "change": "modified"}])
        self.assertEqual((result["untracked"], result["clean"]), (["folder/"], False))

    def test_paths_are_seen_from_the_workspace(self) -> None:
        Path("project").mkdir()
        self.git("init", "--quiet", "project")
        self.write("project/src/x.py", "x = 1\n")
        result = call("git_add", paths=["project/src/x.py"], repository="project/src")
        self.assertEqual(
            (result["repository"], result["staged"]), ("project", [{"path": "project/src/x.py", "change": "added"}])
        )
        with self.assertRaisesRegex(PermissionError, "outside the repository"):
            call("git_add", paths=["a.txt"], repository="project")

    def test_places_without_a_repository_of_the_workspace_are_refused(self) -> None:
        self.write("inner/file.txt", "x")
        os.chdir("inner")
        with self.assertRaisesRegex(ValueError, "not in a git repository"):
            call("git_status")
        Path(".git").write_text("gitdir: ../.git\n")
        with self.assertRaisesRegex(PermissionError, "outside the workspace"):
            call("git_status")
        for path, kind in (("..", PermissionError), ("gone", FileNotFoundError)):
            with self.subTest(path), self.assertRaises(kind):
                call("git_status", repository=path)

    def test_the_environment_cannot_point_to_another_repository(self) -> None:
        with mock.patch.dict(os.environ, {"GIT_DIR": "/nonexistent", "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "/x"}):
            self.assertTrue(call("git_status")["clean"])

    def test_reading_starts_no_command_named_by_the_repository(self) -> None:
        script = self.write("evil.sh", "#!/bin/sh\ntouch ran\n")
        os.chmod(script, 0o755)
        command = str(Path(script).resolve())
        self.write(".gitattributes", "*.txt diff=evil\n")
        for key in (
            "core.fsmonitor",
            "diff.external",
            "diff.evil.textconv",
            "diff.evil.command",
            "core.pager",
            "gpg.program",
        ):
            self.git("config", key, command)
        self.git("config", "log.showSignature", "true")
        self.write("a.txt", "changed\n")
        for tool in ("git_status", "git_diff", "git_log", "git_show", "git_branch"):
            call(tool)
        self.assertFalse(Path("ran").exists())


class HistoryTests(GitTestCase):
    def test_diff_shows_each_side(self) -> None:
        self.write("a.txt", "one\nstaged\n")
        self.git("add", "a.txt")
        self.write("a.txt", "one\nworking\n")
        unstaged, staged = call("git_diff"), call("git_diff", staged=True)
        self.assertIn("-staged\n+working", unstaged["diff"])
        self.assertIn("-two\n+staged", staged["diff"])
        self.assertIn("-two\n+working", call("git_diff", base="HEAD")["diff"])
        self.assertEqual(staged["files"], [{"path": "a.txt", "insertions": 1, "deletions": 1}])
        self.assertEqual(call("git_diff", paths=["gone.txt"])["files"], [])

    def test_diff_compares_commits_and_cuts_long_patches(self) -> None:
        self.write("big.txt", "line\n" * 20_000)
        self.write("data.bin", b"\0\1\2")
        self.commit("feat: add big")
        result = call("git_diff", base="HEAD~1", head="main")
        self.assertEqual(
            result["files"],
            [
                {"path": "big.txt", "insertions": 20_000, "deletions": 0},
                {"path": "data.bin", "insertions": None, "deletions": None},
            ],
        )
        self.assertEqual((len(result["diff"]), result["truncated"]), (50_000, True))

    def test_log_lists_and_filters_commits(self) -> None:
        self.write("b.txt", "b")
        self.commit("fix: repair [b]\n\nBecause it\nwas broken.")
        result = call("git_log")
        self.assertEqual([commit["subject"] for commit in result["commits"]], ["fix: repair [b]", "feat: add a"])
        self.assertEqual(
            (result["commits"][0]["author"], result["commits"][0]["body"]), ("Ada", "Because it\nwas broken.")
        )
        cases: list[tuple[dict[str, Any], int]] = [
            ({"search": "REPAIR [B]"}, 1),
            ({"author": "ada"}, 2),
            ({"author": "bob"}, 0),
            ({"paths": ["a.txt"]}, 1),
            ({"revision": "HEAD~1"}, 1),
            ({"since": "1 hour ago"}, 2),
            ({"max_count": 1}, 1),
            ({"search": "--all"}, 0),
        ]
        for arguments, expected in cases:
            with self.subTest(arguments=arguments):
                self.assertEqual(len(call("git_log", **arguments)["commits"]), expected)
        self.assertTrue(call("git_log", max_count=1)["truncated"])

    def test_a_repository_without_commits_has_an_empty_history(self) -> None:
        Path("new").mkdir()
        self.git("init", "--quiet", "--initial-branch=main", "new")
        self.assertEqual(call("git_log", repository="new")["commits"], [])
        self.assertEqual(
            (call("git_status", repository="new")["commit"], call("git_branch", repository="new")["branches"]),
            (None, []),
        )
        self.assertEqual(call("git_branch", name="first", repository="new")["current"], "first")

    def test_show_gives_a_commit_or_a_file_of_it(self) -> None:
        first = self.git("rev-parse", "HEAD")
        self.write("a.txt", "new\n")
        self.commit("feat: change a")
        shown = call("git_show")
        self.assertEqual(
            (shown["subject"], shown["files"]), ("feat: change a", [{"path": "a.txt", "insertions": 1, "deletions": 2}])
        )
        self.assertIn("+new", shown["diff"])
        self.assertEqual(call("git_show", revision=first, path="a.txt")["content"], "one\ntwo\n")
        self.assertEqual(
            call("git_show", revision=first)["files"], [{"path": "a.txt", "insertions": 2, "deletions": 0}]
        )
        with self.assertRaisesRegex(FileNotFoundError, "not a file in commit"):
            call("git_show", path="gone.txt")

    def test_names_of_commits_cannot_be_options(self) -> None:
        for revision in ("--output=x", "-1", "gone", "HEAD:a.txt", "a b", "", "HEAD..main", "$(id)"):
            for tool, key in (("git_show", "revision"), ("git_diff", "base")):
                if not (tool == "git_diff" and revision == ""):
                    with self.subTest(tool=tool, revision=revision), self.assertRaises(ValueError):
                        call(tool, **{key: revision})
        with self.assertRaisesRegex(ValueError, "needs a base"):
            call("git_diff", head="main")
        self.assertFalse(Path("x").exists())


class CommitTests(GitTestCase):
    def test_stages_and_commits(self) -> None:
        self.write("a.txt", "changed\n")
        self.write("b.txt", "b\n")
        Path("link").symlink_to("a.txt")
        staged = call("git_add", paths=["b.txt", "link"])
        self.assertEqual([entry["path"] for entry in staged["staged"]], ["b.txt", "link"])
        result = call("git_commit", message="feat: add b\n\n# kept\n", snapshot=staged["snapshot"])
        self.assertEqual((result["subject"], result["branch"]), ("feat: add b", "main"))
        self.assertEqual([entry["path"] for entry in result["files"]], ["b.txt", "link"])
        self.assertEqual(self.git("log", "-1", "--format=%B"), "feat: add b\n\n# kept")
        call("git_status")
        rest = call("git_commit", message="feat: change a", stage_all=True)
        self.assertEqual(rest["files"], [{"path": "a.txt", "insertions": 1, "deletions": 2}])
        self.assertTrue(call("git_status")["clean"])

    def test_deletions_are_staged_too(self) -> None:
        Path("a.txt").unlink()
        self.assertEqual(call("git_add", paths=["a.txt"])["staged"], [{"path": "a.txt", "change": "deleted"}])

    def test_a_commit_that_would_hold_something_else_is_refused(self) -> None:
        self.write("a.txt", "reviewed\n")
        snapshot = call("git_add", all_changes=True)["snapshot"]
        self.assertEqual(call("git_status")["snapshot"], snapshot)
        self.write("a.txt", "sneaked in\n")
        self.git("add", "a.txt")
        with self.assertRaisesRegex(ValueError, "changed since"):
            call("git_commit", message="feat: reviewed", snapshot=snapshot)

    def test_a_commit_without_a_look_is_refused(self) -> None:
        self.write("a.txt", "changed\n")
        self.git("add", "a.txt")
        with self.assertRaisesRegex(ValueError, "call git_status"):
            call("git_commit", message="feat: blind")
        with self.assertRaisesRegex(ValueError, "changed since"):
            call("git_commit", message="feat: guessed", snapshot="0123456789abcdef")
        call("git_status")
        call("git_commit", message="feat: seen")
        self.write("a.txt", "changed again\n")
        self.git("add", "a.txt")
        with self.assertRaisesRegex(ValueError, "call git_status"):
            call("git_commit", message="feat: one look, one commit")

    def test_nothing_to_commit_and_conflicts_are_refused(self) -> None:
        call("git_status")
        with self.assertRaisesRegex(ValueError, "Nothing is staged"):
            call("git_commit", message="feat: nothing")
        self.git("switch", "--quiet", "--create", "other")
        self.write("a.txt", "theirs\n")
        self.commit("feat: theirs")
        self.git("switch", "--quiet", "main")
        self.write("a.txt", "ours\n")
        self.commit("feat: ours")
        subprocess.run(["git", "merge", "--quiet", "other"], capture_output=True)
        self.assertEqual(call("git_status")["conflicted"], ["a.txt"])
        with self.assertRaisesRegex(ValueError, "conflicts in a.txt"):
            call("git_commit", message="feat: merge")

    def test_messages_have_to_keep_the_rules(self) -> None:
        self.write("a.txt", "changed\n")
        self.git("add", "a.txt")
        cases = {
            "": "1 to",
            "   ": "1 to",
            "x" * 73: "73 characters, more than 72",
            "subject\nbody": "blank line",
            "a\0b": "1 to",
        }
        for message, reason in cases.items():
            with self.subTest(message[:20]), self.assertRaisesRegex(ValueError, reason):
                tools.git_commit(message)
        call("git_status")
        call("git_commit", message="x" * 72)

    def test_a_failing_hook_stops_the_commit_with_its_words(self) -> None:
        hook = self.write(".git/hooks/pre-commit", "#!/bin/sh\necho tests are red >&2\nexit 1\n")
        os.chmod(hook, 0o755)
        self.write("a.txt", "changed\n")
        call("git_status")
        with self.assertRaisesRegex(ValueError, "tests are red"):
            call("git_commit", message="feat: x", stage_all=True)

    def test_what_to_stage_must_be_said(self) -> None:
        for arguments in ({}, {"paths": ["a.txt"], "all_changes": True}, {"paths": []}):
            with self.subTest(arguments=arguments), self.assertRaisesRegex(ValueError, "Name the paths"):
                call("git_add", **arguments)
        for path, kind in (("../x", PermissionError), (".git/config", PermissionError), ("gone.txt", ValueError)):
            with self.subTest(path), self.assertRaises(kind):
                call("git_add", paths=[path])


class BranchTests(GitTestCase):
    def test_creates_lists_and_switches(self) -> None:
        result = call("git_branch", name="feature/chart")
        self.assertEqual((result["current"], result["created"]), ("feature/chart", True))
        self.assertEqual({branch["name"] for branch in result["branches"]}, {"feature/chart", "main"})
        back = call("git_branch", name="main")
        self.assertEqual((back["current"], back["created"]), ("main", False))
        self.assertEqual(call("git_branch", name="later", switch=False)["current"], "main")

    def test_changes_are_never_lost_by_switching(self) -> None:
        call("git_branch", name="other")
        self.write("a.txt", "other\n")
        self.commit("feat: other")
        call("git_branch", name="main")
        self.write("a.txt", "not committed\n")
        with self.assertRaisesRegex(ValueError, "overwritten"):
            call("git_branch", name="other")
        self.assertEqual(Path("a.txt").read_text(), "not committed\n")

    def test_bad_names_are_refused(self) -> None:
        for name in ("-d", "a..b", "a b", "HEAD", "", "a~1", "x.lock"):
            with self.subTest(name), self.assertRaisesRegex(ValueError, "not a valid branch name"):
                tools.git_branch(name)
        with self.assertRaisesRegex(ValueError, "no commit"):
            call("git_branch", name="x", start_point="gone")
        self.write("a.txt", "more\n")
        self.commit("feat: more")
        with self.assertRaisesRegex(FileExistsError, "another commit"):
            call("git_branch", name="main", start_point="HEAD~1")


class PushTests(GitTestCase):
    def test_pushes_and_follows_the_remote_branch(self) -> None:
        remote = self.add_remote()
        first = call("git_push")
        self.assertEqual((first["result"], first["commit"]), ("created", self.git("rev-parse", "main", folder=remote)))
        self.assertEqual(call("git_push")["result"], "up to date")
        self.write("a.txt", "more\n")
        self.commit("feat: more")
        status = call("git_status")
        self.assertEqual((status["upstream"], status["ahead"], status["behind"]), ("origin/main", 1, 0))
        self.assertEqual(call("git_push", branch="main")["result"], "updated")

    def test_remote_commits_are_only_replaced_by_force(self) -> None:
        remote = self.add_remote()
        call("git_push")
        self.git("commit", "--quiet", "--amend", "--message", "feat: rewritten")
        before = self.git("rev-parse", "main", folder=remote)
        with self.assertRaisesRegex(ValueError, "non-fast-forward.*approved"):
            call("git_push")
        self.assertEqual(self.git("rev-parse", "main", folder=remote), before)
        with self.assertRaisesRegex(PermissionError, f"{before[:10]} feat: add a.*replaces='{before}'"):
            call("git_push", force=True)
        with self.assertRaisesRegex(PermissionError, "explicit approval"):
            call("git_push", force=True, replaces=self.git("rev-parse", "HEAD"))
        self.assertEqual(self.git("rev-parse", "main", folder=remote), before)
        self.assertEqual(call("git_push", force=True, replaces=before[:10])["result"], "forced")

    def test_force_is_not_used_where_nothing_would_be_lost(self) -> None:
        self.add_remote()
        self.assertEqual(call("git_push", force=True)["result"], "created")
        self.write("a.txt", "more\n")
        self.commit("feat: more")
        self.assertEqual(call("git_push", force=True)["result"], "updated")

    def test_even_force_spares_commits_nobody_has_seen(self) -> None:
        self.add_remote()
        call("git_push")
        self.git("clone", "--quiet", "remote.git", "other")
        self.write("other/b.txt", "b\n")
        self.git("add", "--all", folder="other")
        self.git("commit", "--quiet", "--message", "feat: theirs", folder="other")
        self.git("push", "--quiet", folder="other")
        self.git("commit", "--quiet", "--amend", "--message", "feat: rewritten")
        theirs = self.git("rev-parse", "HEAD", folder="other")
        with self.assertRaisesRegex(ValueError, "never fetched"):
            call("git_push", force=True, replaces=theirs)

    def test_wrong_remotes_and_branches_are_refused(self) -> None:
        cases = [
            ({}, "no remote 'origin'; the remotes are: none"),
            ({"remote": "--exec=x"}, "no remote"),
            ({"remote": "ext::sh -c id"}, "no remote"),
        ]
        for arguments, message in cases:
            with self.subTest(arguments=arguments), self.assertRaisesRegex(ValueError, message):
                call("git_push", **arguments)
        self.add_remote()
        with self.assertRaisesRegex(ValueError, "no commit"):
            call("git_push", branch="gone")
        self.git("checkout", "--quiet", "--detach")
        with self.assertRaisesRegex(ValueError, "No branch"):
            call("git_push")
        self.git("remote", "set-url", "origin", "ext::sh -c 'touch ran'")
        with self.assertRaisesRegex(ValueError, "not allowed"):
            call("git_push", branch="main")
        self.assertFalse(Path("ran").exists())


class CommandTests(GitTestCase):
    def test_endless_output_and_endless_commands_are_stopped(self) -> None:
        opened = repository.open_repository(".")
        output = opened.git("-c", "alias.forever=!yes", "forever", max_bytes=1000)
        self.assertEqual((len(output.text), output.truncated), (1000, True))
        with self.assertRaisesRegex(TimeoutError, "was stopped"):
            opened.git("-c", "alias.wait=!tail -f /dev/null", "wait", seconds=0.2)

    def test_errors_are_sorted_and_hide_credentials(self) -> None:
        cases = [
            ("fatal: unable to access 'https://user:secret@example.org/x': Could not resolve host", ConnectionError),
            ("fatal: Authentication failed for 'https://user:secret@example.org/x'", PermissionError),
            ("error: pathspec 'x' did not match", ValueError),
        ]
        for message, kind in cases:
            with self.subTest(message):
                error = repository._error("push", message)
                self.assertIs(type(error), kind)
                self.assertNotIn("secret", str(error))

    def test_a_missing_git_command_is_named(self) -> None:
        with (
            mock.patch.dict(os.environ, {"PATH": "/nonexistent"}),
            self.assertRaisesRegex(FileNotFoundError, "install git"),
        ):
            call("git_status")


if __name__ == "__main__":
    unittest.main()
