import Glibc
import JSONSchema
import PlanComposition
import SkillCatalog
import SkillRouting
import SkillWeaver
import Storage

/// Plans as files that people may edit.
enum PlanFiles {
    /// Far more than a plan of the largest size takes.
    private static let maximumBytes = 64 << 20

    /// Reads a plan.
    ///
    /// - Throws: `StorageError` for a file that cannot be read, `PlanSyntaxError` for one that is no plan.
    static func read(_ path: String) throws -> PlanDocument {
        let bytes = try FileSystem.read(FileSystem.absolute(path), limit: maximumBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PlanSyntaxError(place: "", problem: "the file is not UTF-8 text")
        }
        return try PlanDocument(jsonText: text)
    }

    /// Writes a plan in one step: whoever reads the file sees all of the old one or all of the new one.
    static func write(_ plan: Plan, to path: String) throws {
        let file = FileSystem.absolute(path)
        let temporary = "\(FileSystem.parent(of: file))/.\(FileSystem.name(of: file)).\(getpid()).tmp"
        do {
            try FileSystem.write(Array((plan.json.serialized(.indented) + "\n").utf8), to: temporary)
            try FileSystem.commit(temporary, as: file)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
    }

    /// The skills a plan uses that the library has, by id.
    static func skills(of plan: Plan, from library: any SkillInventory) async throws -> [String: Skill] {
        var skills: [String: Skill] = [:]
        for id in Set(plan.steps.compactMap(\.skill)) { skills[id] = try await library.skill(id) }
        return skills
    }
}
