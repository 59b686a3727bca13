import CommandLineInterface
import SkillCatalog
import SkillWeaver
import ToolConnectors

/// Options that several commands share.
enum GlobalOptions {
    static let home = Option<String?>(
        "home",
        value: "DIR",
        as: .folder,
        "Where libraries and caches are kept. Default: $XDG_DATA_HOME/skillweaver, or ~/.local/share/skillweaver."
    )
    static let library = Option<String?>(
        "library",
        short: "l",
        value: "NAME",
        "The library to use: its name, or a path or address of skills (./skills, ./api.yaml, https://…). Default: the skills that come with the program."
    )
    static let store = Option<String?>(
        "store",
        value: "URL",
        "A PostgreSQL database that keeps the library for many machines. Give its password in PGPASSWORD or ~/.pgpass."
    )
    static let stages = Option<RetrievalStages>(
        "stages",
        value: "STAGES",
        default: .all,
        "How closely to look: first (words and vectors) or all (then token by token)."
    )
    static let crossEncoder = Option<String?>(
        "cross-encoder",
        value: "DIR",
        as: .folder,
        """
        Model folder of a cross-encoder of the BERT family, which reads the text together with each of the 20 entries found \
        first; what it says counts as much as words and vectors together.
        """
    )
}

extension CommandContext {
    /// Formats of files that are read as skills, beside those of the catalog.
    static let formats: [any SkillFileFormat] = [ToolDocuments()]

    /// The router's options as the command line and the environment say.
    func routerOptions(_ values: ParsedValues) throws -> RouterOptions {
        var options = RouterOptions(environment: { environment[$0] })
        if let home = values[GlobalOptions.home] { options.home = SkillHome(folder: home) }
        options.formats = Self.formats
        try chooseEncoder(values, for: &options)
        if values.wasGiven(GlobalOptions.crossEncoder) { options.crossEncoder = values[GlobalOptions.crossEncoder] }
        return options
    }
}

extension ParsedValues {
    /// The library a command is to use.
    var libraryReference: LibraryReference {
        get throws {
            let name = self[GlobalOptions.library]
            if let store = try store { return .shared(name, store) }
            guard let name else { return .bundled }
            // No library's name has a slash in it.
            return name.contains("/") ? .source(name) : .named(name)
        }
    }

    /// The database with the libraries, where one is named; a wrong address is not repeated, for it may hold a password.
    var store: LibraryStore? {
        get throws {
            guard let address = self[GlobalOptions.store] else { return nil }
            guard let store = try? LibraryStore(address) else {
                throw CommandError.usage(
                    "--store is not the address of a PostgreSQL database, such as postgres://user@host:5432/skills"
                )
            }
            return store
        }
    }
}

extension RetrievalStages: CommandLineValue {}
