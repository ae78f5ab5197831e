import SupportDesk

@testable import Mail

extension FuzzTarget {
    /// A report's mail: its fields stand between NUL bytes.
    static let mail = FuzzTarget(name: "mail") { bytes in
        let fields = fields(of: bytes, least: 12)
        var report = Report(license: fields[0], subject: fields[1], description: fields[2])
        report.details.company = fields[3]
        report.details.contact = fields[4]
        report.details.email = fields[5]
        report.details.phone = fields[6]
        report.details.senderReference = fields[7]
        report.details.others = [.init(name: fields[8], value: fields[9])]
        var draft = MailDraft(
            reference: reference, receivedAt: instant, license: fields[0], report: report,
            attachments: [Attachment(name: fields[10], content: Array(fields[11].utf8))])
        draft.remarks = Array(fields.dropFirst(12).prefix(3))
        let message = try composer.compose(draft)
        try checkWire(message)
        try promise(try composer.compose(draft) == message, "the same draft gives another message")

        let read = try MessageReader.read(message)
        let known: Set<String> = [
            "date", "from", "to", "reply-to", "subject", "message-id", "x-assistd-reference", "user-agent",
            "mime-version", "content-type",
        ]
        for header in read.headers {
            try promise(known.contains(header.name.lowercased()), "a header of its own: \(header.name)")
        }
        let subject = SingleLine.ofHeader(draft.subjectLine)
        try promise(same(read.header("Subject"), subject), "subject: \(read.header("Subject") ?? "") for \(subject)")
        let description = String(decoding: TextBody.lines(fields[2]), as: UTF8.self)
        try promise(read.text?.utf8.contains(description.utf8) == true, "the description is not what it was")
        try promise(read.attachments.count == 1, "\(read.attachments.count) attachments")
        try promise(read.attachments.first?.head == Array(fields[11].utf8), "the attachment is not what it was")
        let name = FileName.bare(fields[10]) ?? "attachment"
        try promise(same(read.attachments.first?.name, name), "\(read.attachments.first?.name ?? "") for \(name)")
    }

    /// A message of the service itself, with an appointment: its fields stand between NUL bytes.
    static let notice = FuzzTarget(name: "notice") { bytes in
        let fields = fields(of: bytes, least: 8)
        var mail = CallbackMail(
            reference: reference, sentAt: instant, step: fields[0].isEmpty ? .asked : .moved,
            slot: CallbackSlot(start: instant, end: instant + .seconds(14_400), sequence: 1, origin: reference),
            license: fields[1])
        mail.details.company = fields[2]
        mail.details.contact = fields[3]
        mail.details.phone = fields[4]
        mail.details.email = fields[5]
        mail.about = fields[6]
        // Always one of this program's: nobody can fold a longer one.
        mail.follows = String(fields[7].prefix(60))
        mail.remarks = Array(fields.dropFirst(8).prefix(3))
        let draft = mail.draft(zone: .utc, in: .french, by: composer)
        try checkWire(composer.compose(draft))
        guard let appointment = draft.calendar else { throw Broken("no appointment") }
        try check(ICalendar.text(of: appointment))
    }

    private static let reference = Reference(number: 123_456_789_012_345_678)
    private static let instant = Timestamp(milliseconds: 1_795_440_600_000)
    private static let composer: MailComposer = {
        guard let sender = try? Mailbox(name: "Assistance Étoile", address: "rapports@client.example"),
            let desk = try? Mailbox(address: "assistance@gestimum.com"), let template = try? MailTemplate.load()
        else { preconditionFailure("the template that is built in") }
        return MailComposer(from: sender, to: desk, userAgent: "assistd/1.0", template: template)
    }()

    private static func fields(of bytes: [UInt8], least: Int) -> [String] {
        var fields = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        while fields.count < least { fields.append("") }
        return fields
    }

    private static func same(_ one: String?, _ other: String) -> Bool {
        one.map { $0.utf8.elementsEqual(other.utf8) } ?? false
    }

    /// What SMTP can carry: seven bits, lines of at most 998 octets, and CR and LF only together.
    private static func checkWire(_ message: [UInt8]) throws(Broken) {
        var (length, last): (Int, UInt8) = (0, 0)
        for byte in message {
            try promise(byte != 0 && byte < 0x80, "byte \(byte)")
            try promise((byte == 0x0A) == (last == 0x0D), "a bare line end")
            length = byte == 0x0A ? 0 : length + 1
            try promise(length <= 999, "a line of more than 998 octets")
            last = byte
        }
        try promise(last == 0x0A, "the last line has no end")
        for line in message.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(while: { $0.count > 1 }) {
            try promise(line.count <= 79, "a header line of \(line.count - 1) octets")
            try promise(line.dropLast().contains { $0 != 0x20 && $0 != 0x09 }, "a header line of blanks")
        }
    }

    /// An iCalendar object: lines of at most 75 octets, each with a name, and one event.
    private static func check(_ calendar: [UInt8]) throws(Broken) {
        let lines = calendar.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        for line in lines {
            try promise(line.last == 0x0D && line.count <= 76, "a calendar line of \(line.count) octets")
            let isFolded = line.first == 0x20
            try promise(isFolded || line.first.map { (0x41...0x5A).contains($0) } == true, "a line without a name")
        }
        let events = lines.count { $0.dropLast().elementsEqual("BEGIN:VEVENT".utf8) }
        try promise(events == 1, "\(events) events")
    }
}

extension String.UTF8View {
    fileprivate func contains(_ other: String.UTF8View) -> Bool {
        Array(self).firstRange(of: Array(other)) != nil || other.isEmpty
    }
}
