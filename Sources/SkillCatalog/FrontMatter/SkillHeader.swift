/// The fields of a skill's front matter as they were written, with their lines.
struct SkillHeader: Sendable, Hashable {
    /// The fields that the Agent Skills format knows, in the order of its specification.
    static let knownFields = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"]

    /// Line of the file on which the fields start, from 1.
    var line: Int
    /// Fields in the order of the file; lines are those of the file.
    var fields: [YAMLNode.Member]
    /// Fields, on any level, that are written twice; lines are those of the file.
    var duplicates: [YAMLDocument.Duplicate]

    init(_ frontMatter: FrontMatter, path: String) throws(Rejection) {
        let offset = frontMatter.yamlLine - 1
        let document: YAMLDocument
        do throws(YAMLError) {
            document = try YAMLReader.read(frontMatter.yaml)
        } catch {
            throw Rejection(
                .invalidYAML,
                "the front matter is not valid YAML: \(error.reason) (column \(error.column))",
                file: path,
                line: error.line + offset
            )
        }
        guard let members = document.root.shifted(by: offset).members else {
            throw Rejection(
                .invalidFrontMatter,
                "the front matter must be a list of fields such as `name: …`",
                file: path,
                line: frontMatter.yamlLine
            )
        }
        line = frontMatter.yamlLine
        fields = members
        duplicates = document.duplicates.map { duplicate in
            .init(name: duplicate.name, line: duplicate.line + offset, firstLine: duplicate.firstLine + offset)
        }
    }

    /// The field of that name.
    subscript(name: String) -> YAMLNode.Member? { fields.first { $0.name == name } }
}

extension YAMLNode {
    /// The same node in a file where its text starts some lines further down.
    fileprivate func shifted(by lines: Int) -> YAMLNode {
        var node = self
        node.line += lines
        switch content {
        case .scalar: break
        case .sequence(let elements): node.content = .sequence(elements.map { $0.shifted(by: lines) })
        case .mapping(let members):
            node.content = .mapping(
                members.map { Member(name: $0.name, line: $0.line + lines, value: $0.value.shifted(by: lines)) }
            )
        }
        return node
    }
}
