/// The text of a progress line, and when to draw it again. Time comes in as durations since the work began.
package struct ProgressBar: Sendable {
    /// Shortest time between two drawings.
    static let interval = Duration.milliseconds(100)
    /// Rate and remaining time are guesses before this.
    static let settlingTime = Duration.seconds(1)

    private let label: String
    private let total: Int?
    private var lastDrawing: Duration?

    /// Declares a bar for so many units of work, or for an unknown number of them.
    package init(_ label: String, total: Int? = nil) {
        self.label = label.printable
        self.total = total
    }

    /// The line to show now, or nil when the last drawing was just before; the last unit is always drawn.
    package mutating func advance(to done: Int, at time: Duration, columns: Int) -> String? {
        if let lastDrawing, time - lastDrawing < Self.interval, done != total { return nil }
        lastDrawing = time
        return line(done: done, at: time, columns: columns)
    }

    /// The line for a state of the work, never wider than the terminal.
    ///
    ///     Embedding  [=======>      ]  1,130 of 2,209  310/s  0:04 left
    func line(done: Int, at time: Duration, columns: Int) -> String {
        var parts = [grouped(done) + (total.map { " of \(grouped($0))" } ?? "")]
        if time >= Self.settlingTime, done > 0 {
            let rate = Double(done) / seconds(time)
            parts.append(rate >= 10 ? "\(grouped(Int(rate)))/s" : "\(tenths(rate))/s")
            if let total, total > done { parts.append("\(clock(Double(total - done) / rate)) left") }
        }
        let text = parts.joined(separator: "  ")
        // The last column stays free, since some terminals begin a new line after it.
        let width = columns - 1
        let barWidth = min(30, width - label.displayWidth - text.displayWidth - 6)
        if let total, total > 0, barWidth >= 8 {
            let filled = min(barWidth, Int(Double(barWidth) * Double(done) / Double(total)))
            return "\(label)  [\(bar(filled: filled, width: barWidth))]  \(text)"
        }
        return "\(label)  \(text)".truncated(toColumns: width)
    }

    private func bar(filled: Int, width: Int) -> String {
        let line = String(repeating: "=", count: filled) + (filled < width ? ">" : "")
        return line.padded(toColumns: width)
    }

    private func seconds(_ time: Duration) -> Double { time / .seconds(1) }

    private func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digits[index])
        }
    }

    private func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// `m:ss`, or `h:mm:ss` from one hour on.
    private func clock(_ time: Double) -> String {
        let whole = time.isFinite ? Int(min(time, 359_999).rounded(.up)) : 0
        let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60)
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(seconds))" : "\(minutes):\(two(seconds))"
    }
}
