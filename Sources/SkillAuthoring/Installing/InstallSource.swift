import Storage

/// What a skill can be installed from.
package enum InstallSource: Sendable, Hashable {
    /// A folder on this machine, absolute.
    case folder(String)
    /// An archive on this machine, absolute.
    case archive(String, ArchiveFormat)
    case repository(GitAddress)

    /// Tells what a user means.
    package init(_ text: String) throws(AuthoringError) {
        guard !text.isEmpty, !text.hasPrefix("-"), !text.utf8.contains(0) else {
            throw AuthoringError(
                .usage,
                "'\(text)' is not a source of skills",
                advice: "give a folder, an archive or the address of a Git repository"
            )
        }
        let path = FileSystem.absolute(text)
        if RealFolder.of(path) != nil {
            self = .folder(path)
        } else if FileSystem.exists(path) {
            guard let format = ArchiveFormat(fileName: path) else {
                throw AuthoringError(
                    .usage,
                    "\(text) is a file, but no archive",
                    advice: "give a folder, or a .zip, .skill, .tar.gz or .tgz file"
                )
            }
            self = .archive(path, format)
        } else if GitAddress.isMeant(by: text) {
            let address = try GitAddress(text)
            guard ArchiveFormat(fileName: address.url) == nil else {
                throw AuthoringError(
                    .usage,
                    "archives are not downloaded",
                    advice: "download \(address.url) yourself, look at it, and install the file"
                )
            }
            self = .repository(address)
        } else {
            throw AuthoringError(
                .missing,
                "\(text) does not exist",
                advice: "give a folder, an archive or a https:// address"
            )
        }
    }

    /// How records name it.
    package var text: String {
        switch self {
        case .folder(let path), .archive(let path, _): path
        case .repository(let address): address.url
        }
    }

    /// What a skill that has no name of its own is called.
    var stem: String {
        switch self {
        case .folder(let path): FileSystem.name(of: path)
        case .archive(let path, _): ArchiveFormat.stem(of: FileSystem.name(of: path))
        case .repository(let address): address.name
        }
    }
}
