/// A line across the page with what stands on it: what moves to the next page as a whole.
struct Row {
    /// A line of text and its place in the row.
    struct Fragment {
        var line: SetLine
        /// From the left edge of the page, in points.
        var x: Double
        /// From the top of the row, in points.
        var baseline: Double
    }

    enum Mark {
        /// Consecutive rows share one box.
        case boxed
        /// The row is a rule.
        case rule
    }

    var fragments: [Fragment] = []
    /// Points.
    var height: Double
    /// Points; not at the top of a page.
    var spaceBefore = 0.0
    /// The end of a page must not come between this row and the next.
    var staysWithNext = false
    var mark: Mark?

    static func rule(thickness: Double, spaceBefore: Double) -> Row {
        Row(height: thickness, spaceBefore: spaceBefore, staysWithNext: true, mark: .rule)
    }

    /// What has to be free above and below it at the ends of a page.
    var inset: Double { mark == .boxed ? Sheet.padding : 0 }
}

/// A page as it is to be drawn.
struct Page {
    /// A row and its top, in points from the page's.
    var rows: [(row: Row, y: Double)] = []
    /// A picture and its top.
    var picture: (dots: Dots, y: Double)?
}
