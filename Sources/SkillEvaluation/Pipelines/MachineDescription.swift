import Glibc
package import JSONSchema

/// What figures of time depend on; nothing that names a person or a path.
package enum MachineDescription {
    /// The processor, the build, and how times were taken, in the order of the report.
    package static func environment(version: String, workbench: EvaluationWorkbench) -> JSONObject {
        [
            "program": .string("skillweaver \(version), \(build) build"),
            "encoder": .string(workbench.encoder),
            "processor": .string(processor), "cores": JSONValue(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
            "latency": .string(
                "a sample of up to \(LatencyProbe.sampleSize) requests of a set, one after the other in a warm process"
            ),
            "quality": .string("requests in batches of \(ResumedRun.chunkSize)"),
        ]
    }

    package static var build: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    /// The processor's own name.
    package static var processor: String {
        guard let file = fopen("/proc/cpuinfo", "re") else { return "unknown" }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 1_024)
        while fgets(&buffer, Int32(buffer.count), file) != nil {
            let line = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard line.hasPrefix("model name"), let colon = line.firstIndex(of: ":") else { continue }
            return line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return "unknown"
    }
}
