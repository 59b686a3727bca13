import JSONSchema
import SkillCatalog
public import SkillRetrieval
import Storage

extension SkillHome {
    private var preferencesFile: String { "\(folder)/preferences.json" }

    /// The user's rules about the skills of a library; none where nothing was said.
    ///
    /// - Throws: `PreferencesError` for a file that cannot be understood: a rule may have been meant to keep a skill away.
    public func preferences(of library: LibraryReference) throws -> SkillPreferences {
        guard let rules = try allPreferences()[library.preferencesKey] else { return SkillPreferences() }
        return SkillPreferences(rules)
    }

    /// Keeps a rule about a skill, or forgets it.
    public func keep(_ rule: SkillPreferences.Rule?, about skill: String, of library: LibraryReference) throws {
        var all = try allPreferences()
        all[library.preferencesKey, default: [:]][skill] = rule
        let libraries = all.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { key, rules in
            let members = rules.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value.rawValue)) }
            return (key, JSONValue.object(JSONObject(members)))
        }
        let document: JSONValue = ["libraries": .object(JSONObject(libraries))]
        try FileSystem.createFolder(folder)
        try FileSystem.write(Array((document.serialized() + "\n").utf8), to: preferencesFile)
    }

    private func allPreferences() throws -> [String: [String: SkillPreferences.Rule]] {
        guard FileSystem.exists(preferencesFile) else { return [:] }
        let document = try JSONParser.parse(utf8: FileSystem.read(preferencesFile, limit: 1 << 20))
        guard let libraries = document["libraries"]?.objectValue else {
            throw PreferencesError(file: preferencesFile, reason: "needs an object `libraries`")
        }
        var all: [String: [String: SkillPreferences.Rule]] = [:]
        for (library, value) in libraries {
            for (skill, word) in value.objectValue ?? [:] {
                guard let rule = word.stringValue.flatMap(SkillPreferences.Rule.init) else {
                    throw PreferencesError(file: preferencesFile, reason: "\(skill): a rule is \"prefer\" or \"avoid\"")
                }
                all[library, default: [:]][skill] = rule
            }
        }
        return all
    }
}

/// Why the user's rules cannot be read.
public struct PreferencesError: Error, Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let reason: String

    public var description: String { "\(file): \(reason)" }
}

extension LibraryReference {
    /// What rules about this library are kept under.
    fileprivate var preferencesKey: String {
        switch self {
        case .bundled: SkillHome.bundledLibrary
        case .named(let name): name
        case .folder(let path): "folder:\(FileSystem.absolute(path))"
        case .source(let place): "source:\(SourceAddress.isOne(place) ? place : FileSystem.absolute(place))"
        case .shared(let name, _): "shared:\(name ?? "")"
        }
    }
}
