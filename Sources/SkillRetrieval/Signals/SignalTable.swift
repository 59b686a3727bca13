import Storage

/// What the first stage knows of many entries of a library: owners, words, and statistics.
///
/// One file, put in place whole and mapped into memory, so that opening costs nothing however large the library is. It is
/// derived from the catalog and can always be built again from it.
///
/// Words are weighted as in scikit-learn's `TfidfVectorizer` with `sublinear_tf`: (1 + ln tf) · (ln((1 + n) / (1 + df)) + 1),
/// over stems; a text is a unit vector and similarity the cosine.
package struct SignalTable: Sendable {
    let bytes: MappedBytes
    let layout: SignalLayout

    /// Maps a file.
    ///
    /// - Throws: `VectorIndexError` for a file that is not whole.
    package init(file: String) throws {
        try self.init(MappedBytes(file: file), name: file)
    }

    package init(_ content: [UInt8]) throws {
        try self.init(MappedBytes(copying: content), name: "the words of the library")
    }

    private init(_ bytes: MappedBytes, name: String) throws {
        self.bytes = bytes
        guard let layout = bytes.withBytes({ SignalLayout(reading: $0) }) else {
            throw VectorIndexError("\(name) is damaged or of another version")
        }
        self.layout = layout
    }

    /// How many entries there are.
    package var count: Int { layout.entries }

    /// The greatest number there is; -1 where there is none.
    package var lastNumber: Int64 { bytes.withBytes { layout.numbers($0).last ?? -1 } }

    /// The numbers that are not among these.
    func numbers(besides kept: Set<Int64>) -> Set<Int64> {
        bytes.withBytes { Set(layout.numbers($0).lazy.filter { !kept.contains($0) }) }
    }

    // MARK: - Vectors

    /// Mean and second moment of a query's cosines with all entries.
    ///
    /// From the mean vector μ and the matrix S of second moments: q·μ, and qᵀSq. So they are those of all entries whatever
    /// an approximate index has looked at.
    func denseMoments(of query: [Float]) -> (mean: Double, second: Double)? {
        let width = layout.dimensions
        guard query.count == width, width > 0 else { return nil }
        return bytes.withBytes { bytes in
            query.withUnsafeBufferPointer { query in
                let moments = layout.moments(bytes)
                return moments.baseAddress.map { VectorMath.moments($0, of: query) }
            }
        }
    }

    // MARK: - Word pieces

    /// In how many entries a piece of the encoder's vocabulary stands.
    package func pieceFrequency(_ piece: Int32) -> Int {
        guard piece >= 0, Int(piece) < layout.pieces else { return 0 }
        return bytes.withBytes { Int(layout.pieceFrequencies($0)[Int(piece)]) }
    }
}
