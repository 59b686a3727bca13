import JSONSchema

/// Reads the vectors out of an answer of `/embeddings`, and believes nothing in it.
///
/// `{"data": [{"index": 0, "embedding": [0.1, …]}, …]}`, in any order; a vector is a list of numbers or base64 of 32-bit
/// floats, whatever was asked for. Every vector must be there once, of the right size, finite and not zero; it comes back
/// with length 1.
struct EmbeddingReply {
    /// What is wrong with an answer.
    struct Fault: Error, Hashable {
        var detail: String

        init(_ detail: String) { self.detail = detail }
    }

    /// - Parameters:
    ///   - count: texts that were sent.
    ///   - dimensions: what a vector must have; nil for whatever all have in common.
    static func vectors(_ value: JSONValue, count: Int, dimensions: Int?) throws(Fault) -> [[Float]] {
        guard let items = value["data"]?.arrayValue else {
            let said = ServerMessage.message(value)
            throw Fault(said.isEmpty ? "it holds no list of vectors" : said)
        }
        guard items.count == count else {
            throw Fault("it holds \(items.count) vectors for \(count) \(count == 1 ? "text" : "texts")")
        }
        var rows = [[Float]?](repeating: nil, count: count)
        let isNumbered = items.contains { $0["index"] != nil }
        var width = dimensions
        for (place, item) in items.enumerated() {
            guard let index = isNumbered ? item["index"]?.intValue : place, rows.indices.contains(index) else {
                throw Fault("a vector belongs to no text that was sent")
            }
            guard rows[index] == nil else { throw Fault("two vectors are said to be of text \(index)") }
            let row = try unit(values(item["embedding"], of: index), of: index)
            guard row.count == width ?? row.count else {
                throw Fault("the vector of text \(index) has \(row.count) values instead of \(width ?? 0)")
            }
            width = row.count
            rows[index] = row
        }
        return rows.compactMap { $0 }
    }

    private static func values(_ value: JSONValue?, of index: Int) throws(Fault) -> [Float] {
        if let text = value?.stringValue {
            guard let bytes = Base64.decode(text), bytes.count % 4 == 0 else {
                throw Fault("the vector of text \(index) is neither numbers nor base64 of 32-bit floats")
            }
            return bytes.withUnsafeBytes(VectorBlob.decode)
        }
        guard let numbers = value?.arrayValue else { throw Fault("text \(index) has no vector") }
        var values: [Float] = []
        values.reserveCapacity(numbers.count)
        for number in numbers {
            guard let value = number.doubleValue else {
                throw Fault("the vector of text \(index) holds something that is not a number")
            }
            values.append(Float(value))
        }
        return values
    }

    private static func unit(_ values: [Float], of index: Int) throws(Fault) -> [Float] {
        guard (1...EmbeddingEndpoint.mostDimensions).contains(values.count) else {
            throw Fault("the vector of text \(index) has \(values.count) values")
        }
        var square = 0.0
        for value in values { square += Double(value) * Double(value) }
        guard square.isFinite else { throw Fault("the vector of text \(index) holds a value that is not finite") }
        guard square > 0 else { throw Fault("the vector of text \(index) is zero") }
        let scale = 1 / square.squareRoot()
        return values.map { Float(Double($0) * scale) }
    }
}
