/// Vectors as bytes: 32-bit floats in the machine's (little-endian) order.
package enum VectorBlob {
    package static func encode(_ vector: some Collection<Float>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for value in vector {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        (0..<bytes.count / 4).map {
            Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
        }
    }
}

extension [Float] {
    /// Whether another unit vector is this one but for rounding and the company it was computed in.
    package func isNearly(_ other: [Float]) -> Bool {
        count == other.count && zip(self, other).reduce(0) { $0 + $1.0 * $1.1 } > 0.99
    }
}
