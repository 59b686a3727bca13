package import SkillCatalog
import Storage

/// The skills of folders on disk.
package enum SkillFolders {
    /// Every skill at or below a folder; none where there is none.
    ///
    /// - Throws: `AuthoringError` where the folder itself cannot be read.
    package static func skills(in folder: String) async throws -> [Skill] {
        try await FoundSkill.all(in: folder).skills
    }

    /// The absolute path of a folder with every link followed, or as it was given where it does not exist.
    package static func absolute(_ path: String) -> String { RealFolder.of(path) ?? FileSystem.absolute(path) }
}
