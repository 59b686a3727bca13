package import HTTPTransport

/// Shows a person the page they log in at.
///
/// Contract: returns without waiting for the login; the address is shown to that person only, and not kept.
package protocol BrowserOpener: Sendable {
    func open(_ page: HTTPURL) async throws
}
