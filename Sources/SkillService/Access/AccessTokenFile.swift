package import JSONSchema
import PlanExecution
import Storage

/// The access tokens of one installation, as they are kept:
/// `{"version": 1, "tokens": [{"id", "name", "scopes", "sha256", "created_at", "expires_at", "last_used_at"}]}`.
struct AccessTokenFile: Sendable {
    private static let version = 1

    let file: PrivateFile

    init(_ path: String) { file = PrivateFile(path) }

    /// Every token, and the stamp of the file they stand in; none where there is no file.
    ///
    /// A file that is not understood whole is refused: half of it could open what was to be closed.
    func read() throws(AccessTokenError) -> (tokens: [AccessToken], stamp: PrivateFile.Stamp?) {
        let found: (bytes: [UInt8], stamp: PrivateFile.Stamp)?
        do throws(StorageError) { found = try file.read() } catch { throw AccessTokenError(error) }
        guard let found else { return ([], nil) }
        // What the parser says shows parts of the text.
        guard let json = try? JSONParser.parse(utf8: found.bytes), json["version"]?.intValue != nil else {
            throw damaged("is not a list of access tokens")
        }
        guard json["version"]?.intValue == Self.version else {
            throw damaged("was written by another version of the program")
        }
        guard let elements = json["tokens"]?.arrayValue else { throw damaged("has no list of tokens") }
        var tokens: [AccessToken] = []
        for (place, element) in elements.enumerated() {
            guard let token = AccessToken(json: element) else { throw damaged("token \(place + 1) is not understood") }
            tokens.append(token)
        }
        guard Set(tokens.map(\.id)).count == tokens.count else { throw damaged("two tokens have the same id") }
        return (tokens, found.stamp)
    }

    func write(_ tokens: [AccessToken]) throws(AccessTokenError) {
        let json: JSONValue = ["version": .integer(Int64(Self.version)), "tokens": .array(tokens.map(\.storedJSON))]
        do throws(StorageError) {
            try file.write(Array((json.serialized(.indented) + "\n").utf8))
        } catch {
            throw AccessTokenError(error)
        }
    }

    func lock(within patience: Duration) async throws(AccessTokenError) -> PrivateFile.Lock {
        do throws(StorageError) { return try await file.lock(within: patience) } catch { throw AccessTokenError(error) }
    }

    private func damaged(_ problem: String) -> AccessTokenError {
        AccessTokenError(
            .damaged,
            "\(file.path) \(problem), so no token is accepted",
            advice: "restore it, or remove it and make the tokens again with 'skillweaver serve token create'"
        )
    }
}

extension AccessTokenError {
    init(_ error: StorageError) {
        self.init(error.kind == .corrupt ? .damaged : .files, error.description)
    }
}

extension AccessToken {
    fileprivate init?(json: JSONValue) {
        guard let id = json["id"]?.stringValue, Self.isID(id), let name = json["name"]?.stringValue,
            let scopes = json["scopes"]?.arrayValue?.map({ $0.stringValue.flatMap(AccessScope.init(rawValue:)) }),
            let created = Self.time(json["created_at"]), let digest = json["sha256"]?.stringValue
        else { return nil }
        guard !scopes.isEmpty, !scopes.contains(nil), let digest = TokenDigest(hexadecimal: digest) else { return nil }
        self.init(
            id: id,
            name: name,
            scopes: Set(scopes.compactMap(\.self)),
            created: created,
            expires: nil,
            lastUsed: Self.time(json["last_used_at"]),
            digest: digest
        )
        // A token whose end is not understood must not become one without end.
        guard let end = json["expires_at"], end != .null else { return }
        guard let end = Self.time(end) else { return nil }
        expires = end
    }

    static func isID(_ text: String) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// Milliseconds from 1970 to the year 9999, as the journal of runs has them.
    private static func time(_ json: JSONValue?) -> RunTime? {
        guard let milliseconds = json?.intValue, (0..<253_402_300_800_000).contains(milliseconds) else { return nil }
        return RunTime(milliseconds: Int64(milliseconds))
    }

    fileprivate var storedJSON: JSONValue {
        guard case .object(var members) = json else { return json }
        members["created_at"] = .integer(created.milliseconds)
        members["expires_at"] = expires.map { .integer($0.milliseconds) } ?? .null
        members["last_used_at"] = lastUsed.map { .integer($0.milliseconds) } ?? .null
        members["sha256"] = .string(digest.hash.hexadecimal)
        return .object(members)
    }
}

extension AccessToken {
    /// What may be shown of it.
    package var json: JSONValue {
        [
            "id": .string(id), "name": .string(name), "scopes": JSONValue(scopes.sorted().map(\.rawValue)),
            "created_at": .string(created.description), "expires_at": JSONValue(expires?.description),
            "last_used_at": JSONValue(lastUsed?.description),
        ]
    }
}
