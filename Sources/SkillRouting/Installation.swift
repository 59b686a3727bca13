import Glibc
import Storage
public import TextEmbedding

/// Where the files that come with the program are: encoder, inference runtime, bundled skills, benchmark results.
///
/// Looked for beside the running program and in the folders above it, so that neither a built checkout nor an
/// installed prefix needs environment variables, and a prefix may be moved. A prefix holds the program, Swift's libraries
/// and OpenVINO in `lib/skillweaver`, everything else in `share/skillweaver`. `SKILLWEAVER_ROOT` names the root for programs that live elsewhere,
/// `SKILLWEAVER_ENCODER` another model folder.
public struct Installation: Sendable, Hashable {
    /// Folder of the sentence encoder; nil where there is none.
    public var encoder: String?
    /// OpenVINO's C library; nil where there is none.
    public var runtime: String?
    /// Folder of the skills that come with the program; nil where there is none.
    public var bundledSkills: String?
    /// Folder of the benchmarks' report, `results` and `plots`; nil where there is none.
    public var benchmarks: String?
    /// Folders that were searched, for messages.
    public var searched: [String]

    public init(
        encoder: String? = nil,
        runtime: String? = nil,
        bundledSkills: String? = nil,
        benchmarks: String? = nil,
        searched: [String] = []
    ) {
        self.encoder = encoder
        self.runtime = runtime
        self.bundledSkills = bundledSkills
        self.benchmarks = benchmarks
        self.searched = searched
    }

    /// Finds the files for the running program.
    public static func locate(environment: (String) -> String?) -> Installation {
        var roots: [String] = []
        if let root = environment("SKILLWEAVER_ROOT"), !root.isEmpty { roots.append(FileSystem.absolute(root)) }
        var folder = FileSystem.parent(of: executablePath())
        while folder.count > 1 {
            roots.append(folder)
            folder = FileSystem.parent(of: folder)
        }
        var found = Installation(searched: roots)
        for root in roots {
            // What a checkout keeps outside .deps has names that any folder may have: only its root counts.
            let isCheckout = FileSystem.exists("\(root)/Package.swift")
            found.encoder = found.encoder ?? first(["\(root)/.deps/encoder", "\(root)/share/skillweaver/encoder"])
            found.runtime =
                found.runtime ?? runtimeLibrary(in: "\(root)/.deps/openvino/libs")
                ?? runtimeLibrary(in: "\(root)/lib/skillweaver/openvino/libs")
            found.bundledSkills =
                found.bundledSkills
                ?? first(["\(root)/share/skillweaver/skills"] + (isCheckout ? ["\(root)/Skills"] : []))
            found.benchmarks =
                found.benchmarks
                ?? first(["\(root)/share/skillweaver/benchmarks"] + (isCheckout ? ["\(root)/Benchmarks"] : []))
        }
        if let encoder = environment("SKILLWEAVER_ENCODER"), !encoder.isEmpty {
            found.encoder = FileSystem.absolute(encoder)
        }
        return found
    }

    /// The files of the encoder, or an error that says what is missing and how to get it.
    public func encoderFiles(cache: String?) throws(EmbeddingError) -> SentenceEncoder.Files {
        guard let encoder else {
            throw EmbeddingError(
                .modelUnusable,
                "no encoder was found beside the program; run 'make setup' in the checkout"
            )
        }
        guard let runtime else {
            throw EmbeddingError(
                .runtimeMissing,
                "OpenVINO was not found beside the program; run 'make setup' in the checkout"
            )
        }
        return SentenceEncoder.Files(model: encoder, runtime: runtime, cache: cache)
    }

    private static func first(_ paths: [String]) -> String? {
        paths.first(where: FileSystem.exists)
    }

    private static func runtimeLibrary(in folder: String) -> String? {
        FileSystem.contents(of: folder).last { $0.hasPrefix("libopenvino_c.so") }.map { "\(folder)/\($0)" }
    }

    private static func executablePath() -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
