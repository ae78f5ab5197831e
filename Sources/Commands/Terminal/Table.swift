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
    /// What is too long for its line goes on below it, instead of being cut short: for what somebody has to copy.
    var wraps = false

    mutating func add(_ cells: [Cell]) {
        rows.append(cells)
    }

    /// One line a row where nothing wraps, none wider than the terminal unless a word alone is.
    func lines(in context: CommandContext) -> [String] {
        let widths = widths
        if wraps, let width = context.width { return wrapped(to: width, widths, in: context) }
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

    private var widths: [Int] {
        let count = rows.map(\.count).max() ?? 0
        return (0..<count).map { column in
            rows.map { column < $0.count ? $0[column].text.columns : 0 }.max() ?? 0
        }
    }

    /// The last column broken into lines; where it is too narrow for its longest word, below the others.
    private func wrapped(to width: Int, _ widths: [Int], in context: CommandContext) -> [String] {
        let start = widths.dropLast().reduce(indent) { $0 + $1 + 2 }
        let longest = rows.compactMap(\.last).flatMap { $0.text.split(separator: " ") }.map { String($0).columns }.max()
        let isBelow = start + (longest ?? 0) > width && widths.count > 1
        let margin = isBelow ? indent + 2 : start
        let (begin, blank) = (String(repeating: " ", count: indent), String(repeating: " ", count: margin))
        return rows.flatMap { row -> [String] in
            let head = row.dropLast()
            let pieces = (row.last?.text ?? "").wrapped(to: max(1, width - margin))
                .map { (row.last?.style ?? .plain).on($0, in: context) }
            if isBelow {
                let names = head.map(\.text).filter { !$0.isEmpty }.joined(separator: "  ")
                let style = head.first?.style ?? .plain
                let above = names.isEmpty ? [] : names.wrapped(to: max(1, width - indent))
                return above.map { begin + style.on($0, in: context) } + pieces.map { blank + $0 }
            }
            let names = zip(head, widths).map { cell, width in
                cell.style.on(cell.text, in: context) + String(repeating: " ", count: width - cell.text.columns) + "  "
            }
            return [begin + names.joined() + pieces[0]] + pieces.dropFirst().map { blank + $0 }
        }
    }

    func print(in context: CommandContext) {
        for line in lines(in: context) { context.output.line(line) }
    }
}

extension CommandContext {
    /// Pieces beside each other; below each other where the terminal is too narrow.
    func print(beside cells: [Table.Cell]) {
        let length = cells.map(\.text).joined(separator: "  ").columns
        guard let width, length > width else {
            return output.line(cells.map { $0.style.on($0.text, in: self) }.joined(separator: "  "))
        }
        for cell in cells {
            for line in cell.text.wrapped(to: width) { output.line(cell.style.on(line, in: self)) }
        }
    }
}
