import SupportDesk

@testable import Mail

extension FuzzTarget {
    /// Header block, empty line, body.
    static let report = FuzzTarget(name: "report") { bytes in
        let read = try outcome { () throws(Rejection) in try ReportParser.parse(bytes) }
        _ = ReportParser.beginsWithField(bytes)
        _ = AttachmentRules.isExecutable(bytes)
        // LF, CRLF and CR end lines alike.
        guard bytes.count < 4000, bytes.first != 0xFE, bytes.first != 0xFF, !bytes.contains(0x0D) else { return }
        for ending: [UInt8] in [[0x0D, 0x0A], [0x0D]] {
            let other = bytes.flatMap { $0 == 0x0A ? ending : [$0] }
            let same = try outcome { () throws(Rejection) in try ReportParser.parse(other) }
            try promise(read.report == same.report && read.code == same.code, "other line ends give another report")
        }
    }

    /// One JSON object.
    static let jsonReport = FuzzTarget(name: "json-report") { bytes in
        let read = try outcome { () throws(Rejection) in try JSONReport.parse(bytes) }
        guard read.report != nil else { return }
        let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        // In other encodings, JSON is nobody else's.
        if String(validating: plain, as: UTF8.self) != nil, plain.first == UInt8(ascii: "{") {
            try promise(isJSON(plain), "taken, though it is no JSON")
        }
    }

    /// A mail file.
    static let eml = FuzzTarget(name: "eml") { bytes in
        do {
            let mail = try EmlReader.read(bytes)
            try mail.check()
            _ = try outcome { () throws(Rejection) in
                try Report(
                    mailSubject: mail.subject, text: mail.text, licenseHeader: mail.licenseHeader,
                    attachments: mail.attachments)
            }
        } catch let error as Rejection {
            try error.check()
        }
    }

    /// The text in HTML.
    static let html = FuzzTarget(name: "html") { bytes in
        let text = HTMLText.plain(String(decoding: bytes, as: UTF8.self))
        try promise(text.isEmpty || text.hasSuffix("\n"), "the last line has no end")
        try promise(text.utf8.count <= 4 * bytes.count + 1, "text out of nothing")
    }
}

extension EmlContent {
    fileprivate func check() throws(Broken) {
        try checkSingleLine(subject, "subject")
        try checkSingleLine(licenseHeader, "X-License")
        try promise(subject?.isEmpty != true, "an empty subject")
        try promise(text?.utf8.contains(0x0D) != true, "CR in the text")
        for attachment in attachments {
            try checkFileName(attachment.name)
            try promise(!attachment.name.contains("=?"), "an encoded-word for a name")
        }
        try promise(Set(attachments.map { $0.name.lowercased() }).count == attachments.count, "two files of one name")
    }
}

/// What became of a report, checked.
private func outcome(
    _ read: () throws(Rejection) -> Report
) throws -> (report: Report?, code: Reason.Code?) {
    let result: Result<Report, Rejection>
    do throws(Rejection) { result = .success(try read()) } catch { result = .failure(error) }
    switch result {
    case .success(let report):
        try report.check()
        return (report, nil)
    case .failure(let rejection):
        try rejection.check()
        return (nil, rejection.reason.code)
    }
}
