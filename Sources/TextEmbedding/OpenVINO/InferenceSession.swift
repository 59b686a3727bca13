import COpenVINO

/// One compiled model with as many lanes as it runs in parallel.
///
/// Used from one thread: it starts a batch on each lane, and OpenVINO's own threads do the work side by side.
final class InferenceSession {
    /// How the processor is shared out.
    enum Profile {
        /// All threads on one batch: shortest answer.
        case latency
        /// One thread a batch, as many batches as threads: most texts a second.
        case throughput(lanes: Int)

        var lanes: Int {
            if case .throughput(let lanes) = self { lanes } else { 1 }
        }
    }

    let lanes: [InferenceLane]
    private let runtime: OpaquePointer
    private let model: OpaquePointer

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
        self.runtime = runtime
        do throws(EmbeddingError) {
            model = try Self.compile(
                path,
                runtime: runtime,
                profile: profile,
                precision: precision,
                cacheFolder: cacheFolder
            )
        } catch {
            skw_ov_runtime_close(runtime)
            throw error
        }
        do throws(EmbeddingError) {
            var lanes: [InferenceLane] = []
            // Two requests a lane: while one is pooled, the next already runs.
            for _ in 0..<profile.lanes * 2 { lanes.append(try InferenceLane(model: model)) }
            self.lanes = lanes
        } catch {
            skw_ov_model_free(model)
            skw_ov_runtime_close(runtime)
            throw error
        }
    }

    /// Whether the model has an input of that name.
    func hasInput(_ name: String) -> Bool { skw_ov_model_has_input(model, name) == 1 }

    deinit {
        // Lanes point into the model: they go first.
        lanes.forEach { $0.close() }
        skw_ov_model_free(model)
        skw_ov_runtime_close(runtime)
    }

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

/// Runs a C call that reports failure through a message buffer.
func check(
    _ kind: EmbeddingError.Kind,
    _ prefix: String = "",
    _ call: (skw_ov_message) -> Int32
) throws(EmbeddingError) {
    var text = [CChar](repeating: 0, count: 1_024)
    let failed = text.withUnsafeMutableBufferPointer {
        call(skw_ov_message(text: $0.baseAddress, capacity: $0.count))
    }
    guard failed != 0 else { return }
    let message = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw EmbeddingError(kind, prefix + message)
}

private func withOptionalCString<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
    guard let text else { return body(nil) }
    return text.withCString(body)
}
