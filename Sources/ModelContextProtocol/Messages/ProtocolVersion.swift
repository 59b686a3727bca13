/// A revision of the protocol, named by its date.
package struct ProtocolVersion: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    /// How a connection works: with a handshake and a session, or with everything said in each request.
    package enum Era: String, Sendable, Hashable {
        case legacy
        case modern
    }

    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    // Revisions are named by their dates.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package static let v2026_07_28 = ProtocolVersion(rawValue: "2026-07-28")
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package static let v2025_11_25 = ProtocolVersion(rawValue: "2025-11-25")
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package static let v2025_06_18 = ProtocolVersion(rawValue: "2025-06-18")
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package static let v2025_03_26 = ProtocolVersion(rawValue: "2025-03-26")
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package static let v2024_11_05 = ProtocolVersion(rawValue: "2024-11-05")

    /// What is spoken here, newest first.
    package static let supported: [ProtocolVersion] = [
        .v2026_07_28, .v2025_11_25, .v2025_06_18, .v2025_03_26, .v2024_11_05,
    ]
    package static let newestLegacy = v2025_11_25

    package var isSupported: Bool { Self.supported.contains(self) }

    /// Dates are written so that they sort as texts.
    package var era: Era { rawValue >= Self.v2026_07_28.rawValue ? .modern : .legacy }

    package var description: String { rawValue }
}
