import Storage
import TestSupport
import Testing

@Suite("The file system")
struct FileSystemTests {
    @Test(
        "gives the parent and the name of a path",
        arguments: [
            ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", "", "a"), ("/a/b/c.txt", "/a/b", "c.txt"),
        ]
    )
    func parts(path: String, parent: String, name: String) {
        #expect(FileSystem.parent(of: path) == parent)
        #expect(FileSystem.name(of: path) == name)
    }

    @Test("creates folders with all that is missing above them, twice without complaint")
    func folders() async throws {
        try await withTemporaryFolder { folder in
            try FileSystem.createFolder("\(folder)/a/b/c")
            try FileSystem.createFolder("\(folder)/a/b/c")
            #expect(FileSystem.contents(of: "\(folder)/a/b") == ["c"])
        }
    }

    @Test("says that a file stands where a folder should be")
    func fileInTheWay() async throws {
        try await withTemporaryFolder { folder in
            try write("x", to: "\(folder)/a")
            let error = #expect(throws: StorageError.self) { try FileSystem.createFolder("\(folder)/a") }
            #expect(error?.file == "\(folder)/a")
        }
    }

    @Test("reads regular files only, up to a limit")
    func reading() async throws {
        try await withTemporaryFolder { folder in
            try write("four", to: "\(folder)/a")
            #expect(try FileSystem.read("\(folder)/a", limit: 4) == Array("four".utf8))
            #expect(throws: StorageError.self) { try FileSystem.read("\(folder)/a", limit: 3) }
            #expect(throws: StorageError.self) { try FileSystem.read(folder) }
            #expect(throws: StorageError.self) { try FileSystem.read("\(folder)/missing") }
        }
    }

    @Test("gives a finished file its final name in one step")
    func commit() async throws {
        try await withTemporaryFolder { folder in
            try write("new", to: "\(folder)/a.partial")
            try write("old", to: "\(folder)/a")
            try FileSystem.commit("\(folder)/a.partial", as: "\(folder)/a")
            #expect(try FileSystem.read("\(folder)/a") == Array("new".utf8))
            #expect(FileSystem.contents(of: folder) == ["a"])
        }
    }
}
