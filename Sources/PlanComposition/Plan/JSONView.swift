import JSONSchema

/// One JSON value and its place in the document, for reading with errors that say where.
struct JSONView {
    let value: JSONValue
    /// JSON Pointer from the root.
    let place: String

    init(_ value: JSONValue, at place: String) {
        self.value = value
        self.place = place
    }

    /// A member that may be absent or null.
    func member(_ key: String) throws(PlanSyntaxError) -> JSONView? {
        guard let members = value.objectValue else { throw PlanSyntaxError(place: place, problem: "must be an object") }
        guard let member = members[key], member != .null else { return nil }
        return JSONView(member, at: place + JSONPointer(tokens: [key]).description)
    }

    func string(_ key: String) throws(PlanSyntaxError) -> String {
        guard let text = try optionalString(key) else { throw missing(key) }
        return text
    }

    func optionalString(_ key: String) throws(PlanSyntaxError) -> String? {
        guard let member = try member(key) else { return nil }
        guard let text = member.value.stringValue else { throw member.mustBe("a string") }
        return text
    }

    func optionalNumber(_ key: String) throws(PlanSyntaxError) -> Double? {
        guard let member = try member(key) else { return nil }
        guard let number = member.value.doubleValue else { throw member.mustBe("a number") }
        return number
    }

    func integer(_ key: String) throws(PlanSyntaxError) -> Int {
        guard let member = try member(key) else { throw missing(key) }
        guard let number = member.value.intValue else { throw member.mustBe("a whole number") }
        return number
    }

    func optionalObject(_ key: String) throws(PlanSyntaxError) -> JSONObject? {
        guard let member = try member(key) else { return nil }
        guard let object = member.value.objectValue else { throw member.mustBe("an object") }
        return object
    }

    func elements(_ key: String) throws(PlanSyntaxError) -> [JSONView] {
        guard try member(key) != nil else { throw missing(key) }
        return try optionalElements(key)
    }

    func optionalElements(_ key: String) throws(PlanSyntaxError) -> [JSONView] {
        guard let member = try member(key) else { return [] }
        guard let elements = member.value.arrayValue else { throw member.mustBe("an array") }
        return elements.enumerated().map { JSONView($1, at: "\(member.place)/\($0)") }
    }

    func optionalStrings(_ key: String) throws(PlanSyntaxError) -> [String] {
        var strings: [String] = []
        for element in try optionalElements(key) {
            guard let text = element.value.stringValue else { throw element.mustBe("a string") }
            strings.append(text)
        }
        return strings
    }

    /// A half-open range written as `[start, end]`.
    func optionalRange(_ key: String) throws(PlanSyntaxError) -> Range<Int>? {
        guard let member = try member(key) else { return nil }
        guard let ends = member.value.arrayValue, ends.count == 2, let start = ends[0].intValue,
            let end = ends[1].intValue, 0 <= start, start <= end
        else { throw member.mustBe("two byte positions, the first not after the second") }
        return start..<end
    }

    func reasons(_ key: String) throws(PlanSyntaxError) -> [String: EdgeReason] {
        guard let member = try member(key), let object = try optionalObject(key) else { return [:] }
        var reasons: [String: EdgeReason] = [:]
        for (id, value) in object {
            let reason = JSONView(value, at: member.place + JSONPointer(tokens: [id]).description)
            let name = try reason.string("kind")
            guard let kind = EdgeReason.Kind(rawValue: name) else {
                throw PlanSyntaxError(place: reason.place + "/kind", problem: "is \(name), which is no kind of reason")
            }
            reasons[id] = EdgeReason(kind, cue: try reason.string("cue"))
        }
        return reasons
    }

    func missing(_ key: String) -> PlanSyntaxError {
        PlanSyntaxError(place: "\(place)/\(key)", problem: "is missing")
    }

    func mustBe(_ what: String) -> PlanSyntaxError {
        PlanSyntaxError(place: place, problem: "must be \(what)")
    }
}
