import CLinearAlgebra
import SkillCatalog
import TextEmbedding

/// How token states become what is stored of them: centred, projected, of unit length, in eight bits.
///
/// The mean state of a library is taken off each state, because it is most of every state and says nothing; the rest is
/// projected on the directions in which a sample of the library's states differs most (principal components). Both are
/// fitted once and kept with the library, so that states stored at different times can be compared. A library too small
/// for a fit keeps the full width.
package struct TokenProjection: Sendable, Hashable {
    /// Length of a state.
    let width: Int
    /// Length of what is stored of it.
    let reducedWidth: Int
    let mean: [Float]
    /// `reducedWidth` rows of `width` values; empty where the full width is kept.
    let directions: [Float]

    static let preferredWidth = 128
    /// States from which directions can be fitted.
    private static let leastSample = 4_096

    /// Fits a projection to a sample of states, row after row.
    init(fitting states: [Float], width: Int) {
        let rows = states.count / width
        var mean = [Float](repeating: 0, count: width)
        for row in 0..<rows { for column in 0..<width { mean[column] += states[row * width + column] } }
        for column in mean.indices { mean[column] /= Float(max(1, rows)) }
        self.width = width
        self.mean = mean
        guard rows >= Self.leastSample, width > Self.preferredWidth else {
            reducedWidth = width
            directions = []
            return
        }
        let centred = Self.centred(states, mean: mean)
        var gram = [Float](repeating: 0, count: width * width)
        skw_add_gram(Int32(rows), Int32(width), centred, &gram)
        var values = [Float](repeating: 0, count: width)
        guard skw_symmetric_eigenvectors(Int32(width), &gram, &values) == 0, gram.allSatisfy(\.isFinite) else {
            reducedWidth = width
            directions = []
            return
        }
        reducedWidth = Self.preferredWidth
        // Eigenvalues rise: the last rows are the directions of greatest difference.
        directions = Array(gram.suffix(Self.preferredWidth * width))
    }

    /// Unit vectors of the states, `reducedWidth` values each.
    func project(_ states: [Float]) -> [Float] {
        let rows = states.count / width
        var projected = Self.centred(states, mean: mean)
        if !directions.isEmpty {
            let centred = projected
            projected = [Float](repeating: 0, count: rows * reducedWidth)
            skw_multiply_by_transpose(
                Int32(rows),
                Int32(reducedWidth),
                Int32(width),
                centred,
                directions,
                &projected
            )
        }
        projected.withUnsafeMutableBufferPointer { values in
            for row in 0..<rows {
                Self.normalize(
                    UnsafeMutableBufferPointer(rebasing: values[row * reducedWidth..<(row + 1) * reducedWidth])
                )
            }
        }
        return projected
    }

    private static func centred(_ states: [Float], mean: [Float]) -> [Float] {
        var centred = states
        centred.withUnsafeMutableBufferPointer { values in
            for start in stride(from: 0, to: values.count, by: mean.count) {
                let row = UnsafeMutableBufferPointer(rebasing: values[start..<start + mean.count])
                for column in row.indices { row[column] -= mean[column] }
                normalize(row)
            }
        }
        return centred
    }

    private static func normalize(_ row: UnsafeMutableBufferPointer<Float>) {
        var square: Float = 0
        for value in row { square += value * value }
        guard square > 0 else { return }
        let scale = 1 / square.squareRoot()
        for index in row.indices { row[index] *= scale }
    }
}

extension TokenProjection {
    private static let version: UInt32 = 1

    /// The projection as bytes, for storage.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for number in [Self.version, UInt32(width), UInt32(reducedWidth)] {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for values in [mean, directions] { values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The projection that was stored; nil for bytes that are none.
    init?(bytes: [UInt8]) {
        let header = bytes.withUnsafeBytes { bytes in
            bytes.count < 12
                ? []
                : (0..<3).map { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
        }
        guard header.count == 3, header[0] == Self.version, (1...65_536).contains(header[1]),
            (1...header[1]).contains(header[2])
        else { return nil }
        let width = Int(header[1])
        let reduced = Int(header[2])
        let values = bytes.dropFirst(12).withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        }
        guard values.count == width + (reduced == width ? 0 : reduced * width), values.allSatisfy(\.isFinite) else {
            return nil
        }
        self.width = width
        reducedWidth = reduced
        mean = Array(values.prefix(width))
        directions = Array(values.dropFirst(width))
    }
}

extension TokenProjection {
    /// Fits to texts as an encoder sees them; nil for no texts.
    init?(fittingTo encoded: [EncodedText], of texts: [String]) {
        guard let width = encoded.first?.states.dimensions else { return nil }
        var states: [Float] = []
        for (text, encoding) in zip(texts, encoded) {
            for position in TokenSelection.positions(encoding.tokens, of: text) { states += encoding.states[position] }
        }
        self.init(fitting: states, width: width)
    }

    /// What is stored of a text's tokens: those that carry meaning, the name's first.
    func states(of encoded: EncodedText, in text: IndexedText) -> (pieces: [Int32], bytes: [UInt8]) {
        let kept = TokenSelection.positions(encoded.tokens, of: text.sentence)
        let nameBytes = text.name.utf8.count
        let nameTokens = kept.prefix { encoded.tokens[$0].bytes.upperBound <= nameBytes }.count
        let projected = project(kept.flatMap { encoded.states[$0] })
        return (
            kept.map { encoded.tokens[$0].id },
            StateBlob.encode(projected, width: reducedWidth, nameTokens: nameTokens)
        )
    }
}
