import JSONSchema
package import ModelContextProtocol
import SkillCatalog

/// Skills as resources: `skill://ID` is a skill's document, `skill://ID/PATH` a file that belongs to it.
extension SkillGateway {
    private static let scheme = "skill://"
    private static let pageSize = 200

    package func resources(after cursor: String?) async throws -> ResourcesPage {
        let all = try await libraries[0].library.inventory.overview()
        var start = 0
        if let cursor {
            guard let position = ListCursor.position(cursor), position <= all.count else {
                throw ProtocolError.invalidParameters("Invalid cursor")
            }
            start = position
        }
        let end = min(start + Self.pageSize, all.count)
        let resources = all[start..<end].map { skill in
            Resource(
                uri: Self.scheme + Self.escaped(skill.id),
                name: skill.id,
                description: MenuLine.sentence(skill.description),
                mimeType: "text/markdown"
            )
        }
        return ResourcesPage(resources, nextCursor: end < all.count ? ListCursor.text(end) : nil)
    }

    package func resourceTemplates(after cursor: String?) async throws -> ResourceTemplatesPage {
        ResourceTemplatesPage([
            ResourceTemplate(
                uriTemplate: "skill://{skill}/{+path}",
                name: "skill file",
                description: "A text file that belongs to a skill, such as references/guide.md"
            )
        ])
    }

    package func readResource(_ uri: String, _ context: RequestContext) async throws -> ReadResourceResult {
        guard uri.hasPrefix(Self.scheme), uri.utf8.count <= 4_096 else { throw unknown(uri, context) }
        let rest = uri.dropFirst(Self.scheme.count)
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let id = parts.first.flatMap(Self.unescaped),
            let skill = try await libraries[0].library.inventory.skill(id)
        else { throw unknown(uri, context) }
        guard parts.count == 2 else {
            return ReadResourceResult([ResourceContents(uri: uri, mimeType: "text/markdown", text: skill.document)])
        }
        guard let path = Self.unescaped(parts[1]) else { throw unknown(uri, context) }
        guard let folder = skill.origin.folder else { throw unknown(uri, context) }
        do {
            let file = try BundledFile.read(path, in: folder)
            return ReadResourceResult([ResourceContents(uri: uri, mimeType: "text/plain", text: file.text)])
        } catch {
            throw ProtocolError.invalidParameters("\(error)")
        }
    }

    /// The eras have different codes for a resource that is not there.
    private func unknown(_ uri: String, _ context: RequestContext) -> ProtocolError {
        let code =
            context.version.era == .legacy ? ProtocolError.Code.resourceNotFound : ProtocolError.Code.invalidParameters
        return ProtocolError(code, "Resource not found: \(Excerpt.of(uri))", data: ["uri": .string(Excerpt.of(uri))])
    }

    // MARK: - Addresses

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                escaped.unicodeScalars.append(UnicodeScalar(byte))
            default:
                escaped += byte < 16 ? "%0" : "%"
                escaped += String(byte, radix: 16, uppercase: true)
            }
        }
        return escaped
    }

    private static func unescaped(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
