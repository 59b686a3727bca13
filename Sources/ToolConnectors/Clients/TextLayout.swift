import JSONSchema

/// How the text of a settings file is laid out, to write into it as its author would.
struct TextLayout {
    private let text: CommentedJSON
    /// What one level is indented by.
    private let indent: [UInt8]
    private let newLine: [UInt8]

    init(_ text: CommentedJSON, root: JSONMemberPlaces) {
        self.text = text
        newLine = text.bytes.contains(0x0D) ? [0x0D, 0x0A] : [0x0A]
        let first = root.members.first.flatMap { Self.space(before: $0.start, in: text.bytes) }
        indent = first.flatMap { $0.isEmpty ? nil : $0 } ?? [0x20, 0x20]
    }

    /// White space between the beginning of a line and a place on it; nil where something else stands there.
    private static func space(before place: Int, in bytes: [UInt8]) -> [UInt8]? {
        let start = (bytes[..<place].lastIndex(of: 0x0A) ?? -1) + 1
        let space = bytes[start..<place]
        return start > 0 && space.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? Array(space) : nil
    }

    private func indentation(_ depth: Int) -> [UInt8] { (0..<depth).flatMap { _ in indent } }

    /// A value in this layout, without anything before its first line.
    private func written(_ value: JSONValue, depth: Int) -> [UInt8] {
        let lines = value.serialized(.indented).split(separator: "\n", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (place, line) in lines.enumerated() {
            let inner = line.prefix { $0 == " " }.count
            if place > 0 { bytes += newLine + indentation(depth + inner / 2) }
            bytes += Array(line.dropFirst(inner).utf8)
        }
        return bytes
    }

    func replacing(_ range: Range<Int>, by value: JSONValue, depth: Int) -> [UInt8] {
        text.bytes[..<range.lowerBound] + written(value, depth: depth) + text.bytes[range.upperBound...]
    }

    /// The text with one more member at the end of an object.
    func inserting(_ name: String, _ value: JSONValue, into places: JSONMemberPlaces, depth: Int) -> [UInt8] {
        let member =
            newLine + indentation(depth) + Array(JSONValue.string(name).serialized().utf8) + Array(": ".utf8)
            + written(value, depth: depth)
        // Comments after the last member stay before the new one.
        var end = places.close
        while end > places.open + 1, [0x20, 0x09, 0x0A, 0x0D].contains(text.bytes[end - 1]) { end -= 1 }
        let hasOwnLine = text.bytes[end..<places.close].contains(0x0A)
        var result = Array(text.bytes[..<end])
        if let last = places.members.last, !hasComma(after: last) {
            result.insert(UInt8(ascii: ","), at: last.value.upperBound)
        }
        result += member
        if hasOwnLine {
            result += text.bytes[end...]
        } else {
            result += newLine + indentation(depth - 1) + text.bytes[places.close...]
        }
        return result
    }

    /// The text without one member of an object.
    func removing(_ place: Int, from places: JSONMemberPlaces) -> [UInt8] {
        let member = places.members[place]
        var bytes = text.bytes
        var end = member.value.upperBound
        let comma = comma(after: member, before: places)
        if let comma { end = comma + 1 }
        var start = member.start
        if let space = Self.space(before: start, in: bytes) {
            start -= space.count
            // The whole line goes, with what ends it.
            let rest = bytes[end...].prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if rest.endIndex < bytes.count, bytes[rest.endIndex] == 0x0A { end = rest.endIndex + 1 }
        }
        bytes.removeSubrange(start..<end)
        // The member before it becomes the last one and needs no comma.
        if comma == nil, place > 0 {
            let before = places.members[place - 1].value.upperBound
            if let separator = text.strict[before..<member.start].firstIndex(of: UInt8(ascii: ",")) {
                bytes.remove(at: separator)
            }
        }
        return bytes
    }

    /// Whether a comma stands behind the last member, where strict JSON has none.
    private func hasComma(after member: JSONMemberPlaces.Member) -> Bool {
        var place = member.value.upperBound
        while place < text.bytes.count,
            text.strict[place] == 0x20 || text.strict[place] == 0x0A
                || text.strict[place] == 0x0D || text.strict[place] == 0x09
        {
            // The only thing that is blanked and no comment is a comma.
            if text.bytes[place] == UInt8(ascii: ","), !isInComment(place, from: member.value.upperBound) {
                return true
            }
            place += 1
        }
        return false
    }

    private func comma(after member: JSONMemberPlaces.Member, before places: JSONMemberPlaces) -> Int? {
        let range = member.value.upperBound..<places.close
        if let strict = text.strict[range].firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            return text.strict[strict] == UInt8(ascii: ",") ? strict : nil
        }
        return range.first { text.bytes[$0] == UInt8(ascii: ",") && !isInComment($0, from: range.lowerBound) }
    }

    /// Whether a blanked byte belongs to a comment that starts after a place between two members.
    private func isInComment(_ place: Int, from start: Int) -> Bool {
        var position = start
        while position < place {
            guard text.bytes[position] == UInt8(ascii: "/") else {
                position += 1
                continue
            }
            let isLine = position + 1 < text.bytes.count && text.bytes[position + 1] == UInt8(ascii: "/")
            var end = position + 2
            while end < text.bytes.count {
                if isLine, text.bytes[end] == 0x0A { break }
                if !isLine, text.bytes[end] == UInt8(ascii: "/"), text.bytes[end - 1] == UInt8(ascii: "*"),
                    end > position + 2
                {
                    break
                }
                end += 1
            }
            if place <= end { return true }
            position = end + 1
        }
        return false
    }
}
