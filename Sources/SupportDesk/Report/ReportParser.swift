/// Reads a report written as a header block, an empty line and a body.
///
/// The body is kept exactly as written, also its blanks at line ends and its last line end; only CRLF and CR become
/// LF. A subject alone is no description, so it does not replace the body; a `Description` field does where there is
/// no body. Works on bytes: to Swift CRLF is one character, and U+2028 a line end.
package enum ReportParser {
    /// - Throws: what is wrong with the report, in words for whoever wrote it.
    package static func parse(_ bytes: [UInt8], limits: ReportLimits = ReportLimits()) throws(Rejection) -> Report {
        if bytes.count > limits.total { throw .tooLarge(limits.total) }
        let declared = HeaderBlock.declaredCharset(in: bytes, limit: limits.header)
        let text = try TextEncoding.utf8(of: bytes, declared: declared)
        if Blanks.isBlank(text[...]) { throw .empty }

        var draft = ReportDraft(limits: limits)
        do throws(Rejection) {
            var block = HeaderBlock(text, limit: limits.header)
            while let field = try block.next() { try draft.add(field.name, field.value, line: field.line) }
            return try draft.finish(body: String(decoding: withPlainLineEnds(text[block.bodyStart...]), as: UTF8.self))
        } catch {
            throw error.of(draft.partial)
        }
    }

    /// Whether the first line is a field: whoever wrote it meant it to be a report.
    package static func beginsWithField(_ bytes: [UInt8]) -> Bool {
        var block = HeaderBlock(bytes, limit: bytes.count)
        return (try? block.next()) != nil
    }

    /// With LF where there was CRLF or CR.
    static func withPlainLineEnds(_ body: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard var end = body.firstIndex(of: 0x0D) else { return body }
        var plain: [UInt8] = []
        plain.reserveCapacity(body.count)
        var start = body.startIndex
        while end < body.endIndex {
            plain += body[start..<end]
            plain.append(0x0A)
            start = end + 1
            if start < body.endIndex, body[start] == 0x0A { start += 1 }
            end = body[start...].firstIndex(of: 0x0D) ?? body.endIndex
        }
        plain += body[start...]
        return plain[...]
    }
}
