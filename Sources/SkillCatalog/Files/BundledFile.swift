/// A text file inside a skill's own folder: a reference, an example, a script to read.
public struct BundledFile: Sendable, Hashable {
    /// Path from the skill's folder, as it was asked for.
    public let path: String
    public let text: String

    /// Most bytes of a file that is handed to a model.
    public static let maximumBytes = 256 << 10

    /// Reads a file of a skill.
    ///
    /// Only what lies inside the folder is read: a path with `..`, an absolute one, and a link that leads out are refused
    /// before anything is opened.
    /// - Parameters:
    ///   - path: relative to the folder, with `/` between its parts.
    ///   - folder: the skill's folder.
    public static func read(_ path: String, in folder: String) throws(BundledFileError) -> BundledFile {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isPlain = !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual("..".utf8) }
        guard isPlain, !path.utf8.contains(0) else {
            throw BundledFileError(
                path,
                "is no path inside the skill; give one such as references/guide.md, without '..'"
            )
        }
        do throws(FileFault) {
            let root = try FilePath(folder).resolved()
            let file = try FilePath(folder).appending(path).resolved()
            guard file.isInside(root), file != root else {
                throw FileFault(.denied, path: path, "leads out of the skill's folder")
            }
            let bytes = try RegularFile.contents(of: file.text, limit: maximumBytes)
            do throws(Rejection) {
                return BundledFile(path: path, text: try TextDecoding.decode(bytes, file: path))
            } catch {
                throw FileFault(.notRegular, path: path, "is not text in UTF-8; only texts can be read")
            }
        } catch {
            throw BundledFileError(path, error.message)
        }
    }
}

/// Why a file of a skill cannot be read.
public struct BundledFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    /// What is wrong, as the end of a sentence that begins with the path.
    public let problem: String

    init(_ path: String, _ problem: String) {
        self.path = path
        self.problem = problem
    }

    public var description: String { "\(path) \(problem)" }
}
