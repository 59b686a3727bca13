import HTTPTransport
import JSONSchema
import ModelContextProtocol

/// Messages as they stand on the wire, made by hand.
enum Wire {
    static let modernMeta: JSONValue = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": ["name": "hand", "version": "1"],
        "io.modelcontextprotocol/clientCapabilities": [
            "elicitation": [:], "extensions": ["io.modelcontextprotocol/tasks": [:]],
        ],
    ]

    /// A request of the modern era.
    static func modern(_ method: String, _ params: JSONObject = JSONObject(), id: JSONValue = 1) -> JSONValue {
        var params = params
        if params["_meta"] == nil { params["_meta"] = modernMeta }
        return ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)]
    }

    /// A request of the legacy era.
    static func legacy(_ method: String, _ params: JSONObject = JSONObject(), id: JSONValue = 1) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)]
    }

    static func call(_ tool: String, _ arguments: JSONObject = JSONObject(), id: JSONValue = 1) -> JSONValue {
        modern("tools/call", ["name": .string(tool), "arguments": .object(arguments)], id: id)
    }

    static func initialize(id: JSONValue = 0, capabilities: JSONValue = ["elicitation": [:]]) -> JSONValue {
        legacy(
            "initialize",
            [
                "protocolVersion": "2025-11-25", "capabilities": capabilities,
                "clientInfo": ["name": "hand", "version": "1"],
            ],
            id: id
        )
    }

    static let initialized: JSONValue = ["jsonrpc": "2.0", "method": "notifications/initialized"]

    static func cancelled(_ id: JSONValue) -> JSONValue {
        ["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": id]]
    }

    /// The request over HTTP that carries a message, with all headers as they should be.
    static func post(_ message: JSONValue, _ more: HTTPHeaders = [:]) -> HTTPServerRequest {
        var headers: HTTPHeaders = [
            "Host": "127.0.0.1:8080", "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        ]
        if let version = message["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"]?.stringValue {
            headers["MCP-Protocol-Version"] = version
            headers["Mcp-Method"] = message["method"]?.stringValue
            headers["Mcp-Name"] = (message["params"]?["name"] ?? message["params"]?["uri"])?.stringValue
        }
        for field in more.fields { headers[field.name] = field.value }
        return HTTPServerRequest(
            method: .post,
            target: "/mcp",
            headers: headers,
            body: Array(message.serialized().utf8)
        )
    }
}

/// What a service answered to one request, read to its end.
struct Answered: Sendable {
    var status: Int
    var headers: HTTPHeaders
    /// Messages: one of a JSON answer, all of a stream.
    var messages: [JSONValue]

    var last: JSONValue? { messages.last }
    var code: Int? { last?["error"]?["code"]?.intValue }

    init(_ response: HTTPServerResponse) async throws {
        status = response.status.code
        headers = response.headers
        switch response.body {
        case .bytes(let bytes): messages = bytes.isEmpty ? [] : [(try? JSONParser.parse(utf8: bytes)) ?? "no JSON"]
        case .stream(let body):
            var parser = ServerSentEventParser(limit: 64 << 20)
            messages = []
            for try await piece in body {
                for event in try parser.receive(piece) {
                    messages.append(try JSONParser.parse(utf8: Array(event.data.utf8)))
                }
            }
        }
    }
}

extension StreamableHTTPService {
    func answer(_ request: HTTPServerRequest) async throws -> Answered {
        try await Answered(await respond(to: request))
    }
}
