import Glibc
import SkillCatalog
import Storage

/// Makes the folder of a new skill, which is valid and whose own tests pass before anything is changed.
package enum SkillScaffold {
    /// - Parameters:
    ///   - name: lower-case letters, digits and hyphens; also the name of the folder.
    ///   - parent: where the folder is made.
    /// - Returns: the absolute path of the folder.
    package static func make(
        _ name: String,
        from template: SkillTemplate,
        in parent: String
    ) throws(AuthoringError) -> String {
        try check(name)
        let target = "\(FileSystem.absolute(parent))/\(name)"
        guard !FileSystem.exists(target) else { throw taken(target) }
        let staging = try StagingFolder(in: FileSystem.absolute(parent))
        let made = try staging.folder(name)
        chmod(made, 0o755)
        for (path, text) in template.files.sorted(by: { $0.key < $1.key }) {
            let place = "\(made)/\(path)"
            let content = text.replacing("NAME", with: name).replacing("TITLE", with: title(of: name))
            do throws(StorageError) {
                try FileSystem.createFolder(FileSystem.parent(of: place))
                try FileSystem.write(Array(content.utf8), to: place)
            } catch {
                throw AuthoringError(.files, "\(error)")
            }
            chmod(FileSystem.parent(of: place), 0o755)
            chmod(place, template.executables.contains(path) ? 0o755 : 0o644)
        }
        guard rename(made, target) == 0 else {
            if errno == EEXIST || errno == ENOTEMPTY { throw taken(target) }
            throw AuthoringError(.files, "\(target) cannot be made: \(String(cString: strerror(errno)))")
        }
        return target
    }

    /// `my-skill` as a heading: `My skill`.
    static func title(of name: String) -> String {
        let words = name.replacing("-", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// - Throws: `AuthoringError` for what the format does not take as a name.
    static func check(_ name: String) throws(AuthoringError) {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard isPlain, (1...SkillLimits.name).contains(name.utf8.count), !name.hasPrefix("-"), !name.hasSuffix("-"),
            !name.contains("--")
        else {
            throw AuthoringError(
                .usage,
                "'\(name.prefix(100))' cannot name a skill",
                advice: "use 1 to 64 lower-case letters, digits and single hyphens between them, such as pdf-forms"
            )
        }
    }

    private static func taken(_ folder: String) -> AuthoringError {
        AuthoringError(
            .conflict,
            "\(folder) exists already",
            advice: "choose another name, or another folder with --into"
        )
    }
}
