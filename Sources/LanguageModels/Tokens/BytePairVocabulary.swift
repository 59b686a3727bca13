/// The tokens of a byte-level vocabulary, each a string of bytes whose rank is also its id.
///
/// Lookup hashes the bytes of a candidate and compares them with the one token that may match; pairs of bytes, which
/// every merge begins with, have a table of their own. About 4 MB for Qwen's 151,643 tokens.
struct BytePairVocabulary: Sendable {
    /// What lookup answers for bytes that are no token; larger than every rank.
    static let noRank = Int32.max

    /// Number of tokens; every rank is below it.
    var count: Int { starts.count - 1 }

    /// The bytes of all tokens, by rank.
    private var bytes: [UInt8] = []
    /// Where each token starts in `bytes`; one more entry than tokens.
    private var starts: [UInt32] = [0]
    /// Open addressing: the upper half of the hash and the rank plus one; zero is a free slot.
    private var slots: [UInt64]
    /// Rank of each pair of bytes, the first byte in the high place.
    private var pairRanks = [Int32](repeating: noRank, count: 1 << 16)
    private var byteRanks = [Int32](repeating: noRank, count: 1 << 8)

    /// - Parameter capacity: largest number of tokens that will be added.
    init(capacity: Int) {
        var size = 16
        while size * 2 < capacity * 3 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        starts.reserveCapacity(capacity + 1)
        bytes.reserveCapacity(capacity * 7)
    }

    /// Adds a token with the next rank; false when it is there already.
    mutating func append(_ token: [UInt8]) -> Bool {
        let hash = Self.hash(token.span, token.indices)
        let slot = slotIndex(hash, token.span, token.indices)
        guard slots[slot] == 0 else { return false }
        let rank = Int32(count)
        slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(UInt32(rank) + 1)
        switch token.count {
        case 1: byteRanks[Int(token[0])] = rank
        case 2: pairRanks[Int(token[0]) << 8 | Int(token[1])] = rank
        default: break
        }
        bytes.append(contentsOf: token)
        starts.append(UInt32(bytes.count))
        return true
    }

    /// Rank of the token that a range of a text spells, or `noRank`.
    func rank(in text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
        switch range.count {
        case 1: return byteRanks[Int(text[range.lowerBound])]
        case 2: return pairRanks[Int(text[range.lowerBound]) << 8 | Int(text[range.lowerBound + 1])]
        default:
            let slot = slots[slotIndex(Self.hash(text, range), text, range)]
            return slot == 0 ? Self.noRank : Self.rank(of: slot)
        }
    }

    /// The bytes of a token; nil when there is none of that rank.
    func token(_ rank: Int32) -> ArraySlice<UInt8>? {
        guard rank >= 0, Int(rank) < count else { return nil }
        return bytes[Int(starts[Int(rank)])..<Int(starts[Int(rank) + 1])]
    }

    /// Slot of the token that a range spells, or the free slot where it belongs.
    private func slotIndex(_ hash: UInt64, _ text: Span<UInt8>, _ range: Range<Int>) -> Int {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index] != 0 {
            if slots[index] >> 32 == hash >> 32, spells(Self.rank(of: slots[index]), text, range) { break }
            index = (index + 1) & mask
        }
        return index
    }

    private func spells(_ rank: Int32, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = Int(starts[Int(rank)])
        guard Int(starts[Int(rank) + 1]) - start == range.count else { return false }
        for offset in 0..<range.count where bytes[start + offset] != text[range.lowerBound + offset] { return false }
        return true
    }

    private static func rank(of slot: UInt64) -> Int32 {
        Int32(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
    }

    /// Mixes eight bytes a step; the length tells apart what differs in trailing zeros only.
    private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash = 0x9E37_79B9_7F4A_7C15 &* UInt64(range.count)
        var word: UInt64 = 0
        var shift: UInt64 = 0
        for index in range {
            word |= UInt64(text[index]) << shift
            shift += 8
            if shift == 64 {
                hash = mix(hash ^ word)
                (word, shift) = (0, 0)
            }
        }
        return mix(hash ^ word)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
