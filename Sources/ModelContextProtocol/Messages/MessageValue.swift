package import JSONSchema

/// A part of the protocol that is written as one JSON value.
///
/// Reading keeps members that are not known here, so that a value that passes through is passed on whole:
/// what `json` writes equals what was read.
package protocol MessageValue: Sendable, Hashable {
    /// Reads the value.
    ///
    /// - Throws: where a member is missing or has another type; says which, and what was expected.
    init(json: JSONValue) throws(MalformedValue)

    /// The value as it is sent.
    var json: JSONValue { get }
}

/// A value of the protocol that does not have the shape its specification gives it.
package struct MalformedValue: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where, from the outside in: `tools/3/inputSchema`.
    package var place: [String]
    /// What was expected there, and what was found.
    package var problem: String

    package init(_ place: [String] = [], problem: String) {
        self.place = place
        self.problem = problem
    }

    /// The same, seen from one level further out.
    package func within(_ outer: String) -> MalformedValue { MalformedValue([outer] + place, problem: problem) }

    package var description: String { place.isEmpty ? problem : "\(place.joined(separator: "/")): \(problem)" }
}
