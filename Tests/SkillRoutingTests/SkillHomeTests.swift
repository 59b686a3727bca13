import SkillWeaver
import Testing

@Suite("The user's home")
struct SkillHomeTests {
    @Test(
        "follows the XDG rules",
        arguments: [
            (["XDG_DATA_HOME": "/data", "HOME": "/home/me"], "/data/skillweaver"),
            (["HOME": "/home/me"], "/home/me/.local/share/skillweaver"),
            (["XDG_DATA_HOME": "relative", "HOME": "/home/me"], "/home/me/.local/share/skillweaver"),
            (["XDG_DATA_HOME": "", "HOME": "/home/me"], "/home/me/.local/share/skillweaver"),
        ]
    )
    func location(environment: [String: String], folder: String) {
        #expect(SkillHome(environment: { environment[$0] }).folder == folder)
    }

    @Test(
        "takes names that can be folders and no others",
        arguments: [
            ("mcp", true), ("my_lib-2.0", true), ("", false), ("..", false), ("a/b", false), ("é", false),
            (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
        ]
    )
    func names(name: String, isAllowed: Bool) throws {
        let home = SkillHome(folder: "/data")
        if isAllowed {
            #expect(try home.library(named: name).folder == "/data/libraries/\(name)")
        } else {
            #expect(throws: LibraryError.self) { try home.library(named: name) }
        }
    }
}
