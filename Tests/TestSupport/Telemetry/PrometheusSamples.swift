/// Prometheus' text format 0.0.4, read strictly: every line must be one the format knows, in an order it allows.
package struct PrometheusSamples: Sendable {
    package struct Sample: Sendable, Hashable {
        package let name: String
        package let labels: [String: String]
        package let value: Double
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package private(set) var samples: [Sample] = []
    package private(set) var types: [String: String] = [:]
    package private(set) var help: [String: String] = [:]
    private var closed: Set<String> = []
    private var family: String?

    package init(_ text: String) throws {
        guard text.isEmpty || text.hasSuffix("\n") else { throw Failure(description: "no line feed at the end") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() { try read(String(line)) }
        try checkHistograms()
        guard Set(samples.map { [$0.name: $0.labels] }).count == samples.count else {
            throw Failure(description: "a series twice")
        }
    }

    package func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }?.value
    }

    private mutating func read(_ line: String) throws {
        if line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ") {
            let words = line.dropFirst(7).split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2, Self.isName(words[0], colon: true) else { throw Failure(description: line) }
            try enter(words[0])
            if line.hasPrefix("# HELP ") {
                guard help.updateValue(words[1], forKey: words[0]) == nil else { throw Failure(description: line) }
            } else {
                guard types.updateValue(words[1], forKey: words[0]) == nil,
                    ["counter", "gauge", "histogram", "summary", "untyped"].contains(words[1]),
                    !samples.contains(where: { $0.name == words[0] })
                else { throw Failure(description: line) }
            }
        } else if !line.hasPrefix("#"), !line.isEmpty {
            let sample = try Self.sample(line)
            let base = ["_bucket", "_sum", "_count"].first { sample.name.hasSuffix($0) }
                .map { String(sample.name.dropLast($0.count)) }
            let family = base.flatMap { types[$0] == "histogram" ? $0 : nil } ?? sample.name
            guard types[family] != nil else { throw Failure(description: "no type before \(line)") }
            try enter(family)
            samples.append(sample)
        }
    }

    /// Lines of one metric stand together.
    private mutating func enter(_ name: String) throws {
        guard name != family else { return }
        if let family { closed.insert(family) }
        guard !closed.contains(name) else { throw Failure(description: "\(name) in two places") }
        family = name
    }

    private static func sample(_ line: String) throws -> Sample {
        var rest = Substring(line)
        let name = String(rest.prefix { $0 != "{" && $0 != " " })
        guard isName(name, colon: true) else { throw Failure(description: line) }
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while rest.first != "}" {
                let label = String(rest.prefix { $0 != "=" })
                rest = rest.dropFirst(label.count)
                guard isName(label, colon: false), rest.hasPrefix("=\"") else { throw Failure(description: line) }
                rest = rest.dropFirst(2)
                var value = ""
                while let character = rest.popFirst(), character != "\"" {
                    guard character == "\\" else {
                        value.append(character)
                        continue
                    }
                    switch rest.popFirst() {
                    case "\\": value.append("\\")
                    case "\"": value.append("\"")
                    case "n": value.append("\n")
                    default: throw Failure(description: line)
                    }
                }
                guard labels.updateValue(value, forKey: label) == nil else { throw Failure(description: line) }
                if rest.first == "," { rest = rest.dropFirst() }
                guard !rest.isEmpty else { throw Failure(description: line) }
            }
            rest = rest.dropFirst()
        }
        guard rest.first == " " else { throw Failure(description: line) }
        let words = rest.dropFirst().split(separator: " ", omittingEmptySubsequences: false)
        let number = words.first.flatMap { $0 == "+Inf" ? Double.infinity : Double($0) }
        guard words.count == 1, let number else { throw Failure(description: line) }
        return Sample(name: name, labels: labels, value: number)
    }

    private func checkHistograms() throws {
        for (name, type) in types where type == "histogram" {
            var series: [[String: String]: [(bound: Double, count: Double)]] = [:]
            for sample in samples where sample.name == name + "_bucket" {
                var labels = sample.labels
                guard let text = labels.removeValue(forKey: "le"),
                    let bound = text == "+Inf" ? .infinity : Double(text)
                else { throw Failure(description: "\(name) has a bucket without a bound") }
                series[labels, default: []].append((bound, sample.value))
            }
            for (labels, buckets) in series {
                let total = samples.first { $0.name == name + "_count" && $0.labels == labels }?.value
                let isOrdered = zip(buckets, buckets.dropFirst()).allSatisfy {
                    $0.bound < $1.bound && $0.count <= $1.count
                }
                guard isOrdered, buckets.last?.bound == .infinity, buckets.last?.count == total,
                    samples.contains(where: { $0.name == name + "_sum" && $0.labels == labels })
                else { throw Failure(description: "\(name) is no histogram") }
            }
        }
    }

    private static func isName(_ text: String, colon: Bool) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
                || colon && $0 == ":"
        }
    }
}
