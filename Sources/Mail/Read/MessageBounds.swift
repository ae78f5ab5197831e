import SupportDesk

/// Bounds that hold before anything is parsed: a hostile file could make the parser spend a hundred times its own
/// size, or go so deep that its stack ends.
///
/// The lines of a text are counted too where they look like fields; the bounds are far beyond any real mail.
enum MessageBounds {
    /// Octets of the header of a message.
    private static let header = 256_000
    /// Lines of a file that could begin a part.
    private static let boundaries = 20_000
    /// Lines that could be fields of a header.
    private static let fields = 200_000
    /// Octets of all fields that describe content.
    private static let contentFields = 1_000_000
    /// Octets of all fields that name people.
    private static let addressFields = 1_000_000
    /// Colons in one such field: groups inside groups, which GMime follows without end.
    private static let groups = 200

    static func check(_ bytes: [UInt8], limits: ReportLimits) throws(Rejection) {
        guard bytes.count <= limits.total else {
            throw Rejection(
                .tooLarge,
                fr: "Ce courriel dépasse la taille permise (\(WrittenSize.of(bytes: limits.total, in: .french))) ; "
                    + "envoyez moins de pièces jointes à la fois.",
                en: "This mail is larger than allowed (\(limits.total) bytes); send fewer attachments at a time.")
        }
        var scan = LineScan()
        bytes.withUnsafeBufferPointer { scan.run($0) }
        let isBounded =
            scan.headerSize <= header && scan.boundaries <= boundaries && scan.fields <= fields
            && scan.contentSize <= contentFields && scan.addressSize <= addressFields && scan.mostColons <= groups
        guard isBounded else {
            throw Rejection(
                .tooLarge,
                fr:
                    "Ce courriel a des en-têtes démesurés ou trop de parties ; joignez plutôt les fichiers à un rapport.",
                en: "This mail has oversized headers or too many parts; attach the files to a report instead.")
        }
    }
}

/// Counts, in one pass over the lines of a message, what will cost the parser something.
private struct LineScan {
    private(set) var headerSize = 0
    private(set) var boundaries = 0
    private(set) var fields = 0
    private(set) var contentSize = 0
    private(set) var addressSize = 0
    private(set) var mostColons = 0

    private enum Field { case content, address, other, none }
    private var field = Field.none
    private var colons = 0

    mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var inHeader = true
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
            if inHeader {
                if line.isEmpty || line.elementsEqual([0x0D]) { inHeader = false } else { headerSize = end }
            }
            look(at: line)
            start = end + 1
        }
    }

    private mutating func look(at line: UnsafeBufferPointer<UInt8>) {
        guard let first = line.first else {
            field = .none
            return
        }
        if first != 0x20, first != 0x09 {
            field = Self.field(line)
            colons = 0
            if field != .none { fields += 1 }
            if line.starts(with: "--".utf8) { boundaries += 1 }
        }
        switch field {
        case .content: contentSize += line.count
        case .address:
            addressSize += line.count
            colons += line.count { $0 == UInt8(ascii: ":") }
            mostColons = max(mostColons, colons)
        case .other, .none: break
        }
    }

    /// Which field a line begins, if it begins with a name and a colon (RFC 5322, 2.2; blanks between them are old
    /// usage, 4.5).
    private static func field(_ line: UnsafeBufferPointer<UInt8>) -> Field {
        guard let colon = line.prefix(80).firstIndex(of: UInt8(ascii: ":")) else { return .none }
        var name = line[..<colon]
        while let last = name.last, last == 0x20 || last == 0x09 { name.removeLast() }
        guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return .none }
        if begins(name, "content-") { return .content }
        let isAddress = ["from", "to", "cc", "bcc", "sender", "reply-to"].contains {
            begins(name, $0) && name.count == $0.utf8CodeUnitCount
        }
        return isAddress || begins(name, "resent-") ? .address : .other
    }

    private static func begins(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ prefix: StaticString) -> Bool {
        prefix.withUTF8Buffer { prefix in
            // Only letters and dashes are compared, and dashes have the bit of small letters.
            name.count >= prefix.count && zip(name, prefix).allSatisfy { $0 | 0x20 == $1 }
        }
    }
}
