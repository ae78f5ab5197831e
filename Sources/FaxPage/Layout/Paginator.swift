/// Fills pages with rows, from top to bottom, as long as there are pages.
struct Paginator {
    private(set) var pages: [Page] = [Page()]
    /// Whether a row found no room any more.
    private(set) var isCut = false
    private let maximum: Int
    private var y = Sheet.top
    /// Rows that have to come on the same page as the next one.
    private var waiting: [Row] = []

    init(maximum: Int) { self.maximum = maximum }

    /// Adds a row below the others.
    ///
    /// - Returns: whether there is room for more.
    mutating func add(_ row: Row) -> Bool {
        guard !isCut else { return false }
        waiting.append(row)
        // More rows than this are no heading but a mistake.
        if !row.staysWithNext || waiting.count > 12 { placeWaiting() }
        return !isCut
    }

    /// Places what still waits for another row.
    mutating func finish() {
        // A rule with nothing below it is worth no page.
        let height = waiting.reduce(0) { $0 + $1.spaceBefore + $1.height }
        if waiting.allSatisfy({ $0.mark == .rule }), y + height > Sheet.bottom { waiting = [] }
        if !isCut { placeWaiting() }
    }

    /// Ends the last page with some rows, at its bottom; what stands in their way goes.
    mutating func end(with rows: [Row]) {
        let height = rows.reduce(0) { $0 + $1.height }
        var page = pages[pages.count - 1]
        var place = Sheet.bottom - height
        func isInTheWay(_ last: (row: Row, y: Double)) -> Bool {
            last.y + last.row.height + last.row.inset > place - Sheet.endGap || last.row.staysWithNext
        }
        while let last = page.rows.last, page.picture == nil, isInTheWay(last) { page.rows.removeLast() }
        page.rows.append((.rule(thickness: Sheet.thinRule, spaceBefore: 0), place - Sheet.endGap / 2))
        for row in rows {
            page.rows.append((row, place))
            place += row.height
        }
        pages[pages.count - 1] = page
    }

    /// A page of its own for a picture.
    mutating func add(_ picture: Dots, below rows: [Row]) {
        var page = Page()
        var y = Sheet.top
        for row in rows {
            page.rows.append((row, y))
            y += row.height
        }
        page.picture = (picture, y + Sheet.pictureGap)
        if pages.count == 1 && pages[0].rows.isEmpty { pages = [] }
        pages.append(page)
    }

    // MARK: Placing

    private mutating func placeWaiting() {
        defer { waiting = [] }
        let height = waiting.reduce(0) { $0 + $1.spaceBefore + $1.height } + (waiting.last?.inset ?? 0)
        if y + height > Sheet.bottom, !beginPage() { return }
        for row in waiting where !place(row) { return }
    }

    private mutating func place(_ row: Row) -> Bool {
        let isFirst = pages[pages.count - 1].rows.isEmpty
        var top = y + (isFirst ? row.inset : row.spaceBefore)
        if top + row.height + row.inset > Sheet.bottom {
            guard beginPage() else { return false }
            top = y + row.inset
        }
        pages[pages.count - 1].rows.append((row, top))
        y = top + row.height
        return true
    }

    private mutating func beginPage() -> Bool {
        if pages[pages.count - 1].rows.isEmpty { return true }
        guard pages.count < maximum else {
            isCut = true
            return false
        }
        pages.append(Page())
        y = Sheet.top
        return true
    }
}
