import CommandLineInterface
import JSONSchema
import SkillWeaver
import Storage

/// Reads a file of accepted results.
enum AcceptedPairs {
    private static let longestText = 10_000
    private static let mostPairs = 100_000

    /// - Throws: `CommandError` for a line that is no pair; a skill that the library does not have is left out with a
    ///   warning.
    static func read(_ file: String, names: SkillNames, console: Console) async throws -> [AcceptedPair] {
        let content = try FileSystem.read(file, limit: 1 << 28)
        var pairs: [AcceptedPair] = []
        var unknown: [String] = []
        var known: [String: Bool] = [:]
        for (number, line) in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            let text = String(decoding: line, as: UTF8.self)
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            let pair = try pair(text, place: "\(file):\(number + 1)")
            if known[pair.skill] == nil { known[pair.skill] = try await names.library.skill(pair.skill) != nil }
            guard known[pair.skill] == true else {
                unknown.append(pair.skill)
                continue
            }
            pairs.append(pair)
            guard pairs.count <= mostPairs else {
                throw CommandError("too-many-pairs", "\(file) has more than \(mostPairs) pairs; give a part of them")
            }
        }
        if let first = unknown.first {
            console.warn(
                "\(unknown.count) pairs name a skill that '\(names.libraryName)' does not have, '\(first)' for one; left out"
            )
        }
        guard !pairs.isEmpty else { throw CommandError("no-pairs", "\(file) has no usable pair") }
        return pairs
    }

    private static func pair(_ line: String, place: String) throws -> AcceptedPair {
        let form = #"a line is {"query":"…","skill":"…"}"#
        let value: JSONValue
        do {
            value = try JSONParser.parse(line)
        } catch {
            throw CommandError("malformed-pair", "\(place): is not JSON (\(error)); \(form)")
        }
        guard let query = value["query"]?.stringValue, let skill = value["skill"]?.stringValue,
            query.contains(where: { !$0.isWhitespace })
        else { throw CommandError("malformed-pair", "\(place): has no query or no skill; \(form)") }
        guard query.utf8.count <= longestText else {
            throw CommandError("malformed-pair", "\(place): the query is longer than \(longestText) bytes")
        }
        return AcceptedPair(query: query, skill: skill)
    }
}
