/// Rows of cells, each column as wide as its widest cell; the last column takes what is left.
struct Table {
    struct Cell {
        var text: String
        var style = Style.plain

        init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
        }
    }

    private(set) var rows: [[Cell]] = []
    var indent = 0
    /// Columns that hold numbers: set to the right.
    var rightAligned: Set<Int> = []

    mutating func add(_ cells: [Cell]) {
        rows.append(cells)
    }

    /// One line a row, none wider than the terminal.
    func lines(in context: CommandContext) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { column < $0.count ? $0[column].text.columns : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = String(repeating: " ", count: indent)
            var used = indent
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                var text = cell.text
                if isLast, let width = context.width { text = text.cut(to: max(8, width - used)) }
                let blanks = String(repeating: " ", count: max(0, widths[column] - text.columns))
                if rightAligned.contains(column) {
                    line += blanks + cell.style.on(text, in: context)
                } else {
                    line += cell.style.on(text, in: context) + (isLast ? "" : blanks)
                }
                if !isLast { line += "  " }
                used += widths[column] + 2
            }
            return line
        }
    }

    func print(in context: CommandContext) {
        for line in lines(in: context) { context.output.line(line) }
    }
}
