import JSONSchema
import Testing

@testable import PlanExecution

@Suite("Network grants")
struct NetworkGrantTests {
    @Test(
        "are read and written as text",
        arguments: [
            "example.org", "example.org:443", "*.example.org", "*.example.org:80", "127.0.0.1:8000", "::1",
            "[::1]:8000",
            "public", "loopback", "private", "link-local", "any", "localhost:1",
        ]
    )
    func text(text: String) {
        #expect(NetworkGrant(text)?.description == text)
    }

    @Test(
        "that nobody understands are refused",
        arguments: [
            "", "*", "https://example.org", "example.org:0", "example.org:99999", "a b", "example..org", "*.",
            "ex*mple.org",
            "[::1", "example.org:http", "-:-:-",
        ]
    )
    func nonsense(text: String) {
        #expect(NetworkGrant(text) == nil)
    }

    /// Grants, the name that was asked for, the address it leads to, the port; nil where it is allowed, or the code.
    private static let cases: [([String], String, String, Int, String?)] = [
        (["example.org:443"], "example.org", "93.184.216.34", 443, nil),
        (["example.org:443"], "example.org", "93.184.216.34", 80, "network-not-granted"),
        (["example.org"], "example.org", "93.184.216.34", 80, nil),
        (["example.org"], "evil-example.org", "93.184.216.34", 80, "network-not-granted"),
        (["*.example.org"], "a.b.example.org", "93.184.216.34", 80, nil),
        (["*.example.org"], "example.org", "93.184.216.34", 80, "network-not-granted"),
        (["example.org"], "example.org", "127.0.0.1", 80, "address-not-granted"),
        (["example.org"], "example.org", "10.0.0.1", 80, "address-not-granted"),
        (["example.org"], "example.org", "169.254.169.254", 80, "address-not-granted"),
        (["example.org"], "example.org", "::ffff:127.0.0.1", 80, "address-not-granted"),
        (["example.org"], "example.org", "fd00::1", 80, "address-not-granted"),
        (["example.org"], "example.org", "64:ff9b::7f00:1", 80, "address-not-granted"),
        (["example.org"], "example.org", "0.0.0.0", 80, "address-not-granted"),
        (["example.org", "private"], "example.org", "10.0.0.1", 80, nil),
        (["example.org", "10.0.0.1"], "example.org", "10.0.0.1", 80, nil),
        (["example.org", "link-local"], "example.org", "169.254.169.254", 80, nil),
        (["localhost:8000"], "localhost", "127.0.0.1", 8000, nil),
        (["localhost:8000"], "localhost", "10.0.0.1", 8000, "address-not-granted"),
        (["loopback"], "localhost", "127.0.0.1", 1, nil),
        (["public"], "anything.example", "93.184.216.34", 80, nil),
        (["public"], "anything.example", "192.168.0.1", 80, "address-not-granted"),
        (["public"], "localhost", "127.0.0.1", 80, "address-not-granted"),
    ]

    @Test("decide by the name and by what it leads to", arguments: cases)
    func names(grants: [String], name: String, address: String, port: Int, code: String?) throws {
        let policy = EgressPolicy(grants: grants.compactMap(NetworkGrant.init))
        let address = try #require(NetworkAddress(address))
        var found: String?
        do throws(EgressPolicy.Refusal) {
            try policy.checkName(name, port: port)
            try policy.checkAddress(address, port: port, names: [name])
        } catch {
            found = error.code
        }
        #expect(found == code)
    }

    @Test(
        "decide about bare addresses",
        arguments: [
            (["127.0.0.1:8000"], "127.0.0.1", 8000, true), (["127.0.0.1:8000"], "127.0.0.1", 8001, false),
            (["loopback"], "127.9.9.9", 1, true), (["private"], "127.0.0.1", 1, false),
            (["private"], "192.168.1.1", 1, true),
            (["example.org"], "93.184.216.34", 443, false), (["::1"], "::1", 5, true), (["loopback"], "::1", 5, true),
            (["loopback"], "0.0.0.0", 5, false),
        ] as [([String], String, Int, Bool)]
    )
    func addresses(grants: [String], address: String, port: Int, isAllowed: Bool) throws {
        let policy = EgressPolicy(grants: grants.compactMap(NetworkGrant.init))
        let address = try #require(NetworkAddress(address))
        var wasAllowed = true
        do throws(EgressPolicy.Refusal) {
            try policy.checkAddress(address, port: port, names: [])
        } catch {
            wasAllowed = false
        }
        #expect(wasAllowed == isAllowed)
    }

    @Test("come with paths and variables from a file, and go back to it")
    func file() throws {
        let json: JSONValue = [
            "skills": [
                "http-fetch": [
                    "network": ["example.org:443", "loopback"], "read": ["/data"], "write": ["/out"],
                    "environment": ["TOKEN"],
                ]
            ]
        ]
        let grants = try ToolGrants(json: json)
        #expect(grants["http-fetch"].network == [.host("example.org", port: 443), .loopback])
        #expect(grants["other"] == SkillGrant())
        #expect(grants.json == json)
    }

    @Test(
        "in a file with a mistake are refused as a whole, and the place is named",
        arguments: [
            ("/skills/x/network/0", #"{"skills": {"x": {"network": ["http://a"]}}}"#),
            ("/skills/x", #"{"skills": {"x": {"netwrok": []}}}"#),
            ("/skills/x/read", #"{"skills": {"x": {"read": ["a"]}}}"#),
            ("", "[]"), ("/skills/x/environment", #"{"skills": {"x": {"environment": "A"}}}"#),
        ]
    )
    func mistakes(place: String, text: String) throws {
        let json = try JSONParser.parse(text)
        let error = #expect(throws: GrantError.self) { try ToolGrants(json: json) }
        #expect(error?.place == place)
    }
}
