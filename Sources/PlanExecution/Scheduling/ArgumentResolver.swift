import JSONSchema
import PlanComposition

/// Replaces the references in arguments by what the steps returned.
struct ArgumentResolver {
    /// A reference that leads nowhere.
    struct Fault: Error, Hashable {
        var message: String

        /// What becomes of the task.
        var failure: ToolFailure { ToolFailure(.permanent, code: "missing-reference", message) }
    }

    /// How deep arguments may be nested.
    private static let maximumDepth = 64

    private let look: (OutputReference) throws(Fault) -> JSONValue
    /// The element at hand, for `{"$item": …}`; nil outside a list.
    private let item: JSONValue?

    init(item: JSONValue? = nil, _ look: @escaping (OutputReference) throws(Fault) -> JSONValue) {
        self.item = item
        self.look = look
    }

    func resolve(_ arguments: JSONObject) throws(Fault) -> JSONObject {
        var resolved = JSONObject()
        for (name, value) in arguments { resolved[name] = try resolve(value, depth: 0) }
        return resolved
    }

    func resolve(_ value: JSONValue) throws(Fault) -> JSONValue { try resolve(value, depth: 0) }

    private func resolve(_ value: JSONValue, depth: Int) throws(Fault) -> JSONValue {
        guard depth < Self.maximumDepth else { throw Fault(message: "the arguments are nested too deeply") }
        switch value {
        case .array(let elements):
            var resolved: [JSONValue] = []
            resolved.reserveCapacity(elements.count)
            for element in elements { resolved.append(try resolve(element, depth: depth + 1)) }
            return .array(resolved)
        case .object(let members):
            if let place = members["$item"], members.count == 1 { return try lookUp(item: place) }
            switch OutputReference.read(value) {
            case .reference(let reference): return try look(reference)
            case .malformed(let why): throw Fault(message: "a reference is malformed: \(why)")
            case .literal:
                var resolved = JSONObject()
                for (name, member) in members { resolved[name] = try resolve(member, depth: depth + 1) }
                return .object(resolved)
            }
        default: return value
        }
    }

    private func lookUp(item place: JSONValue) throws(Fault) -> JSONValue {
        guard let item else { throw Fault(message: "$item stands in a step that does not run over a list") }
        guard let pointer = place.stringValue.flatMap({ JSONPointer($0) }) else {
            throw Fault(message: "$item must be a JSON Pointer such as /url")
        }
        guard let value = item[pointer] else {
            throw Fault(message: "the element at hand has nothing at \(pointer)")
        }
        return value
    }
}

extension RunState {
    /// What a reference stands for.
    func value(of reference: OutputReference) throws(ArgumentResolver.Fault) -> JSONValue {
        guard let position = graph.positions[reference.step], let result = steps[position].result else {
            throw ArgumentResolver.Fault(message: "\(reference.step) has no result")
        }
        let path = steps[position].rebound[reference.path] ?? reference.path
        guard let pointer = JSONPointer(path), let value = result[pointer] else {
            throw ArgumentResolver.Fault(
                message: "the result of \(reference.step) has nothing at \(reference.path.isEmpty ? "its root" : path)"
            )
        }
        return value
    }

    /// Resolves references to results, and to one element of a list.
    func resolver(item: JSONValue? = nil) -> ArgumentResolver {
        ArgumentResolver(item: item) { reference throws(ArgumentResolver.Fault) in try value(of: reference) }
    }

    /// How many elements a step's list has.
    func elementCount(_ list: JSONValue) throws(ArgumentResolver.Fault) -> Int {
        if let elements = list.arrayValue { return elements.count }
        let resolved = try resolver().resolve(list)
        guard let elements = resolved.arrayValue else {
            throw ArgumentResolver.Fault(message: "what it runs over is no list but of type \(resolved.typeName)")
        }
        return elements.count
    }

    /// One element of a step's list; only that one is resolved.
    func element(_ index: Int, of list: JSONValue) throws(ArgumentResolver.Fault) -> JSONValue {
        let literal = list.arrayValue
        let elements: [JSONValue]
        if let literal { elements = literal } else { elements = try resolver().resolve(list).arrayValue ?? [] }
        guard elements.indices.contains(index) else {
            throw ArgumentResolver.Fault(message: "the list it runs over became shorter")
        }
        return literal == nil ? elements[index] : try resolver().resolve(elements[index])
    }
}
