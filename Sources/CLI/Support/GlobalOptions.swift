import CommandLineInterface
import SkillWeaver

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
        "The library to use. Default: the skills that come with the program."
    )
}

extension CommandContext {
    /// The router's options as the command line and the environment say.
    func routerOptions(_ values: ParsedValues) -> RouterOptions {
        var options = RouterOptions(environment: { environment[$0] })
        if let home = values[GlobalOptions.home] { options.home = SkillHome(folder: home) }
        return options
    }
}

extension ParsedValues {
    /// The library a command is to use.
    var libraryReference: LibraryReference {
        self[GlobalOptions.library].map(LibraryReference.named) ?? .bundled
    }
}
