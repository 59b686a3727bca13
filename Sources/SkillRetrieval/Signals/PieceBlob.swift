/// Numbers of word pieces as bytes: 32-bit integers, little-endian.
enum PieceBlob {
    static func encode(_ pieces: [Int32]) -> [UInt8] {
        pieces.flatMap { piece in withUnsafeBytes(of: piece.littleEndian, Array.init) }
    }

    static func decode(_ bytes: [UInt8]) -> [Int32] {
        bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self))
            }
        }
    }
}
