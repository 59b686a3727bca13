import Glibc
import Storage

/// Notices, within microseconds, that a library may have a new generation.
///
/// Asks the database for its count of commits by others, and the file system whether the file is still the same.
package actor LibraryMonitor {
    private let location: LibraryLocation
    private var connection: SQLiteConnection?
    private var identity: FileStatus.Identity?
    private var version: Int64 = -1

    private nonisolated let executor = BlockingExecutor(label: "library-monitor")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens nothing yet: the first question is answered with yes.
    package init(_ location: LibraryLocation) { self.location = location }

    /// Whether something was committed since this was asked last; yes the first time.
    package func hasNews() -> Bool {
        let current = (try? FileStatus(of: location.catalog))?.identity
        // A library that was deleted: what is open stays readable, and there is nothing newer.
        guard let current else { return false }
        if current != identity || connection == nil {
            identity = current
            connection = try? SQLiteConnection(file: location.catalog, access: .readOnly, patience: 50)
            version = dataVersion() ?? -1
            return connection != nil
        }
        guard let now = dataVersion(), now != version else { return false }
        version = now
        return true
    }

    private func dataVersion() -> Int64? {
        guard let connection else { return nil }
        return try? connection.query("PRAGMA data_version") { $0.integer(0) }.first
    }
}
