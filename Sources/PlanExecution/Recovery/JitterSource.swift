/// Random numbers that come out the same for the same run, task and attempt (SplitMix64, G. Steele et al., 2014), so that
/// deciding stays a function of the run's state.
struct JitterSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, _ task: TaskID, attempt: Int) {
        // FNV-1a over what tells attempts apart; `Hasher` differs from process to process.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        for byte in "\(task)/\(attempt)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = hash
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
