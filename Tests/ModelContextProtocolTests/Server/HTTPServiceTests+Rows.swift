import HTTPTransport
import JSONSchema
import Testing

extension HTTPServiceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var request: HTTPServerRequest
        var status: Int
        var code: Int?
        var testDescription: String { name }

        init(_ name: String, _ request: HTTPServerRequest, _ status: Int, _ code: Int? = nil) {
            self.name = name
            self.request = request
            self.status = status
            self.code = code
        }

        /// A modern call with one header replaced, or left out.
        init(_ name: String, _ header: String, _ value: String?, _ status: Int, _ code: Int? = nil) {
            var request = Wire.post(Wire.call("add", ["a": 1, "b": 2]))
            request.headers[header] = value
            self.init(name, request, status, code)
        }

        /// A body as it is.
        init(_ name: String, body: String, _ status: Int, _ code: Int? = nil) {
            var request = Wire.post(Wire.call("add"))
            request.body = Array(body.utf8)
            self.init(name, request, status, code)
        }
    }

    private static func meta(_ meta: JSONValue, version: String? = "2026-07-28") -> HTTPServerRequest {
        var request = Wire.post(Wire.modern("tools/list", ["_meta": meta]))
        request.headers["MCP-Protocol-Version"] = version
        request.headers["Mcp-Method"] = "tools/list"
        return request
    }

    /// A call of the tool whose argument `city` is repeated in a header.
    private static func who(_ city: String?, header: String...) -> HTTPServerRequest {
        var arguments = JSONObject()
        arguments["city"] = city.map(JSONValue.string)
        var request = Wire.post(Wire.call("who", arguments))
        for value in header { request.headers.add("Mcp-Param-City", value) }
        return request
    }

    static let refusals: [Row] = [
        Row("an argument as its header says", who("Rome", header: "Rome"), 200),
        Row("an argument in base64", who("Zürich", header: "=?base64?WsO8cmljaA==?="), 200),
        Row("neither argument nor header", who(nil), 200),
        Row("an argument without its header", who("Rome"), 400, -32_020),
        Row("a header without its argument", who(nil, header: "Rome"), 400, -32_020),
        Row("an argument and another in its header", who("Rome", header: "Paris"), 400, -32_020),
        Row("an argument whose header cannot be read", who("Rome", header: "=?base64?*?="), 400, -32_020),
        Row("an argument with two headers", who("Rome", header: "Rome", "Paris"), 400, -32_020),
        Row("as it should be", "X-Other", "x", 200),
        Row("no version header", "MCP-Protocol-Version", nil, 400, -32_020),
        Row("another version in the header", "MCP-Protocol-Version", "2025-11-25", 400, -32_020),
        Row("no method header", "Mcp-Method", nil, 400, -32_020),
        Row("another method in the header", "Mcp-Method", "tools/list", 400, -32_020),
        Row("no name header", "Mcp-Name", nil, 400, -32_020),
        Row("another name in the header", "Mcp-Name", "count", 400, -32_020),
        Row("the name in base64", "Mcp-Name", "=?base64?YWRk?=", 200),
        Row("broken base64 in the name", "Mcp-Name", "=?base64?Y*Rk?=", 400, -32_020),
        Row("a session id, which means nothing", "Mcp-Session-Id", "made-up", 200),
        Row(
            "an unknown version",
            meta(
                [
                    "io.modelcontextprotocol/protocolVersion": "2099-01-01",
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ],
                version: "2099-01-01"
            ),
            400,
            -32_022
        ),
        Row(
            "a legacy version with modern metadata",
            meta(
                [
                    "io.modelcontextprotocol/protocolVersion": "2025-11-25",
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ],
                version: "2025-11-25"
            ),
            400,
            -32_022
        ),
        Row("no capabilities", meta(["io.modelcontextprotocol/protocolVersion": "2026-07-28"]), 400, -32_602),
        Row(
            "capabilities that are none",
            meta([
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": 1,
            ]),
            400,
            -32_602
        ),
        Row("modern headers, no metadata", meta([:]), 400, -32_020),
        Row("an unknown method", Wire.post(Wire.modern("made/up")), 404, -32_601),
        Row("ping, which is legacy", Wire.post(Wire.modern("ping")), 404, -32_601),
        Row("prompts, which it has not", Wire.post(Wire.modern("prompts/list")), 404, -32_601),
        Row("a cursor that is none", Wire.post(Wire.modern("tools/list", ["cursor": "x"])), 400, -32_602),
        Row("a cursor of another type", Wire.post(Wire.modern("tools/list", ["cursor": 1])), 400, -32_602),
        Row("a call without a name", Wire.post(Wire.modern("tools/call")), 400, -32_020),
        Row(
            "arguments that are no object",
            Wire.post(Wire.modern("tools/call", ["name": "add", "arguments": [1]])),
            400,
            -32_602
        ),
        Row("an unknown resource", Wire.post(Wire.modern("resources/read", ["uri": "note://none"])), 400, -32_602),
        Row("an unknown task", Wire.post(Wire.modern("tasks/get", ["taskId": "none"])), 400, -32_602),
        Row("the surface's own error", Wire.post(Wire.call("refuse")), 200, -32_050),
        Row("an unforeseen error", Wire.post(Wire.call("crash")), 200, -32_603),
        Row(
            "a forged state",
            Wire.post(Wire.modern("tools/call", ["name": "book", "requestState": "Zm9v.YmFy"])),
            400,
            -32_602
        ),
        Row(
            "a state that is no text",
            Wire.post(Wire.modern("tools/call", ["name": "book", "requestState": 7])),
            400,
            -32_602
        ),
        Row("no JSON", body: "{", 400, -32_700),
        Row("nothing", body: "", 400, -32_700),
        Row("bytes after the message", body: "{}{}", 400, -32_700),
        Row("a batch", body: "[]", 400, -32_600),
        Row("a batch of calls", body: "[\(Wire.call("add").serialized())]", 400, -32_600),
        Row("a text", body: "\"x\"", 400, -32_600),
        Row("another JSON-RPC", body: "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", 400, -32_600),
        Row("an id that is null", body: "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", 400, -32_600),
        Row("an id that is an object", body: "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", 400, -32_600),
        Row("a method that is a number", body: "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}", 400, -32_600),
        Row("a response", body: "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", 400, -32_600),
        Row("neither result nor error", body: "{\"jsonrpc\":\"2.0\",\"id\":1}", 400, -32_600),
        Row("nested a thousand times", body: String(repeating: "[", count: 1_000), 400, -32_700),
        Row("another content type", "Content-Type", "text/plain", 415, -32_600),
        Row("no content type", "Content-Type", nil, 415, -32_600),
        Row("a content type with parameters", "Content-Type", "application/json; charset=utf-8", 200),
        Row("accepts pages only", "Accept", "text/html", 406, -32_600),
        Row("accepts events only", "Accept", "text/event-stream", 406, -32_600),
        Row("accepts everything", "Accept", "*/*", 200),
        Row("a rebound name", "Host", "evil.example", 421, -32_600),
        Row("a rebound name with our port", "Host", "evil.example:8080", 421, -32_600),
        Row("our name as a user's", "Host", "127.0.0.1:8080@evil.example", 421, -32_600),
        Row("no name", "Host", nil, 421, -32_600),
        Row("IPv6", "Host", "[::1]:8080", 200),
        Row("a stranger's page", "Origin", "https://evil.example", 403, -32_600),
        Row("a page without an origin", "Origin", "null", 403, -32_600),
        Row("an origin that begins like ours", "Origin", "http://127.0.0.1:8080.evil.example", 403, -32_600),
        Row("our own page", "Origin", "http://127.0.0.1:8080", 200),
        Row("no session", Wire.post(Wire.legacy("tools/list")), 400, -32_600),
        Row("an unknown session", Wire.post(Wire.legacy("tools/list"), ["Mcp-Session-Id": "none"]), 404, -32_600),
        Row(
            "an unknown version of a session",
            Wire.post(Wire.legacy("tools/list"), ["MCP-Protocol-Version": "1999-01-01"]),
            400,
            -32_022
        ),
        Row("a handshake without parameters", Wire.post(Wire.legacy("initialize")), 400, -32_602),
    ]
}
