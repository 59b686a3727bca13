package import JSONSchema

/// Standing decisions about tools, from the user's configuration.
///
/// Written as `{"rules": [{"tool": "git.*", "approve": "allow"}, {"tool": "file-ops.delete_file", "approve": "ask"}]}`.
/// A pattern is `skill.tool` in which `*` stands for anything; of the rules that match, the last counts.
package struct ApprovalRules: Sendable, Hashable {
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case allow, ask, deny
    }

    package struct Rule: Sendable, Hashable {
        package var pattern: String
        package var verdict: Verdict

        package init(_ pattern: String, _ verdict: Verdict) {
            self.pattern = pattern
            self.verdict = verdict
        }

        /// Compared by bytes, in time linear in the name for each `*`.
        package func matches(_ name: String) -> Bool {
            let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
            guard parts.count > 1 else { return pattern == name }
            guard let first = parts.first, let last = parts.last, name.hasPrefix(first) else { return false }
            var rest = name.dropFirst(first.count)
            for part in parts.dropFirst().dropLast() where !part.isEmpty {
                guard let found = rest.firstRange(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
            return rest.hasSuffix(last)
        }
    }

    package var rules: [Rule]

    package init(_ rules: [Rule] = []) { self.rules = rules }

    /// What the rules say about a tool; nil where none speaks of it.
    package func verdict(on qualifiedName: String) -> Verdict? {
        rules.last { $0.matches(qualifiedName) }?.verdict
    }
}

extension ApprovalRules {
    /// Why a text holds no rules.
    package struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// Reads rules; a word that is not understood is an error, since it may have been meant to forbid something.
    package init(json: JSONValue) throws(SyntaxError) {
        guard let list = json["rules"]?.arrayValue else {
            throw SyntaxError(description: "needs a list `rules`")
        }
        rules = []
        for (index, rule) in list.enumerated() {
            guard let pattern = rule["tool"]?.stringValue, !pattern.isEmpty else {
                throw SyntaxError(description: "/rules/\(index) needs a text `tool`, such as \"git.*\"")
            }
            guard let verdict = rule["approve"]?.stringValue.flatMap(Verdict.init) else {
                throw SyntaxError(description: "/rules/\(index)/approve must be allow, ask or deny")
            }
            rules.append(Rule(pattern, verdict))
        }
    }

    package var json: JSONValue {
        ["rules": .array(rules.map { ["tool": .string($0.pattern), "approve": .string($0.verdict.rawValue)] })]
    }
}
