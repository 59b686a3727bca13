import JSONSchema
import TestSupport
import Testing

/// Looks for what keeps people out of a page.
enum Accessibility {
    /// Sentences, one for each fault; none for a good page.
    static func faults(in browser: Browser) async throws -> [String] {
        let script = try text(of: PackageRoot.path("Tests/SkillServiceTests/Console/accessibility.js"))
        // A function of its own: the script returns.
        let found = try await browser.read("(() => {\n\(script)\n})()")
        return (found.arrayValue ?? []).compactMap(\.stringValue)
    }
}
