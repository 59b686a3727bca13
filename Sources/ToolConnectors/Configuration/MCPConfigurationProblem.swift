/// Why a configuration, or one server of it, cannot be used as written.
package struct MCPConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The file does not exist.
        case missingFile
        /// The file cannot be read, or is larger than what is read.
        case unreadableFile, fileTooLarge
        /// The file is not JSON, comments and commas at the end aside.
        case notJSON(line: Int, column: Int)
        /// The file has no member with servers, or that member is no object.
        case noServers
        /// More servers than what is read.
        case tooManyServers
        /// Two servers have one name; the later counts.
        case duplicateServer
        /// The name is empty, too long, or holds control characters.
        case invalidName
        /// The server is no object, or a member of it has the wrong type.
        case invalidServer
        /// Neither a command nor an address, or both.
        case noTransport
        /// A transport that is not spoken here.
        case unknownTransport
        case invalidURL
        case invalidHeader
        /// An environment variable that is not set and has no default.
        case missingVariable(String)
        /// An input that the editor would ask for.
        case missingInput(String)
        /// `${…}` in a form that is not known.
        case unknownVariable(String)
        /// Our own member `skillweaver` is wrong.
        case invalidSetting
        /// A member that is passed over.
        case ignoredMember(String)
    }

    package var kind: Kind
    /// The server it is about; nil for the whole file.
    package var server: String?
    /// The file it is about.
    package var file: String?
    /// What is wrong and what to do next.
    package var message: String

    package init(_ kind: Kind, server: String? = nil, file: String? = nil, _ message: String) {
        self.kind = kind
        self.server = server
        self.file = file
        self.message = message
    }

    /// The server, or the file, is used all the same.
    package var isWarning: Bool {
        switch kind {
        case .duplicateServer, .ignoredMember: true
        default: false
        }
    }

    package var description: String {
        let place = [file, server.map { "server '\($0)'" }].compactMap(\.self).joined(separator: ": ")
        return (place.isEmpty ? "" : place + ": ") + message
    }
}
