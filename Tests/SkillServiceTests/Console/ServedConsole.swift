import FoundationEssentials
import JSONSchema
import Subprocesses
import TestSupport
import Testing

/// The built program as it serves a library of skills, and a browser in front of its console.
struct ServedConsole: Sendable {
    static let absence: Comment = "needs the built program, the encoder, chromium and chromedriver; run 'make test'"
    static let isUsable =
        program != nil && Installed.encoder != nil && Installed.runtime != nil && Chromedriver.isInstalled

    /// The program beside the tests that are running.
    private static let program: String? = {
        let folder = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        let places = [folder.appending(path: "skillweaver").path(), PackageRoot.path(".build/debug/skillweaver")]
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    let browser: Browser
    /// `http://127.0.0.1:PORT`.
    let address: String
    let token: String

    /// Opens a view with the token in the address, as `serve` prints it.
    func enter(_ view: String = "#/route") async throws {
        try await browser.open("\(address)/#token=\(token)")
        try await browser.wait(forElement: "#service", holding: "admin")
        try await go(view)
    }

    /// Goes to a view.
    func go(_ view: String) async throws {
        _ = try await browser.read("void (location.hash = \(Browser.quoted(view)))")
        try await browser.wait(for: "location.hash === \(Browser.quoted(view)) && document.querySelector('main h1')")
    }

    /// Types a request and waits for its plan.
    func route(_ request: String) async throws {
        try await browser.wait(forElement: "#request")
        try await browser.type(request, into: "#request")
        try await browser.click("#route-button")
        try await browser.wait(forElement: ".step-card")
        try await browser.wait(for: "!document.querySelector('.route-result.is-busy')")
    }

    /// Nothing went wrong in the page, nothing was asked of another host, and nothing but the console's own is in it.
    func expectCalm(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(try await browser.complaints() == [], sourceLocation: sourceLocation)
        let strangers = try await browser.requests().filter { url in
            !["\(address)/", "data:", "blob:\(address)/"].contains { url.hasPrefix($0) }
        }
        #expect(strangers == [], sourceLocation: sourceLocation)
    }

    /// Serves a folder of skills and opens a browser, for a piece of test.
    ///
    /// - Parameter skills: writes skills below the folder it is given.
    static func with(
        _ view: Browser.View = .desk,
        skills: (String) throws -> Void,
        _ body: (ServedConsole) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try skills("\(folder)/skills")
            try write("", to: "\(folder)/workspace/.keep")
            let service = try await Subprocess(
                executable: try #require(program),
                arguments: [
                    "serve", "--port", "0", "--json", "--library", "\(folder)/skills", "--workspace",
                    "\(folder)/workspace", "--sandbox", "off",
                ],
                environment: .inheritedAdding(["XDG_DATA_HOME": "\(folder)/home"])
            ).converse()
            let told = try JSONParser.parse(
                String(decoding: try await service.receive(within: .seconds(180)), as: UTF8.self)
            )
            let (address, token) = (
                try #require(told["address"]?.stringValue),
                try text(of: try #require(told["token_file"]?.stringValue)).filter { !$0.isWhitespace }
            )
            do {
                try await Browser.with(view) { browser in
                    try await body(ServedConsole(browser: browser, address: address, token: token))
                }
            } catch {
                await service.stop()
                throw error
            }
            await service.stop()
        }
    }
}
