/// A model that gives the replies another gave when its calls were recorded.
///
/// A request that differs in anything but the place it was sent to has no recording: that is an error which names it.
public final class ReplayingChatModel: ChatModel {
    public let name: String
    private let folder: RecordingFolder

    /// - Parameters:
    ///   - name: of the model that was recorded.
    ///   - folder: where the recordings are.
    public init(name: String, folder: String) {
        self.name = name
        self.folder = RecordingFolder(folder)
    }

    public func reply(to request: ChatRequest) async throws -> ChatReply {
        try Task.checkCancellation()
        return try await folder.reply(of: name, to: request)
    }
}
