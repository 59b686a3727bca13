import Subprocesses
public import Testing

/// A model of text pairs, made in a test, whose scores can be worked out by hand.
///
/// The values of a pair's words are summed, those of the second text ten times; `[CLS]` counts 0.25 and each `[SEP]` 0.125.
public enum TinyCrossEncoder {
    public static let absence: Comment = "needs OpenVINO and its Python; run 'Scripts/setup'"
    public static let canBeMade = Installed.modelPython != nil && Installed.runtime != nil

    /// What the model looks like; see the script.
    public enum Kind: String, CaseIterable, Sendable {
        case one, flat, two, untyped, three, states, unmasked, infinite
    }

    /// Writes the model into a folder, which is made.
    public static func make(
        in folder: String,
        kind: Kind = .one,
        words: KeyValuePairs<String, Double>
    ) async throws {
        let script = PackageRoot.path("Tests/TestSupport/Models/tiny_cross_encoder.py")
        let python = Subprocess(
            executable: Installed.modelPython ?? "python3",
            arguments: [script, folder, kind.rawValue] + words.map { "\($0.key)=\($0.value)" }
        )
        _ = try await python.run().checked("tiny_cross_encoder.py")
    }
}
