import Glibc
import Storage

/// Identifies a model folder by its content without reading all of its weights.
///
/// Hashes the small files whole, and of the weights the size and 64 evenly spread blocks of 4 KiB: any retrained,
/// converted or truncated file differs in those, and the check stays under a millisecond on the cold-start path.
enum ModelFingerprint {
    private static let smallFiles = [
        "config.json", "vocab.txt", "tokenizer_config.json", "sentence_bert_config.json", "1_Pooling/config.json",
        "config_sentence_transformers.json",
    ]
    private static let blocks = 64
    private static let blockSize = 4_096

    static func compute(folder: String, weights: String) throws(EmbeddingError) -> String {
        var content: [UInt8] = []
        // A tokenizer.json counts only where it is used.
        let tokenizer = FileSystem.exists("\(folder)/vocab.txt") ? [] : ["tokenizer.json"]
        for name in smallFiles + tokenizer {
            content.append(contentsOf: name.utf8)
            if let bytes = try? FileSystem.read("\(folder)/\(name)", limit: 1 << 26) {
                content.append(contentsOf: ContentHash(of: bytes).bytes)
            }
        }
        content.append(contentsOf: try sample(weights))
        return String(ContentHash(of: content).hexadecimal.prefix(32))
    }

    private static func sample(_ path: String) throws(EmbeddingError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EmbeddingError(.modelUnusable, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else {
            throw EmbeddingError(.modelUnusable, "\(path) cannot be read")
        }
        let size = Int(information.st_size)
        var content = Array("\(size)".utf8)
        var block = [UInt8](repeating: 0, count: blockSize)
        for index in 0..<blocks {
            let offset = max(0, size - blockSize) / max(1, blocks - 1) * index
            let count = pread(descriptor, &block, blockSize, off_t(offset))
            if count > 0 { content.append(contentsOf: block[..<count]) }
        }
        return content
    }
}
