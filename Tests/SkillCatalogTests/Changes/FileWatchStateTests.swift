import Testing

@testable import SkillCatalog

@Suite("Looks at a file become changes")
struct FileWatchStateTests {
    private let pace = WatchPace(quiet: .seconds(1), longest: .seconds(5))

    private func look(_ version: Character) -> FileLook {
        switch version {
        case "-": .fault("does not exist")
        case "x": .fault("permission denied")
        default: .file(FileSign(size: Int64(version.asciiValue ?? 0)))
        }
    }

    /// One character a second: a version of the file, `-` where it is missing, `x` where it cannot be read.
    @Test(
        "when the file is the same in two looks, or is written to without an end",
        arguments: [
            ("aaaa", "...."), ("abbb", "..c."), ("abba", "..c."), ("abcdd", "....c"),
            ("a--a", "..u."), ("a--aa", "..u.b"), ("a-aa", "...."), ("--aa", "...b"), ("axxx", "..u."),
            ("axx--", "..u.u"), ("abcdefgh", "......c."),
        ]
    )
    func looks(versions: String, changes: String) {
        var state = FileWatchState(look(versions.first ?? "a"), pace: pace)
        var told = ""
        for (second, version) in versions.enumerated() {
            switch state.look(look(version), at: .seconds(second)) {
            case .changed: told += "c"
            case .unreadable: told += "u"
            case .back: told += "b"
            default: told += "."
            }
        }
        #expect(told == changes)
    }
}

extension FileSign {
    /// A sign that differs from others by its size alone.
    init(size: Int64) {
        self.init(identity: FileStatus.Identity(device: 1, inode: 1), size: size, modified: [0, 0], changed: [0, 0])
    }
}
