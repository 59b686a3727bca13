/// The options every program of this kind understands, before and after any subcommand.
package enum StandardOptions {
    package static let json = Flag("json", "Write data to stdout, and an error to stderr, as JSON.")
    package static let quiet = Flag("quiet", short: "q", "Say nothing on stderr but errors.")
    package static let verbose = Flag("verbose", short: "v", "Say more on stderr.")
    package static let color = Option<ColorChoice>(
        "color",
        value: "WHEN",
        default: .auto,
        "When to use colours; auto means on a terminal, unless NO_COLOR is set."
    )
    package static let help = Flag("help", short: "h", "Explain the command.")
    package static let version = Flag("version", short: "V", "Print the version.")

    static var all: [any ParameterDeclaration] { [json, quiet, verbose, color, help, version] }
}
