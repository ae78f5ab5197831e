import SupportDesk

/// The media type of an attachment.
enum MediaType {
    /// The type by the ending of the name. Text that is not UTF-8 counts as bytes: no reader could show it rightly.
    static func of(fileName name: String, content: Attachment.Content) -> (type: String, subtype: String) {
        let type = of(fileName: name)
        let isReadable =
            switch content {
            case _ where type.type != "text": true
            case .bytes(let bytes): String(validating: bytes, as: UTF8.self) != nil
            case .file(let file): file.isUTF8
            }
        return isReadable ? type : ("application", "octet-stream")
    }

    private static func of(fileName name: String) -> (type: String, subtype: String) {
        guard let dot = name.lastIndex(of: ".") else { return ("application", "octet-stream") }
        switch name[name.index(after: dot)...].lowercased() {
        case "csv": return ("text", "csv")
        case "xml": return ("application", "xml")
        case "json": return ("application", "json")
        case "pdf": return ("application", "pdf")
        case "zip": return ("application", "zip")
        case "7z": return ("application", "x-7z-compressed")
        case "gz": return ("application", "gzip")
        case "png": return ("image", "png")
        case "jpg", "jpeg": return ("image", "jpeg")
        case "gif": return ("image", "gif")
        case "bmp": return ("image", "bmp")
        case "tif", "tiff": return ("image", "tiff")
        case "webp": return ("image", "webp")
        case "heic": return ("image", "heic")
        case "mp4": return ("video", "mp4")
        case "rtf": return ("application", "rtf")
        case "doc": return ("application", "msword")
        case "xls": return ("application", "vnd.ms-excel")
        case "ppt": return ("application", "vnd.ms-powerpoint")
        case "docx": return ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
        case "xlsx": return ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        case "pptx": return ("application", "vnd.openxmlformats-officedocument.presentationml.presentation")
        case "odt": return ("application", "vnd.oasis.opendocument.text")
        case "ods": return ("application", "vnd.oasis.opendocument.spreadsheet")
        case "txt", "log", "ini": return ("text", "plain")
        case "html", "htm": return ("text", "html")
        default: return ("application", "octet-stream")
        }
    }
}
