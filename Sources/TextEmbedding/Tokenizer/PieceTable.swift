/// An open-addressing hash table from the hash of a piece to its id.
///
/// The bytes of the pieces stay where they are, in the vocabulary: a slot holds 32 bits of hash and the id, and the
/// caller confirms a candidate by comparing bytes. Loading a vocabulary so takes a few allocations instead of tens of
/// thousands of strings.
struct PieceTable: Sendable {
    /// FNV-1a over the bytes of a piece, extended byte by byte so that one pass hashes every prefix of a word.
    struct Hash: Sendable {
        private(set) var value: UInt32 = 0x811C_9DC5

        mutating func combine(_ byte: UInt8) {
            value = (value ^ UInt32(byte)) &* 0x0100_0193
        }
    }

    /// The hash in the upper half, the id plus one in the lower; zero is a free slot.
    private var slots: [UInt64]

    /// - Parameter capacity: The largest number of pieces that will be inserted.
    init(capacity: Int) {
        // At most half full: probe sequences stay short for the many prefixes that are in no vocabulary.
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
    }

    /// Adds a piece or, when it is there already, gives it the new id.
    mutating func insert(_ hash: Hash, id: Int32, where isSame: (Int32) -> Bool) {
        let slot = slotIndex(of: hash, where: isSame)
        slots[slot] = UInt64(hash.value) << 32 | UInt64(UInt32(bitPattern: id) &+ 1)
    }

    /// Id of the piece with this hash that the caller confirms.
    func find(_ hash: Hash, where isMatch: (Int32) -> Bool) -> Int32? {
        let slot = slots[slotIndex(of: hash, where: isMatch)]
        return slot == 0 ? nil : Self.id(in: slot)
    }

    /// Slot of the confirmed piece, or the free slot where it belongs.
    @inline(__always)
    private func slotIndex(of hash: Hash, where isMatch: (Int32) -> Bool) -> Int {
        let mask = slots.count - 1
        // The low bits of FNV-1a know little of the first bytes; fold the high ones in.
        var index = Int(hash.value ^ hash.value >> 15) & mask
        while slots[index] != 0 {
            let slot = slots[index]
            if slot >> 32 == UInt64(hash.value), isMatch(Self.id(in: slot)) { break }
            index = (index + 1) & mask
        }
        return index
    }

    private static func id(in slot: UInt64) -> Int32 {
        Int32(bitPattern: UInt32(truncatingIfNeeded: slot) &- 1)
    }
}
