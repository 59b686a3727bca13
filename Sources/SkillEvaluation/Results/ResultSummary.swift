package import JSONSchema

/// What a run measured.
package enum BenchmarkKind: String, Sendable, Hashable, CaseIterable {
    /// Compositional routing by category on CompSkillBench.
    case compskill
    /// Requests with gold steps, tools and edges, in the common form.
    case tasks
    /// Texts and the skills that fit them.
    case retrieval
}

/// One run of one system on one set, reduced to its figures.
package struct ResultSummary: Sendable, Hashable {
    /// Which run this is; two summaries with one identity are the same run made twice.
    package struct Identity: Sendable, Hashable {
        package let benchmark: BenchmarkKind
        /// Short name of the set, for example the stem of its file.
        package let dataSet: String
        package let system: BenchmarkSystem
        /// What sets it apart from other runs of the system, in a few words; empty for the standard settings.
        package let variant: String

        package init(_ benchmark: BenchmarkKind, dataSet: String, system: BenchmarkSystem, variant: String = "") {
            self.benchmark = benchmark
            self.dataSet = dataSet
            self.system = system
            self.variant = variant
        }
    }

    package let identity: Identity
    package let configuration: RunConfiguration
    /// Requests without an answer; they count as misses.
    package let failureCount: Int
    /// Counts of what was odd about the data, by kind.
    package let data: JSONObject
    /// In the order of reports; the first holds every request.
    package let slices: [Slice]

    package struct Slice: Sendable, Hashable {
        package let slice: RecordSlice
        package let summary: SliceSummary
    }

    /// The figures of a slice; nil where the run has no such requests.
    package subscript(slice: RecordSlice) -> SliceSummary? {
        slices.first { $0.slice == slice }?.summary
    }

    init(
        identity: Identity,
        configuration: RunConfiguration,
        failureCount: Int,
        data: JSONObject,
        slices: [Slice]
    ) {
        self.identity = identity
        self.configuration = configuration
        self.failureCount = failureCount
        self.data = data
        self.slices = slices
    }

    /// Reduces the records of a run to figures with intervals.
    package init(
        _ identity: Identity,
        configuration: RunConfiguration,
        records: [QueryRecord],
        data: DataReport,
        bootstrap: Bootstrap = .standard
    ) {
        let all = SliceSummary(of: records, bootstrap: bootstrap)
        self.init(
            identity: identity,
            configuration: configuration,
            failureCount: records.count { $0.failure != nil },
            data: data.json,
            slices: RecordSlice.present(in: records).map { slice in
                let chosen = records.filter(slice.contains)
                // A slice that holds everything needs no resampling of its own.
                let isAll = chosen.count == records.count
                return Slice(slice: slice, summary: isAll ? all : SliceSummary(of: chosen, bootstrap: bootstrap))
            }
        )
    }
}
