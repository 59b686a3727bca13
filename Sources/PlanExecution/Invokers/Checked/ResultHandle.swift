public import JSONSchema

/// What stands for a large result while it travels: `{"$file": "results/….json", "bytes": …, "sha256": "…"}`.
public struct ResultHandle: Sendable, Hashable {
    /// Length of its JSON text.
    public var bytes: Int
    /// Of the JSON text, in hexadecimal digits; also the name of its file.
    public var hash: String

    init(bytes: Int, hash: String) {
        self.bytes = bytes
        self.hash = hash
    }

    /// Reads a handle; nil where a value is something else.
    ///
    /// Only the hash counts: a tool that makes up a handle reaches nothing but results of the same run.
    public init?(_ value: JSONValue) {
        guard let members = value.objectValue, members.count == 3, let hash = members["sha256"]?.stringValue,
            let bytes = members["bytes"]?.intValue, hash.utf8.count == 64,
            hash.utf8.allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }),
            members["$file"]?.stringValue == "results/\(hash).json"
        else { return nil }
        self.init(bytes: bytes, hash: hash)
    }

    public var json: JSONValue {
        ["$file": .string("results/\(hash).json"), "bytes": JSONValue(bytes), "sha256": .string(hash)]
    }
}
