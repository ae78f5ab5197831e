import CLinux

/// The parts of a `multipart/form-data` body (RFC 7578), as `curl -F` and `assistctl submit` send it.
struct MultipartForm {
    struct Part {
        var name: String
        var fileName: String?
        var content: ArraySlice<UInt8>
    }

    var parts: [Part] = []

    /// - Returns: nil where the body is not what its content type promises.
    init?(_ body: [UInt8], contentType: String, maximumParts: Int = 100) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty
        else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        guard var start = Self.find(delimiter, in: body, from: 0).map({ $0 + delimiter.count }) else { return nil }
        while true {
            if body[start...].starts(with: "--".utf8) { return }
            guard body[start...].starts(with: "\r\n".utf8), parts.count < maximumParts,
                let headEnd = Self.find(Array("\r\n\r\n".utf8), in: body, from: start),
                let end = Self.find(Array("\r\n".utf8) + delimiter, in: body, from: headEnd + 2)
            else { return nil }
            guard let part = Self.part(head: body[start + 2..<max(start + 2, headEnd)], content: headEnd + 4, end, body)
            else { return nil }
            parts.append(part)
            start = end + 2 + delimiter.count
        }
    }

    private static func part(head: ArraySlice<UInt8>, content start: Int, _ end: Int, _ body: [UInt8]) -> Part? {
        guard start <= end else { return nil }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = parameter("name", of: String(disposition))
        else { return nil }
        return Part(
            name: name, fileName: parameter("filename", of: String(disposition)), content: body[start..<end])
    }

    /// A parameter's value, quoted or not; `\"` and `%22` stand for a quote in a file name.
    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let trimmed = piece.drop { $0 == " " || $0 == "\t" }
            guard trimmed.lowercased().hasPrefix("\(name)=") else { continue }
            // A quoted value may hold semicolons: read on in the whole header from here.
            let value = header[trimmed.index(trimmed.startIndex, offsetBy: name.count + 1)...]
            guard value.first == "\"" else { return String(value.prefix { $0 != ";" && $0 != " " }) }
            var result = ""
            var escaped = false
            for character in value.dropFirst() {
                if escaped {
                    result.append(character)
                    escaped = false
                } else if character == "\\" {
                    escaped = true
                } else if character == "\"" {
                    return result.replacing("%22", with: "\"")
                } else {
                    result.append(character)
                }
            }
            return nil
        }
        return nil
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard start <= body.count else { return nil }
        return body.withUnsafeBytes { body in
            guard let base = body.baseAddress,
                let found = clinux_find(base + start, body.count - start, needle, needle.count)
            else { return nil }
            return found - base
        }
    }
}
