/// What a name in the drop zone says about the thing that bears it.
package enum ReportFormat: Hashable, Sendable {
    /// Header block, empty line, body.
    case headerBlock
    case json
    case eml
    /// `NAME.report/`: a report and its attachments.
    case folder
    /// Somebody else's business, or not yet complete: never touched.
    case ignored
    /// No report by its name; it may be an attachment that a report will name.
    case other

    /// Decides by the name's bytes, which need not be text.
    package static func of(_ name: [UInt8], isDirectory: Bool = false) -> ReportFormat {
        let name = name.map(\.lowercased)
        if name.isEmpty || name.first == UInt8(ascii: ".") { return .ignored }
        if isDirectory { return name.hasSuffix(".report") ? .folder : .ignored }
        if ignoredNames.contains(where: name.elementsEqual) || ignoredSuffixes.contains(where: name.hasSuffix) {
            return .ignored
        }
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return .headerBlock }
        switch String(decoding: name[(dot + 1)...], as: UTF8.self) {
        case "", "txt", "text", "rapport", "report": return .headerBlock
        case "json": return .json
        case "eml": return .eml
        default: return .other
        }
    }

    /// Which of the files in a `NAME.report/` is the report: `report` or `rapport`, `.txt`, `.json` or `.eml`, in any
    /// case.
    package static func reportName(among names: [[UInt8]]) -> [UInt8]? {
        for stem in ["report", "rapport"] {
            for ending in ["txt", "json", "eml"] {
                let wanted = "\(stem).\(ending)".utf8
                if let name = names.first(where: { $0.map(\.lowercased).elementsEqual(wanted) }) { return name }
            }
        }
        return nil
    }

    private static let ignoredNames = ["thumbs.db", "desktop.ini"].map { Array($0.utf8) }
    private static let ignoredSuffixes = [".part", ".tmp", ".filepart", ".crdownload", "~", ".swp"]
}

extension [UInt8] {
    fileprivate func hasSuffix(_ suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
