package import JSONSchema

/// What a search of a very large library takes, and how much of the right answer it finds.
package struct ScaleFigures: Sendable, Hashable {
    package var tools: Int
    package var entries: Int
    package var indexKind: String
    /// Seconds the library took to be made, vectors not counted; nil where it was there already.
    package var buildSeconds: Double?
    /// Seconds to open it.
    package var openSeconds: Double
    package var indexBytes: Int
    package var catalogBytes: Int
    /// Resident memory of the process that serves the library, in bytes.
    package var residentBytes: Int
    /// The most it was, updates included; of a process that did not make the library.
    package var peakResidentBytes: Int?
    package var queries: Int
    /// Share of the exact ten nearest entries that are among the ten found.
    package var recall: Double
    /// Milliseconds of one search of the vectors, at one thread.
    package var vectorSearch: Latency
    /// Milliseconds of the whole retrieval of one sub-task: encoding, vectors, words, fusion, second stage.
    package var retrieval: Latency
    /// Seconds from the beginning of an update of `updatedTools` tools until a router finds them.
    package var updateSeconds: Double
    /// Of those, the seconds the encoder took.
    package var updateEncodingSeconds: Double
    package var updatedTools: Int

    package struct Latency: Sendable, Hashable {
        package var median: Double
        package var p99: Double

        init(_ milliseconds: [Double]) {
            let percentiles = Percentiles(milliseconds)
            median = percentiles[50] ?? 0
            p99 = percentiles[99] ?? 0
        }

        var json: JSONValue {
            .object([
                "p50_ms": .number(Rounding.round(median, places: 2)), "p99_ms": .number(Rounding.round(p99, places: 2)),
            ])
        }
    }

    package var json: JSONValue {
        .object([
            "tools": JSONValue(tools), "entries": JSONValue(entries), "index": .string(indexKind),
            "build_s": buildSeconds.map { .number(Rounding.round($0, places: 2)) } ?? .null,
            "open_s": .number(Rounding.round(openSeconds, places: 2)),
            "index_bytes": JSONValue(indexBytes), "catalog_bytes": JSONValue(catalogBytes),
            "resident_bytes": JSONValue(residentBytes),
            "peak_resident_bytes": peakResidentBytes.map { JSONValue($0) } ?? .null, "queries": JSONValue(queries),
            "recall_at_10": .number(Rounding.round(recall, places: 4)), "vector_search": vectorSearch.json,
            "retrieval": retrieval.json, "update_tools": JSONValue(updatedTools),
            "update_visible_s": .number(Rounding.round(updateSeconds, places: 2)),
            "update_encoding_s": .number(Rounding.round(updateEncodingSeconds, places: 2)),
        ])
    }

    /// Label and value, line by line.
    package var lines: [(String, String)] {
        func mebibytes(_ bytes: Int) -> String { "\(bytes / 1_048_576) MiB" }
        func spread(_ latency: Latency) -> String {
            "p50 \(Rounding.round(latency.median, places: 2)) ms, p99 \(Rounding.round(latency.p99, places: 2)) ms"
        }
        return [
            ("Library", "\(tools) tools, \(entries) vectors, index \(indexKind)"),
            ("On the disk", "\(mebibytes(indexBytes)) index, \(mebibytes(catalogBytes)) catalog"),
            ("Build", buildSeconds.map { "\(Rounding.round($0, places: 2)) s" } ?? "was there already"),
            ("Open", "\(Rounding.round(openSeconds, places: 2)) s"),
            ("Resident", mebibytes(residentBytes) + (peakResidentBytes.map { ", at most \(mebibytes($0))" } ?? "")),
            ("Recall@10", "\(Rounding.round(recall, places: 4)) against exact search, \(queries) queries"),
            ("Vector search", spread(vectorSearch)),
            ("Retrieval", spread(retrieval)),
            (
                "Update of \(updatedTools)",
                "visible after \(Rounding.round(updateSeconds, places: 2)) s, of which \(Rounding.round(updateEncodingSeconds, places: 2)) s encoding"
            ),
        ]
    }
}
