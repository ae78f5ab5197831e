import FoundationEssentials
import SupportDesk

/// How what is filled in is written in addresses, forms and JSON.
enum WebEncoding {
    /// What stands between the quotation marks of a JSON string (RFC 8259, 7).
    static func json(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// A query with its question mark, in the order of the names; what is empty is left out.
    static func query(_ parameters: [String: String], _ fill: (String) -> String) -> String {
        let pairs = parameters.sorted { $0.key < $1.key }.compactMap { name, template -> String? in
            let value = fill(template)
            return value.isEmpty ? nil : "\(name.percentEncoded)=\(value.percentEncoded)"
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// A form (RFC 7578); what is empty is left out.
    ///
    /// - Parameter document: stands for a part whose template is `{document}`.
    static func form(
        _ parts: [String: String], document: [UInt8], fileName: String, _ fill: (String) -> String
    ) -> (type: String, body: [UInt8]) {
        var boundary = "=_assistd"
        // Whatever the document holds, it must not end its part.
        while String(decoding: document, as: UTF8.self).contains(boundary) { boundary += "_" }
        var body: [UInt8] = []
        for (name, template) in parts.sorted(by: { $0.key < $1.key }) {
            let isDocument = template == "{document}"
            let value = isDocument ? "" : fill(template)
            guard isDocument || !value.isEmpty else { continue }
            var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\""
            if isDocument { head += "; filename=\"\(fileName)\"\r\nContent-Type: application/pdf" }
            body += Array((head + "\r\n\r\n").utf8) + (isDocument ? document : Array(value.utf8)) + [0x0D, 0x0A]
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return ("multipart/form-data; boundary=\"\(boundary)\"", body)
    }
}
