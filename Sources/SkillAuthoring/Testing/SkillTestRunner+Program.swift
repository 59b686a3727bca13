extension SkillTestRunner {
    /// The functions of the helper, which start a fresh interpreter beside the skill, so that the skill's modules meet no
    /// others, and its exits and prints disturb no conversation.
    static let program = #"""
        """Describes and tests another skill."""

        import json
        import os
        import subprocess
        import sys
        import tempfile

        CHILD = r'''
        import importlib
        import inspect
        import json
        import sys
        import unittest

        sys.dont_write_bytecode = True


        def describe(folder, names):
            sys.path.insert(0, folder)
            try:
                tools = importlib.import_module("tools")
            except (Exception, SystemExit) as error:
                return {"problem": f"tools.py cannot be loaded: {type(error).__name__}: {error}"[:400]}
            functions = {}
            for name in names:
                function = getattr(tools, name, None)
                if not callable(function):
                    continue
                parameters = []
                takes_any = False
                for parameter in inspect.signature(function).parameters.values():
                    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
                        takes_any = True
                    elif parameter.kind is not inspect.Parameter.VAR_POSITIONAL:
                        has_default = parameter.default is not inspect.Parameter.empty
                        parameters.append({"name": parameter.name, "has_default": has_default})
                functions[name] = {"parameters": parameters, "takes_any": takes_any}
            return {"functions": functions}


        class Outcomes(unittest.TestResult):
            def __init__(self):
                super().__init__()
                self.outcomes = []

            def note(self, test, outcome, detail=""):
                if len(self.outcomes) < 5000:
                    self.outcomes.append({"name": str(test.id())[:300], "outcome": outcome, "detail": detail[-2000:]})

            def addSuccess(self, test):
                super().addSuccess(test)
                self.note(test, "passed")

            def addFailure(self, test, error):
                super().addFailure(test, error)
                self.note(test, "failed", self._exc_info_to_string(error, test))

            def addError(self, test, error):
                super().addError(test, error)
                self.note(test, "failed", self._exc_info_to_string(error, test))

            def addSkip(self, test, reason):
                super().addSkip(test, reason)
                self.note(test, "skipped", reason)

            def addExpectedFailure(self, test, error):
                super().addExpectedFailure(test, error)
                self.note(test, "passed")

            def addUnexpectedSuccess(self, test):
                super().addUnexpectedSuccess(test)
                self.note(test, "failed", "it was expected to fail and did not")

            def addSubTest(self, test, subtest, error):
                super().addSubTest(test, subtest, error)
                if error is not None:
                    self.note(subtest, "failed", self._exc_info_to_string(error, test))


        def run_tests(folder, names):
            suite = unittest.TestLoader().discover(folder + "/tests", top_level_dir=folder + "/tests")
            outcomes = Outcomes()
            suite.run(outcomes)
            return {"tests": outcomes.outcomes}


        function, folder, answer, names = sys.argv[1:]
        result = globals()[function](folder, json.loads(names))
        with open(answer, "w", encoding="utf-8", errors="replace") as file:
            json.dump(result, file)
        '''


        def _run(function, folder, names):
            descriptor, answer = tempfile.mkstemp()
            os.close(descriptor)
            child = subprocess.run(
                [sys.executable, "-I", "-B", "-X", "utf8", "-c", CHILD, function, folder, answer, json.dumps(names)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
            )
            with open(answer, encoding="utf-8") as file:
                text = file.read()
            os.unlink(answer)
            if text:
                return json.loads(text)
            said = child.stderr.decode(errors="replace").strip().splitlines()[-1:]
            problem = f"the interpreter ended with status {child.returncode}: {' '.join(said)[:300]}"
            return {"problem": problem, "tests": [{"name": "tests", "outcome": "failed", "detail": problem}]}


        def describe(folder, names):
            return _run("describe", folder, names)


        def run_tests(folder):
            return _run("run_tests", folder, [])

        """#
}
