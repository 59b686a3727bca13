import JSONSchema
import Storage

/// The MCP servers of one configuration file, as far as they can be used, with what is wrong with the rest.
package struct MCPConfiguration: Sendable, Hashable {
    /// Which of the two shapes a file has.
    package enum Shape: String, Sendable, Hashable {
        /// `{"mcpServers": {…}}`, as Claude and Cursor write it.
        case mcpServers
        /// `{"servers": {…}, "inputs": […]}`, as VS Code writes it.
        case servers
    }

    /// An answer that an editor asks its user for.
    package struct Input: Sendable, Hashable {
        package var id: String
        package var description: String
        package var isPassword: Bool

        package init(id: String, description: String = "", isPassword: Bool = false) {
            self.id = id
            self.description = description
            self.isPassword = isPassword
        }
    }

    /// Largest file that is read; the files of clients also hold histories.
    package static let maximumBytes = 64 << 20
    package static let maximumServers = 1_000

    package var shape: Shape
    /// In the order of the file.
    package var servers: [MCPServerConfiguration] = []
    package var inputs: [Input] = []
    package var problems: [MCPConfigurationProblem] = []

    /// Reads a configuration file.
    ///
    /// - Parameter environment: where variables come from.
    /// - Throws: a problem with the whole file; what is wrong with one server stands in `problems`.
    package static func read(
        file: String,
        environment: @escaping @Sendable (String) -> String?,
        inputs: [String: String] = [:]
    ) throws(MCPConfigurationProblem) -> MCPConfiguration {
        let path = FileSystem.absolute(file)
        guard FileSystem.exists(path) else { throw MCPConfigurationProblem(.missingFile, file: file, "does not exist") }
        let bytes: [UInt8]
        do throws(StorageError) {
            bytes = try FileSystem.read(path, limit: maximumBytes)
        } catch {
            let isLarge = "\(error)".contains("larger than")
            throw MCPConfigurationProblem(isLarge ? .fileTooLarge : .unreadableFile, "\(error)")
        }
        let expansion = VariableExpansion(
            environment: environment,
            inputs: inputs,
            workspace: workspace(of: path)
        )
        do throws(MCPConfigurationProblem) {
            var configuration = try MCPConfiguration(bytes, expansion: expansion)
            for place in configuration.problems.indices { configuration.problems[place].file = file }
            return configuration
        } catch {
            var problem = error
            problem.file = file
            throw problem
        }
    }

    /// The project a configuration file belongs to: its folder, or the one above `.vscode` and `.cursor`.
    static func workspace(of file: String) -> String {
        let folder = FileSystem.parent(of: file)
        let isInner = [".vscode", ".cursor", ".skillweaver"].contains(FileSystem.name(of: folder))
        return isInner ? FileSystem.parent(of: folder) : folder
    }

    /// Reads the bytes of a configuration file.
    package init(_ bytes: [UInt8], expansion: VariableExpansion) throws(MCPConfigurationProblem) {
        let text: CommentedJSON
        do throws(JSONSyntaxError) {
            text = try CommentedJSON(bytes)
        } catch {
            throw MCPConfigurationProblem(
                .notJSON(line: error.line, column: error.column),
                "is not JSON: \(error.reason) (line \(error.line), column \(error.column))"
            )
        }
        let (shape, servers) = try Self.members(of: text.value)
        self.shape = shape
        guard servers.count <= Self.maximumServers else {
            throw MCPConfigurationProblem(.tooManyServers, "names more than \(Self.maximumServers) servers")
        }
        readInputs(text.value)
        noteDuplicates(in: text)
        for (name, value) in servers {
            do throws(MCPConfigurationProblem) {
                var reading = MCPServerReading(name: name, expansion: expansion)
                self.servers.append(try reading.server(value))
                problems += reading.remarks
            } catch {
                var problem = error
                problem.server = MCPServerReading.shown(name)
                problems.append(problem)
            }
        }
    }

    private static func members(of value: JSONValue) throws(MCPConfigurationProblem) -> (Shape, JSONObject) {
        guard let members = value.objectValue else {
            throw MCPConfigurationProblem(.noServers, "is \(value.typeName), not an object with `mcpServers`")
        }
        for shape in [Shape.mcpServers, .servers] {
            guard let found = members[shape.rawValue] else { continue }
            guard let servers = found.objectValue else {
                throw MCPConfigurationProblem(
                    .noServers,
                    "has `\(shape.rawValue)` that is \(found.typeName), not an object"
                )
            }
            return (shape, servers)
        }
        // In VS Code's own settings the servers are one level further in.
        if let inner = members["mcp"]?["servers"]?.objectValue { return (.servers, inner) }
        throw MCPConfigurationProblem(.noServers, "has neither `mcpServers` nor `servers`")
    }

    private mutating func readInputs(_ value: JSONValue) {
        for input in (value["inputs"] ?? value["mcp"]?["inputs"])?.arrayValue ?? [] {
            guard let id = input["id"]?.stringValue, !id.isEmpty else { continue }
            inputs.append(
                Input(
                    id: id,
                    description: input["description"]?.stringValue ?? "",
                    isPassword: input["password"]?.boolValue ?? false
                )
            )
        }
    }

    private mutating func noteDuplicates(in text: CommentedJSON) {
        guard let root = JSONMemberPlaces(text.strict), let servers = root.last(named: shape.rawValue),
            let places = JSONMemberPlaces(text.strict, at: servers.value.lowerBound)
        else { return }
        problems += places.duplicates.map { name in
            MCPConfigurationProblem(
                .duplicateServer,
                server: MCPServerReading.shown(name),
                "is there twice; the later one counts"
            )
        }
    }
}
