import CYAML

/// One step through a YAML text.
enum YAMLEvent {
    case documentStart
    case sequenceStart(YAMLProperties)
    case sequenceEnd
    case mappingStart(YAMLProperties)
    case mappingEnd
    /// `isPlain`: written without quotes and not as a block, so that its text decides its type.
    case scalar(String, isPlain: Bool, YAMLProperties)
    case alias(String)
    /// The end of a document, or of the text; both only close what was opened.
    case documentEnd
    case streamEnd
}

/// What may stand before a value: `&anchor` and `!tag`.
struct YAMLProperties {
    var anchor: String?
    var tag: String?
}

/// The libyaml parser with the bytes it reads; the one place that calls the C library.
struct YAMLEventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// libyaml keeps a pointer to its input, so the bytes live as long as the parser.
    private let input: UnsafeMutableBufferPointer<UInt8>
    /// Line of the event that was returned last, from 1.
    private(set) var line = 1
    /// Column of the event that was returned last, from 1.
    private(set) var column = 1

    init(_ text: String) throws(YAMLError) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(reason: "no memory to read it", line: 1, column: 1)
        }
        self.parser = parser
        input = .allocate(capacity: text.utf8.count)
        _ = input.initialize(from: text.utf8)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; after `streamEnd` it must not be asked again.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw parserError() }
            defer { yaml_event_delete(&event) }
            line = Int(event.start_mark.line) + 1
            column = Int(event.start_mark.column) + 1
            if let translated = translate(event) { return translated }
        }
    }

    private func translate(_ event: yaml_event_t) -> YAMLEvent? {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return .sequenceStart(properties(anchor: start.anchor, tag: start.tag))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return .mappingStart(properties(anchor: start.anchor, tag: start.tag))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .scalar(
                text,
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                properties(anchor: scalar.anchor, tag: scalar.tag)
            )
        case YAML_ALIAS_EVENT: return .alias(string(event.data.alias.anchor) ?? "")
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return nil
        }
    }

    private func properties(anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?) -> YAMLProperties {
        YAMLProperties(anchor: string(anchor), tag: string(tag))
    }

    private func string(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(decoding: UnsafeBufferPointer(start: $0, count: strlen($0)), as: UTF8.self) }
    }

    private func strlen(_ pointer: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        while pointer[count] != 0 { count += 1 }
        return count
    }

    private func parserError() -> YAMLError {
        let state = parser.pointee
        var reason = state.problem.map { String(cString: $0) } ?? "it cannot be read"
        if state.error == YAML_MEMORY_ERROR { reason = "no memory to read it" }
        if reason == "mapping values are not allowed in this context" {
            reason += "; put a value that contains a colon and a space in quotes"
        }
        // The reader, which finds bytes that no YAML text may hold, knows the offset only.
        if state.error == YAML_READER_ERROR {
            let before = input[..<min(Int(state.problem_offset), input.count)]
            let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            return YAMLError(reason: reason, line: max(lines.count, 1), column: (lines.last?.count ?? 0) + 1)
        }
        // What is never closed is found missing at the end; its author looks for where it was opened.
        let characters = input.count { $0 & 0xC0 != 0x80 }
        let isOpenAtEnd = state.context != nil && Int(state.problem_mark.index) >= characters
        let mark = isOpenAtEnd ? state.context_mark : state.problem_mark
        let lastLine = lineOfLastText
        if Int(mark.line) + 1 > lastLine { return YAMLError(reason: reason, line: lastLine, column: 1) }
        return YAMLError(reason: reason, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    /// Number of the last line that is not empty, from 1.
    private var lineOfLastText: Int {
        let end = input.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") } ?? 0
        return input[..<end].count { $0 == UInt8(ascii: "\n") } + 1
    }
}
