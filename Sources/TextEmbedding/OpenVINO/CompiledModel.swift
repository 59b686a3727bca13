import COpenVINO

/// A model that OpenVINO has compiled for this processor; lanes of several threads may share it.
final class CompiledModel: Sendable {
    /// How the processor is shared out.
    enum Profile: Sendable, Hashable {
        /// All threads on one batch: shortest answer.
        case latency
        /// One thread a batch, as many batches as threads: most texts a second.
        case throughput(lanes: Int)

        var lanes: Int {
            if case .throughput(let lanes) = self { lanes } else { 1 }
        }
    }

    let profile: Profile
    // Kept as numbers: what they point to is handed to OpenVINO alone, which lets any thread use it.
    private let runtimeAddress: UInt
    private let modelAddress: UInt

    /// Loads the runtime and compiles the model.
    ///
    /// - Parameters:
    ///   - library: file of OpenVINO's C library.
    ///   - model: `.xml` or `.onnx` file.
    ///   - precision: OpenVINO's name of the arithmetic; nil lets the processor decide.
    ///   - cacheFolder: where compiled models are kept between processes; nil for nowhere.
    init(
        library: String,
        model path: String,
        profile: Profile,
        precision: String?,
        cacheFolder: String?
    ) throws(EmbeddingError) {
        var runtime: OpaquePointer?
        try check(.runtimeMissing) { skw_ov_runtime_open(library, &runtime, $0) }
        guard let runtime else { throw EmbeddingError(.runtimeMissing, "OpenVINO gave no core") }
        do throws(EmbeddingError) {
            let model = try Self.compile(
                path,
                runtime: runtime,
                profile: profile,
                precision: precision,
                cacheFolder: cacheFolder
            )
            modelAddress = UInt(bitPattern: model)
        } catch {
            skw_ov_runtime_close(runtime)
            throw error
        }
        runtimeAddress = UInt(bitPattern: runtime)
        self.profile = profile
    }

    deinit {
        skw_ov_model_free(pointer)
        skw_ov_runtime_close(OpaquePointer(bitPattern: runtimeAddress))
    }

    var pointer: OpaquePointer? { OpaquePointer(bitPattern: modelAddress) }

    /// Whether the model has an input of that name.
    func hasInput(_ name: String) -> Bool { skw_ov_model_has_input(pointer, name) == 1 }

    private static func compile(
        _ path: String,
        runtime: OpaquePointer,
        profile: Profile,
        precision: String?,
        cacheFolder: String?
    ) throws(EmbeddingError) -> OpaquePointer {
        var model: OpaquePointer?
        try check(.modelUnusable, "\(path): ") { message in
            withOptionalCString(precision) { precision in
                withOptionalCString(cacheFolder) { cacheFolder in
                    let lanes = Int32(profile.lanes)
                    let options = skw_ov_options(
                        cache_folder: cacheFolder,
                        precision: precision,
                        threads: lanes > 1 ? lanes : 0,
                        streams: lanes,
                        free_threads: lanes > 1 ? 0 : 1
                    )
                    return skw_ov_model_compile(runtime, path, options, &model, message)
                }
            }
        }
        guard let model else { throw EmbeddingError(.modelUnusable, "\(path): no model was compiled") }
        return model
    }
}

private func withOptionalCString<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
    guard let text else { return body(nil) }
    return text.withCString(body)
}
