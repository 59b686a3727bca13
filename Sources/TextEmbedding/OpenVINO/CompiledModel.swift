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

    /// In which numbers the processor multiplies.
    enum Arithmetic: Sendable, Hashable {
        /// As it does best with the model's own floats: of 16 bits where it can.
        case native
        /// In 8 bits, for a model whose weights have them; activations get a scale a group as they come.
        case eightBit

        fileprivate var precision: String? { self == .eightBit ? "f32" : nil }
        fileprivate var quantizationGroup: Int32 { self == .eightBit ? 128 : 0 }
    }

    let profile: Profile
    /// How the model wants the texts of a batch.
    let layout: BatchLayout
    // Kept as numbers: what they point to is handed to OpenVINO alone, which lets any thread use it.
    private let runtimeAddress: UInt
    private let modelAddress: UInt

    /// Loads the runtime and compiles the model.
    ///
    /// - Parameters:
    ///   - library: file of OpenVINO's C library.
    ///   - model: `.xml` or `.onnx` file.
    ///   - cacheFolder: where compiled models are kept between processes; nil for nowhere.
    init(
        library: String,
        model path: String,
        profile: Profile,
        arithmetic: Arithmetic = .native,
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
                arithmetic: arithmetic,
                cacheFolder: cacheFolder
            )
            modelAddress = UInt(bitPattern: model)
            layout = skw_ov_model_has_input(model, "text_ids") == 1 ? .packed : .rows
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
        arithmetic: Arithmetic,
        cacheFolder: String?
    ) throws(EmbeddingError) -> OpaquePointer {
        var model: OpaquePointer?
        try check(.modelUnusable, "\(path): ") { message in
            withOptionalCString(arithmetic.precision) { precision in
                withOptionalCString(cacheFolder) { cacheFolder in
                    let lanes = Int32(profile.lanes)
                    let options = skw_ov_options(
                        cache_folder: cacheFolder,
                        precision: precision,
                        threads: lanes > 1 ? lanes : 0,
                        streams: lanes,
                        quantization_group: arithmetic.quantizationGroup,
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
