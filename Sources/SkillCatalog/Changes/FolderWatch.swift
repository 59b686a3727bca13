import Glibc
import Storage

/// Watches a folder of skills: by the system's reports, or where there are none by looking from time to time.
struct FolderWatch: Sendable {
    let root: FilePath
    let limits: SkillFolderSearch.Limits
    let pace: WatchPace
    /// Whether the system's reports are used.
    var usesNotifications = true

    func changes() -> AsyncStream<SourceChange> {
        AsyncStream(bufferingPolicy: .bufferingNewest(64)) { continuation in
            let waker = FolderNotifications.Waker()
            let watcher = FolderWatcher(self, waker: waker)
            // Ends with the stream, whose end wakes it.
            let task = Task { await watcher.run(continuation) }
            continuation.onTermination = { _ in
                task.cancel()
                waker?.wake()
            }
        }
    }
}

/// Waits for changes to one folder tree, on a thread of its own.
private actor FolderWatcher {
    private let watch: FolderWatch
    private let waker: FolderNotifications.Waker?
    private var notifications: FolderNotifications?
    private var debounce: ChangeDebounce
    private var rootIdentity: FileStatus.Identity?
    private var sign: ContentHash?
    private var needsWalk = false

    private nonisolated let executor = BlockingExecutor(label: "folder-watch")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ watch: FolderWatch, waker: FolderNotifications.Waker?) {
        self.watch = watch
        self.waker = waker
        debounce = ChangeDebounce(watch.pace)
    }

    /// Tells changes until the stream ends.
    func run(_ stream: AsyncStream<SourceChange>.Continuation) async {
        let clock = ContinuousClock()
        let start = clock.now
        if watch.usesNotifications, let waker {
            do throws(FolderNotifications.Unavailable) {
                notifications = try FolderNotifications(waker: waker)
            } catch {
                tellSlower(error.reason, stream)
            }
        } else {
            tellSlower("this system does not report changes", stream)
        }
        var fault = walk(stream)
        stream.yield(.watching)
        if let fault { stream.yield(.unreadable(fault.message)) }
        while !Task.isCancelled {
            let now = start.duration(to: clock.now)
            let pause = min(watch.pace.interval, debounce.deadline.map { $0 - now } ?? watch.pace.interval)
            guard let events = await wait(atMost: max(.zero, pause)) else { break }
            let woke = start.duration(to: clock.now)
            note(events, at: woke)
            if hasMoved() || (notifications == nil && hasOtherSign()) {
                needsWalk = true
                debounce.note(at: woke)
            }
            guard debounce.takeIfDue(at: woke) else { continue }
            let before = fault
            // Folders are watched before they are listed, so that nothing is missed between now and the reading.
            if needsWalk || before != nil { fault = walk(stream) }
            needsWalk = false
            switch (before, fault) {
            case (nil, nil): stream.yield(.changed)
            case (.some, nil): stream.yield(.back)
            case (_, .some(let fault)) where fault != before: stream.yield(.unreadable(fault.message))
            default: break
            }
        }
        notifications = nil
        stream.finish()
    }

    private func wait(atMost pause: Duration) async -> [FolderEvent]? {
        if let notifications { return notifications.wait(atMost: pause) }
        return (try? await Task.sleep(for: max(pause, .milliseconds(1)))) == nil ? nil : []
    }

    private func note(_ events: [FolderEvent], at now: Duration) {
        for event in events where event.meaning != .nothing {
            debounce.note(at: now)
            if event.meaning == .structure { needsWalk = true }
        }
    }

    /// Whether another folder, or none, stands at the path: a folder above it may have been renamed.
    private func hasMoved() -> Bool {
        (try? FileStatus(of: watch.root.text))?.identity != rootIdentity
    }

    private func hasOtherSign() -> Bool {
        let current = treeSign()
        defer { sign = current }
        return current != sign
    }

    /// Finds the folders to watch; the fault of the root if it has one.
    private func walk(_ stream: AsyncStream<SourceChange>.Continuation) -> FileFault? {
        rootIdentity = (try? FileStatus(of: watch.root.text))?.identity
        if notifications == nil { sign = treeSign() }
        do throws(FileFault) {
            guard try FileStatus(of: watch.root.text).kind == .folder else {
                throw FileFault(.notRegular, path: watch.root.text, "is not a folder")
            }
            var search = try SkillFolderSearch(root: watch.root, limits: watch.limits)
            search.willList = { path in self.assumeIsolated { $0.watchFolder(path.text, stream) } }
            while search.next() != nil { continue }
            notifications?.forgetOthers()
            return nil
        } catch {
            return error
        }
    }

    private func watchFolder(_ path: String, _ stream: AsyncStream<SourceChange>.Continuation) {
        guard let notifications else { return }
        do throws(FolderNotifications.Unavailable) {
            try notifications.watch(path)
        } catch {
            self.notifications = nil
            sign = treeSign()
            tellSlower(error.reason, stream)
        }
    }

    private func tellSlower(_ reason: String, _ stream: AsyncStream<SourceChange>.Continuation) {
        stream.yield(.slower("\(watch.root.text) is looked at every \(watch.pace.interval), because \(reason)"))
    }

    /// The names and signs of everything that defines a skill in the tree.
    private func treeSign() -> ContentHash? {
        guard var search = try? SkillFolderSearch(root: watch.root, limits: watch.limits) else { return nil }
        var parts: [String] = []
        while let finding = search.next() {
            switch finding {
            case .diagnostic(let diagnostic): parts.append(diagnostic.description)
            case .skill(let folder, let file):
                parts.append(folder.text)
                for name in [file, ToolsFile.fileName, PythonFunctions.fileName] {
                    parts.append((try? FileSign(of: folder.appending(name).text))?.text ?? "-")
                }
            }
        }
        return ContentHash(of: parts.joined(separator: "\n"))
    }
}
