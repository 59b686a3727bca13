import JSONSchema
import Storage

/// Calls that a skill's author shows, with what they return: `examples.json`.
///
/// A list of `{"tool", "arguments", "result"}`; where `result` is left out, any result that fits the schema is right, and
/// that of `result_schema` where there is one. `files` names files of the skill's `example-files` that are put into the
/// workspace before the call; `needs` says in words what tests do not have, and the example is skipped.
struct SkillExamples: Sendable, Hashable {
    static let fileName = "examples.json"
    static let filesFolder = "example-files"

    struct Example: Sendable, Hashable {
        var tool: String
        var arguments: JSONObject
        var result: JSONValue?
        var resultSchema: JSONValue?
        var files: [String] = []
        var needs: [String] = []
    }

    var examples: [Example]

    /// Reads the file of a skill; nil where it has none.
    init?(in folder: String) throws(AuthoringError) {
        let path = "\(folder)/\(Self.fileName)"
        guard FileSystem.exists(path), let root = RealFolder.of(folder) else { return nil }
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONParser.parse(utf8: try Self.bytes(path, root))
        } catch {
            throw AuthoringError(.invalid, "\(path): \(error)")
        }
        guard let entries = json.arrayValue, entries.count <= 1_000 else {
            throw AuthoringError(.invalid, "\(path) must be a list of at most 1000 examples")
        }
        examples = []
        for (index, entry) in entries.enumerated() {
            guard let tool = entry["tool"]?.stringValue, let arguments = (entry["arguments"] ?? [:]).objectValue else {
                throw AuthoringError(.invalid, "\(path): example \(index + 1) needs a \"tool\" and its \"arguments\"")
            }
            var example = Example(tool: tool, arguments: arguments, result: entry["result"])
            example.resultSchema = entry["result_schema"]
            example.files = (entry["files"]?.arrayValue ?? []).compactMap(\.stringValue)
            example.needs = (entry["needs"]?.arrayValue ?? []).compactMap(\.stringValue)
            examples.append(example)
        }
    }

    private static func bytes(_ path: String, _ root: String) throws(JSONSyntaxError) -> [UInt8] {
        // What cannot be read is no JSON; the parser says so of nothing.
        (try? RealFolder.contents(of: path, in: root, limit: 4 << 20)) ?? []
    }
}
