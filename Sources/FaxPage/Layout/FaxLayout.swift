import SupportDesk

/// The pages of a document: the text first, then the pictures, as far as they fit.
struct FaxLayout {
    private(set) var pages: [Page] = []
    private let document: FaxDocument
    private let setter: TextSetter
    private var paginator: Paginator

    init(_ document: FaxDocument, setter: TextSetter) {
        self.document = document
        self.setter = setter
        let maximum = max(1, document.maximumPages)
        paginator = Paginator(maximum: maximum)
        // One page is the text's, so that more pictures than this are not even looked at.
        let album = Album(document.pictures, most: maximum - 1, isFine: document.isFine)
        let isTextWhole = setHead() && setBody() && setList(album.unreadable)
        paginator.finish()
        var missing = !isTextWhole || paginator.isCut || album.isCut
        for picture in album.pictures {
            guard paginator.pages.count < maximum else {
                missing = true
                break
            }
            let name = setter.rows(picture.name, .heading, x: Sheet.left, width: Sheet.textWidth, most: 2)
            paginator.add(picture.dots, below: name)
        }
        if missing { sayWhatIsMissing() }
        pages = paginator.pages
    }

    // MARK: Parts

    private mutating func setHead() -> Bool {
        if !document.title.isEmpty {
            guard set(document.title, .title, first: { $0.staysWithNext = true }),
                paginator.add(.rule(thickness: Sheet.thickRule, spaceBefore: 4))
            else { return false }
        }
        let widths = document.fields.prefix(200).map { setter.width($0.label, .strong) }
        let column = min(widths.max() ?? 0, Sheet.textWidth / 3) + Sheet.millimeters(5)
        var space = 8.0
        for field in document.fields {
            guard set(field, column: column, spaceBefore: space) else { return false }
            space = 3
        }
        if !document.fields.isEmpty {
            guard paginator.add(.rule(thickness: Sheet.thinRule, spaceBefore: 8)) else { return false }
        }
        guard let notice = document.notice, !notice.isEmpty else { return true }
        return set(
            notice, .strong, indent: Sheet.padding, first: { $0.spaceBefore = 12 + Sheet.padding },
            each: { $0.mark = .boxed })
    }

    /// The value beside its label, each as long as it is.
    private mutating func set(_ field: FaxDocument.Field, column: Double, spaceBefore: Double) -> Bool {
        var label = setter.rows(
            field.label, .strong, x: Sheet.left, width: column - Sheet.millimeters(5), most: 4)[...]
        var isFirst = true
        let isWhole = setter.set(
            field.value, .body, x: Sheet.left + column, width: Sheet.textWidth - column
        ) { row in
            var row = row
            if let beside = label.popFirst() {
                // One baseline for both, so the lower one counts.
                let baseline = max(row.fragments.first?.baseline ?? 0, beside.fragments.first?.baseline ?? 0)
                row.fragments += beside.fragments
                for index in row.fragments.indices { row.fragments[index].baseline = baseline }
                row.height = max(row.height, beside.height)
            }
            if isFirst { row.spaceBefore = spaceBefore }
            isFirst = false
            return paginator.add(row)
        }
        return isWhole && label.allSatisfy { paginator.add($0) }
    }

    private mutating func setBody() -> Bool {
        // What ends the last line begins none.
        guard let last = document.body.utf8.lastIndex(where: { $0 != 0x0A && $0 != 0x0D }) else { return true }
        let space = document.notice == nil ? 14 : 14 + Sheet.padding
        return set(String(document.body[...last]), .body, first: { $0.spaceBefore = space })
    }

    private mutating func setList(_ unreadable: [String]) -> Bool {
        let entries = document.attachments + unreadable.map { $0 + " ✗" }
        guard !entries.isEmpty else { return true }
        if !document.attachmentsTitle.isEmpty {
            let titled = set(
                document.attachmentsTitle, .heading, first: { $0.spaceBefore = 18 }, each: { $0.staysWithNext = true })
            guard titled else { return false }
        }
        for (index, entry) in entries.enumerated() {
            guard set(entry: entry, spaceBefore: index == 0 ? 4 : 1) else { return false }
        }
        return true
    }

    private mutating func set(entry: String, spaceBefore: Double) -> Bool {
        let dash = setter.row("–", .body, x: Sheet.left, width: Sheet.millimeters(5))
        let indent = Sheet.millimeters(5)
        return set(
            entry, .body, indent: indent,
            first: {
                $0.spaceBefore = spaceBefore
                $0.fragments += dash.fragments
            })
    }

    /// - Parameter first: what is special about the first row, `each` about all of them.
    private mutating func set(
        _ text: String, _ style: TextStyle, indent: Double = 0, first: (inout Row) -> Void = { _ in },
        each: (inout Row) -> Void = { _ in }
    ) -> Bool {
        var isFirst = true
        return setter.set(text, style, x: Sheet.left + indent, width: Sheet.textWidth - 2 * indent) { row in
            var row = row
            if isFirst { first(&row) }
            isFirst = false
            each(&row)
            return paginator.add(row)
        }
    }

    private mutating func sayWhatIsMissing() {
        let text = document.overflow.replacing("{N}", with: "\(paginator.pages.count)")
        let rows = setter.rows(text, .strong, x: Sheet.left, width: Sheet.textWidth, most: 3)
        paginator.end(with: rows)
    }
}
