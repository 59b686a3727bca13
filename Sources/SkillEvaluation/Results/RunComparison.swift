package import JSONSchema

/// Whether two runs on the same requests differ, metric by metric, by paired tests.
package struct RunComparison: Sendable, Hashable {
    /// One metric over the requests that are counted in it in both runs; differences are B − A.
    package struct Row: Sendable, Hashable {
        package let metric: Metric
        package let meanA: Double
        package let meanB: Double
        /// Mean difference with its bootstrap interval over pairs.
        package let difference: Estimate
        package let test: WilcoxonSignedRank
        /// Requests on which B is better, equally good, or worse, in the sense of the metric.
        package let better: Int
        package let equal: Int
        package let worse: Int
    }

    /// In the order of reports; only metrics that both runs have.
    package let rows: [Row]
    package let pairCount: Int
    /// Requests that only one of the runs has; they take no part.
    package let onlyInA: [String]
    package let onlyInB: [String]

    package init(
        _ runA: [QueryRecord],
        _ runB: [QueryRecord],
        bootstrap: Bootstrap = .standard,
        zeros: WilcoxonSignedRank.ZeroHandling = .wilcox
    ) {
        let recordsA = Dictionary(runA.map { ($0.id, $0) }) { first, _ in first }
        let recordsB = Dictionary(runB.map { ($0.id, $0) }) { first, _ in first }
        let common = recordsA.keys.filter { recordsB[$0] != nil }.sorted()
        pairCount = common.count
        onlyInA = recordsA.keys.filter { recordsB[$0] == nil }.sorted()
        onlyInB = recordsB.keys.filter { recordsA[$0] == nil }.sorted()
        rows = Metric.allCases.compactMap { metric in
            let pairs = common.compactMap { id -> Pair? in
                guard let first = recordsA[id]?.values[metric], let second = recordsB[id]?.values[metric] else {
                    return nil
                }
                return Pair(first: first, second: second)
            }
            return Row(metric, pairs, bootstrap: bootstrap, zeros: zeros)
        }
    }
}

private struct Pair {
    let first: Double
    let second: Double

    /// Rounded, because 2/3 − 1/3 and 1/3 − 0 must tie although they differ in the last bit.
    var difference: Double { Rounding.round(second - first, places: 12) }
}

extension RunComparison.Row {
    /// Nil without pairs.
    fileprivate init?(
        _ metric: Metric,
        _ pairs: [Pair],
        bootstrap: Bootstrap,
        zeros: WilcoxonSignedRank.ZeroHandling
    ) {
        let differences = pairs.map(\.difference)
        guard let difference = bootstrap.mean(of: differences) else { return nil }
        let count = Double(pairs.count)
        let higher = differences.count { $0 > 0 }
        let lower = differences.count { $0 < 0 }
        self.init(
            metric: metric,
            meanA: pairs.reduce(0) { $0 + $1.first } / count,
            meanB: pairs.reduce(0) { $0 + $1.second } / count,
            difference: difference,
            test: WilcoxonSignedRank(differences: differences, zeros: zeros),
            better: metric.isLowerBetter ? lower : higher,
            equal: pairs.count - higher - lower,
            worse: metric.isLowerBetter ? higher : lower
        )
    }
}

extension RunComparison {
    /// The comparison as JSON, figures rounded as in result files.
    package var json: JSONValue {
        [
            "pairs": JSONValue(pairCount), "only_in_a": JSONValue(onlyInA), "only_in_b": JSONValue(onlyInB),
            "metrics": .object(JSONObject(rows.map { ($0.metric.rawValue, $0.json) })),
        ]
    }
}

extension RunComparison.Row {
    fileprivate var json: JSONValue {
        [
            "a": Rounding.json(meanA, places: Rounding.metricPlaces),
            "b": Rounding.json(meanB, places: Rounding.metricPlaces),
            "difference": difference.json, "p_value": .number(test.pValue),
            "method": .string(test.method.rawValue),
            "rank_biserial": Rounding.json(test.rankBiserialCorrelation, places: Rounding.metricPlaces),
            "better": JSONValue(better), "equal": JSONValue(equal), "worse": JSONValue(worse),
        ]
    }
}
