package import JSONSchema

extension Members {
    /// A member that must be there and may have any value, null among them.
    package mutating func anything(_ name: String) throws(MalformedValue) -> JSONValue {
        guard let value = value(name) else { throw MalformedValue([name], problem: "is missing") }
        return value
    }

    package mutating func integer(_ name: String) throws(MalformedValue) -> Int {
        guard let number = try optionalInteger(name) else { throw MalformedValue([name], problem: "is missing") }
        return number
    }

    package mutating func number(_ name: String) throws(MalformedValue) -> Double {
        guard let number = try optionalNumber(name) else { throw MalformedValue([name], problem: "is missing") }
        return number
    }

    package mutating func strings(_ name: String) throws(MalformedValue) -> [String] {
        guard let texts = try optionalStrings(name) else { throw MalformedValue([name], problem: "is missing") }
        return texts
    }

    /// A member that tells one kind of value from another and can have one text only.
    package mutating func constant(_ name: String, _ text: String) throws(MalformedValue) {
        guard try string(name) == text else { throw MalformedValue([name], problem: "must be \"\(text)\"") }
    }
}
