import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("What a request says of zones, places and numbers")
struct RequestSettingTests {
    private static let zone: JSONValue = [
        "type": "string", "description": "IANA timezone name (e.g., 'Europe/London')",
    ]
    private static let text: JSONValue = ["type": "string"]
    private static let count: JSONValue = ["type": "integer"]

    private func bind(_ words: String, _ parameters: JSONObject, workspace: String? = "/work") -> JSONObject? {
        ArgumentBinder.bind(
            step: "s1",
            toolName: "x.t",
            tool: Samples.tool("t", takes: parameters),
            words: RequestTokenizer.tokens(of: words),
            sources: [],
            workspace: workspace
        ).arguments
    }

    @Test(
        "a place gives the zone that is named after it",
        .enabled(if: TimeZoneNames.system.zone("Tokyo") != nil, "needs the time zone database, Debian's tzdata"),
        arguments: [
            ("what time is it in Tokyo", "Asia/Tokyo"), ("what time is it in new york right now", "America/New_York"),
            ("the time in 'Europe/Paris'", "Europe/Paris"), ("show the time for Asia/Kolkata", "Asia/Kolkata"),
            ("what is the UTC time", "UTC"), ("how late is it in Buenos Aires", "America/Argentina/Buenos_Aires"),
        ]
    )
    func zones(_ words: String, _ zone: String) {
        #expect(bind(words, ["!timezone": Self.zone]) == ["timezone": .string(zone)])
    }

    @Test(
        "a place without a zone of its own, and two places for one zone, are asked for",
        arguments: [
            "what time is it in Springfield", "what time is it", "the time in Tokyo and in Paris", "i wake up late",
        ]
    )
    func openZones(_ words: String) { #expect(bind(words, ["!timezone": Self.zone]) == [:]) }

    @Test(
        "of two zones the words say which is the source",
        .enabled(if: TimeZoneNames.system.zone("Tokyo") != nil, "needs the time zone database, Debian's tzdata"),
        arguments: [
            "convert 14:30 from London to Sydney", "convert 14:30 London time to Sydney time",
            "it is 14:30 in London, what is that in Sydney", "to Sydney from London at 14:30",
        ]
    )
    func sides(_ words: String) {
        let time: JSONValue = ["type": "string", "description": "Time in 24-hour format (HH:MM)"]
        let found = bind(words, ["!source_timezone": Self.zone, "!time": time, "!target_timezone": Self.zone])
        #expect(
            found == ["source_timezone": "Europe/London", "time": "14:30", "target_timezone": "Australia/Sydney"]
        )
    }

    @Test(
        "this repository is the workspace",
        arguments: [
            "show the status of this repository", "list the files in the current directory", "what is in my project",
            "what is in the repository", "look at the current working directory",
            "the log of the current git repository",
        ]
    )
    func workspace(_ words: String) { #expect(bind(words, ["!path": Self.text]) == ["path": "/work"]) }

    @Test(
        "another folder is not the workspace",
        arguments: [
            "list the files in the folder 'src'", "list the directory /etc", "what is in the folder", "list all",
        ]
    )
    func otherFolders(_ words: String) { #expect(bind(words, ["!path": Self.text])?["path"] != "/work") }

    @Test("a tool that works on a repository takes the workspace where none is named, and says so")
    func assumed() {
        let tool = Samples.tool("t", takes: ["!repo_path": Self.text])
        let words = RequestTokenizer.tokens(of: "show the log")
        let bound = ArgumentBinder.bind(
            step: "s1",
            toolName: "x.t",
            tool: tool,
            words: words,
            sources: [],
            workspace: "/work"
        )
        #expect(bound.arguments == ["repo_path": "/work"] && bound.assumptions.count == 1)
        #expect(bind("show the log", ["!repo_path": Self.text], workspace: nil) == [:])
        #expect(bind("show the log of /srv/x", ["!repo_path": Self.text]) == ["repo_path": "/srv/x"])
    }

    @Test(
        "a number of things says how many a tool should return",
        arguments: [
            ("show the last three commits", "max_count", 3), ("list the top 5 results", "limit", 5),
            ("the five most recent orders", "num_orders", 5), ("the 20 newest entries", "max_results", 20),
        ]
    )
    func limits(_ words: String, _ parameter: String, _ number: Int64) {
        #expect(bind(words, [parameter: Self.count]) == [parameter: .integer(number)])
    }

    @Test(
        "a number of something else does not",
        arguments: [
            ("show the last three days", "max_count"), ("the three of us", "limit"),
            ("the last three pages", "max_length"),
            ("the last commit", "max_count"),
        ]
    )
    func otherNumbers(_ words: String, _ parameter: String) { #expect(bind(words, [parameter: Self.count]) == [:]) }

    @Test("a pattern in quotes is no path, and a question mark belongs to no value")
    func marks() {
        let found = bind("find files that match '*.csv' in this folder", ["!path": Self.text, "!pattern": Self.text])
        #expect(found == ["path": "/work", "pattern": "*.csv"])
        #expect(bind("what is in the commit 4f2a91c?", ["!revision": Self.text]) == ["revision": "4f2a91c"])
        #expect(bind("how big is data.bin.gz?", ["!path": Self.text]) == ["path": "data.bin.gz"])
    }
}
