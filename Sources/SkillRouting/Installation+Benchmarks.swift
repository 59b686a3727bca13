import Storage

extension Installation {
    /// Folder of the benchmarks' report, results and plots; nil where they are not installed.
    package var benchmarks: String? {
        searched.flatMap { root in ["\(root)/share/skillweaver/benchmarks", "\(root)/Benchmarks"] }
            .first { FileSystem.exists("\($0)/results/results.json") }
    }
}
