/// A model whose calls are kept in a folder, one file each, to be replayed later.
///
/// What is kept are the words that were exchanged; keys and addresses are not part of them. Calls that failed are not kept.
public final class RecordingChatModel: ChatModel {
    private let model: any ChatModel
    private let folder: RecordingFolder

    /// - Parameter folder: where the files go; created where it is missing.
    public init(_ model: any ChatModel, folder: String) {
        self.model = model
        self.folder = RecordingFolder(folder)
    }

    public var name: String { model.name }

    public func reply(to request: ChatRequest) async throws -> ChatReply {
        let reply = try await model.reply(to: request)
        try await folder.save(ChatRecording(model: name, request: request, reply: reply))
        return reply
    }

    public func stream(_ request: ChatRequest) async throws -> ChatStream {
        let pieces = Pieces(try await model.stream(request))
        return ChatStream { [folder, name] in
            let piece = try await pieces.next()
            if case .finished(let reply)? = piece {
                try await folder.save(ChatRecording(model: name, request: request, reply: reply))
            }
            return piece
        }
    }

    /// A stream that is read by whoever asks next.
    private actor Pieces {
        private var iterator: ChatStream.Iterator

        init(_ stream: ChatStream) { iterator = stream.makeAsyncIterator() }

        func next() async throws -> ChatDelta? {
            var iterator = iterator
            let piece = try await iterator.next()
            self.iterator = iterator
            return piece
        }
    }
}
