"""What every bundled skill promises: a valid SKILL.md, and schemas that its functions and their results obey."""

from __future__ import annotations

import inspect
import json
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

SKILL = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SKILL))

import tools  # noqa: E402

try:
    from jsonschema import Draft202012Validator
except ImportError:
    Draft202012Validator = None

TOOLS: dict[str, dict[str, Any]] = {tool["name"]: tool for tool in json.loads((SKILL / "schema.json").read_text())}
JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def problems(value: Any, schema: dict[str, Any]) -> list[str]:
    """List what is wrong with a value; without the jsonschema package only required keys and types are checked."""
    if Draft202012Validator:
        return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)]
    found = [f"{key} is missing" for key in schema.get("required", []) if key not in value]
    for key, property_schema in schema.get("properties", {}).items():
        names = property_schema.get("type", list(JSON_TYPES))
        names = [names] if isinstance(names, str) else names
        if key in value and not any(isinstance(value[key], JSON_TYPES[name]) for name in names):
            found.append(f"{key} is not {' or '.join(names)}")
    return found


def call(tool: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool as a harness would: valid arguments in, a JSON object that fits the output schema out."""
    wrong = problems(arguments, TOOLS[tool]["input_schema"])
    assert not wrong, f"{tool} arguments: {wrong}"
    result = getattr(tools, tool)(**arguments)
    wrong = problems(json.loads(json.dumps(result, allow_nan=False)), TOOLS[tool]["output_schema"])
    assert not wrong, f"{tool} result: {wrong}"
    return result


class WorkspaceTestCase(unittest.TestCase):
    """Runs each test in a fresh, empty workspace."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)

    def write(self, path: str, content: str | bytes) -> str:
        """Put a file into the workspace and return its path."""
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content.encode() if isinstance(content, str) else content)
        return path


class SkillContract:
    """Checks to mix into one test case of each skill."""

    def test_front_matter_obeys_the_agent_skills_specification(self) -> None:
        _, front_matter, body = (SKILL / "SKILL.md").read_text().split("---\n", 2)
        fields = dict(line.split(": ", 1) for line in front_matter.splitlines() if re.match(r"[a-z-]+: ", line))
        self.assertEqual(fields["name"], SKILL.name)
        self.assertRegex(fields["name"], r"^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$")
        self.assertTrue(1 <= len(fields["description"]) <= 1024)
        self.assertNotRegex(fields["description"], r": | #", "YAML would need quotes")
        self.assertLessEqual(len(fields.get("compatibility", "")), 500)
        keys = set(re.findall(r"^([a-z-]+):", front_matter, re.MULTILINE))
        self.assertLessEqual(keys, {"name", "description", "license", "compatibility", "metadata", "allowed-tools"})
        self.assertTrue(40 <= len(body.splitlines()) <= 120)
        for section in ("When to use", "Available tools", "Conventions", "Examples"):
            self.assertIn(f"## {section}\n", body)
        for tool in TOOLS:
            self.assertIn(f"`{tool}`", body)

    def test_each_tool_is_one_function_with_the_same_parameters(self) -> None:
        self.assertEqual(sorted(tools.__all__), sorted(TOOLS))
        self.assertTrue(3 <= len(TOOLS) <= 8)
        for name, tool in TOOLS.items():
            schema, signature = tool["input_schema"], inspect.signature(getattr(tools, name))
            self.assertRegex(name, r"^[a-z]+(_[a-z0-9]+)*$")
            self.assertNotEqual(name, SKILL.name)
            self.assertEqual(list(signature.parameters), list(schema["properties"]), name)
            for key, parameter in signature.parameters.items():
                required = parameter.default is inspect.Parameter.empty
                self.assertEqual(required, key in schema["required"], f"{name}.{key}")
                if not required:
                    self.assertEqual(parameter.default, schema["properties"][key].get("default"), f"{name}.{key}")
                self.assertIsNot(parameter.annotation, inspect.Parameter.empty, f"{name}.{key}")

    def test_names_are_not_taken_by_another_skill(self) -> None:
        others = [folder for folder in SKILL.parent.iterdir() if folder != SKILL and (folder / "schema.json").is_file()]
        for other in others:
            names = {tool["name"] for tool in json.loads((other / "schema.json").read_text())} | {other.name}
            self.assertEqual(names & (set(TOOLS) | {SKILL.name}), set(), other.name)

    def test_packages_are_pinned_and_said(self) -> None:
        requirements = SKILL / "requirements.txt"
        if not requirements.is_file():
            return
        lines = [line for line in requirements.read_text().splitlines() if line and not line.startswith("#")]
        compatibility = re.search(r"^compatibility: (.*)$", (SKILL / "SKILL.md").read_text(), re.MULTILINE)
        for line in lines:
            self.assertRegex(line, r"^[a-z0-9-]+==[0-9.]+$")
            self.assertIn(line, compatibility[1] if compatibility else "", "say what to install")

    def test_schemas_are_closed_described_and_annotated(self) -> None:
        for name, tool in TOOLS.items():
            self.assertEqual(set(tool), {"name", "description", "input_schema", "output_schema", "annotations"}, name)
            self.assertEqual(
                set(tool["annotations"]), {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}, name
            )
            for schema in (tool["input_schema"], tool["output_schema"]):
                if Draft202012Validator:
                    Draft202012Validator.check_schema(schema)
                self.assertEqual(schema["type"], "object")
                self.assertIs(schema["additionalProperties"], False)
                self.assertLessEqual(set(schema["required"]), set(schema["properties"]))
                for key, property_schema in schema["properties"].items():
                    self.assertTrue(property_schema.get("description"), f"{name}.{key}")
