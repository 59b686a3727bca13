/// A request with its segments and the roles that the rules give them.
package enum TaggedRequest {
    /// Splits and tags a request.
    package static func read(_ request: String, lexicon: Lexicon = .english) -> SegmentedRequest {
        var split = FineSplit.split(request, lexicon: lexicon)
        RoleTagger.tag(&split)
        return split
    }
}
