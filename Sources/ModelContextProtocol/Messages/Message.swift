package import JSONSchema

/// One message of JSON-RPC 2.0.
package enum Message: Sendable, Hashable {
    case request(Request)
    case notification(Notification)
    case response(Response)

    package struct Request: Sendable, Hashable {
        package var id: RequestID
        package var method: String
        package var parameters: JSONObject

        package init(id: RequestID, method: String, parameters: JSONObject = JSONObject()) {
            self.id = id
            self.method = method
            self.parameters = parameters
        }
    }

    package struct Notification: Sendable, Hashable {
        package var method: String
        package var parameters: JSONObject

        package init(_ method: String, _ parameters: JSONObject = JSONObject()) {
            self.method = method
            self.parameters = parameters
        }
    }

    package struct Response: Sendable, Hashable {
        /// Nil where the request could not be read so far as to know it.
        package var id: RequestID?
        package var outcome: Result<JSONObject, ProtocolError>

        package init(id: RequestID?, _ outcome: Result<JSONObject, ProtocolError>) {
            self.id = id
            self.outcome = outcome
        }

        package init(id: RequestID?, _ result: JSONObject) { self.init(id: id, .success(result)) }
        package init(id: RequestID?, _ error: ProtocolError) { self.init(id: id, .failure(error)) }
    }
}

// MARK: - Writing

extension Message {
    package var json: JSONValue {
        switch self {
        case .request(let request):
            [
                "jsonrpc": "2.0", "id": request.id.json, "method": .string(request.method),
                "params": .object(request.parameters),
            ]
        case .notification(let notification):
            .object(
                JSONObject([
                    "jsonrpc": "2.0", "method": .string(notification.method),
                    "params": notification.parameters.isEmpty ? nil : .object(notification.parameters),
                ])
            )
        case .response(let response):
            switch response.outcome {
            case .success(let result):
                ["jsonrpc": "2.0", "id": response.id?.json ?? .null, "result": .object(result)]
            // An error without an identifier has none in the modern era and null before; both sides take null.
            case .failure(let error): ["jsonrpc": "2.0", "id": response.id?.json ?? .null, "error": error.json]
            }
        }
    }

    /// The message as one line of UTF-8, without its line break.
    package var line: [UInt8] { Array(json.serialized().utf8) }
}

// MARK: - Reading

extension Message {
    /// Reads a message.
    ///
    /// - Throws: `UnreadableMessage`, with the answer that is due where the message is a request.
    package init(bytes: [UInt8]) throws(UnreadableMessage) {
        let json: JSONValue
        do { json = try JSONParser.parse(utf8: bytes) } catch {
            throw UnreadableMessage(id: nil, .parse("\(error)"))
        }
        try self.init(json: json)
    }

    package init(json: JSONValue) throws(UnreadableMessage) {
        guard case .object(let object) = json else {
            let reason = json.arrayValue == nil ? "a message is an object" : "batches are not part of the protocol"
            throw UnreadableMessage(id: nil, .invalidRequest(reason))
        }
        var id: RequestID?
        if let json = object["id"], json != .null {
            do { id = try RequestID(json: json) } catch {
                throw UnreadableMessage(id: nil, .invalidRequest("its id \(error.problem)"))
            }
        }
        guard object["jsonrpc"]?.stringValue == "2.0" else {
            throw UnreadableMessage(id: id, .invalidRequest("jsonrpc must be \"2.0\""))
        }
        if let method = object["method"] {
            guard let method = method.stringValue, method.utf8.count <= 256 else {
                throw UnreadableMessage(id: id, .invalidRequest("method must be a text of at most 256 bytes"))
            }
            let parameters: JSONObject
            switch object["params"] {
            case .object(let members): parameters = members
            case nil, .null: parameters = JSONObject()
            default: throw UnreadableMessage(id: id, .invalidRequest("params must be an object"))
            }
            if let id {
                self = .request(Request(id: id, method: method, parameters: parameters))
            } else {
                guard object["id"] == nil else {
                    throw UnreadableMessage(id: nil, .invalidRequest("the id of a request cannot be null"))
                }
                self = .notification(Notification(method, parameters))
            }
            return
        }
        switch (object["result"], object["error"]) {
        case (.object(let result), nil) where id != nil: self = .response(Response(id: id, result))
        case (nil, let error?):
            do { self = .response(Response(id: id, try ProtocolError(json: error))) } catch {
                throw UnreadableMessage(id: id, .invalidRequest("the error of a response: \(error)"))
            }
        default:
            throw UnreadableMessage(
                id: id,
                .invalidRequest("neither a request, nor a notification, nor a response with a result or an error")
            )
        }
    }
}

/// Bytes that are no message.
package struct UnreadableMessage: Error, Sendable, Hashable {
    /// That of the request, so far as it could be read.
    package var id: RequestID?
    /// What the sender is told.
    package var error: ProtocolError

    package init(id: RequestID?, _ error: ProtocolError) {
        self.id = id
        self.error = error
    }
}
