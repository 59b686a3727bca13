extension [Candidate] {
    /// The candidates with the skill somebody picked put first.
    ///
    /// It gets the best score of the list where its own is lower, so that whoever weighs scores sees the preference too.
    /// A skill that is not among the candidates changes nothing.
    package func preferring(_ skill: String) -> [Candidate] {
        guard let place = firstIndex(where: { $0.skill == skill }) else { return self }
        var preferred = self
        var picked = preferred.remove(at: place)
        picked.score = self.reduce(picked.score) { $0 < $1.score ? $1.score : $0 }
        preferred.insert(picked, at: 0)
        return preferred
    }
}
