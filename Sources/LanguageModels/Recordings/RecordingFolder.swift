import Glibc
import Storage

/// The files of one folder of recordings.
actor RecordingFolder {
    /// Largest recording that is read, in bytes.
    private static let maximumBytes = 64 << 20

    nonisolated let path: String
    private let executor = BlockingExecutor(label: "skillweaver.recordings")
    private var count = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ path: String) { self.path = FileSystem.absolute(path) }

    /// Keeps a call; one that is kept already is replaced, in one step.
    func save(_ recording: ChatRecording) throws(ChatModelError) {
        let name = ChatRecording.fileName(model: recording.model, recording.request)
        do {
            try FileSystem.createFolder(path)
            count += 1
            let temporary = "\(path)/.\(name).\(getpid()).\(count)"
            do throws(StorageError) {
                try FileSystem.write(Array(recording.text.utf8), to: temporary)
                try FileSystem.commit(temporary, as: "\(path)/\(name)")
            } catch {
                FileSystem.remove(temporary)
                throw error
            }
        } catch {
            throw ChatModelError(.recordingUnusable, model: recording.model, detail: "it cannot be written: \(error)")
        }
    }

    /// The kept reply to a request.
    func reply(of model: String, to request: ChatRequest) throws(ChatModelError) -> ChatReply {
        let name = ChatRecording.fileName(model: model, request)
        let file = "\(path)/\(name)"
        guard FileSystem.exists(file) else {
            throw ChatModelError(
                .recordingUnusable,
                model: model,
                detail: "\(path) holds no \(name) for \(request); record it with --record"
            )
        }
        let recording: ChatRecording
        do {
            recording = try ChatRecording(utf8: FileSystem.read(file, limit: Self.maximumBytes))
        } catch {
            throw ChatModelError(
                .recordingUnusable,
                model: model,
                detail: "\(file) is damaged: \(error); record it again"
            )
        }
        guard ChatRecording.fileName(model: recording.model, recording.request) == name else {
            throw ChatModelError(
                .recordingUnusable,
                model: model,
                detail: "\(file) holds another call than its name says; record it again"
            )
        }
        return recording.reply
    }
}
