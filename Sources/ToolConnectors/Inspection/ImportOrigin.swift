import Storage

/// Where an import reads its servers: the settings of a client, or a file.
package enum ImportOrigin: Sendable, Hashable {
    case client(MCPClientKind)
    case file(String)

    /// A client by its name, else a file.
    package init(_ word: String) {
        self = MCPClientKind(rawValue: word).map(Self.client) ?? .file(word)
    }

    /// The file that is read.
    ///
    /// - Parameter project: reads the project's own file instead of the user's; a file is read as it is.
    /// - Throws: where a client has no such file.
    package func file(
        project: String?,
        environment: (String) -> String?
    ) throws(MCPConfigurationProblem) -> String {
        switch self {
        case .file(let path): return FileSystem.absolute(path)
        case .client(let client):
            let path = project.map { client.projectFile(in: $0) } ?? client.userFile(environment: environment)
            if let path { return path }
            let reason = project == nil ? "HOME is not set" : "it keeps no servers for projects"
            throw MCPConfigurationProblem(.missingFile, "\(client.title) has no settings here: \(reason)")
        }
    }

    /// Reads the servers.
    package func configuration(
        project: String? = nil,
        environment: @escaping @Sendable (String) -> String?
    ) throws(MCPConfigurationProblem) -> MCPConfiguration {
        try MCPConfiguration.read(
            file: file(project: project, environment: environment),
            environment: environment
        )
    }
}
