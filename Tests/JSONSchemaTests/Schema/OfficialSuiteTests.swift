import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

/// The official test suite of JSON Schema, installed by `Scripts/setup test`.
@Suite("The official test suite of JSON Schema")
struct OfficialSuiteTests {
    @Test(
        "Draft 2020-12 is understood as the suite says",
        .enabled(if: OfficialSuite.isInstalled, OfficialSuite.absence)
    )
    func draft2020() throws {
        try OfficialSuite.run(folder: "draft2020-12", dialect: .draft2020)
    }

    @Test("Draft 7 is understood as the suite says", .enabled(if: OfficialSuite.isInstalled, OfficialSuite.absence))
    func draft7() throws {
        try OfficialSuite.run(folder: "draft7", dialect: .draft7)
    }
}

private enum OfficialSuite {
    static let folder = PackageRoot.path(".deps/json-schema-test-suite")
    private static let metaSchemas = PackageRoot.path(
        ".deps/test-python/lib/python3.11/site-packages/jsonschema_specifications/schemas"
    )
    static let isInstalled = FileManager.default.fileExists(atPath: folder + "/tests")
    static let absence: Comment = "needs the test suite; run: Scripts/setup test"

    static func run(folder name: String, dialect: SchemaDialect) throws {
        let documents = try remotes()
        var failures: [String] = []
        var count = 0
        for file in try files(under: "\(folder)/tests/\(name)") {
            let isFormat = file.contains("/optional/format/")
            if file.contains("/optional/"), !isFormat, !allowedOptional.contains(where: file.hasSuffix) { continue }
            if isFormat, !knownFormats.contains(where: file.hasSuffix) { continue }
            for group in try parse(file).arrayValue ?? [] {
                var options = Schema.Options()
                options.dialect = dialect
                options.assertsFormats = isFormat
                let schema: Schema
                do {
                    schema = try Schema(group["schema"] ?? .null, documents: documents, options: options)
                } catch {
                    failures.append("\(file): \(group["description"]?.stringValue ?? ""): \(error)")
                    continue
                }
                for test in group["tests"]?.arrayValue ?? [] {
                    count += 1
                    let data = test["data"] ?? .null
                    let isValid = test["valid"]?.boolValue
                    let names = [group["description"], test["description"]].map { $0?.stringValue ?? "" }
                    let title = "\(file.split(separator: "/").last ?? ""): \(names.joined(separator: ": "))"
                    if schema.accepts(data) != isValid { failures.append(title) }
                    if schema.violations(in: data).isEmpty != isValid { failures.append("violations: " + title) }
                }
            }
        }
        #expect(failures.isEmpty, "\(failures.count) of \(count) tests fail:\n\(failures.joined(separator: "\n"))")
        #expect(count > 800)
    }

    /// Parts of the optional tests that this validator promises.
    private static let allowedOptional = [
        "/non-bmp-regex.json", "/refOfUnknownKeyword.json", "/unknownKeyword.json", "/id.json", "/anchor.json",
        "/no-schema.json", "/float-overflow.json",
    ]
    private static let knownFormats = [
        "/date.json", "/time.json", "/date-time.json", "/ipv4.json", "/ipv6.json", "/uuid.json", "/json-pointer.json",
        "/uri.json", "/uri-reference.json", "/email.json",
    ]

    private static func remotes() throws -> [String: JSONValue] {
        var documents: [String: JSONValue] = [:]
        for file in try files(under: "\(folder)/remotes") {
            documents["http://localhost:1234" + file.dropFirst("\(folder)/remotes".count)] = try parse(file)
        }
        for file in try files(under: metaSchemas, suffix: "") {
            let schema = try parse(file)
            if let address = schema["$id"]?.stringValue { documents[address] = schema }
        }
        return documents
    }

    private static func files(under folder: String, suffix: String = ".json") throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }.filter { path in
            var isFolder = false
            return path.hasSuffix(suffix) && FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && !isFolder
        }
    }

    private static func parse(_ file: String) throws -> JSONValue {
        try JSONParser.parse(utf8: [UInt8](Data(contentsOf: URL(filePath: file))))
    }
}
