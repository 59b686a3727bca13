import Testing

@testable import CommandLineInterface

@Suite("The progress bar")
struct ProgressBarTests {
    struct Frame: Sendable, CustomTestStringConvertible {
        let done: Int
        let total: Int?
        let time: Duration
        let columns: Int
        let line: String
        var testDescription: String { line }

        init(_ done: Int, of total: Int?, at time: Duration, columns: Int, _ line: String) {
            self.done = done
            self.total = total
            self.time = time
            self.columns = columns
            self.line = line
        }
    }

    static let frames: [Frame] = [
        Frame(0, of: 10, at: .zero, columns: 40, "Embed  [>                    ]  0 of 10"),
        Frame(5, of: 10, at: .milliseconds(500), columns: 40, "Embed  [==========>          ]  5 of 10"),
        Frame(5, of: 10, at: .seconds(2), columns: 60, "Embed  [===========>           ]  5 of 10  2.5/s  0:02 left"),
        Frame(10, of: 10, at: .seconds(2), columns: 60, "Embed  [==============================]  10 of 10  5.0/s"),
        Frame(
            1130,
            of: 2209,
            at: .seconds(4),
            columns: 80,
            "Embed  [===============>              ]  1,130 of 2,209  282/s  0:04 left"
        ),
        Frame(1130, of: 2209, at: .seconds(4), columns: 50, "Embed  1,130 of 2,209  282/s  0:04 left"),
        Frame(1130, of: 2209, at: .seconds(4), columns: 30, "Embed  1,130 of 2,209  282/s…"),
        Frame(1, of: 1_000_000, at: .seconds(1), columns: 46, "Embed  1 of 1,000,000  1.0/s  99:59:59 left"),
        Frame(100, of: 1000, at: .seconds(500), columns: 46, "Embed  100 of 1,000  0.2/s  1:15:00 left"),
        Frame(1234, of: nil, at: .seconds(10), columns: 80, "Embed  1,234  123/s"),
        Frame(0, of: 0, at: .seconds(10), columns: 80, "Embed  0 of 0"),
        Frame(12, of: 10, at: .seconds(3), columns: 40, "Embed  [=============]  12 of 10  4.0/s"),
        Frame(5, of: 10, at: .zero, columns: 0, ""),
    ]

    @Test("shows how far the work is, how fast it goes and how long it takes", arguments: frames)
    func line(frame: Frame) {
        let bar = ProgressBar("Embed", total: frame.total)
        let line = bar.line(done: frame.done, at: frame.time, columns: frame.columns)
        #expect(line == frame.line)
        #expect(line.displayWidth < max(frame.columns, 1))
    }

    @Test("is drawn at once, then ten times a second, and for the last unit")
    func redrawing() {
        var bar = ProgressBar("Embed", total: 1000)
        let drawn = (0...1000).filter { bar.advance(to: $0, at: .milliseconds($0), columns: 80) != nil }
        #expect(drawn == [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
        #expect(bar.advance(to: 1000, at: .milliseconds(1001), columns: 80) != nil)
    }

    @Test("does not let a label command the terminal")
    func hostileLabel() {
        let line = ProgressBar("\u{1B}[2J表\r").line(done: 1, at: .zero, columns: 80)
        #expect(line == "\u{FFFD}[2J表\u{FFFD}  1")
    }
}
