public import JSONSchema

/// A plan as it stands in a file, with what the reader did not understand.
public struct PlanDocument: Sendable, Hashable {
    public var plan: Plan
    /// Places of members that no plan has, as JSON Pointers: often a misspelt name.
    public var unknownMembers: [UnknownMember]

    /// A member that is passed over.
    public struct UnknownMember: Sendable, Hashable, CustomStringConvertible {
        /// JSON Pointer of the member.
        public var place: String
        /// The member that may have been meant; nil where none is near.
        public var nearest: String?

        public var description: String {
            "\(place) is no member of a plan and is ignored" + (nearest.map { "; did you mean \($0)?" } ?? "")
        }
    }

    /// Reads a plan and everything about it that is unknown.
    ///
    /// - Throws: `PlanSyntaxError` with the place of the first member that is missing or of the wrong type.
    public init(json: JSONValue) throws(PlanSyntaxError) {
        plan = try Plan(json: json)
        unknownMembers = PlanMembers.plan.unknown(in: json, at: JSONPointer())
    }

    /// Reads JSON text.
    ///
    /// - Throws: `PlanSyntaxError`; for text that is no JSON with the line and column.
    public init(jsonText: String) throws(PlanSyntaxError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(jsonText)
        } catch {
            throw PlanSyntaxError(place: "", problem: "\(error)")
        }
        try self.init(json: value)
    }
}

/// The members that one kind of object in a plan may have.
private struct PlanMembers: Sendable {
    let names: Set<String>
    /// Members that hold objects, or lists of objects, of a kind of their own.
    var inner: [String: PlanMembers] = [:]

    init(_ names: String, _ inner: [String: PlanMembers] = [:]) {
        self.names = Set(names.split(separator: " ").map(String.init)).union(inner.keys)
        self.inner = inner
    }

    static let plan = PlanMembers(
        "request decomposer groups diagnostics decomposition reranking binding answered",
        [
            "steps": step, "questions": PlanMembers("step argument text"),
            "tokens": PlanMembers("prompt completion source"),
            "timings": PlanMembers("decompose_ms retrieve_ms compose_ms total_ms refine_ms"),
            "flags": PlanMembers("kind from to why"),
        ]
    )

    private static let step = PlanMembers(
        "id subtask skill tool score depends_on arguments confidence span abstention depends_because",
        [
            "candidates": PlanMembers("skill tool score"), "implicit": PlanMembers("for input result reason"),
            "for_each": PlanMembers("list limit cue"), "when": PlanMembers("left is right cue"),
        ]
    )

    func unknown(in value: JSONValue, at place: JSONPointer) -> [PlanDocument.UnknownMember] {
        switch value {
        case .array(let elements):
            elements.enumerated().flatMap { unknown(in: $0.element, at: place.appending("\($0.offset)")) }
        case .object(let members):
            members.flatMap { name, member -> [PlanDocument.UnknownMember] in
                let inside = place.appending(name)
                guard names.contains(name) else {
                    return [.init(place: inside.description, nearest: nearest(to: name))]
                }
                return inner[name]?.unknown(in: member, at: inside) ?? []
            }
        default: []
        }
    }

    /// The known name with the same letters but for the way they are joined, or with one slip.
    private func nearest(to name: String) -> String? {
        func bare(_ text: String) -> [UInt8] { text.lowercased().utf8.filter { $0 != 0x5F && $0 != 0x2D } }
        let wanted = bare(name)
        return names.sorted().first { bare($0) == wanted } ?? names.sorted().first { Self.isOneSlip(bare($0), wanted) }
    }

    /// One letter more, less or other.
    private static func isOneSlip(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        guard abs(first.count - second.count) <= 1, min(first.count, second.count) > 2 else { return false }
        let start = zip(first, second).prefix { $0 == $1 }.count
        let end = zip(first.reversed(), second.reversed()).prefix { $0 == $1 }.count
        return start + end >= max(first.count, second.count) - 1
    }
}
