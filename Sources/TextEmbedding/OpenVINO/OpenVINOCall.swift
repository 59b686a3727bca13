import COpenVINO

/// Runs a C call that reports failure through a message buffer.
func check(
    _ kind: EmbeddingError.Kind,
    _ prefix: String = "",
    _ call: (skw_ov_message) -> Int32
) throws(EmbeddingError) {
    var text = [CChar](repeating: 0, count: 1_024)
    let failed = text.withUnsafeMutableBufferPointer {
        call(skw_ov_message(text: $0.baseAddress, capacity: $0.count))
    }
    guard failed != 0 else { return }
    let message = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw EmbeddingError(kind, prefix + message)
}
