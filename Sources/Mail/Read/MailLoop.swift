import SupportDesk

/// Tells mails that no person wrote, or that came from here: taken in, they would go round in circles.
enum MailLoop {
    static func isPart(of message: ReadMessage) -> Bool {
        message.headers.contains { isTelling($0.name.lowercased(), $0.value.lowercased()) }
    }

    private static func isTelling(_ name: String, _ value: String) -> Bool {
        switch name {
        // RFC 3834, 5: parameters and comments may follow.
        case "auto-submitted": value.prefix { $0 != ";" && $0 != "(" && $0 != " " } != "no"
        case "x-assistd-reference", "x-loop", "x-autoreply", "x-autorespond", "x-auto-response": true
        case "precedence": ["bulk", "junk", "list", "auto_reply"].contains { value.hasPrefix($0) }
        // The path back of bounces, so that none is answered by another (RFC 5321, 4.5.5).
        case "return-path": value.filter { $0 != " " } == "<>"
        case "content-type": value.hasPrefix("multipart/report")
        case "message-id", "resent-message-id", "in-reply-to", "references": namesOwn(value)
        default: false
        }
    }

    /// Whether one of the identifiers is a message's of this service: `<asd-4f7k-9m2t-x8qb@…>`, `<…-fax-2@…>`.
    private static func namesOwn(_ value: String) -> Bool {
        value.split { $0 == "<" || $0 == ">" || $0 == " " || $0 == "," }.contains { identifier in
            guard let local = identifier.split(separator: "@").first, local.hasPrefix("asd-") else { return false }
            let name = local.split(separator: "-").prefix(4).joined(separator: "-")
            return local.utf8.count == name.utf8.count || local.dropFirst(name.count).hasPrefix("-fax-")
                ? Reference(name) != nil : false
        }
    }
}
