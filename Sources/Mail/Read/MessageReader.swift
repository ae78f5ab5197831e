package import SupportDesk

/// Decodes a message for showing it: what a person would see in a mail program.
package enum MessageReader {
    package static func read(_ bytes: [UInt8]) throws(Rejection) -> ReadMessage {
        var limits = ReportLimits()
        // What is shown was made here, base64 and all.
        limits.total = .max
        return try MessageParser.parse(bytes, limits: limits)
    }
}

/// A message, decoded.
package struct ReadMessage: Hashable, Sendable {
    /// In their order; values are on one line and decoded (RFC 2047).
    package var headers: [Header] = []
    /// The text for people, lines ended by LF.
    package var text: String?
    package var attachments: [Attachment] = []

    /// A field of the header.
    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    /// The first value of a field, whatever its case; nil where it is not there.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
