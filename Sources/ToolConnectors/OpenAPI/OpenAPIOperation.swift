import HTTPTransport
import JSONSchema
import PlanExecution
import SkillCatalog

/// One operation of a document as a tool, with how it is called.
struct OpenAPIOperation: Sendable {
    var tool: Tool
    /// Nil for one that can be found and planned with, but has no address to be called at.
    var call: HTTPOperation?
    /// What its author files it under; nil where it has no tag.
    var tag: String?
    var path: String
    var remarks: [String]

    /// Reads an operation.
    ///
    /// - Parameters:
    ///   - name: a name for its tool that no other operation has.
    /// - Throws: why it cannot be used at all.
    init(
        _ operation: JSONValue,
        method: HTTPMethod,
        path: String,
        item: JSONValue,
        name: String,
        in document: OpenAPIDocument,
        servers: OpenAPIServers,
        security: OpenAPISecurity
    ) throws(DocumentFault) {
        self.path = path
        tag = operation["tags"]?.arrayValue?.first?.stringValue.map { CleanedText.label($0) }.flatMap {
            $0.isEmpty ? nil : $0
        }
        var arguments = OperationArguments(document)
        try arguments.add(parameters: [item["parameters"], operation["parameters"]])
        arguments.addMissing(from: path)
        // A body with these methods has no meaning (RFC 9110, 9.3).
        if ![.get, .head, .delete, .options].contains(method) { try arguments.add(body: operation["requestBody"]) }
        let input = Self.usable(arguments.finish())
        var output = ResponseSchema(document)
        let result = output.schema(of: operation).map(Self.usable)
        remarks = arguments.remarks + output.remarks + [input.remark, result?.remark].compactMap(\.self)
        tool = Tool(
            name: name,
            description: Self.description(of: operation, method: method, path: path),
            inputSchema: input.schema,
            outputSchema: result?.schema,
            annotations: Self.annotations(of: method)
        )
        let (ways, problems) = security.authorizations(of: operation)
        remarks += problems
        do throws(DocumentFault) {
            let address = try servers.address([operation["servers"], item["servers"], document.root["servers"]])
            if !problems.isEmpty, ways.isEmpty {
                throw DocumentFault(.unreadable, "lets nobody in by a way that is known here")
            }
            call = HTTPOperation(method, address + path, parameters: arguments.places, authorizations: ways)
        } catch {
            remarks.append("it can be planned with and not called: the document \(error.message)")
        }
    }

    /// What a method says about its effect (RFC 9110, 9.2).
    static func annotations(of method: HTTPMethod) -> ToolAnnotations {
        let isSafe = [.get, .head, .options].contains(method)
        return ToolAnnotations(
            readOnlyHint: isSafe,
            destructiveHint: isSafe ? false : method == .delete,
            idempotentHint: method.isIdempotent,
            openWorldHint: true
        )
    }

    private static func description(of operation: JSONValue, method: HTTPMethod, path: String) -> String {
        let texts = ["summary", "description"].compactMap { operation[$0]?.stringValue.map { CleanedText.prose($0) } }
        var parts: [String] = []
        for text in texts where !text.isEmpty && !parts.contains(text) { parts.append(text) }
        if parts.isEmpty { parts = ["\(method) \(CleanedText.label(path))"] }
        if operation["deprecated"]?.boolValue == true { parts.append("Deprecated.") }
        let text = parts.joined(separator: "\n")
        return text.utf8.count <= 2_000 ? text : String(decoding: text.utf8.prefix(2_000), as: UTF8.self) + "…"
    }

    /// A schema that can be enforced: one that cannot be is replaced by what its properties are called.
    private static func usable(_ schema: JSONValue) -> (schema: JSONValue, remark: String?) {
        do throws(SchemaError) {
            _ = try Schema(schema)
            return (schema, nil)
        } catch {
            var relaxed: JSONObject = ["type": "object"]
            if let properties = schema["properties"]?.objectValue {
                relaxed["properties"] = .object(
                    JSONObject(
                        properties.map { name, property in
                            (name, .object(JSONObject(property["description"].map { [("description", $0)] } ?? [])))
                        }
                    )
                )
                relaxed["required"] = schema["required"]
            } else {
                relaxed = [:]
            }
            return (.object(relaxed), "one of its schemas cannot be used and is not enforced: \(error)")
        }
    }
}

/// What an operation returns when it succeeds.
private struct ResponseSchema {
    let document: OpenAPIDocument
    private(set) var remarks: [String] = []

    init(_ document: OpenAPIDocument) { self.document = document }

    /// Nil where nothing is said, or one of the possible answers is not described.
    mutating func schema(of operation: JSONValue) -> JSONValue? {
        var translation = SchemaTranslation(document, .output)
        var schemas: [JSONValue] = []
        let successes = (operation["responses"]?.objectValue ?? [:]).filter { code, _ in
            code.count == 3 && code.hasPrefix("2")
        }
        for (_, written) in successes {
            guard let response = try? document.resolved(written) else { return nil }
            guard let content = response["content"]?.objectValue, !content.isEmpty else {
                schemas.append(["type": "null"])
                continue
            }
            let json = content.first { kind, _ in
                let type = kind.prefix { $0 != ";" }.lowercased()
                return type == "application/json" || type.hasSuffix("+json")
            }
            guard let json else {
                schemas.append(["type": "object", "properties": ["text": ["type": "string"]], "required": ["text"]])
                continue
            }
            guard let written = json.value["schema"] else { return nil }
            schemas.append(translation.schema(written))
        }
        let distinct = schemas.reduce(into: [JSONValue]()) { if !$0.contains($1) { $0.append($1) } }
        guard let first = distinct.first else { return nil }
        let schema = translation.completed(distinct.count == 1 ? first : ["anyOf": .array(distinct)])
        remarks = translation.remarks
        guard schema != .object([:]), schema != ["type": "null"] else { return nil }
        return schema
    }
}
