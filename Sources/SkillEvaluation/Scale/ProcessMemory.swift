import Glibc

/// Resident memory of this process, as the kernel counts it.
enum ProcessMemory {
    /// Bytes now; 0 where the kernel does not say.
    static var resident: Int { field("VmRSS") }

    /// The most it ever was, in bytes; 0 where the kernel does not say.
    static var peak: Int { field("VmHWM") }

    private static func field(_ name: String) -> Int {
        guard let file = fopen("/proc/self/status", "re") else { return 0 }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        while fgets(&buffer, Int32(buffer.count), file) != nil {
            let line = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard line.hasPrefix("\(name):") else { continue }
            return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
        }
        return 0
    }
}
