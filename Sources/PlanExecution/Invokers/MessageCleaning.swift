import HTTPTransport
import SkillCatalog

/// Makes what tools say fit for messages and reports: bounded, without secrets and without the places of this machine.
struct MessageCleaning: Sendable {
    private let places: [(path: String, word: String)]
    private let secrets: [Secret]

    static let maximumMessageBytes = 1000
    static let maximumRemarks = 20
    static let maximumRemarkBytes = 400

    /// - Parameter secrets: values that must not be seen, such as granted variables.
    init(skill: Skill, workspace: RunWorkspace, home: String?, secrets: [String]) {
        var places: [(path: String, word: String)] = []
        for folder in Set([workspace.folder, RealPath.of(workspace.folder) ?? workspace.folder]) where folder != "/" {
            places.append((folder + "/", ""))
            places.append((folder, "the workspace"))
        }
        if let folder = skill.origin.folder {
            places += Set([folder, RealPath.of(folder) ?? folder]).map { ($0, skill.name) }
        }
        if let home, home.utf8.count > 1 { places.append((home, "~")) }
        // The longest first: a place inside another must not be hidden by it.
        self.places = places.sorted { $0.path.utf8.count > $1.path.utf8.count }
        self.secrets = secrets.map(Secret.init)
    }

    /// One line of bounded length.
    func message(_ text: String) -> String {
        let line = cleaned(text).split(whereSeparator: \.isNewline).joined(separator: " / ")
        return Self.cut(line, to: Self.maximumMessageBytes)
    }

    /// The last lines of what was said.
    func remarks(_ bytes: [UInt8]) -> [String] {
        guard !bytes.isEmpty else { return [] }
        return cleaned(String(decoding: bytes, as: UTF8.self)).split(whereSeparator: \.isNewline)
            .suffix(Self.maximumRemarks).map { Self.cut(String($0), to: Self.maximumRemarkBytes) }
    }

    private func cleaned(_ text: String) -> String {
        var text = text
        for secret in secrets { text = secret.hidden(in: text) }
        for place in places where text.contains(place.path) { text = text.replacing(place.path, with: place.word) }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
            scalars.append(isControl ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }

    static func cut(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        return String(decoding: text.utf8.prefix(bytes), as: UTF8.self) + "…"
    }
}
