import SkillCatalog
import Storage
import Synchronization
import TestSupport

@testable import SkillRetrieval

/// A source that can be taken away and given back.
final class SwitchableSource: SkillSource {
    let name: String
    let location: String
    private let state: Mutex<(skills: [Skill], fault: SkillSourceError?)>
    private let listeners = Mutex<[AsyncStream<SourceChange>.Continuation]>([])

    init(_ name: String, _ skills: [Skill] = []) {
        self.name = name
        location = "memory:\(name)"
        state = Mutex((skills, nil))
    }

    /// Replaces what it holds, and tells those who watch it.
    func hold(_ skills: [Skill]) {
        state.withLock { $0 = (skills, nil) }
        tell(.changed)
    }

    /// Makes it unreadable after its first record; nil makes it readable again.
    func fail(_ message: String?) {
        state.withLock { $0.fault = message.map { SkillSourceError(.unreadable, location: location, $0) } }
        tell(message.map(SourceChange.unreadable) ?? .back)
    }

    /// Breaks without telling anybody.
    func failSilently(_ message: String?) {
        state.withLock { $0.fault = message.map { SkillSourceError(.unreadable, location: location, $0) } }
    }

    private func tell(_ change: SourceChange) {
        for listener in listeners.withLock(\.self) { listener.yield(change) }
    }

    nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        let (skills, fault) = state.withLock(\.self)
        for skill in fault == nil ? skills : Array(skills.prefix(1)) { try await receive(.skill(skill)) }
        if let fault { throw fault }
    }

    func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        let (stream, listener) = AsyncStream<SourceChange>.makeStream()
        listeners.withLock { $0.append(listener) }
        listener.yield(.watching)
        return stream
    }
}

/// What a library holds, for comparison: ids with their descriptions, and the texts behind its vectors.
struct LibraryContent: Hashable {
    var skills: [String: Skill]
    var sources: [String]
    var vectorCount: Int

    init(_ location: LibraryLocation) async throws {
        let library = try await IndexedLibrary.open(location, for: WordEmbedder().model)
        skills = try await library.library.skills(library.library.overview().map(\.id))
        sources = try await library.library.summary().sources.map(\.name)
        vectorCount = await library.vectors.count
    }
}
