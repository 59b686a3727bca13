/// What a running command has at hand besides its values.
package struct CommandContext: Sendable {
    package let console: Console
    package let environment: Environment
    package let program: Program
    /// The command that runs.
    package let path: CommandPath

    /// Whether the user asked for JSON.
    package var wantsJSON: Bool { console.preferences.isJSON }
}
