import CMime

/// What a part says of its content.
struct MimeType {
    let type: String
    let subtype: String
    let charset: String?

    init(_ object: UnsafeMutablePointer<GMimeObject>) {
        let content = g_mime_object_get_content_type(object)
        func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0).lowercased() } }
        type = text(content.flatMap { g_mime_content_type_get_media_type($0) }) ?? "text"
        subtype = text(content.flatMap { g_mime_content_type_get_media_subtype($0) }) ?? "plain"
        charset = text(g_mime_object_get_content_type_parameter(object, "charset"))
    }

    /// A name for a part that has none.
    var defaultName: String {
        switch (type, subtype) {
        case ("text", "html"): "text.html"
        case ("text", "calendar"): "invitation.ics"
        case ("text", _): "text.txt"
        case ("image", "jpeg"): "image.jpg"
        case ("image", _): "image.\(ending)"
        case ("application", "pdf"): "document.pdf"
        case ("application", "pgp-signature"): "signature.asc"
        default: "attachment.dat"
        }
    }

    private var ending: String {
        let letters = subtype.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return letters.isEmpty ? "dat" : String(letters.prefix(8))
    }
}
