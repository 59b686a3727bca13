import SkillCatalog
import Synchronization

/// What was read lately of one generation of a library, so that the searches that follow need not ask its file.
///
/// A small library is in here whole after some searches; of a large one what is found most often is. A generation never
/// changes, so nothing in here is ever out of date.
final class LibraryMemory: Sendable {
    let states = Part<Int64, WeighedStates>(bytes: 64 << 20)
    let vectors = Part<Int64, [Float]>(bytes: 32 << 20)
    let entries = Part<Int64, IndexEntry>(bytes: 16 << 20)
    let skills = Part<String, Skill>(bytes: 32 << 20)
    private let projection = Mutex<TokenProjection??>(nil)

    /// The projection of token states, which is read once.
    func projection(_ read: () async throws -> TokenProjection?) async throws -> TokenProjection? {
        if let known = projection.withLock(\.self) { return known }
        let found = try await read()
        projection.withLock { $0 = .some(found) }
        return found
    }

    /// Values of one kind.
    final class Part<Key: Hashable & Sendable, Value: Sendable>: Sendable {
        /// Nil for what is known not to be there.
        private let recent: Mutex<RecentValues<Key, Value?>>

        init(bytes: Int) { recent = Mutex(RecentValues(bytes: bytes)) }

        /// The values of these keys; those that have none are left out.
        ///
        /// - Parameters:
        ///   - size: about how many bytes a value takes.
        ///   - read: gives the values that are not known.
        func values(
            of keys: [Key],
            size: (Value) -> Int,
            read: ([Key]) async throws -> [Key: Value]
        ) async throws -> [Key: Value] {
            var found: [Key: Value] = [:]
            found.reserveCapacity(keys.count)
            let missing = recent.withLock { recent in
                keys.filter { key in
                    guard let known = recent.value(of: key) else { return true }
                    found[key] = known
                    return false
                }
            }
            guard !missing.isEmpty else { return found }
            let more = try await read(missing)
            recent.withLock { recent in
                for key in missing { recent.keep(more[key], of: key, bytes: 128 + (more[key].map(size) ?? 0)) }
            }
            return found.merging(more) { first, _ in first }
        }
    }
}
