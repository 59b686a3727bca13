import Storage

/// Where the parts of a model folder are.
enum ModelFiles {
    /// The model itself: OpenVINO's own format, else ONNX.
    static func model(in folder: String) throws(EmbeddingError) -> String {
        for name in ["openvino_model.xml", "model.onnx", "onnx/model.onnx"] where FileSystem.exists("\(folder)/\(name)")
        {
            return "\(folder)/\(name)"
        }
        throw EmbeddingError(
            .modelUnusable,
            "\(folder) holds neither openvino_model.xml nor model.onnx; of the encoder that comes with the program, "
                + "run 'make setup'"
        )
    }

    /// The model that queries go through, packed and with weights of 8 bits; nil where the folder has none.
    static func queryModel(in folder: String) -> String? {
        let path = "\(folder)/openvino_query_model.xml"
        return FileSystem.exists(path) ? path : nil
    }

    /// The file with its weights.
    static func weights(in folder: String) throws(EmbeddingError) -> String {
        let model = try model(in: folder)
        return model.hasSuffix(".xml") ? String(model.dropLast(4)) + ".bin" : model
    }
}
