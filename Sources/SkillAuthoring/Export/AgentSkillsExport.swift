import Glibc
import JSONSchema
package import SkillCatalog
import Storage

/// Writes a skill as a folder that any client of the Agent Skills format can use: its tools are described in the document
/// and called through a script.
package enum AgentSkillsExport {
    private static let scriptPath = "scripts/call_tool.py"

    /// Makes the folder `parent/NAME`, which must not exist.
    ///
    /// - Returns: its path.
    package static func write(_ skill: Skill, in parent: String) throws(AuthoringError) -> String {
        let name = formatName(of: skill.name)
        let target = "\(FileSystem.absolute(parent))/\(name)"
        guard !FileSystem.exists(target) else {
            throw AuthoringError(.conflict, "\(target) exists already", advice: "choose another folder with --out")
        }
        let staging = try StagingFolder(in: FileSystem.absolute(parent))
        let made = try staging.folder(name)
        if let folder = skill.origin.folder {
            let contents = try FolderContents.read(folder, covering: .distributable)
            for entry in contents.entries where !["SKILL.md", "skill.md"].contains(entry.path.text) {
                guard case .file(_, let isExecutable) = entry.kind else { continue }
                try put(try contents.bytes(of: entry), at: "\(made)/\(entry.path.text)", isExecutable)
            }
        }
        if !skill.tools.isEmpty { try put(Array(script.utf8), at: "\(made)/\(scriptPath)", true) }
        try put(Array(document(of: skill, named: name).utf8), at: "\(made)/SKILL.md", false)
        chmod(made, 0o755)
        guard rename(made, target) == 0 else {
            throw AuthoringError(.files, "\(target) cannot be made: \(String(cString: strerror(errno)))")
        }
        return target
    }

    /// A name as the format asks: lower-case letters, digits, single hyphens.
    static func formatName(of name: String) -> String {
        var plain = ""
        for character in name.lowercased().unicodeScalars {
            let isKept =
                character.isASCII && (character.properties.isAlphabetic || character.properties.numericType != nil)
            if isKept { plain.unicodeScalars.append(character) } else if !plain.hasSuffix("-") { plain += "-" }
        }
        while plain.hasPrefix("-") { plain.removeFirst() }
        plain = String(plain.prefix(SkillLimits.name))
        while plain.hasSuffix("-") { plain.removeLast() }
        return plain.isEmpty ? "skill-\(ContentHash(of: name).hexadecimal.prefix(8))" : plain
    }

    static func document(of skill: Skill, named name: String) -> String {
        var lines = ["---", "name: \(name)"]
        lines.append("description: \(quoted(String(skill.description.prefix(SkillLimits.description))))")
        if let license = skill.license { lines.append("license: \(quoted(license))") }
        if let needs = skill.compatibility { lines.append("compatibility: \(quoted(String(needs.prefix(500))))") }
        if !skill.metadata.isEmpty {
            lines.append("metadata:")
            for (key, value) in skill.metadata.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(quoted(key)): \(quoted(value))")
            }
        }
        if !skill.allowedTools.isEmpty {
            lines.append("allowed-tools: \(quoted(skill.allowedTools.joined(separator: " ")))")
        }
        lines += ["---", "", skill.document.isEmpty ? "# \(skill.name)" : skill.document, ""]
        if !skill.tools.isEmpty { lines.append(toolSection(of: skill)) }
        return lines.joined(separator: "\n")
    }

    private static func toolSection(of skill: Skill) -> String {
        var text = """
            ## Calling the tools

            Each tool is called with one JSON object of arguments and prints one JSON value:

            ```
            python3 \(scriptPath) TOOL '{"argument": "value"}'
            ```


            """
        for tool in skill.tools {
            let effect =
                tool.annotations.isReadOnly
                ? "It changes nothing." : tool.annotations.isDestructive ? "It may destroy what exists." : "It writes."
            let schema = (tool.inputSchema ?? ["type": "object"]).serialized()
            text += """
                ### \(tool.name)

                \(tool.description) \(effect)

                Arguments, as a JSON Schema: `\(schema)`


                """
        }
        return text
    }

    /// A text as YAML: JSON's strings are YAML's double-quoted ones.
    private static func quoted(_ text: String) -> String { JSONValue.string(text).serialized() }

    private static func put(_ bytes: [UInt8], at place: String, _ isExecutable: Bool) throws(AuthoringError) {
        do throws(StorageError) {
            try FileSystem.createFolder(FileSystem.parent(of: place))
            try FileSystem.write(bytes, to: place)
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
        chmod(place, isExecutable ? 0o755 : 0o644)
    }

    private static let script = #"""
        #!/usr/bin/env python3
        """Call one tool of this skill: a function of tools.py, with a JSON object of arguments; prints its result as JSON."""

        from __future__ import annotations

        import contextlib
        import json
        import sys
        from pathlib import Path

        SKILL = Path(__file__).resolve().parent.parent


        def main(words: list[str]) -> int:
            tools = {tool.get("function", tool)["name"] for tool in listed()}
            if len(words) not in (1, 2) or words[0] not in tools:
                print(f"Give the name of a tool ({', '.join(sorted(tools))}) and a JSON object.", file=sys.stderr)
                return 2
            try:
                arguments = json.loads(words[1] if len(words) == 2 else "{}")
                if not isinstance(arguments, dict):
                    raise ValueError("the arguments must be a JSON object")
                sys.path.insert(0, str(SKILL))
                with contextlib.redirect_stdout(sys.stderr):
                    module = __import__("tools")
                    result = getattr(module, words[0])(**arguments)
                print(json.dumps(result, ensure_ascii=False))
            except Exception as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr)
                return 1
            return 0


        def listed() -> list[dict]:
            content = json.loads((SKILL / "schema.json").read_text(encoding="utf-8"))
            return content["tools"] if isinstance(content, dict) else content


        if __name__ == "__main__":
            raise SystemExit(main(sys.argv[1:]))

        """#
}
