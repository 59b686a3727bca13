import Glibc

/// One report of the system about a watched folder.
struct FolderEvent: Sendable, Hashable {
    /// Bits of inotify.
    var mask: UInt32
    /// Name of the entry in the watched folder; nil where the report is about the folder itself.
    var name: String?

    enum Meaning: Sendable, Hashable {
        /// Nothing that a reader of skills would see.
        case nothing
        /// A file that defines a skill has another content.
        case content
        /// Skills or folders may have come or gone: the folders to watch must be looked up again.
        case structure
    }

    /// Editors save by way of files that come and go, such as `.SKILL.md.swp`, `4913` and `SKILL.md~`: none of them defines
    /// a skill, and when the new content is put in place the system reports the name that does.
    var meaning: Meaning {
        // More happened than the system could keep: anything may have changed.
        if has(IN_Q_OVERFLOW) || has(IN_UNMOUNT) { return .structure }
        guard let name else {
            return has(IN_DELETE_SELF) || has(IN_MOVE_SELF) || has(IN_ATTRIB) ? .structure : .nothing
        }
        if name.utf8.first == UInt8(ascii: ".") || name == "node_modules" { return .nothing }
        let comesOrGoes = has(IN_CREATE) || has(IN_DELETE) || has(IN_MOVED_FROM) || has(IN_MOVED_TO)
        if has(IN_ISDIR) { return comesOrGoes || has(IN_ATTRIB) ? .structure : .nothing }
        if SkillFile.names.contains(name) { return comesOrGoes ? .structure : .content }
        if name == ToolsFile.fileName || name == PythonFunctions.fileName { return .content }
        // A link to a folder is no folder to the system; such names seldom have an extension.
        return comesOrGoes && !name.utf8.contains(UInt8(ascii: ".")) && name != "4913" ? .structure : .nothing
    }

    private func has(_ bit: Int32) -> Bool { mask & UInt32(bitPattern: bit) != 0 }
    private func has(_ bit: UInt32) -> Bool { mask & bit != 0 }
}
