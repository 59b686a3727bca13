import FoundationEssentials
import Glibc
import HTTPTransport
import JSONSchema
import Subprocesses
import TestSupport
import Testing

/// A headless browser with an empty profile, as a person in front of it: it opens, reads, clicks and types.
struct Browser: Sendable {
    private let driver: WebDriver

    /// How a page is looked at.
    struct View: Sendable {
        var width = 1_280
        var height = 900
        var isDark = false

        static let desk = View()
        static let phone = View(width: 390, height: 844)
        static let darkDesk = View(isDark: true)
    }

    /// Longest time a page may take for something.
    private static let patience = 30

    /// Opens a browser for a piece of test, and closes it afterwards.
    static func with(_ view: View = .desk, _ body: (Browser) async throws -> Void) async throws {
        try await withTemporaryFolder { profile in
            let (driver, address) = try await Chromedriver.start()
            do {
                let browser = try await Browser(driver: address, profile: profile, view: view)
                do { try await body(browser) } catch {
                    await browser.close()
                    throw error
                }
                await browser.close()
            } catch {
                await driver.stop()
                throw error
            }
            await driver.stop()
        }
    }

    private init(driver address: String, profile: String, view: View) async throws {
        var arguments = [
            "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--hide-scrollbars", "--user-data-dir=\(profile)",
        ]
        // Chromium's own sandbox refuses to work for root.
        if geteuid() == 0 { arguments.append("--no-sandbox") }
        driver = try await WebDriver(
            address,
            capabilities: [
                "browserName": "chrome", "unhandledPromptBehavior": "ignore",
                "goog:chromeOptions": ["args": JSONValue(arguments)],
                "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
            ]
        )
        try await driver.command(.post, "/timeouts", ["script": JSONValue(Self.patience * 1_000)])
        try await look(view)
    }

    /// Sets the size of the window and the scheme of colours.
    func look(_ view: View) async throws {
        try await driver.chromium(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": JSONValue(view.width), "height": JSONValue(view.height), "deviceScaleFactor": 1,
                "mobile": .bool(view.width < 500),
            ]
        )
        let scheme: JSONValue = ["name": "prefers-color-scheme", "value": view.isDark ? "dark" : "light"]
        try await driver.chromium("Emulation.setEmulatedMedia", ["features": [scheme]])
    }

    private func close() async { _ = try? await driver.command(.delete, "") }

    // MARK: - Reading

    func open(_ address: String) async throws {
        try await driver.command(.post, "/url", ["url": .string(address)])
    }

    /// What a script returns.
    func read(_ script: String) async throws -> JSONValue {
        try await driver.command(.post, "/execute/sync", ["script": .string("return (\(script))"), "args": []])
    }

    /// The text of the first element of a selector.
    func text(_ selector: String) async throws -> String {
        try await read("document.querySelector(\(Self.quoted(selector)))?.innerText ?? ''").stringValue ?? ""
    }

    /// Waits, inside the page, until an expression is true; at the deadline it fails with what the page shows.
    func wait(
        for expression: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let script = """
            const done = arguments[arguments.length - 1];
            const look = () => {
                let found = false;
                try { found = Boolean(\(expression)); } catch { found = false; }
                if (found) done(true); else setTimeout(look, 25);
            };
            look();
            """
        do {
            try await driver.command(.post, "/execute/async", ["script": .string(script), "args": []])
        } catch let fault as WebDriver.Fault where fault.code == "script timeout" {
            let shown = try await text("main")
            Issue.record(
                "the page never had: \(expression)\n\(shown.prefix(2_000))",
                sourceLocation: sourceLocation
            )
            throw fault
        }
    }

    /// Waits until there is an element of a selector, with a text in it where one is given.
    func wait(
        forElement selector: String,
        holding text: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let all = "[...document.querySelectorAll(\(Self.quoted(selector)))]"
        let test = text.map { ".some((one) => one.textContent.includes(\(Self.quoted($0))))" } ?? ".length > 0"
        try await wait(for: all + test, sourceLocation: sourceLocation)
    }

    /// A text as JavaScript writes it.
    static func quoted(_ text: String) -> String { JSONValue.string(text).serialized() }

    // MARK: - Doing

    /// Clicks where the first element of a selector is, as a mouse does.
    func click(_ selector: String) async throws {
        try await driver.command(.post, "/element/\(try await element(selector))/click")
    }

    /// Types a text into a field, in the place of what stands there.
    func type(_ text: String, into selector: String) async throws {
        // Not the protocol's "clear": that leaves the field, and a page may answer by drawing another one.
        let all = Key.control.code + "a" + Key.release.code
        try await driver.command(
            .post,
            "/element/\(try await element(selector))/value",
            ["text": .string(all + text)]
        )
    }

    /// Presses keys together, as `[.control, .enter]`, wherever the focus is.
    func press(_ keys: Key...) async throws {
        let down = keys.map { key -> JSONValue in ["type": "keyDown", "value": .string(key.code)] }
        let up = keys.reversed().map { key -> JSONValue in ["type": "keyUp", "value": .string(key.code)] }
        let keyboard: JSONValue = ["type": "key", "id": "keyboard", "actions": .array(down + up)]
        try await driver.command(.post, "/actions", ["actions": [keyboard]])
    }

    struct Key: Sendable {
        let code: String
        static let enter = Key(code: "\u{E006}"), tab = Key(code: "\u{E004}"), shift = Key(code: "\u{E008}")
        /// Lets go of all keys that are held.
        static let release = Key(code: "\u{E000}")
        static let control = Key(code: "\u{E009}"), escape = Key(code: "\u{E00C}")
        static let up = Key(code: "\u{E013}"), down = Key(code: "\u{E015}"), right = Key(code: "\u{E014}")
        static func letter(_ letter: Character) -> Key { Key(code: String(letter)) }
    }

    private func element(_ selector: String) async throws -> String {
        let found = try await driver.command(.post, "/element", ["using": "css selector", "value": .string(selector)])
        // The key is the protocol's fixed name of an element reference.
        return try #require(found["element-6066-11e4-a52e-4f735466cecf"]?.stringValue)
    }

    // MARK: - Witnesses

    /// What the page complained about since this was asked last: errors of scripts, refusals of its policy, failed loads.
    func complaints() async throws -> [String] {
        try await log("browser").filter { ["SEVERE", "WARNING"].contains($0["level"]?.stringValue) }
            .compactMap { $0["message"]?.stringValue }
    }

    /// Addresses of everything the page asked for since this was asked last.
    func requests() async throws -> [String] {
        try await log("performance").compactMap { entry in
            guard let text = entry["message"]?.stringValue else { return nil }
            let message = try JSONParser.parse(text)["message"]
            guard message?["method"] == "Network.requestWillBeSent" else { return nil }
            // The browser's own first page is no page of ours.
            let address = message?["params"]?["request"]?["url"]?.stringValue
            return address?.hasPrefix("chrome://") == true ? nil : address
        }
    }

    private func log(_ type: String) async throws -> [JSONValue] {
        try await driver.command(.post, "/se/log", ["type": .string(type)]).arrayValue ?? []
    }

    /// The text of a dialog that a script opened, if there is one.
    func dialog() async throws -> String? {
        do { return try await driver.command(.get, "/alert/text").stringValue } catch let fault as WebDriver.Fault
            where fault.code == "no such alert"
        { return nil }
    }

    /// Keeps a picture of the whole page, in `SKILLWEAVER_SCREENSHOTS` or `.build/screenshots`.
    func screenshot(_ name: String) async throws {
        let size = try await read("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
        let clip: JSONValue = [
            "x": 0, "y": 0, "width": size.arrayValue?.first ?? 0, "height": size.arrayValue?.last ?? 0, "scale": 1,
        ]
        let shot = try await driver.chromium(
            "Page.captureScreenshot",
            ["format": "png", "captureBeyondViewport": true, "clip": clip]
        )
        let bytes = try #require(shot["data"]?.stringValue.flatMap { Data(base64Encoded: $0) })
        let folder = ProcessInfo.processInfo.environment["SKILLWEAVER_SCREENSHOTS"]
        try write(Array(bytes), to: "\(folder ?? PackageRoot.path(".build/screenshots"))/\(name).png")
    }
}
