import Configuration
import ControlAPI
import FaxPage
import SupportDesk

@testable import FaxChannel
@testable import Mail

extension FuzzTarget {
    /// Text from outside on its way into terminals, JSON, addresses and headers.
    static let words = FuzzTarget(name: "words") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let harmless = text.harmless
        try checkHarmless(harmless, "harmless")
        try promise(harmless.harmless.utf8.elementsEqual(harmless.utf8), "made harmless again, it is another text")
        try promise(harmless.unicodeScalars.count == text.unicodeScalars.count, "something went")
        try checkHarmless(text.prefix(20).harmless, "harmless")

        let line = SingleLine.of(text)
        try checkHarmless(line, "line")
        try promise(SingleLine.of(line).utf8.elementsEqual(line.utf8), "made one line again, it is another")
        let header = SingleLine.ofHeader(text)
        try promise(!header.utf8.elementsEqual(" ".utf8) && !header.contains("  "), "blanks in a row")
        for word in EncodedWord.words(text) { try promise(word.count <= EncodedWord.limit, "a word too long") }

        try promise(same(textInJSON(try ControlAPI.json([text])), text), "JSON says something else")
        let filled = Array("[\"\(WebEncoding.json(text))\"]".utf8)
        try promise(same(textInJSON(filled), text), "filled into JSON, it says something else")
        let encoded = text.percentEncoded
        try promise(encoded.utf8.allSatisfy { (0x21..<0x7F).contains($0) && !"/?#&=+".utf8.contains($0) }, encoded)
    }

    private static func same(_ one: String?, _ other: String) -> Bool {
        one.map { $0.utf8.elementsEqual(other.utf8) } ?? false
    }

    /// Short values as people and programs write them.
    static let values = FuzzTarget(name: "values") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let reference = Reference(text) {
            try promise(Reference("\(reference)") == reference, "\(reference) is read as another")
            try promise(Reference("\(reference)".lowercased().filter { $0 != "-" }) == reference, "\(reference), typed")
        }
        if let duration = Duration(configured: text) {
            try promise(Duration(configured: duration.configured) == duration, duration.configured)
        }
        if let instant = Timestamp(iso8601: text) {
            let written = "\(instant)"
            if written.utf8.count <= 24, !written.hasPrefix("-") {
                try promise(Timestamp(iso8601: written) == instant, "\(text) is \(written)")
            }
            _ = instant.rfc5322
        }
        if let day = CalendarDate(text) { try promise(CalendarDate("\(day)") == day, "\(day)") }
        if let address = EmailAddress(text) {
            try promise(EmailAddress(address.text) == address, address.text)
            try checkSingleLine(address.text, "address")
        }
        if let address = try? MailAddress(text) {
            try promise(!address.text.utf8.contains { $0 <= 0x20 || $0 == 0x3C || $0 == 0x3E }, address.text)
        }
        do {
            let number = try FaxNumber(text)
            try promise(try FaxNumber(number.e164) == number, number.e164)
            try promise(number.digits.utf8.allSatisfy { (0x30...0x39).contains($0) }, number.digits)
        } catch let refusal as FaxNumber.Refusal {
            try refusal.explanation.checkWords("fax number")
        }
        try checkHarmless(PhoneNumber(asWritten: text).display, "telephone")
        _ = CallbackWish(text, zone: .utc, now: Timestamp(milliseconds: 1_795_440_600_000))
        let entries = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        do { _ = try OpeningHours(entries) } catch { try error.inWords.checkWords("hours") }
        do { _ = try Holidays(entries) } catch { try error.inWords.checkWords("holidays") }
        do { _ = try Contacts(entries) } catch { try error.inWords.checkWords("contacts", lines: true) }
        do { _ = try ContractKinds(entries) } catch { try error.inWords.checkWords("contracts") }
    }

    /// A fax on its pages.
    static let page = FuzzTarget(name: "page") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        var document = FaxDocument(
            title: lines[0], fields: [.init(lines.count > 1 ? lines[1] : "", lines.count > 2 ? lines[2] : "")],
            notice: lines.count > 2 ? lines[1] : nil, body: lines.count > 3 ? lines[3] : text, running: lines[0],
            overflow: "{N}")
        document.maximumPages = 2
        let pages = try PageMaker.pages(of: document)
        try promise((1...2).contains(pages.count), "\(pages.count) pages")
        try promise(pages.pdf.starts(with: "%PDF".utf8), "no PDF")
    }
}
