import HTTPTransport
import JSONSchema
import Storage

/// Results of benchmarks that come with the program, and their plots.
enum BenchmarkEndpoints {
    /// - Parameter folder: holds `README.md`, `results/results.json` and `plots`; nil where none are installed.
    static func all(_ folder: String?) -> [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/v1/benchmarks",
                operation: "getBenchmarks",
                summary: "The report of the benchmarks, and names of its plots.",
                tag: "benchmarks",
                scope: .library,
                answers: [.init(status: 200, summary: "The report.", shape: .benchmarks)],
                problems: [404]
            ) { _ in
                guard let folder, let report = text(of: "\(folder)/README.md") else { throw missing }
                let results = text(of: "\(folder)/results/results.json").flatMap { try? JSONParser.parse($0) }
                return .json([
                    "environment": results?["environment"]?.objectValue.map(JSONValue.object) ?? [:],
                    "plots": .array(
                        plots(in: folder).map { ["name": .string($0), "title": .string(title(of: $0))] }
                    ),
                    "report": .string(report),
                ])
            },
            Endpoint(
                method: .get,
                path: "/v1/benchmarks/plots/{plot}",
                operation: "getBenchmarkPlot",
                summary: "One plot, as SVG.",
                tag: "benchmarks",
                scope: .library,
                answers: [.init(status: 200, summary: "The drawing.", mediaType: "image/svg+xml")],
                problems: [404]
            ) { call in
                let name = call.place("plot")
                // Only a name that the folder lists is opened, so that none can lead elsewhere.
                guard let folder, plots(in: folder).contains(name), let text = text(of: "\(folder)/plots/\(name)")
                else {
                    throw missing
                }
                return .text(
                    text,
                    "image/svg+xml",
                    headers: [
                        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
                        "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache",
                    ]
                )
            },
        ]
    }

    private static let missing = ServiceProblem(404, "no-benchmarks", "there is no such result in this installation")

    private static func plots(in folder: String) -> [String] {
        FileSystem.contents(of: "\(folder)/plots").filter { $0.hasSuffix(".svg") }
    }

    private static func text(of file: String) -> String? {
        (try? FileSystem.read(file, limit: 16 << 20)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// `recall-at-k.svg` as `Recall at k`.
    private static func title(of file: String) -> String {
        let words = file.dropLast(4).replacing("-", with: " ").replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
