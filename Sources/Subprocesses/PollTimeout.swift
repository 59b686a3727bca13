/// The time until a moment as `poll` takes it: milliseconds, rounded up, because waking early would only mean to sleep again.
func pollTimeout(until moment: ContinuousClock.Instant, _ clock: ContinuousClock) -> Int32 {
    let (seconds, attoseconds) = max(.zero, moment - clock.now).components
    let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
    let total = milliseconds.overflow ? Int64.max - 1 : milliseconds.partialValue
    return Int32(clamping: total.addingReportingOverflow(attoseconds / 1_000_000_000_000_000 + 1).partialValue)
}
