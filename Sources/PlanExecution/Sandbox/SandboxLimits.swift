/// What the processes of one sandbox may use, beside the memory that each call allows.
public struct SandboxLimits: Sendable, Hashable {
    /// Most bytes of one file.
    public var fileBytes: Int
    /// Most files one process has open.
    public var openFiles: Int
    /// Most processes and threads at once.
    public var processes: Int
    /// Most bytes in the private temporary folder, and again in shared memory.
    public var temporaryBytes: Int

    public init(
        fileBytes: Int = 4 << 30,
        openFiles: Int = 1024,
        processes: Int = 256,
        temporaryBytes: Int = 1 << 30
    ) {
        self.fileBytes = fileBytes
        self.openFiles = openFiles
        self.processes = processes
        self.temporaryBytes = temporaryBytes
    }
}
