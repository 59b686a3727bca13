import CFAISS
import Glibc
import Storage
package import TextEmbedding

/// A FAISS index over inner products, kept in one file.
package actor FAISSIndex: VectorIndex {
    package nonisolated let dimensions: Int
    /// The file it was opened from; nil for one that was made in memory.
    package nonisolated let file: IndexFile?
    private let owner: FAISSHandle
    private var handle: OpaquePointer { owner.pointer }

    private nonisolated let executor = BlockingExecutor(label: "vector-index")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Creates an empty exact index.
    package init(dimensions: Int) throws(VectorIndexError) {
        try self.init(dimensions: dimensions, shape: IndexPolicy().shape(for: 0, dimensions: dimensions))
    }

    /// Creates an empty index; one that learns from examples must be trained before vectors are added.
    init(dimensions: Int, shape: IndexShape) throws(VectorIndexError) {
        var handle: OpaquePointer?
        try check("creating the vector index") { skw_faiss_create(Int32(dimensions), shape.factory, &handle, $0) }
        guard let handle else { throw VectorIndexError("creating the vector index gave nothing") }
        owner = FAISSHandle(handle)
        file = nil
        for (name, value) in shape.parameters.sorted(by: { $0.key < $1.key }) {
            try check("setting \(name)") { skw_faiss_set_parameter(handle, name, value, $0) }
        }
        self.dimensions = dimensions
    }

    /// Opens an index file; inverted lists stay on the disk and are mapped, all else is read.
    package init(file: String) throws(VectorIndexError) {
        // Asked before: a file that takes this one's place meanwhile is another, not the same.
        self.file = IndexFile(file)
        var handle: OpaquePointer?
        try check(file) { skw_faiss_map(file, &handle, $0) }
        guard let handle else { throw VectorIndexError("\(file): reading gave nothing") }
        owner = FAISSHandle(handle)
        dimensions = Int(skw_faiss_dimensions(handle))
    }

    package var count: Int { Int(skw_faiss_count(handle)) }

    /// The greatest number stored; -1 in an empty index.
    var lastNumber: Int64 { skw_faiss_last_id(handle) }

    /// Learns from examples how to code vectors, where the kind of index needs that.
    func train(_ examples: EmbeddingMatrix) throws(VectorIndexError) {
        guard skw_faiss_is_trained(handle) == 0 else { return }
        try check("training the vector index") {
            skw_faiss_train(handle, Int64(examples.rows), examples.values, $0)
        }
    }

    /// Adds one vector a number.
    package func add(_ vectors: EmbeddingMatrix, numbers: [Int64]) throws(VectorIndexError) {
        guard vectors.dimensions == dimensions, vectors.rows == numbers.count else {
            throw VectorIndexError(
                "\(numbers.count) numbers for \(vectors.rows) vectors of \(vectors.dimensions) values; the index has \(dimensions)"
            )
        }
        guard vectors.values.allSatisfy(\.isFinite) else {
            throw VectorIndexError("a vector holds a value that is not a number")
        }
        try check("adding vectors") { skw_faiss_add(handle, Int64(numbers.count), vectors.values, numbers, $0) }
    }

    package func search(_ queries: EmbeddingMatrix, top: Int) throws -> [[VectorHit]] {
        guard queries.dimensions == dimensions else {
            throw VectorIndexError("a query of \(queries.dimensions) values cannot search vectors of \(dimensions)")
        }
        let top = min(top, count)
        guard top > 0, queries.rows > 0 else { return Array(repeating: [], count: queries.rows) }
        var scores = [Float](repeating: 0, count: queries.rows * top)
        var numbers = [Int64](repeating: -1, count: scores.count)
        try check("searching vectors") {
            skw_faiss_search(handle, Int64(queries.rows), queries.values, Int64(top), &scores, &numbers, $0)
        }
        return (0..<queries.rows).map { row in
            (row * top..<(row + 1) * top).compactMap { index in
                numbers[index] < 0 ? nil : VectorHit(number: numbers[index], score: scores[index])
            }
        }
    }

    /// Writes the index under its final name only when it is complete and on the disk.
    package func write(to file: String) throws {
        // Several readers may build one damaged file again at the same time.
        let temporary = "\(file).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).partial"
        do {
            try check(file) { skw_faiss_write(handle, temporary, $0) }
            try FileSystem.commit(temporary, as: file)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
    }
}

/// Owns one FAISS index and frees it.
private final class FAISSHandle {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { skw_faiss_free(pointer) }
}

/// Runs a C call that reports failure through a message buffer.
private func check(_ what: String, _ call: (skw_faiss_message) -> Int32) throws(VectorIndexError) {
    var text = [CChar](repeating: 0, count: 1_024)
    let failed = text.withUnsafeMutableBufferPointer {
        call(skw_faiss_message(text: $0.baseAddress, capacity: $0.count))
    }
    guard failed != 0 else { return }
    let message = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw VectorIndexError("\(what): \(message)")
}
