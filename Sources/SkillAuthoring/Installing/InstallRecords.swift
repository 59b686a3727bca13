import JSONSchema

/// Where the skills of one folder were installed from, kept in that folder in a hidden file.
package struct InstallRecords: Sendable, Hashable {
    static let fileName = ".skillweaver-installed.json"

    package struct Record: Sendable, Hashable {
        /// What was given to `skills install`, an address without any password.
        package var source: String
        /// The revision of a repository: 40 or 64 hexadecimal digits.
        package var revision: String?
        /// The content as it was installed, as `FolderHash` writes it.
        package var hash: String

        /// The source with the exact revision.
        package var origin: String { revision.map { "\(source)#\($0)" } ?? source }
    }

    /// By the name of the skill's folder.
    private var records: [String: Record] = [:]

    package subscript(name: String) -> Record? {
        get { records[name] }
        set { records[name] = newValue }
    }

    /// Reads what is known about a folder; nothing where nothing was installed.
    package init(folder: String) throws(AuthoringError) {
        guard let json = try JSONFile.read("\(folder)/\(Self.fileName)") else { return }
        for (name, value) in json["skills"]?.objectValue ?? [:] {
            guard let source = value["source"]?.stringValue, let hash = value["hash"]?.stringValue else { continue }
            records[name] = Record(source: source, revision: value["revision"]?.stringValue, hash: hash)
        }
    }

    package func write(to folder: String) throws(AuthoringError) {
        let members = records.sorted { $0.key < $1.key }.map { name, record in
            let json: JSONValue = [
                "source": .string(record.source), "revision": JSONValue(record.revision), "hash": .string(record.hash),
            ]
            return (name, json)
        }
        try JSONFile.write(["skills": .object(JSONObject(members))], to: "\(folder)/\(Self.fileName)")
    }
}
