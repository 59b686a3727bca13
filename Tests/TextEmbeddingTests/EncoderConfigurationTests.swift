import TestSupport
import Testing

@testable import TextEmbedding

@Suite("An encoder's configuration")
struct EncoderConfigurationTests {
    @Test("is read from the files of the model folder")
    func complete() async throws {
        try await withTemporaryFolder { folder in
            try write(
                #"{"hidden_size": 8, "max_position_embeddings": 64, "_name_or_path": "org/tiny"}"#,
                to: "\(folder)/encoder/config.json"
            )
            try write(#"{"max_seq_length": 32}"#, to: "\(folder)/encoder/sentence_bert_config.json")
            try write(#"{"pooling_mode_cls_token": true}"#, to: "\(folder)/encoder/1_Pooling/config.json")
            try write(
                #"{"prompts": {"query": "query: ", "passage": "passage: "}}"#,
                to: "\(folder)/encoder/config_sentence_transformers.json"
            )
            let configuration = try EncoderConfiguration(folder: "\(folder)/encoder")
            #expect(configuration.name == "tiny")
            #expect(configuration.dimensions == 8)
            #expect(configuration.maximumTokens == 32)
            #expect(configuration.pooling == .firstToken)
            #expect(configuration.queryPrefix == "query: ")
            #expect(configuration.documentPrefix == "passage: ")
        }
    }

    @Test("has the defaults of sentence-transformers where a file says nothing")
    func defaults() async throws {
        try await withTemporaryFolder { folder in
            try write(#"{"hidden_size": 384}"#, to: "\(folder)/my-model/config.json")
            let configuration = try EncoderConfiguration(folder: "\(folder)/my-model")
            #expect(configuration.name == "my-model")
            #expect(configuration.maximumTokens == 512)
            #expect(configuration.pooling == .mean)
            #expect(configuration.queryPrefix.isEmpty)
        }
    }

    @Test(
        "cannot be read from a folder that is none, is damaged, or wants another pooling",
        arguments: [
            nil, "{", "{}", #"{"hidden_size": "many"}"#,
        ]
    )
    func unusable(config: String?) async throws {
        try await withTemporaryFolder { folder in
            if let config { try write(config, to: "\(folder)/config.json") }
            let error = #expect(throws: EmbeddingError.self) { try EncoderConfiguration(folder: folder) }
            #expect(error?.kind == .modelUnusable)
            #expect(error?.message.contains("config.json") == true)
        }
    }
}
