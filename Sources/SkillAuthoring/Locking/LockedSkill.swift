import JSONSchema

/// What a lock file remembers of one skill.
package struct LockedSkill: Sendable, Hashable {
    package var name: String
    /// Its folder, from the lock file's own where it lies below it, else absolute.
    package var path: String
    /// Where it was installed from, with the exact revision of a repository; nil for a skill that was always here.
    package var source: String?
    /// `metadata.version`, where its author gives one.
    package var version: String?
    package var hash: FolderHash

    package init(name: String, path: String, source: String? = nil, version: String? = nil, hash: FolderHash) {
        self.name = name
        self.path = path
        self.source = source
        self.version = version
        self.hash = hash
    }

    var json: JSONValue {
        let files = hash.files.map { ($0.path, JSONValue.string("\($0.kind) \($0.sha256)")) }
        return [
            "name": .string(name), "path": .string(path), "source": JSONValue(source), "version": JSONValue(version),
            "hash": .string(hash.text), "files": .object(JSONObject(files)),
        ]
    }

    init?(json: JSONValue) {
        guard let name = json["name"]?.stringValue, let path = json["path"]?.stringValue,
            let hash = json["hash"]?.stringValue, let members = json["files"]?.objectValue
        else { return nil }
        var files: [FolderHash.File] = []
        for (path, value) in members {
            guard let text = value.stringValue, let space = text.firstIndex(of: " ") else { return nil }
            files.append(
                .init(path: path, kind: String(text[..<space]), sha256: String(text[text.index(after: space)...]))
            )
        }
        self.name = name
        self.path = path
        source = json["source"]?.stringValue
        version = json["version"]?.stringValue
        self.hash = FolderHash(files: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
        guard self.hash.text == hash else { return nil }
    }
}
