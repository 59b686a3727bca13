import HTTPTransport
import JSONSchema
import PlanExecution
import SkillCatalog

/// Turns an OpenAPI document into skills: one, or one for each tag of a large document.
struct OpenAPISkills {
    /// Operations that one skill may have before the document is split by tags.
    static let operationsOfOneSkill = 40
    static let maximumOperations = 20_000

    private static let methods: [(String, HTTPMethod)] = [
        ("get", .get), ("head", .head), ("post", .post), ("put", .put), ("patch", .patch), ("delete", .delete),
        ("options", .options),
    ]

    let document: OpenAPIDocument
    /// What the skills are called, and their variables start with.
    let name: String
    /// The name of the source, and where it is.
    let source: String
    let location: String
    private let servers: OpenAPIServers
    private let security: OpenAPISecurity
    private var names = UniqueNames()
    private(set) var diagnostics: [Diagnostic] = []
    /// Remarks in the order they came up, each with the operations it is about.
    private var remarks: [(text: String, labels: [String])] = []

    /// - Parameter address: where the document was fetched from; nil for a file.
    init(_ document: OpenAPIDocument, source: String, location: String, address: HTTPURL?) {
        self.document = document
        self.source = source
        self.location = location
        let given = ToolNaming.slug(source)
        let title = ToolNaming.slug(document.title)
        name = SourceAddress.isGeneric(given) ? (title.isEmpty ? "api" : title) : given
        servers = OpenAPIServers(document: document, base: address)
        security = OpenAPISecurity(document, name: name)
    }

    mutating func skills() -> [Skill] {
        let operations = operations()
        writeRemarks()
        guard operations.count > Self.operationsOfOneSkill else {
            return operations.isEmpty ? [] : [skill(name, operations, about: nil)]
        }
        var slugs = UniqueNames()
        return SkillSplit.groups(operations) { $0.tag ?? Self.segment(of: $0.path) }.map { label, operations in
            let slug = ToolNaming.slug("\(name)-\(label)")
            return skill(slugs.claim(slug.isEmpty ? name : slug), operations, about: label)
        }
    }

    /// The first segment of a path that is no version and no variable.
    private static func segment(of path: String) -> String {
        let segments = path.split(separator: "/").map(String.init)
        let isVersion = { (text: String) in
            text.first == "v" && text.dropFirst().allSatisfy { $0.isNumber || $0 == "." }
        }
        return segments.first { !isVersion($0) && !$0.contains("{") && $0 != "api" } ?? "other"
    }

    // MARK: - Operations

    private mutating func operations() -> [OpenAPIOperation] {
        var operations: [OpenAPIOperation] = []
        for (path, written) in document.root["paths"]?.objectValue ?? [:] where path.hasPrefix("/") {
            let item: JSONValue
            do throws(DocumentFault) {
                item = try document.resolved(written)
            } catch {
                note(.error, "invalid-operation", "\(CleanedText.label(path)): the document \(error.message)")
                continue
            }
            for (word, method) in Self.methods {
                guard let operation = item[word], operation.objectValue != nil else { continue }
                guard operations.count < Self.maximumOperations else {
                    note(.warning, "too-many-tools", "only the first \(Self.maximumOperations) operations are read")
                    return operations
                }
                if let read = read(operation, method, path, item) { operations.append(read) }
            }
        }
        if operations.isEmpty { note(.warning, "no-operations", "the document has no operation that can be used") }
        return operations
    }

    private mutating func read(
        _ operation: JSONValue,
        _ method: HTTPMethod,
        _ path: String,
        _ item: JSONValue
    ) -> OpenAPIOperation? {
        let label = "\(method) \(CleanedText.label(path).prefix(200))"
        let given = ToolNaming.identifier(operation["operationId"]?.stringValue ?? "")
        let wanted = given.isEmpty ? ToolNaming.identifier("\(method.rawValue.lowercased()) \(path)") : given
        // A tool is never called like its skill.
        let name = names.claim(wanted == self.name ? "call_\(wanted)" : wanted)
        if name != wanted, !given.isEmpty, wanted != self.name {
            note(.warning, "duplicate-tool", "\(label): the operationId '\(given)' is there twice; this one is \(name)")
        }
        do throws(DocumentFault) {
            let read = try OpenAPIOperation(
                operation,
                method: method,
                path: path,
                item: item,
                name: name,
                in: document,
                servers: servers,
                security: security
            )
            for remark in read.remarks { self.remark(remark, on: label) }
            return read
        } catch {
            note(.error, "invalid-operation", "\(label): it \(error.message); it is left out")
            return nil
        }
    }

    private mutating func remark(_ text: String, on label: String) {
        if let place = remarks.firstIndex(where: { $0.text == text }) {
            remarks[place].labels.append(label)
        } else if remarks.count < 1_000 {
            remarks.append((text, [label]))
        }
    }

    /// What holds for many operations is said once.
    private mutating func writeRemarks() {
        for remark in remarks {
            let more = remark.labels.count - 1
            let others = more == 0 ? "" : more == 1 ? " and 1 more" : " and \(more) more"
            note(.warning, "operation-remark", "\(remark.labels[0])\(others): \(remark.text)")
        }
        remarks = []
    }

    /// At most a thousand: a document in which everything is wrong does not fill the screen.
    private mutating func note(_ severity: Diagnostic.Severity, _ code: String, _ message: String) {
        guard diagnostics.count < 1_000 else { return }
        diagnostics.append(Diagnostic(severity, code: code, message, file: location))
    }

    // MARK: - Skills

    private func skill(_ id: String, _ operations: [OpenAPIOperation], about label: String?) -> Skill {
        var skill = Skill(
            id: id,
            name: id,
            description: description(operations, about: label),
            tools: operations.map(\.tool),
            tags: label.map { [$0] } ?? [],
            url: document.root["externalDocs"]?["url"]?.stringValue.map { CleanedText.label($0) },
            license: document.root["info"]?["license"]?["name"]?.stringValue.map { CleanedText.label($0) },
            origin: SkillOrigin(source: source, file: location)
        )
        // Names of two skills may meet after the tools were named.
        for place in skill.tools.indices where skill.tools[place].name == id { skill.tools[place].name = "call_\(id)" }
        var hosts: [String] = []
        var variables: [String] = []
        for (tool, operation) in zip(skill.tools, operations) {
            guard let call = operation.call else { continue }
            HTTPToolRecord.keep(call, of: tool.name, in: &skill)
            if let url = try? HTTPURL(call.template.prefix { $0 != "{" }.description) {
                let host = url.port == url.scheme.defaultPort ? url.host : "\(url.host):\(url.port)"
                if !hosts.contains(host) { hosts.append(host) }
            }
            for part in call.authorizations.joined() where !variables.contains(part.variable) {
                variables.append(part.variable)
            }
        }
        if !hosts.isEmpty { skill.metadata["network"] = hosts.joined(separator: " ") }
        if !variables.isEmpty { skill.metadata["environment"] = variables.joined(separator: " ") }
        skill.document = text(of: skill, hosts: hosts, variables: variables, about: label)
        return skill
    }

    private func description(_ operations: [OpenAPIOperation], about label: String?) -> String {
        let title = document.title.isEmpty ? name : document.title
        let tag = label.flatMap { label in
            document.root["tags"]?.arrayValue?.first { $0["name"]?.stringValue == label }?["description"]?.stringValue
        }
        let about = tag.map { CleanedText.prose($0) } ?? document.summary.split(separator: "\n").first.map(String.init)
        var text = label.map { "\(title), \($0)" } ?? title
        if let about, !about.isEmpty { text += ": \(about)" }
        let samples = operations.prefix(6).map { operation in
            operation.tool.description.split(separator: "\n").first.map { String($0.prefix(80)) } ?? operation.tool.name
        }
        if text.unicodeScalars.count < 400, !samples.isEmpty {
            text += " Operations: \(samples.joined(separator: "; "))."
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(SkillLimits.description)))
    }

    private func text(of skill: Skill, hosts: [String], variables: [String], about label: String?) -> String {
        var lines = ["# \(document.title.isEmpty ? name : document.title)" + (label.map { ": \($0)" } ?? "")]
        if !document.summary.isEmpty { lines += ["", String(document.summary.prefix(2_000))] }
        if !hosts.isEmpty { lines += ["", "Calls go to \(hosts.joined(separator: ", "))."] }
        if !variables.isEmpty {
            lines += ["", "Who may call is told from the environment: \(variables.joined(separator: ", "))."]
        }
        return lines.joined(separator: "\n")
    }
}
