import CommandLineInterface
import HTTPTransport
import ModelContextProtocol
import Subprocesses

/// Shows the page on the terminal, and in the person's browser where this machine has a screen.
struct TerminalBrowser: BrowserOpener {
    let console: Console
    let environment: Environment

    func open(_ page: HTTPURL) async throws {
        console.note("Log in at this address:")
        console.note("")
        console.note("    \(page.wireText)")
        console.note("")
        console.note("Waiting for you to finish there; Ctrl-C gives up.")
        guard console.talksToTerminal, hasScreen else { return }
        let opener = Subprocess(executable: "xdg-open", arguments: [page.wireText])
        // The address stands above: a machine without that program, or without a browser, loses nothing.
        _ = try? await opener.run(limits: SubprocessLimits(deadline: .seconds(10), terminationGrace: .seconds(1)))
        try Task.checkCancellation()
    }

    private var hasScreen: Bool {
        ["DISPLAY", "WAYLAND_DISPLAY"].contains { !(environment[$0] ?? "").isEmpty }
    }
}
