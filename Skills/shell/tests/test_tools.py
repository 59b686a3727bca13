"""Tests of the shell skill: real programs, and the limits they meet."""

from __future__ import annotations

import os
import subprocess
import unittest
from pathlib import Path
from unittest import mock

from skill_contract import SkillContract, WorkspaceTestCase, call

# isort: split
import process


class ContractTests(SkillContract, unittest.TestCase):
    pass


class CommandTests(WorkspaceTestCase):
    def test_gives_back_what_a_program_printed(self) -> None:
        result = call("run_command", program="sh", arguments=["-c", "echo out; echo err >&2; exit 3"])
        self.assertEqual((result["stdout"], result["stderr"]), ("out\n", "err\n"))
        self.assertEqual((result["ok"], result["exit_code"], result["stopped"]), (False, 3, None))

    def test_arguments_are_not_read_by_a_shell(self) -> None:
        arguments = ["%s\n", "$HOME; rm -rf *", "a b", "'\"", "*"]
        result = call("run_command", program="printf", arguments=arguments)
        self.assertEqual(result["stdout"].splitlines(), arguments[1:])

    def test_reads_the_given_input_and_runs_in_the_given_folder(self) -> None:
        Path("sub").mkdir()
        result = call("run_command", program="sh", arguments=["-c", "cat; basename $PWD"], folder="sub", stdin="hi\n")
        self.assertEqual((result["stdout"], result["folder"]), ("hi\nsub\n", "sub"))

    def test_sees_only_a_clean_environment(self) -> None:
        with mock.patch.dict(os.environ, {"API_TOKEN": "secret"}):
            result = call("run_command", program="env", environment={"COLOUR": "blue"})
        names = {line.partition("=")[0] for line in result["stdout"].splitlines()}
        self.assertNotIn("secret", result["stdout"])
        self.assertIn("COLOUR=blue", result["stdout"])
        self.assertLessEqual(names - {"PWD", "_", "SHLVL", "OLDPWD"}, set(process.environment({"COLOUR": ""}, "")))

    def test_the_home_folder_is_new_and_gone_afterwards(self) -> None:
        result = call("run_command", program="sh", arguments=["-c", "touch $HOME/x; echo $HOME"])
        self.assertFalse(Path(result["stdout"].strip()).exists())

    def test_runs_a_program_of_the_workspace_but_no_other_path(self) -> None:
        self.write("tool", "#!/bin/sh\necho mine\n")
        with self.assertRaisesRegex(PermissionError, "not executable"):
            call("run_command", program="./tool")
        Path("tool").chmod(0o755)
        self.assertEqual(call("run_command", program="./tool")["stdout"], "mine\n")
        with self.assertRaisesRegex(PermissionError, "outside"):
            call("run_command", program="/bin/sh")

    def test_a_failure_is_an_error_where_success_is_a_must(self) -> None:
        with self.assertRaisesRegex(ValueError, "exit code 4: broken"):
            call("run_script", script="echo broken >&2; exit 4", must_succeed=True)

    def test_wrong_calls_are_refused(self) -> None:
        cases = [
            (FileNotFoundError, "find_programs", {"program": "no-such-program"}),
            (FileNotFoundError, "run_script", {"program": "ls -l | wc"}),
            (PermissionError, "more rights", {"program": "sudo", "arguments": ["ls"]}),
            (FileNotFoundError, "not a folder", {"program": "ls", "folder": "nowhere"}),
            (PermissionError, "outside", {"program": "ls", "folder": ".."}),
            (ValueError, "LD_PRELOAD", {"program": "ls", "environment": {"LD_PRELOAD": "x.so"}}),
            (ValueError, "not an environment", {"program": "ls", "environment": {"A=B": "x"}}),
            (ValueError, "NUL", {"program": "ls", "arguments": ["a\0b"]}),
        ]
        for kind, message, arguments in cases:
            with self.subTest(message), self.assertRaisesRegex(kind, message):
                call("run_command", **arguments)


class ScriptTests(WorkspaceTestCase):
    def test_runs_pipes_and_loops(self) -> None:
        result = call("run_script", script="for n in 3 1 2; do echo $n; done | sort | tr -d '\\n'")
        self.assertEqual(result["stdout"], "123")

    def test_stops_at_the_first_failure_or_unset_variable(self) -> None:
        for script in ("false\ntouch reached", "true | false\ntouch reached", "echo $UNSET\ntouch reached"):
            with self.subTest(script):
                self.assertFalse(call("run_script", script=script)["ok"])
                self.assertFalse(Path("reached").exists())

    def test_reads_its_input(self) -> None:
        self.assertEqual(
            call(
                "run_script",
                script="read line; echo [$line]",
                stdin="a b\n",
                shell="sh",
            )["stdout"],
            "[a b]\n",
        )

    def test_an_empty_script_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            call("run_script", script="  \n")


class LimitTests(WorkspaceTestCase):
    def test_a_program_that_does_not_end_is_stopped_with_all_it_started(self) -> None:
        script = "sleep 600 & echo $!; trap '' TERM; sleep 600"
        with mock.patch.object(process, "GRACE_SECONDS", 0.05):
            result = call("run_script", script=script, timeout_seconds=0.3)
        self.assertEqual((result["ok"], result["stopped"], result["signal"]), (False, "time", "SIGKILL"))
        self.assert_gone(int(result["stdout"]))

    def test_what_is_left_in_the_background_is_stopped(self) -> None:
        for script in (
            "sleep 600 & echo $!",
            "setsid --fork sh -c 'echo $$ > pid; exec sleep 600'; until [ -s pid ]; do :; done; cat pid",
        ):
            with self.subTest(script):
                result = call("run_script", script=script)
                self.assertTrue(result["ok"])
                self.assert_gone(int(result["stdout"]))

    def test_long_output_is_cut_in_the_middle_and_whole_in_the_file(self) -> None:
        result = call("run_script", script="echo first; yes | head -n 50000; echo last")
        self.assertTrue(result["truncated"])
        self.assertTrue(result["stdout"].startswith("first\n") and result["stdout"].endswith("last\n"))
        self.assertLess(len(result["stdout"]), 21_000)
        self.assertEqual(Path(result["output_path"]).stat().st_size, 6 + 100_000 + 5)

    def test_endless_output_is_stopped(self) -> None:
        with mock.patch.object(process, "MAX_OUTPUT_BYTES", 100_000):
            result = call("run_command", program="yes")
        self.assertEqual(result["stopped"], "output")
        self.assertEqual(Path(result["output_path"]).stat().st_size, 100_000)

    def test_output_that_is_not_text_is_still_an_answer(self) -> None:
        self.assertIn("\ufffd", call("run_command", program="printf", arguments=["\\377\\001"])["stdout"])

    def test_output_goes_to_a_file_on_demand(self) -> None:
        result = call("run_command", program="echo", arguments=["x"], output="log/out.txt")
        self.assertEqual((result["output_path"], Path("log/out.txt").read_text()), ("log/out.txt", "x\n"))

    def test_a_file_and_the_memory_have_a_size_limit(self) -> None:
        limits = call("run_script", script="ulimit -f; ulimit -c; ulimit -n")["stdout"].split()
        self.assertEqual(limits[1:], ["0", str(process.MAX_OPEN_FILES)])
        self.assertNotEqual(limits[0], "unlimited")

    def assert_gone(self, pid: int) -> None:
        """A killed child of another process may be a zombie until that one notices; it runs no more."""
        listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
        self.assertIn(listed.stdout.strip()[:1], ("", "Z"))


class ProgramTests(WorkspaceTestCase):
    def test_tells_what_is_there(self) -> None:
        result = call("find_programs", names=["sh", "no-such-program"])
        self.assertEqual([program["available"] for program in result["programs"]], [True, False])
        self.assertEqual(result["missing"], ["no-such-program"])
        with self.assertRaises(ValueError):
            call("find_programs", names=["/bin/sh"])


if __name__ == "__main__":
    unittest.main()
