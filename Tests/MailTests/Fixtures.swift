import Mail
import SupportDesk

/// Drafts and composers for these tests.
enum Fixture {
    static let reference = Reference(number: 123_456_789_012_345_678)
    /// Mon, 23 Nov 2026 13:30:00 UTC.
    static let received = Timestamp(milliseconds: 1_795_440_600_000)

    static func composer(template: MailTemplate? = nil) throws -> MailComposer {
        MailComposer(
            from: try Mailbox(name: "Assistance Étoile", address: "rapports@client.example"),
            to: try Mailbox(address: "assistance@gestimum.com"), userAgent: "assistd/1.0",
            template: try template ?? MailTemplate.load())
    }

    static func report(subject: String = "Impression", description: String = "Rien ne sort.") -> Report {
        Report(license: "00012345", subject: subject, description: description)
    }

    static func draft(_ report: Report = report(), attachments: [Attachment] = []) -> MailDraft {
        MailDraft(
            reference: reference, receivedAt: received, license: "00012345", report: report, attachments: attachments)
    }

    static func message(_ report: Report = report(), attachments: [Attachment] = []) throws -> [UInt8] {
        try composer().compose(draft(report, attachments: attachments))
    }
}

/// The lines of a finished message, and whether they keep to what SMTP can carry.
struct Wire {
    let lines: [[UInt8]]
    /// CR or LF outside a CRLF.
    let hasBareLineEnd: Bool
    let has8Bit: Bool

    init(_ bytes: [UInt8]) {
        var lines: [[UInt8]] = [[]]
        var bare = false
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 0x0A {
                if last == 0x0D { lines[lines.count - 1].removeLast() } else { bare = true }
                lines.append([])
            } else {
                if last == 0x0D { bare = true }
                lines[lines.count - 1].append(byte)
            }
            last = byte
        }
        self.lines = lines
        hasBareLineEnd = bare || last == 0x0D
        has8Bit = bytes.contains { $0 == 0 || $0 >= 0x80 }
    }

    var longest: Int { lines.map(\.count).max() ?? 0 }

    var headerLines: [String] {
        lines.prefix { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Names of the header's fields, in their order.
    var fieldNames: [String] {
        headerLines.filter { !$0.hasPrefix(" ") && !$0.hasPrefix("\t") }.map { String($0.prefix { $0 != ":" }) }
    }

    /// A field as it stands in the message, unfolded but not decoded.
    func raw(_ name: String) -> String? {
        var value: String?
        for line in headerLines {
            if line.hasPrefix(name + ":") {
                value = String(line.dropFirst(name.count + 1))
            } else if line.hasPrefix(" ") || line.hasPrefix("\t") {
                value? += line
            } else if value != nil {
                break
            }
        }
        return value.map { $0.hasPrefix(" ") ? String($0.dropFirst()) : $0 }
    }
}
