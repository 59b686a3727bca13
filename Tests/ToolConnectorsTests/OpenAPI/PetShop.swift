import JSONSchema
import SkillCatalog
import TestSupport
import Testing
import ToolConnectors

/// A small document with one of everything.
enum PetShop {
    static func yaml(server: String) -> String {
        """
        openapi: 3.0.3
        info: {title: Pet shop, version: "1", description: Manages the pets of a shop.}
        servers: [{url: "\(server)/{stage}", variables: {stage: {default: v1}}}]
        security: [{token: []}, {}]
        paths:
          /pets:
            get:
              operationId: listPets
              summary: List all pets
              parameters:
                - {name: limit, in: query, schema: {type: integer, minimum: 0, exclusiveMinimum: true}}
                - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
                - {name: color, in: query, style: deepObject, schema: {type: object}}
                - {name: session, in: cookie, schema: {type: string}}
              responses:
                "200":
                  description: ok
                  content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
            post:
              operationId: createPet
              summary: Add a pet
              security: [{key: []}, {login: []}]
              requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
              responses: {"201": {description: created}}
          /pets/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
            get:
              operationId: getPet
              responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
            put:
              operationId: replacePet
              parameters: [{name: id, in: query, schema: {type: string}}]
              requestBody:
                required: true
                content:
                  application/json: {schema: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}}
              responses: {"200": {description: ok}}
            delete: {operationId: deletePet, responses: {"204": {description: gone}}}
          /search:
            post:
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema: {type: object, properties: {q: {type: string}, tags: {type: array, items: {type: string}}}}
              responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
          /owner:
            get: {operationId: owner, security: [{query_key: []}], responses: {default: {description: any}}}
        components:
          securitySchemes:
            token: {type: http, scheme: bearer}
            key: {type: apiKey, in: header, name: X-Key}
            query_key: {type: apiKey, in: query, name: api_key}
            login: {type: http, scheme: basic}
          schemas:
            Pet:
              type: object
              required: [name, id]
              properties:
                id: {type: integer, readOnly: true}
                name: {type: string}
                nick: {type: string, nullable: true, example: Rex}
                secret: {type: string, writeOnly: true}
                parent: {$ref: "#/components/schemas/Pet"}
        """
    }

    /// What a document holds.
    static func read(_ text: String, file: String = "petshop.yaml") async throws -> (
        skills: [Skill], diagnostics: [Diagnostic]
    ) {
        try await read(Array(text.utf8), file: file)
    }

    static func read(_ bytes: [UInt8], file: String = "petshop.yaml") async throws -> (
        skills: [Skill], diagnostics: [Diagnostic]
    ) {
        try await withTemporaryFolder { folder in
            try write(bytes, to: "\(folder)/\(file)")
            var (skills, diagnostics): ([Skill], [Diagnostic]) = ([], [])
            let source = SkillPath(path: "\(folder)/\(file)", formats: [ToolDocuments()])
            try await source.read { record in
                switch record {
                case .skill(let skill): skills.append(skill)
                case .diagnostic(let diagnostic): diagnostics.append(diagnostic)
                }
            }
            return (skills, diagnostics)
        }
    }
}
