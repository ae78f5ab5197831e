import SupportDesk

/// Bounds that hold before anything is parsed: each line of a header and each part costs the parser a hundred times
/// the octets that a hostile file spends on it.
enum MessageBounds {
    /// Octets of the header of a message; real ones stay below a quarter.
    private static let header = 256_000
    /// Lines of a file that could begin a part, and lines that could be fields of a header.
    private static let boundaries = 20_000
    private static let fields = 200_000

    static func check(_ bytes: [UInt8], limits: ReportLimits) throws(Rejection) {
        guard bytes.count <= limits.total else {
            throw Rejection(
                .tooLarge,
                fr:
                    "Ce courriel dépasse la taille permise (\(FrenchSize.of(bytes: limits.total))) ; envoyez moins de pièces jointes à la fois.",
                en: "This mail is larger than allowed (\(limits.total) bytes); send fewer attachments at a time.")
        }
        var scan = Scan()
        bytes.withUnsafeBufferPointer { scan.run($0) }
        guard scan.headerSize <= header, scan.boundaries <= boundaries, scan.fields <= fields else {
            throw Rejection(
                .tooLarge,
                fr: "Ce courriel a un en-tête démesuré ou trop de parties ; joignez plutôt les fichiers à un rapport.",
                en: "This mail has an oversized header or too many parts; attach the files to a report instead.")
        }
    }

    /// One pass over the lines.
    private struct Scan {
        var headerSize = 0
        var boundaries = 0
        var fields = 0

        mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
            var start = 0
            var inHeader = true
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
                let line = bytes[start..<end]
                if inHeader {
                    if line.isEmpty || line.elementsEqual([0x0D]) { inHeader = false } else { headerSize = end }
                }
                if line.starts(with: "--".utf8) {
                    boundaries += 1
                } else if inHeader || Self.isField(line) {
                    fields += 1
                }
                start = end + 1
            }
        }

        /// Whether a line begins with a name and a colon (RFC 5322, 2.2).
        private static func isField(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
            for byte in line.prefix(80) {
                if byte == UInt8(ascii: ":") { return true }
                guard (0x21...0x7E).contains(byte) else { return false }
            }
            return false
        }
    }
}
