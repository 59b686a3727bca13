import CommandLineInterface
import SkillWeaver

/// A request with the words of each sub-task marked: underlined on a terminal, on a line below elsewhere.
///
///     Download the dataset, transform it
///     s1──────────────────  s2──────────
struct MarkedRequest {
    private let request: String
    private let subtasks: [Subtask]

    init(_ request: String, _ subtasks: [Subtask]) {
        self.request = request
        self.subtasks = subtasks
    }

    /// Lines of at most `width` columns.
    func lines(width: Int, style: TextStyler) -> [String] {
        wrapped(max(width, 20)).flatMap { row in
            style.isEnabled ? [styled(row, style), ids(row)] : [text(row), marks(row)]
        }.filter { !$0.isEmpty }
    }

    /// One character on its way to a line.
    private struct Cell {
        var text: String
        var columns: Int
        /// Position of the sub-task it belongs to.
        var owner: Int?
        var isFirstOfOwner: Bool
    }

    private var cells: [Cell] {
        var cells: [Cell] = []
        var offset = 0
        var begun: Set<Int> = []
        for character in request {
            let owner = subtasks.firstIndex { $0.span?.contains(offset) == true }
            offset += character.utf8.count
            let shown = character.isWhitespace ? " " : String(character).printable
            let isFirst = owner.map { begun.insert($0).inserted } ?? false
            cells.append(Cell(text: shown, columns: shown.displayWidth, owner: owner, isFirstOfOwner: isFirst))
        }
        return cells
    }

    /// The cells in rows, cut between words where there are any.
    private func wrapped(_ width: Int) -> [[Cell]] {
        var rows: [[Cell]] = []
        var row: [Cell] = []
        var columns = 0
        for cell in cells {
            if columns + cell.columns > width, !row.isEmpty {
                let cut = row.lastIndex { $0.text == " " }.map { $0 + 1 } ?? row.count
                rows.append(Array(row[..<cut]))
                row = Array(row[cut...])
                columns = row.reduce(0) { $0 + $1.columns }
            }
            row.append(cell)
            columns += cell.columns
        }
        return rows + [row]
    }

    private func text(_ row: [Cell]) -> String { Self.trimmed(row.map(\.text).joined()) }

    private static let colors: [TextStyle] = [.cyan, .green, .yellow, .magenta, .blue]

    /// Runs of one sub-task, underlined and in its colour.
    private func styled(_ row: [Cell], _ style: TextStyler) -> String {
        var line = ""
        var rest = row[...]
        while let first = rest.first {
            let run = rest.prefix { $0.owner == first.owner }
            rest = rest.dropFirst(run.count)
            let words = run.map(\.text).joined()
            line += first.owner.map { style(words, .underline, Self.colors[$0 % Self.colors.count]) } ?? words
        }
        return Self.trimmed(line)
    }

    /// The ids of the sub-tasks below where they begin.
    private func ids(_ row: [Cell]) -> String { below(row) { _ in " " } }

    /// The same with a line below all their words.
    private func marks(_ row: [Cell]) -> String { below(row) { $0.owner == nil ? " " : "─" } }

    private func below(_ row: [Cell], _ mark: (Cell) -> String) -> String {
        var line = ""
        var columns = 0
        var written = 0
        for cell in row {
            if cell.isFirstOfOwner, let owner = cell.owner {
                let id = subtasks[owner].id
                // An id that the one before still covers follows it.
                line += String(repeating: " ", count: max(0, columns - written)) + (written > columns ? " " : "") + id
                written = max(columns, written) + id.displayWidth + (written > columns ? 1 : 0)
            }
            columns += cell.columns
            while written < columns {
                line += mark(cell)
                written += 1
            }
        }
        return Self.trimmed(line)
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }
}
