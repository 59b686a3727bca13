import Glibc
import Subprocesses
import Synchronization
import Testing

/// A connection to a port of this machine that sends and closes as it is told.
final class LoopbackClient: Sendable {
    private let descriptor: Mutex<Int32>

    init(port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        self.descriptor = Mutex(descriptor)
        try #require(result == 0)
    }

    deinit { close() }

    func send(_ bytes: [UInt8]) {
        let descriptor = descriptor.withLock(\.self)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// False once the other side has closed.
    var isOpen: Bool {
        var byte: UInt8 = 0
        let flags = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)
        let count = recv(descriptor.withLock(\.self), &byte, 1, flags)
        return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
    }

    /// Reads until a text came; false where the connection ends before.
    func read(until text: String) async -> Bool {
        let descriptor = descriptor.withLock(\.self)
        return await withCheckedContinuation { continuation in
            let code = startThread {
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4 << 10)
                while !String(decoding: all, as: UTF8.self).contains(text) {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    guard count > 0 else { return continuation.resume(returning: false) }
                    all += buffer[..<count]
                }
                continuation.resume(returning: true)
            }
            if code != 0 { continuation.resume(returning: false) }
        }
    }

    /// Everything up to the end.
    func readAll() async -> [UInt8] {
        let descriptor = descriptor.withLock(\.self)
        return await withCheckedContinuation { continuation in
            let code = startThread {
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 64 << 10)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    guard count > 0 else { break }
                    all += buffer[..<count]
                }
                continuation.resume(returning: all)
            }
            if code != 0 { continuation.resume(returning: []) }
        }
    }

    func endSending() { _ = shutdown(descriptor.withLock(\.self), Int32(SHUT_WR)) }

    func close() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { _ = Glibc.close(descriptor) }
            descriptor = -1
        }
    }
}
