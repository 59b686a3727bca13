/// Token states of one entry as bytes: for each token a scale and one signed byte a value.
///
/// A header of eight bytes says how many values a token has, how many tokens there are, and how many of them are of the
/// name, which come first.
enum StateBlob {
    static let headerBytes = 8

    /// - Parameter states: unit vectors of `width` values, row after row.
    static func encode(_ states: [Float], width: Int, nameTokens: Int) -> [UInt8] {
        let rows = width > 0 ? states.count / width : 0
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headerBytes + rows * (width + 4))
        for number in [UInt16(width), UInt16(clamping: rows), UInt16(clamping: nameTokens), 0] {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        states.withUnsafeBufferPointer { states in
            for row in 0..<min(rows, Int(UInt16.max)) {
                let values = states[row * width..<(row + 1) * width]
                let largest = values.reduce(0) { max($0, abs($1)) }
                let scale = largest > 0 ? largest / 127 : 1
                withUnsafeBytes(of: scale.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
                for value in values { bytes.append(UInt8(bitPattern: Int8((value / scale).rounded()))) }
            }
        }
        return bytes
    }

    /// Shape of stored states; nil for bytes that are none.
    static func shape(_ bytes: UnsafeRawBufferPointer) -> (width: Int, tokens: Int, nameTokens: Int)? {
        guard bytes.count >= headerBytes else { return nil }
        let header = (0..<3).map {
            Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self)))
        }
        guard header[0] > 0, bytes.count == headerBytes + header[1] * (header[0] + 4), header[2] <= header[1] else {
            return nil
        }
        return (header[0], header[1], header[2])
    }
}
