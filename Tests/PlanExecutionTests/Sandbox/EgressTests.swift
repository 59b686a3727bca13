import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite(
    "The way to the network",
    .enabled(if: ToolBench.hasSandbox, ToolBench.sandboxAbsence),
    .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence)
)
struct EgressTests {
    private static let source = """
        import http.client, json, socket, threading, urllib.request, asyncio

        def fetch(url):
            with urllib.request.urlopen(url, timeout=10) as answer: return answer.read().decode()

        def secure(url, certificate):
            context = __import__("ssl").create_default_context(cafile=certificate)
            with urllib.request.urlopen(url, timeout=10, context=context) as answer: return answer.read().decode()

        def hidden_reason(url):
            try:
                return fetch(url)
            except OSError as error:
                raise ConnectionError("cannot be reached") from None

        def low_level(host, port):
            way = http.client.HTTPConnection(host, port, timeout=10)
            way.request("GET", "/")
            return way.getresponse().status

        def many(url, count):
            results = []
            def one():
                results.append(len(fetch(url)))
            threads = [threading.Thread(target=one) for _ in range(count)]
            [t.start() for t in threads]
            [t.join() for t in threads]
            return results

        async def streams(host, port):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(b"GET / HTTP/1.0\\r\\n\\r\\n")
            await writer.drain()
            return (await reader.readline()).decode().strip()

        def lookup(host):
            return sorted({info[4][0] for info in socket.getaddrinfo(host, 80)})

        def datagram():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s: s.connect(("127.0.0.1", 53))
        """

    private func bench(
        _ network: [NetworkGrant],
        _ body: @Sendable (ToolBench) async throws -> Void
    ) async throws {
        let grant = SkillGrant(network: network)
        try await withTools(["tools.py": Self.source], grant: grant, sandbox: .required, body)
    }

    @Test("leads to a granted host, for every library that uses sockets")
    func granted() async throws {
        try await withScriptedServer(["*": [.whole("hello", type: "text/plain")]]) { server in
            try await bench([.host("127.0.0.1", port: server.port)]) { bench in
                let fetched = try await bench.call("fetch", ["url": .string(server.origin)]).value
                #expect(fetched == "hello")
                let place: JSONObject = ["host": "127.0.0.1", "port": JSONValue(server.port)]
                let status = try await bench.call("low_level", place).value
                #expect(status == 200)
                let line = try await bench.call("streams", place).value
                #expect(line == "HTTP/1.1 200 OK")
                let many = try await bench.call("many", ["url": .string(server.origin), "count": 20]).value
                #expect(many == .array(Array(repeating: 5, count: 20)))
            }
        }
    }

    @Test(
        "carries TLS, checked against the host's name",
        .enabled(if: ServerIdentity.isAvailable, "needs openssl on the PATH")
    )
    func secure() async throws {
        try await withTemporaryFolder { folder in
            let identity = try await ServerIdentity.make(in: folder)
            try await withScriptedServer(["*": [.whole("secret", type: "text/plain")]], identity: identity) { server in
                let grant = SkillGrant(network: [.loopback], readablePaths: [folder])
                try await withTools(["tools.py": Self.source], grant: grant, sandbox: .required) { bench in
                    let certificate = JSONValue.string(identity.certificate)
                    let url = JSONValue.string(server.origin)
                    let said = try await bench.call("secure", ["url": url, "certificate": certificate]).value
                    #expect(said == "secret")
                    let other = JSONValue.string("https://127.0.0.1:\(server.port)")
                    let failure = try await bench.failure("secure", ["url": other, "certificate": certificate])
                    #expect(failure.message.contains("certificate"))
                }
            }
        }
    }

    @Test("carries what is larger than any buffer on the way")
    func large() async throws {
        let body = String(repeating: "0123456789abcdef", count: 200_000)
        try await withScriptedServer(["*": [.whole(body, type: "text/plain")]]) { server in
            try await bench([.host("127.0.0.1", port: server.port)]) { bench in
                let many = try await bench.call("many", ["url": .string(server.origin), "count": 3]).value
                #expect(many == .array(Array(repeating: 3_200_000, count: 3)))
            }
        }
    }

    @Test(
        "is closed to everything else, and says which grant is missing",
        arguments: [
            "fetch", "hidden_reason",
        ]
    )
    func refused(tool: String) async throws {
        try await withScriptedServer(["*": [.whole("{}")]]) { server in
            try await bench([.host("127.0.0.1", port: 1), .host("example.invalid", port: nil)]) { bench in
                let failure = try await bench.failure(tool, ["url": .string(server.origin)])
                #expect(failure.kind == .policy && failure.code == "network-not-granted")
                #expect(failure.message.contains("\"127.0.0.1:\(server.port)\""))
            }
            let requests = try server.requests()
            #expect(requests.isEmpty)
        }
    }

    @Test("does not lead to this machine by a granted name that points there")
    func rebinding() async throws {
        try await withScriptedServer(["*": [.whole("{}")]]) { server in
            try await bench([.publicNetwork]) { bench in
                let url = "http://localhost:\(server.port)/"
                let failure = try await bench.failure("fetch", ["url": .string(url)])
                #expect(failure.kind == .policy && failure.code == "address-not-granted")
                #expect(failure.message.contains("\"loopback\""))
            }
            try await bench([.loopback]) { bench in
                let fetched = try await bench.call("fetch", ["url": .string("http://localhost:\(server.port)/")]).value
                #expect(fetched == "{}")
            }
        }
    }

    @Test("looks names up outside")
    func lookup() async throws {
        try await bench([.host("localhost", port: nil)]) { bench in
            let found = try await bench.call("lookup", ["host": "localhost"]).value.arrayValue ?? []
            #expect(found.contains("127.0.0.1") || found.contains("::1"))
            let refused = try await bench.failure("lookup", ["host": "other.example"])
            #expect(refused.code == "network-not-granted")
        }
    }

    @Test("passes on that a server refuses the connection")
    func connectionRefused() async throws {
        try await bench([.host("127.0.0.1", port: 1)]) { bench in
            let failure = try await bench.failure("low_level", ["host": "127.0.0.1", "port": 1])
            #expect(failure.kind == .transient && failure.code == "connection" && failure.effect == .none)
        }
    }

    @Test("takes connections only, no datagrams")
    func datagrams() async throws {
        try await bench([.loopback]) { bench in
            let failure = try await bench.failure("datagram")
            #expect(failure.kind == .policy && failure.code == "network-not-granted")
        }
    }
}
