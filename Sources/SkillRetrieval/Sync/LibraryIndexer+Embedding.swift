import SkillCatalog
import TextEmbedding

extension LibraryIndexer {
    /// Entries of which token states are kept, about 3.5 KB each; those that come later are ranked without.
    private static let statesLimit = 50_000

    /// Encodes the texts of skills, reusing the encodings of texts that did not change, and stores them.
    func embed(_ skills: [PendingSkill], update: LibraryUpdate) async throws -> Int {
        var texts: [IndexedText] = []
        var known: [[UInt8]: TextEncoding] = [:]
        for skill in skills {
            let stored = try await update.storedEncodings(of: skill.number)
            known.merge(stored) { first, _ in first }
            texts += skill.texts.map(\.text).filter { known[EntryEncoder.hash(of: $0)] == nil }
        }
        // Token states of a very large library would take more disk than they are worth.
        let keepsStates = await update.entryCount < Self.statesLimit
        var projection = StoredProjection(bytes: try await update.part(.tokenProjection))
        let isFitted = projection.bytes != nil
        let encoder = EntryEncoder(embedder: embedder)
        let encodings =
            keepsStates
            ? try await encoder.encode(texts, fitting: &projection) : try await encoder.encode(texts)
        for (text, encoding) in zip(texts, encodings) { known[EntryEncoder.hash(of: text)] = encoding }
        if !isFitted, let bytes = projection.bytes { try await update.keep(bytes, as: .tokenProjection) }
        for skill in skills {
            let entries = skill.texts.compactMap { text in
                let hash = EntryEncoder.hash(of: text.text)
                return known[hash].map { NewEntry(tool: text.tool, text: text.text, hash: hash, encoding: $0) }
            }
            try await update.store(entries, of: skill.number)
        }
        return texts.count
    }
}

/// A stored skill whose vectors are still to be made.
struct PendingSkill {
    var skill: Skill
    var number: Int64

    /// What is indexed: the skill as a whole, then each of its tools.
    var texts: [(tool: String?, text: IndexedText)] {
        [(nil, skill.indexedText)] + skill.indexedTools.map { ($0.name, skill.indexedText(of: $0)) }
    }
}
