import Subprocesses
import TestSupport
import Testing

/// The program that drives Chromium, listening on a port of its own.
enum Chromedriver {
    static let absence: Comment = "needs chromium and chromedriver; run 'Scripts/setup test'"
    static let isInstalled = InstalledProgram.exists("chromedriver") && InstalledProgram.exists("chromium")

    struct Silence: Error, CustomStringConvertible {
        let said: [String]
        var description: String { "chromedriver does not say its port: \(said.joined(separator: " / "))" }
    }

    /// Starts it on a free port, and gives where it listens; it ends with the conversation.
    ///
    /// It asks for a port that is free for one version of the Internet protocol, then takes it for the other as well, and
    /// gives up where somebody was faster ("bind() failed: Address already in use").
    static func start() async throws -> (driver: Conversation, address: String) {
        for _ in 0..<5 { if let started = try? await attempt() { return started } }
        return try await attempt()
    }

    private static func attempt() async throws -> (driver: Conversation, address: String) {
        let driver = try await Subprocess(executable: "chromedriver", arguments: ["--port=0"]).converse()
        var said: [String] = []
        do {
            // "ChromeDriver was started successfully on port 39041."
            while said.count < 20 {
                let line = String(decoding: try await driver.receive(within: .seconds(30)), as: UTF8.self)
                said.append(line)
                guard line.contains("started successfully"), let word = line.split(separator: " ").last else {
                    continue
                }
                if let port = Int(word.filter(\.isNumber)) { return (driver, "http://127.0.0.1:\(port)") }
            }
            throw Silence(said: said)
        } catch {
            await driver.stop()
            throw error
        }
    }
}
