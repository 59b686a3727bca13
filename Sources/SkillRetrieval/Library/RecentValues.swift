/// Values that were used lately, up to a bound.
///
/// When half the bound is full, what was not used since the last time that was so is forgotten: nearly the values that were
/// used last, without keeping an order.
struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Kept {
        var value: Value
        var bytes: Int
    }

    private let limit: Int
    private var young: [Key: Kept] = [:]
    private var old: [Key: Kept] = [:]
    private var youngBytes = 0

    /// - Parameter bytes: what all values together may take.
    init(bytes: Int) { limit = max(1, bytes / 2) }

    var count: Int { young.count + old.count }

    /// The value of a key, where it is still known.
    mutating func value(of key: Key) -> Value? {
        if let kept = young[key] { return kept.value }
        guard let kept = old.removeValue(forKey: key) else { return nil }
        keep(kept, of: key)
        return kept.value
    }

    /// Remembers a value; one that takes more than half of everything is not.
    mutating func keep(_ value: Value, of key: Key, bytes: Int) { keep(Kept(value: value, bytes: bytes), of: key) }

    private mutating func keep(_ kept: Kept, of key: Key) {
        guard kept.bytes <= limit else { return }
        old[key] = nil
        if let before = young.removeValue(forKey: key) { youngBytes -= before.bytes }
        if youngBytes + kept.bytes > limit {
            old = young
            young = [:]
            youngBytes = 0
        }
        young[key] = kept
        youngBytes += kept.bytes
    }
}
