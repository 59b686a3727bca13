import JSONSchema

extension SkillFolderReader {
    /// Takes over the fields of a front matter. Throws where the skill has no description.
    mutating func apply(_ header: SkillHeader, to skill: inout Skill) throws(Rejection) {
        let file = skill.origin.file
        for duplicate in header.duplicates {
            warn(
                .duplicateField,
                "`\(duplicate.name)` is written twice, first on line \(duplicate.firstLine); the later one counts",
                file: file,
                line: duplicate.line
            )
        }
        name(in: header, for: &skill)
        skill.description = try description(in: header, file: file)
        skill.license = text("license", in: header, file: file)
        skill.compatibility = text("compatibility", in: header, file: file)
        if let length = skill.compatibility?.unicodeScalars.count, length > SkillLimits.compatibility {
            warn(
                .compatibilityTooLong,
                "`compatibility` has \(length) characters; the format allows \(SkillLimits.compatibility)",
                file: file,
                line: header["compatibility"]?.line
            )
        }
        skill.metadata = metadata(in: header, file: file)
        skill.allowedTools = allowedTools(in: header, file: file)
    }

    private mutating func name(in header: SkillHeader, for skill: inout Skill) {
        let file = skill.origin.file
        let line = header["name"]?.line
        let folderName = skill.name
        guard let name = text("name", in: header, file: file).map(CleanedText.label), !name.isEmpty else {
            let message = "it has no `name`; the folder's name \"\(folderName)\" is used"
            return warn(.missingName, message, file: file, line: line ?? header.line)
        }
        let length = name.unicodeScalars.count
        if length > SkillLimits.name {
            warn(
                .nameTooLong,
                "the name has \(length) characters; the format allows \(SkillLimits.name)",
                file: file,
                line: line
            )
        }
        guard name.utf8.count <= CleanedText.maximumLabelBytes else { return }
        skill.name = name
        if name != folderName {
            let message = "the name \"\(name)\" differs from its folder \"\(folderName)\"; make them equal"
            warn(.nameMismatch, message, file: file, line: line)
        }
    }

    private mutating func description(in header: SkillHeader, file: String) throws(Rejection) -> String {
        let description = CleanedText.prose(text("description", in: header, file: file) ?? "")
        let line = header["description"]?.line
        guard !description.isEmpty else {
            throw Rejection(
                .missingDescription,
                "it has no `description`, so nobody can tell when to use it",
                file: file,
                line: line ?? header.line
            )
        }
        let length = description.unicodeScalars.count
        if length > SkillLimits.description {
            warn(
                .descriptionTooLong,
                "the description has \(length) characters; the format allows \(SkillLimits.description)",
                file: file,
                line: line
            )
        }
        return description
    }

    private mutating func text(_ name: String, in header: SkillHeader, file: String) -> String? {
        guard let field = header[name] else { return nil }
        guard let text = field.value.text else {
            warn(.invalidField, "`\(name)` must be a text; it is left out", file: file, line: field.line)
            return nil
        }
        let cleaned = CleanedText.prose(text)
        return cleaned.isEmpty ? nil : cleaned
    }

    private mutating func metadata(in header: SkillHeader, file: String) -> [String: String] {
        guard let field = header["metadata"], field.value.text != "" else { return [:] }
        guard let members = field.value.members else {
            warn(.invalidField, "`metadata` must be a mapping; it is left out", file: file, line: field.line)
            return [:]
        }
        var metadata: [String: String] = [:]
        for member in members {
            if member.value.text == nil {
                let message = "`metadata.\(member.name)` must be a text; it is kept as JSON"
                warn(.invalidField, message, file: file, line: member.line)
            }
            metadata[member.name] = member.value.text ?? member.value.json.serialized()
        }
        return metadata
    }

    private mutating func allowedTools(in header: SkillHeader, file: String) -> [String] {
        guard let field = header["allowed-tools"] else { return [] }
        if let text = field.value.text { return AllowedTools.split(text) }
        let names = (field.value.elements ?? []).compactMap(\.text)
        if names.isEmpty || names.count < field.value.elements?.count ?? 0 {
            let message = "`allowed-tools` must be names separated by spaces; what is no name is left out"
            warn(.invalidField, message, file: file, line: field.line)
        }
        return names.map(CleanedText.label).filter { !$0.isEmpty }
    }
}
