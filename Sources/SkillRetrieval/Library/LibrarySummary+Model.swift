import SkillCatalog
import TextEmbedding

extension LibrarySummary {
    /// Makes sure that a library was made with a model, by the rules of this version.
    ///
    /// - Parameters:
    ///   - fingerprint: of model and rules together.
    ///   - place: where the library is, for messages.
    func check(against model: EmbeddingModel, fingerprint: String, place: String) throws(LibraryError) {
        guard modelFingerprint != fingerprint else { return }
        let again = "run 'skillweaver index' again for the library '\(name)'"
        guard modelFingerprint.hasPrefix(model.fingerprint) else {
            throw LibraryError(
                .otherModel,
                "\(place) was indexed with \(modelName) (\(modelFingerprint.prefix(8))), "
                    + "but the encoder in use is \(model.name) (\(model.fingerprint.prefix(8))); \(again)"
            )
        }
        throw LibraryError(
            .otherModel,
            "\(place) was indexed by another version of skillweaver, which read skills differently; \(again)"
        )
    }
}
