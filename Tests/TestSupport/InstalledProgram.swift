import FoundationEssentials
import Subprocesses

/// Programs outside the package that some tests need.
public enum InstalledProgram {
    /// A program of that name is on `PATH`.
    public static func exists(_ name: String) -> Bool {
        let search = ExecutableSearch(searchPath: ProcessInfo.processInfo.environment["PATH"])
        return (try? search.locate(name)) != nil
    }
}
