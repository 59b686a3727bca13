import JSONSchema

/// Answers the requests a server of the legacy era sends.
enum ServerQuestions {
    static func response(to request: Message.Request, _ input: any InputProvider) async -> Message.Response {
        do {
            switch request.method {
            case Method.ping: return Message.Response(id: request.id, JSONObject())
            case Method.elicit, Method.sample, Method.listRoots:
                let question: InputRequest
                do {
                    question = try InputRequest(
                        json: ["method": .string(request.method), "params": .object(request.parameters)]
                    )
                } catch {
                    return Message.Response(id: request.id, .invalidParameters("\(error)"))
                }
                return Message.Response(id: request.id, try await input.answer(question))
            default: return Message.Response(id: request.id, .methodNotFound(request.method))
            }
        } catch let error as ProtocolError {
            return Message.Response(id: request.id, error)
        } catch {
            return Message.Response(id: request.id, .internalFault)
        }
    }
}
