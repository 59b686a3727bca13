import JSONSchema

/// How much YAML is read before a text counts as hostile.
package struct YAMLLimits: Sendable, Hashable {
    /// Longest text, in bytes.
    package var bytes: Int
    /// Deepest nesting of sequences and mappings.
    package var depth: Int
    /// Most scalars, sequences and mappings together.
    package var nodes: Int

    package init(bytes: Int = 256 * 1024, depth: Int = 32, nodes: Int = 20_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }
}

/// A YAML text as data, with what its author should know.
package struct YAMLDocument: Sendable, Hashable {
    /// A name that a mapping has twice; the value that was written last is the one kept.
    package struct Duplicate: Sendable, Hashable {
        package var name: String
        package var line: Int
        package var firstLine: Int
    }

    package var root: YAMLNode
    package var duplicates: [Duplicate]
}

/// Reads one YAML document into plain data, within bounds that hostile input cannot exceed.
///
/// Anchors and aliases are refused, because a few lines of them can stand for gigabytes; so are tags outside the core
/// schema and mappings whose names are not scalars. An empty text is null.
package struct YAMLReader: ~Copyable {
    private var events: YAMLEventStream
    private let limits: YAMLLimits
    private var nodes = 0
    private var duplicates: [YAMLDocument.Duplicate] = []

    package static func read(_ text: String, limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> YAMLDocument {
        guard text.utf8.count <= limits.bytes else {
            throw YAMLError(
                reason: "the text is longer than \(ByteCount.text(limits.bytes)), the most that is read",
                line: 1,
                column: 1
            )
        }
        var reader = try YAMLReader(text, limits: limits)
        return try reader.document()
    }

    private init(_ text: String, limits: YAMLLimits) throws(YAMLError) {
        events = try YAMLEventStream(text)
        self.limits = limits
    }

    private mutating func document() throws(YAMLError) -> YAMLDocument {
        var root = YAMLNode(content: .scalar(text: "", value: .null), line: 1)
        if case .documentStart = try events.next() {
            root = try node(try events.next(), depth: 1)
            guard case .documentEnd = try events.next() else { throw fault("the document does not end here") }
            guard case .streamEnd = try events.next() else {
                throw fault("a second document starts here; only one is read")
            }
        }
        return YAMLDocument(root: root, duplicates: duplicates)
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode {
        nodes += 1
        guard nodes <= limits.nodes else { throw fault("there are more than \(limits.nodes) values") }
        let line = events.line
        switch event {
        case .scalar(let text, let isPlain, let properties):
            try refuseAnchor(properties)
            let value = try value(of: text, isPlain: isPlain, tag: properties.tag)
            return YAMLNode(content: .scalar(text: text, value: value), line: line)
        case .sequenceStart(let properties):
            try enter(properties, kind: "seq", depth: depth)
            return YAMLNode(content: .sequence(try elements(depth: depth)), line: line)
        case .mappingStart(let properties):
            try enter(properties, kind: "map", depth: depth)
            return YAMLNode(content: .mapping(try members(depth: depth)), line: line)
        case .alias(let name): throw fault("the alias *\(name) is refused; write the value out")
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd: throw fault("a value is missing")
        }
    }

    private mutating func elements(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event { return elements }
            elements.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func members(depth: Int) throws(YAMLError) -> [YAMLNode.Member] {
        var members: [YAMLNode.Member] = []
        var places: [String: Int] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event { return members }
            let line = events.line
            guard let name = try node(event, depth: depth + 1).text else {
                throw YAMLError(reason: "a name in a mapping must be a single text", line: line, column: events.column)
            }
            let member = YAMLNode.Member(name: name, line: line, value: try node(try events.next(), depth: depth + 1))
            if let place = places[name] {
                duplicates.append(.init(name: name, line: line, firstLine: members[place].line))
                members[place].value = member.value
            } else {
                places[name] = members.count
                members.append(member)
            }
        }
    }

    private func enter(_ properties: YAMLProperties, kind: String, depth: Int) throws(YAMLError) {
        try refuseAnchor(properties)
        guard depth <= limits.depth else { throw fault("nesting is deeper than \(limits.depth) levels") }
        guard let tag = properties.tag, tag != "tag:yaml.org,2002:" + kind, tag != "!" else { return }
        throw fault("the tag \(tag) is not supported; leave it out")
    }

    private func refuseAnchor(_ properties: YAMLProperties) throws(YAMLError) {
        guard let anchor = properties.anchor else { return }
        throw fault("the anchor &\(anchor) is refused; leave it out and write each value where it belongs")
    }

    private func value(of text: String, isPlain: Bool, tag: String?) throws(YAMLError) -> JSONValue {
        guard let tag else { return isPlain ? YAMLScalar.value(ofPlain: text) : .string(text) }
        guard let value = YAMLScalar.value(text, tag: tag) else {
            throw fault("the tag \(tag) is not supported here; leave it out")
        }
        return value
    }

    private func fault(_ reason: String) -> YAMLError {
        YAMLError(reason: reason, line: events.line, column: events.column)
    }
}
