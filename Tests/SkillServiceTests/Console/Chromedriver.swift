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
    static func start() async throws -> (driver: Conversation, address: String) {
        let driver = try await Subprocess(executable: "chromedriver", arguments: ["--port=0"]).converse()
        var said: [String] = []
        // "ChromeDriver was started successfully on port 39041."
        while said.count < 20 {
            let line = String(decoding: try await driver.receive(within: .seconds(30)), as: UTF8.self)
            said.append(line)
            guard line.contains("started successfully"), let word = line.split(separator: " ").last else { continue }
            if let port = Int(word.filter(\.isNumber)) { return (driver, "http://127.0.0.1:\(port)") }
        }
        await driver.stop()
        throw Silence(said: said)
    }
}
