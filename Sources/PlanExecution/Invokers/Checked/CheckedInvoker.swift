import JSONSchema
public import SkillCatalog

/// Holds a tool to its schemas: arguments before the call, the result after it; large results go to files.
///
/// Arguments that break the input schema are a failure of kind `invalidInput` whose words a model can act on; the tool is
/// not called. A result that breaks the output schema, is not finite, too deep or too large is a failure of kind
/// `permanent`; the tool has done its work by then, so its effect counts as unknown.
public struct CheckedInvoker: ToolInvoker {
    /// Deepest nesting of a result.
    public static let maximumDepth = 128

    private let base: any ToolInvoker
    private let store: ResultStore
    private let schemas = SchemaCache()

    public init(_ base: any ToolInvoker, workspace: RunWorkspace) {
        self.base = base
        store = ResultStore(workspace)
    }

    public func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { base.canInvoke(tool, of: skill) }

    public func server(of tool: Tool, of skill: Skill) -> String? { base.server(of: tool, of: skill) }

    public func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        try checkArguments(call)
        var result = try await base.invoke(call)
        let size = try checkShape(result, call)
        try checkSchema(result, call)
        if size > call.limits.spillBytes { result.value = try await store.keep(result.value).json }
        return result
    }

    public func close() async { await base.close() }

    /// Checks arguments alone, without a call.
    public func checkArguments(_ call: ToolCall) throws(ToolFailure) {
        guard let document = call.tool.inputSchema else { return }
        let schema = try schema(document, of: call, "input")
        let violations = schema.violations(in: .object(call.arguments))
        guard !violations.isEmpty else { return }
        throw ToolFailure(
            .invalidInput,
            code: "arguments-schema",
            "\(call.qualifiedName) cannot be called with these arguments: "
                + SchemaWords.list(violations, of: document)
        )
    }

    private func checkShape(_ result: ToolResult, _ call: ToolCall) throws(ToolFailure) -> Int {
        var measure = ResultMeasure()
        measure.add(result.value, depth: 0)
        func fault(_ code: String, _ reason: String) -> ToolFailure {
            ToolFailure(
                .permanent,
                code: code,
                "\(call.qualifiedName) returned \(reason)",
                effect: .unknown,
                remarks: result.remarks
            )
        }
        if measure.isTooDeep {
            throw fault("result-too-deep", "more than \(Self.maximumDepth) levels inside each other")
        }
        if measure.hasNonFinite { throw fault("result-not-json", "NaN or Infinity, which JSON has no form for") }
        if measure.bytes > call.limits.maximumResultBytes {
            throw fault("result-too-large", "more than \(call.limits.maximumResultBytes) bytes; it should write a file")
        }
        return measure.bytes
    }

    private func checkSchema(_ result: ToolResult, _ call: ToolCall) throws(ToolFailure) {
        guard let document = call.tool.outputSchema else { return }
        let schema = try schema(document, of: call, "output")
        let violations = schema.violations(in: result.value)
        guard !violations.isEmpty else { return }
        throw ToolFailure(
            .permanent,
            code: "result-schema",
            "\(call.qualifiedName) returned what its output schema does not allow: "
                + SchemaWords.list(violations, of: document),
            effect: .unknown,
            remarks: result.remarks
        )
    }

    private func schema(
        _ document: JSONValue,
        of call: ToolCall,
        _ direction: String
    ) throws(ToolFailure) -> Schema {
        do throws(SchemaError) {
            return try schemas.schema(document, name: "\(call.qualifiedName) \(direction)")
        } catch {
            throw ToolFailure(
                .permanent,
                code: "schema-unusable",
                "the \(direction) schema of \(call.qualifiedName) cannot be used: \(error)"
            )
        }
    }
}

/// How large, how deep and how strange a value is, in one walk.
private struct ResultMeasure {
    /// About the length of its JSON text; never less than the texts it holds.
    var bytes = 0
    var isTooDeep = false
    var hasNonFinite = false

    mutating func add(_ value: JSONValue, depth: Int) {
        guard depth <= CheckedInvoker.maximumDepth else {
            isTooDeep = true
            return
        }
        switch value {
        case .null, .bool: bytes += 5
        case .integer: bytes += 8
        case .number(let number):
            bytes += 16
            if !number.isFinite { hasNonFinite = true }
        case .string(let text): bytes += text.utf8.count + 3
        case .array(let elements):
            bytes += 2
            for element in elements { add(element, depth: depth + 1) }
        case .object(let members):
            bytes += 2
            for (key, member) in members {
                bytes += key.utf8.count + 4
                add(member, depth: depth + 1)
            }
        }
    }
}
