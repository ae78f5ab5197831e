import SupportDesk

extension Bilingual {
    /// Says something in both languages, and nothing a terminal would obey.
    ///
    /// - Parameter lines: whether they may be several.
    func checkWords(_ place: String, lines: Bool = false) throws(Broken) {
        try promise(!french.isEmpty && !english.isEmpty, "\(place): a language is empty")
        for text in [french, english] { try checkHarmless(lines ? text.replacing("\n", with: " ") : text, place) }
    }
}

/// No control characters, line ends or marks that turn the writing direction.
func checkHarmless(_ text: String, _ place: String) throws(Broken) {
    let found = text.unicodeScalars.first { $0.isHarmful }
    try promise(found == nil, "\(place) holds U+\(String(found?.value ?? 0, radix: 16)): \(text.debugDescription)")
}

/// One line of text: no control characters, which are what could begin a line, a header or a command of its own.
func checkSingleLine(_ text: String?, _ place: String) throws(Broken) {
    guard let text else { return }
    let found = text.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
    try promise(!found, "\(place) is no single line: \(text.debugDescription)")
}

extension Rejection {
    /// A reason for people, and nothing in what was understood so far that a report could not hold.
    func check() throws(Broken) {
        try reason.text.checkWords("reason \(reason.code.rawValue)")
        try report?.checkFields()
    }
}

extension Report {
    /// What every report that is taken holds.
    func check(limits: ReportLimits = ReportLimits()) throws {
        try promise(!license.isEmpty, "no license")
        try promise(!subject.isEmpty, "no subject")
        try promise(description.unicodeScalars.contains { !$0.properties.isWhitespace }, "no description")
        let isText = description.utf8.allSatisfy {
            $0 >= 0x20 && $0 != 0x7F || (0x07...0x0C).contains($0) || $0 == 0x1B
        }
        try promise(isText, "the description holds control characters, or CR")
        let files = attachmentNames.count + attachments.count
        try promise(files <= limits.attachments, "\(files) attachments")
        try promise(details.others.count <= limits.fields, "\(details.others.count) unknown fields")
        try checkFields()
        try checkLicense()
    }

    fileprivate func checkFields() throws(Broken) {
        try checkSingleLine(license, "license")
        try checkSingleLine(subject, "subject")
        try checkSingleLine(details.company, "company")
        try checkSingleLine(details.contact, "contact")
        try checkSingleLine(details.email, "email")
        try checkSingleLine(details.phone, "phone")
        try checkSingleLine(details.partner, "partner")
        try checkSingleLine(details.product, "product")
        try checkSingleLine(details.module, "module")
        try checkSingleLine(details.version, "version")
        try checkSingleLine(details.callback, "callback")
        try checkSingleLine(details.senderReference, "reference")
        for other in details.others {
            try checkSingleLine(other.name, "name of an unknown field")
            try checkSingleLine(other.value, "value of an unknown field")
        }
        for name in attachmentNames { try checkFileName(name) }
        for attachment in attachments { try checkFileName(attachment.name) }
        for note in notes { try note.checkWords("note") }
    }

    /// A license that is no number is refused without being repeated.
    private func checkLicense() throws {
        do {
            let number = try LicenseRules().check(license)
            try promise(LicenseNumber.normalised(number) == number, "\(number) is not normalised")
        } catch let error as Rejection {
            try error.check()
        }
    }
}

/// Names a file beside the report and nothing else.
func checkFileName(_ name: String) throws(Broken) {
    try checkHarmless(name, "file name")
    let isBare = (1...255).contains(name.utf8.count) && !name.utf8.contains { $0 == 0x2F || $0 == 0x5C || $0 == 0 }
    try promise(isBare && name.utf8.first != UInt8(ascii: "."), "no bare file name: \(name.debugDescription)")
}

extension [FileFlaw] {
    /// In lines the file has, with words for people.
    func check(_ bytes: [UInt8]) throws(Broken) {
        try promise(!isEmpty, "refused without a reason")
        let lines = bytes.reduce(2) { $0 + ($1 == 0x0A || $1 == 0x0D ? 1 : 0) }
        for flaw in self {
            try promise((1...lines).contains(flaw.line), "line \(flaw.line) of \(lines)")
            try flaw.text.checkWords("flaw")
        }
    }
}
