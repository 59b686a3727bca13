import Glibc
import Storage

/// Puts the folder of a new skill in its place in one step.
enum SkillPlacing {
    /// - Parameter contents: bytes by path.
    /// - Returns: the absolute path of the folder.
    static func write(
        _ contents: [String: [UInt8]],
        as name: String,
        in parent: String,
        replaces: Bool
    ) throws(AuthoringError) -> String {
        let parent = FileSystem.absolute(parent)
        let target = "\(parent)/\(name)"
        guard replaces || !FileSystem.exists(target) else { throw taken(target) }
        let staging = try StagingFolder(in: parent)
        let made = try staging.folder(name)
        chmod(made, 0o755)
        for (path, bytes) in contents.sorted(by: { $0.key < $1.key }) {
            let place = "\(made)/\(path)"
            do throws(StorageError) {
                try FileSystem.createFolder(FileSystem.parent(of: place))
                try FileSystem.write(bytes, to: place)
            } catch {
                throw AuthoringError(.files, "\(error)")
            }
            chmod(FileSystem.parent(of: place), 0o755)
            chmod(place, 0o644)
        }
        let aside = "\(staging.path)/replaced"
        let hasMoved = replaces && rename(target, aside) == 0
        guard rename(made, target) == 0 else {
            let reason = errno
            if hasMoved { _ = rename(aside, target) }
            if reason == EEXIST || reason == ENOTEMPTY || reason == ENOTDIR { throw taken(target) }
            throw AuthoringError(.files, "\(target) cannot be made: \(String(cString: strerror(reason)))")
        }
        return target
    }

    private static func taken(_ folder: String) -> AuthoringError {
        AuthoringError(
            .conflict,
            "\(folder) exists already",
            advice: "choose another name with --name, or replace it with --force"
        )
    }
}
