import Glibc

/// Where moments come from.
package struct TelemetryClock: Sendable {
    /// Nanoseconds since 1970.
    package var wall: @Sendable () -> UInt64
    /// Nanoseconds since some moment, never backwards.
    package var monotonic: @Sendable () -> UInt64

    package init(wall: @escaping @Sendable () -> UInt64, monotonic: @escaping @Sendable () -> UInt64) {
        self.wall = wall
        self.monotonic = monotonic
    }

    /// The clocks of the machine.
    package static let system = TelemetryClock(
        wall: { nanoseconds(CLOCK_REALTIME) },
        monotonic: { nanoseconds(CLOCK_MONOTONIC) }
    )

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
