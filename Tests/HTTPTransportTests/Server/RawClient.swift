import Subprocesses

/// Sends bytes to a port as they are, and tells what comes back: for what no decent client would send.
struct RawClient {
    let port: Int

    private static let script = """
        import select, socket, sys
        port, mode = int(sys.argv[1]), sys.argv[2]
        connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        data = sys.stdin.buffer.read()
        if mode == "slow":
            for byte in data:
                if select.select([connection], [], [], 0.1)[0]: break
                connection.sendall(bytes([byte]))
        else:
            try:
                connection.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                pass
        if mode == "half": connection.shutdown(socket.SHUT_WR)
        if mode == "leave": sys.exit(0)
        while True:
            try:
                piece = connection.recv(65536)
            except (ConnectionResetError, TimeoutError):
                break
            if not piece: break
            sys.stdout.buffer.write(piece)
        """

    enum Mode: String {
        /// Sends, then reads until the server closes.
        case whole
        /// Closes its sending side after it has sent.
        case half
        /// A byte at a time, with pauses.
        case slow
        /// Closes at once, without reading.
        case leave
    }

    func send(_ bytes: [UInt8], _ mode: Mode = .whole) async throws -> String {
        let client = Subprocess(executable: "python3", arguments: ["-c", Self.script, "\(port)", mode.rawValue])
        return try await client.run(input: bytes).outputText
    }

    func send(_ text: String, _ mode: Mode = .whole) async throws -> String { try await send(Array(text.utf8), mode) }
}
