import JSONSchema

extension MessageValue {
    /// Reads what a server answered.
    init(received result: JSONObject) throws(ConnectionError) {
        do { try self.init(json: .object(result)) } catch { throw .malformed("\(Self.self): \(error)") }
    }

    /// Reads what a client sent.
    init(parameter json: JSONValue) throws(ProtocolError) {
        do { try self.init(json: json) } catch { throw .invalidParameters("\(error)") }
    }
}
