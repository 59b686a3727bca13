import Glibc
public import SkillCatalog
package import Storage

/// The user's own folder: libraries, caches, runs.
public struct SkillHome: Sendable, Hashable {
    /// Absolute path.
    public let folder: String

    public init(folder: String) { self.folder = FileSystem.absolute(folder) }

    /// `$XDG_DATA_HOME/skillweaver`, by default `~/.local/share/skillweaver`.
    public init(environment: (String) -> String?) {
        let data = environment("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment("HOME").flatMap { $0.isEmpty ? nil : $0 } ?? Self.accountFolder()
        folder = (data ?? home + "/.local/share") + "/skillweaver"
    }

    /// The home folder of the account, for services that run without `HOME`.
    private static func accountFolder() -> String {
        getpwuid(getuid()).flatMap { $0.pointee.pw_dir.map { String(cString: $0) } } ?? "/var/tmp"
    }

    /// Name of the library that holds the skills that come with the program.
    public static let bundledLibrary = "bundled"

    /// Where the library of that name is, whether it exists or not.
    ///
    /// - Throws: `LibraryError.invalidName` for a name that is not 1…64 letters, digits, `.`, `_` or `-`, or starts
    ///   with a dot.
    public func library(named name: String) throws(LibraryError) -> LibraryLocation {
        let isAllowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isAllowed, (1...64).contains(name.utf8.count), !name.hasPrefix(".") else {
            throw LibraryError(
                .invalidName,
                "'\(name)' cannot name a library; use 1 to 64 letters, digits, '.', '_' or '-', not a dot first"
            )
        }
        return LibraryLocation(folder: "\(folder)/libraries/\(name)")
    }

    /// Names of the libraries that were indexed here, sorted.
    public func libraryNames() -> [String] {
        FileSystem.contents(of: "\(folder)/libraries").filter {
            LibraryLocation(folder: "\(folder)/libraries/\($0)").exists
        }
    }

    package var compiledModels: String { "\(folder)/cache/models" }
    /// Copies of shared libraries that are written from this machine.
    package var workingCopies: String { "\(folder)/cache/shared" }
    package var embeddings: String { "\(folder)/cache/embeddings.sqlite" }

    /// The journal of runs.
    package var runs: String { "\(folder)/runs.sqlite" }
    /// What runs keep beside their journal, a folder each.
    package var runResults: String { "\(folder)/runs" }
    /// Standing decisions about tools.
    package var approvals: String { "\(folder)/approvals.json" }

    /// Creates the folder for caches.
    package func prepare() throws(StorageError) {
        try FileSystem.createFolder("\(folder)/cache/models")
    }
}
