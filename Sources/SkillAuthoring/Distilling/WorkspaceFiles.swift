import Glibc
import JSONSchema
import PlanComposition
import PlanExecution
import Storage

/// Files of a run's workspace that its inputs name and that were there before it: what its test needs beside them.
struct WorkspaceFiles {
    private static let maximumBytes = 1 << 20
    private static let maximumFiles = 20

    private let folder: String
    /// From the workspace.
    let paths: [String]

    init(_ definition: RunDefinition, _ distilled: DistilledPlan) {
        folder = definition.workspace
        let texts = distilled.plan.steps.flatMap { step in
            (step.arguments ?? [:]).flatMap { Self.texts($0.value) }
                + (step.forEach.map { Self.texts($0.list) } ?? [])
        }
        let recorded = distilled.parameters.compactMap(\.recorded).flatMap(Self.texts)
        let before = definition.createdAt.milliseconds
        let named = Set(texts + recorded).sorted().filter { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...512).contains(text.utf8.count), !text.hasPrefix("/"), !parts.contains(".."), !parts.contains("")
            else { return false }
            var status = stat()
            guard lstat("\(definition.workspace)/\(text)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                return false
            }
            return Int64(status.st_mtim.tv_sec) * 1_000 + Int64(status.st_mtim.tv_nsec) / 1_000_000 < before
        }
        paths = Array(named.prefix(Self.maximumFiles))
    }

    /// The files' bytes, by path.
    func contents() throws(AuthoringError) -> [String: [UInt8]] {
        guard let root = RealFolder.of(folder) else { return [:] }
        var contents: [String: [UInt8]] = [:]
        for path in paths {
            contents[path] = try RealFolder.contents(of: "\(root)/\(path)", in: root, limit: Self.maximumBytes)
        }
        return contents
    }

    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        case .object(let members): members.flatMap { texts($0.value) }
        default: []
        }
    }
}
