/// What is learned from a library as a whole and kept with it.
package enum LibraryPart: String, Sendable, Hashable, CaseIterable {
    /// How token states are centred, projected and scaled.
    case tokenProjection
    /// Fusion weights that were fitted on accepted results.
    case fusionWeights
}
