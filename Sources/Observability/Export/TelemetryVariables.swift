import HTTPTransport

/// Reads variables of OpenTelemetry one by one and notes what is wrong with them; an empty one counts as not set.
struct TelemetryVariables {
    let environment: (String) -> String?
    var warnings: [String] = []

    init(_ environment: @escaping (String) -> String?) { self.environment = environment }

    func text(_ name: String) -> String? {
        guard let text = environment(name).map(Self.trimmed), !text.isEmpty else { return nil }
        return text
    }

    /// True only for `true`, in any case.
    mutating func flag(_ name: String) -> Bool {
        guard let text = text(name)?.lowercased() else { return false }
        if text != "true", text != "false" { warn(name, text, "is neither true nor false") }
        return text == "true"
    }

    /// A whole number of at least 1.
    mutating func count(_ name: String, upTo maximum: Int) -> Int? {
        guard let text = text(name) else { return nil }
        guard let count = Int(text), (1...maximum).contains(count) else {
            warn(name, text, "is no whole number from 1 to \(maximum)")
            return nil
        }
        return count
    }

    /// Milliseconds, as all durations of these variables are.
    mutating func duration(_ name: String) -> Duration? {
        count(name, upTo: 86_400_000).map { .milliseconds($0) }
    }

    /// `key=value` between commas, both percent-encoded; nil where the variable is not set or broken.
    mutating func pairs(_ name: String) -> [(String, String)]? {
        guard let text = text(name) else { return nil }
        var pairs: [(String, String)] = []
        for part in text.split(separator: ",") {
            let part = Self.trimmed(String(part))
            guard !part.isEmpty else { continue }
            guard let sign = part.firstIndex(of: "="),
                let key = PercentEncoding.decoded(part.utf8[..<sign]).map(Self.trimmed), !key.isEmpty,
                let value = PercentEncoding.decoded(part.utf8[part.utf8.index(after: sign)...]).map(Self.trimmed)
            else {
                warnings.append("\(name) is not used: it is no list of key=value between commas")
                return nil
            }
            pairs.append((key, value))
        }
        return pairs
    }

    mutating func sampler() -> Sampler {
        guard let name = text("OTEL_TRACES_SAMPLER")?.lowercased() else { return Sampler() }
        let follows = name.hasPrefix("parentbased_")
        switch follows ? String(name.dropFirst("parentbased_".count)) : name {
        case "always_on": return Sampler(.always, followsParent: follows)
        case "always_off": return Sampler(.never, followsParent: follows)
        case "traceidratio":
            let argument = text("OTEL_TRACES_SAMPLER_ARG")
            if let argument, !(Double(argument).map { (0...1).contains($0) } ?? false) {
                warn("OTEL_TRACES_SAMPLER_ARG", argument, "is no number from 0 to 1")
                return Sampler(.always, followsParent: follows)
            }
            return Sampler(.share(argument.flatMap(Double.init) ?? 1), followsParent: follows)
        default:
            warn("OTEL_TRACES_SAMPLER", name, "is no sampler known here")
            return Sampler()
        }
    }

    /// Where one kind of telemetry goes: its own address as it stands, or the common one with `path` added.
    mutating func target(_ signal: String, path: String, otherTimeout: Duration?) -> TelemetryConfiguration.Target? {
        let exporter = text("OTEL_\(signal)_EXPORTER")?.lowercased()
        if exporter == "none" { return nil }
        if let exporter, exporter != "otlp" {
            warn("OTEL_\(signal)_EXPORTER", exporter, "is no exporter known here; there are otlp and none")
        }
        let own = "OTEL_EXPORTER_OTLP_\(signal)_ENDPOINT"
        let common = "OTEL_EXPORTER_OTLP_ENDPOINT"
        let url: HTTPURL
        if let text = text(own) {
            guard let read = address(own, text) else { return nil }
            url = read
        } else if let text = text(common) {
            guard let read = address(common, text) else { return nil }
            url = read.appending(path: path)
        } else if exporter == "otlp", let read = address(common, "http://localhost:4318") {
            url = read.appending(path: path)
        } else {
            return nil
        }
        var target = TelemetryConfiguration.Target(url: url)
        target.timeout =
            duration("OTEL_EXPORTER_OTLP_\(signal)_TIMEOUT") ?? duration("OTEL_EXPORTER_OTLP_TIMEOUT") ?? otherTimeout
            ?? target.timeout
        for name in ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_\(signal)_HEADERS"] {
            for (key, value) in pairs(name) ?? [] {
                let headers: HTTPHeaders = [key: value]
                guard headers.fault == nil else {
                    warnings.append("a header of \(name) is not used: \(headers.fault ?? "")")
                    continue
                }
                target.headers[key] = value
            }
        }
        return target
    }

    private mutating func address(_ name: String, _ text: String) -> HTTPURL? {
        do throws(HTTPError) { return try HTTPURL(text) } catch {
            let warning = "\(name) is not used: \(error.detail)"
            if !warnings.contains(warning) { warnings.append(warning) }
            return nil
        }
    }

    private mutating func warn(_ name: String, _ value: String, _ what: String) {
        let warning = "\(name) is not used: \(value.excerpt) \(what)"
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
