package import SkillCatalog

/// A library that can be searched: files on this machine, or tables of a database that many routers share.
///
/// An entry is a skill as a whole or one of its tools; both are found in one space. A value stands for one generation of
/// its library and answers from that generation as long as it lives.
///
/// Contract, held by one test suite: a shortlist is ordered by the weighted z-scores, holds each entry at most once and
/// only entries that pass the filter, and is as long as `pool` wherever that many pass it; a number that is unknown is
/// left out of an answer, not an error.
package protocol SearchableLibrary: Sendable {
    /// What the library holds, and what it was made with.
    var summary: LibrarySummary { get }

    /// The first stage: for each query the `pool` entries that words and vectors put first.
    func shortlist(
        _ queries: [RetrievalQuery],
        pool: Int,
        filter: SkillFilter,
        weights: FirstStageWeights
    ) async throws -> [Shortlist]

    /// What the first stage says about given entries, in the order of the numbers.
    func signals(of numbers: [Int64], for query: RetrievalQuery) async throws -> [ShortlistEntry]

    /// What each of a query's terms adds to the lexical similarity of one entry; terms it does not have are left out.
    func wordShares(of terms: [String], number: Int64) async throws -> [String: Double]

    /// What the entries of these numbers stand for, with their texts.
    func entries(_ numbers: [Int64]) async throws -> [Int64: IndexEntry]

    /// Numbers of all entries of one skill, its own first; empty for an id that is not in the library.
    func entryNumbers(ofSkill id: String) async throws -> [Int64]

    /// The stored token states of entries, for late interaction; empty where the encoder gives none.
    func tokenStates(of numbers: [Int64]) async throws -> [Int64: TextEncoding]

    /// The same with what each token weighs; see `tokenProjection` for how they were made.
    func weighedStates(of numbers: [Int64]) async throws -> [Int64: WeighedStates]

    /// How the stored token states were made of the encoder's; nil where there are none.
    func tokenProjection() async throws -> TokenProjection?

    /// In how many entries these pieces of the encoder's vocabulary stand.
    func pieceFrequencies(of pieces: [Int32]) async throws -> PieceFrequencies

    /// What was learned from the library as a whole under that name, such as the projection of token states.
    func part(_ name: LibraryPart) async throws -> [UInt8]?

    func skill(_ id: String) async throws -> Skill?

    /// The skills of these ids that exist.
    func skills(_ ids: [String]) async throws -> [String: Skill]

    /// Every skill by id and name, in the order they were indexed.
    func skillNames() async throws -> [(id: String, name: String)]
}

/// How common word pieces are in a library.
package struct PieceFrequencies: Sendable, Hashable {
    package var entries: Int
    /// Entries in which a piece stands; a missing one stands in none.
    package var counts: [Int32: Int]

    package init(entries: Int, counts: [Int32: Int]) {
        self.entries = entries
        self.counts = counts
    }

    /// How much a piece says: the rarer, the more.
    func weight(_ piece: Int32) -> Float {
        Float(TermWeight.inverseFrequency(of: counts[piece] ?? 0, among: entries))
    }
}
