import Glibc

/// Why a file or folder could not be read.
struct FileFault: Error, Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case missing, denied, notRegular, tooLarge, linkLoop, failed
    }

    var kind: Kind
    var path: String
    /// What is wrong, as the end of a sentence that begins with the file's name.
    var message: String

    init(_ kind: Kind, path: String, _ message: String) {
        self.kind = kind
        self.path = path
        self.message = message
    }

    /// The fault that the system reported as an error number.
    init(errorNumber: Int32, path: String) {
        switch errorNumber {
        case ENOENT, ENOTDIR: self.init(.missing, path: path, "does not exist")
        case EACCES, EPERM:
            self.init(.denied, path: path, "cannot be read: permission denied; check its owner and mode")
        case ELOOP: self.init(.linkLoop, path: path, "is a symbolic link that leads back to itself")
        // A device or socket without anyone at its other end.
        case ENXIO, ENODEV: self.init(.notRegular, path: path, "is not a regular file")
        default: self.init(.failed, path: path, "cannot be read: \(String(cString: strerror(errorNumber)))")
        }
    }

    /// The word for this fault in a diagnostic about a file.
    var code: DiagnosticCode {
        switch kind {
        case .missing: .missingFile
        case .denied, .failed: .unreadableFile
        case .notRegular: .notRegularFile
        case .tooLarge: .fileTooLarge
        case .linkLoop: .linkLoop
        }
    }

    /// The same fault where the file, or folder, is the whole source.
    var asSourceError: SkillSourceError {
        SkillSourceError(kind == .missing ? .missing : .unreadable, location: path, message)
    }
}
