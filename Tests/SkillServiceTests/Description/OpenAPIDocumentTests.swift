import HTTPTransport
import JSONSchema
import Subprocesses
import TestSupport
import Testing

@testable import SkillService

@Suite(
    "The service's description",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct OpenAPIDocumentTests {
    @Test(
        "is valid by the rules of OpenAPI 3.1",
        .enabled(if: Installed.python != nil, Installed.pythonAbsence)
    )
    func valid() async throws {
        let python = try #require(Installed.python)
        try await ServiceFixture.with { service in
            let description = try await service.ask(.get, "/openapi.json")
            let file = "\(service.folder)/openapi.json"
            try write(description.text, to: file)
            let outcome = try await Subprocess(
                executable: python,
                arguments: ["-m", "openapi_spec_validator", file]
            ).run(limits: SubprocessLimits(deadline: .seconds(60), maximumOutputBytes: 1 << 20))
            #expect(outcome.outputText.contains("OK"), "\(outcome.outputText)\(outcome.errorText)")
        }
    }

    @Test("lists every path once, with a scope for all that changes something")
    func complete() async throws {
        try await ServiceFixture.with { service in
            let description = try await service.ask(.get, "/openapi.json")
            let paths = try #require(description.json["paths"]?.objectValue)
            var operations: Set<String> = []
            for (path, item) in paths {
                for (method, operation) in item.objectValue ?? [:] {
                    let name = try #require(operation["operationId"]?.stringValue)
                    #expect(operations.insert(name).inserted, "\(name) stands twice")
                    let changes =
                        method != "get" && !["/v1/route", "/v1/search", "/v1/validate"].contains(path)
                        && !path.hasPrefix("/v1/plan/")
                    if changes {
                        let security = operation["security"]?.arrayValue ?? []
                        #expect(!security.isEmpty && !security.contains([:]), "\(method) \(path) needs no token")
                    }
                }
            }
            #expect(operations.isSuperset(of: ["search", "route", "createRun", "followRun", "answerRun", "getSkill"]))
        }
    }

    @Test("matches what the service does: no method that is not listed is answered")
    func methods() async throws {
        try await ServiceFixture.with { service in
            let description = try await service.ask(.get, "/openapi.json")
            for (path, item) in description.json["paths"]?.objectValue ?? [:] {
                let target = path.replacing("{library}", with: "x").replacing("{run}", with: "x")
                    .replacing("{skill}", with: "x").replacing("{plot}", with: "x").replacing("{id}", with: "x")
                for method in [HTTPMethod.get, .post, .put, .patch, .delete]
                where item[method.rawValue.lowercased()] == nil {
                    let answer = try await service.may(method, target)
                    #expect(answer.status == 405, "\(method) \(target) gives \(answer.status)")
                    #expect(answer.headers["Allow"] != nil)
                }
            }
        }
    }
}
