import SkillCatalog
import TextEmbedding

extension LibraryIndexer {
    /// Encodes the texts of skills, reusing the encodings of texts that did not change, and stores them.
    func embed(_ skills: [PendingSkill], update: LibraryUpdate) async throws -> Int {
        var texts: [IndexedText] = []
        var known: [[UInt8]: TextEncoding] = [:]
        for skill in skills {
            let stored = try await update.storedEncodings(of: skill.number)
            known.merge(stored) { first, _ in first }
            texts += skill.texts.map(\.text).filter { known[EntryEncoder.hash(of: $0)] == nil }
        }
        for (text, encoding) in zip(texts, try await EntryEncoder(embedder: embedder).encode(texts)) {
            known[EntryEncoder.hash(of: text)] = encoding
        }
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
