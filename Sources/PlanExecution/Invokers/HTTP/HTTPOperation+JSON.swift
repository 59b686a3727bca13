import HTTPTransport
package import JSONSchema

extension HTTPOperation {
    /// The operation as JSON, for storage beside the tool it is; what goes without saying is left out.
    package var json: JSONValue {
        var members: JSONObject = ["method": .string(method.rawValue), "address": .string(template)]
        if !parameters.isEmpty {
            let pairs = parameters.sorted { $0.key < $1.key }.map { name, parameter in
                var parts: JSONObject = ["in": .string(parameter.place.rawValue), "name": .string(parameter.name)]
                if parameter.style != .repeated { parts["style"] = .string(parameter.style.rawValue) }
                return (name, JSONValue.object(parts))
            }
            members["parameters"] = .object(JSONObject(pairs))
        }
        if !headers.isEmpty {
            members["headers"] = .object(JSONObject(headers.fields.map { ($0.name, JSONValue.string($0.value)) }))
        }
        if !authorizations.isEmpty {
            members["authorizations"] = .array(authorizations.map { .array($0.map(\.json)) })
        }
        members["idempotency_header"] = idempotencyHeader.map(JSONValue.string)
        return .object(members)
    }

    /// The operation that was stored; nil where the value is none.
    package init?(json: JSONValue) {
        guard let method = json["method"]?.stringValue.flatMap(HTTPMethod.init(rawValue:)),
            let address = json["address"]?.stringValue
        else { return nil }
        self.init(method, address, idempotencyHeader: json["idempotency_header"]?.stringValue)
        for (name, value) in json["parameters"]?.objectValue ?? [:] {
            guard let place = value["in"]?.stringValue.flatMap(Place.init), let there = value["name"]?.stringValue
            else { return nil }
            let style = value["style"]?.stringValue.flatMap(Style.init) ?? .repeated
            parameters[name] = Parameter(place, there, style: style)
        }
        for (name, value) in json["headers"]?.objectValue ?? [:] {
            guard let value = value.stringValue else { return nil }
            headers.add(name, value)
        }
        for way in json["authorizations"]?.arrayValue ?? [] {
            guard let parts = way.arrayValue else { return nil }
            let read = parts.compactMap(Authorization.init)
            guard read.count == parts.count else { return nil }
            authorizations.append(read)
        }
    }
}

extension HTTPOperation.Authorization {
    fileprivate var json: JSONValue {
        var members: JSONObject = [
            "variable": .string(variable), "in": .string(place.rawValue), "name": .string(name),
            "prefix": .string(prefix),
        ]
        if isBasic { members["basic"] = true }
        return .object(members)
    }

    fileprivate init?(_ json: JSONValue) {
        guard let variable = json["variable"]?.stringValue,
            let place = json["in"]?.stringValue.flatMap(HTTPOperation.Place.init),
            let name = json["name"]?.stringValue
        else { return nil }
        self.init(
            variable: variable,
            place: place,
            name: name,
            prefix: json["prefix"]?.stringValue ?? "",
            isBasic: json["basic"]?.boolValue ?? false
        )
    }
}
