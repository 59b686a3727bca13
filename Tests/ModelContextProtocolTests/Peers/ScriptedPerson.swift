import JSONSchema
import ModelContextProtocol
import Synchronization

/// Answers everything a server may ask, always the same, and remembers what it was asked.
final class ScriptedPerson: InputProvider {
    private let questions = Mutex<[String]>([])
    private let fills: JSONObject
    private let action: String

    init(action: String = "accept", fills: JSONObject = ["name": "Ada", "seats": 2, "go": true, "approved": true]) {
        self.action = action
        self.fills = fills
    }

    /// The methods of what was asked.
    var asked: [String] { questions.withLock(\.self) }

    var capabilities: ClientCapabilities {
        var capabilities = ClientCapabilities()
        capabilities.elicitation = ElicitationCapability(form: true, url: true)
        capabilities.sampling = SamplingCapability()
        capabilities.roots = ListCapability()
        capabilities.extensions = [ProtocolExtension.tasks: .object(JSONObject())]
        return capabilities
    }

    func answer(_ request: InputRequest) async throws -> JSONObject {
        questions.withLock { $0.append(request.method) }
        switch request {
        case .elicitation(let request):
            guard action == "accept" else { return ["action": .string(action)] }
            guard case .form(let form) = request.params else { return ["action": "accept"] }
            let wanted = form.json["requestedSchema"]?["properties"]?.objectValue?.keys ?? []
            let filled = JSONObject(wanted.compactMap { name in fills[name].map { (name, $0) } })
            return ["action": "accept", "content": .object(filled)]
        case .sampling:
            return [
                "role": "assistant", "content": ["type": "text", "text": "word"], "model": "scripted",
                "stopReason": "endTurn",
            ]
        case .roots: return ["roots": [["uri": "file:///work", "name": "work"]]]
        }
    }
}
