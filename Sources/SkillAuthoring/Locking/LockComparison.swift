package import JSONSchema

/// What differs between a lock file and the skills that are there now.
package struct LockComparison: Sendable, Hashable {
    package struct Change: Sendable, Hashable {
        package var path: String
        package var name: String
        package var changedFiles: [String]
        package var addedFiles: [String]
        package var missingFiles: [String]
    }

    package var changed: [Change] = []
    /// Paths of skills that the lock file does not know.
    package var added: [String] = []
    /// Paths of skills that are gone.
    package var missing: [String] = []
    package var unchanged = 0

    package var isEqual: Bool { changed.isEmpty && added.isEmpty && missing.isEmpty }

    package init(locked: [LockedSkill], present: [LockedSkill]) {
        let now = Dictionary(present.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let known = Set(locked.map(\.path))
        for old in locked {
            guard let new = now[old.path] else {
                missing.append(old.path)
                continue
            }
            if old.hash.text == new.hash.text { unchanged += 1 } else { changed.append(Change(old, new)) }
        }
        added = present.map(\.path).filter { !known.contains($0) }
    }

    package var json: JSONValue {
        [
            "verified": .bool(isEqual), "unchanged": JSONValue(unchanged),
            "changed": .array(
                changed.map { change in
                    [
                        "path": .string(change.path), "name": .string(change.name),
                        "changed_files": JSONValue(change.changedFiles), "added_files": JSONValue(change.addedFiles),
                        "missing_files": JSONValue(change.missingFiles),
                    ]
                }
            ),
            "added": JSONValue(added), "missing": JSONValue(missing),
        ]
    }
}

extension LockComparison.Change {
    fileprivate init(_ old: LockedSkill, _ new: LockedSkill) {
        let before = Dictionary(old.hash.files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
        let after = Dictionary(new.hash.files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
        self.init(
            path: old.path,
            name: new.name,
            changedFiles: new.hash.files.filter { file in before[file.path].map { $0 != file } ?? false }.map(\.path),
            addedFiles: new.hash.files.map(\.path).filter { before[$0] == nil },
            missingFiles: old.hash.files.map(\.path).filter { after[$0] == nil }
        )
    }
}
