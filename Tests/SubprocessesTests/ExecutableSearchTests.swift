import Glibc
import TestSupport
import Testing

@testable import Subprocesses

@Suite("The search for executables")
struct ExecutableSearchTests {
    @Test("takes the first folder of PATH that has an executable file of that name")
    func order() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a", "b", "c"] { #expect(mkdir("\(folder)/\(name)", 0o700) == 0) }
            // A folder of that name, and a file without the right to execute, are passed over.
            #expect(mkdir("\(folder)/a/tool", 0o700) == 0)
            for (path, mode) in [("b/tool", 0o600), ("c/tool", 0o700)] {
                let file = open("\(folder)/\(path)", O_CREAT | O_WRONLY, mode_t(mode))
                try #require(file >= 0)
                close(file)
            }
            let search = ExecutableSearch(searchPath: "\(folder)/a::\(folder)/b:\(folder)/c")
            #expect(search.folders.count == 3)
            #expect(try search.locate("tool").hasSuffix("/c/tool"))
        }
    }

    @Test("takes a name with a slash as a path")
    func paths() throws {
        let search = ExecutableSearch(searchPath: nil)
        #expect(try search.locate("/bin/sh").hasSuffix("/sh"))
        #expect(throws: SubprocessError.executableNotFound(name: "/bin", searched: [])) { try search.locate("/bin") }
    }

    @Test("says where it searched", arguments: ["", "no-such-tool", "..", "."])
    func absent(name: String) {
        let search = ExecutableSearch(searchPath: "/usr/bin:/bin")
        #expect(throws: SubprocessError.executableNotFound(name: name, searched: ["/usr/bin", "/bin"])) {
            try search.locate(name)
        }
    }
}
