import ControlAPI
import SupportDesk

@testable import ControlServer

extension FuzzTarget {
    /// A form: its content type on the first line, then its body.
    static let form = FuzzTarget(name: "form") { bytes in
        let (line, body) = firstLine(of: bytes)
        guard let form = MultipartForm(body, contentType: String(decoding: line, as: UTF8.self)) else { return }
        try promise(form.parts.count <= 100, "\(form.parts.count) parts")
        var last = 0
        for part in form.parts {
            try promise(part.content.startIndex >= last && part.content.endIndex <= body.count, "parts overlap")
            try promise(part.content == body[part.content.indices], "content that was not sent")
            last = part.content.endIndex
        }
    }

    /// A request: its target on the first line, then a body in JSON.
    static let request = FuzzTarget(name: "request") { bytes in
        let (line, body) = firstLine(of: bytes)
        let target = RequestTarget(String(decoding: line, as: UTF8.self))
        try promise(target.path.allSatisfy { !$0.isEmpty }, "an empty part of the path")
        if let order = try? ControlAPI.value(InterventionRequest.self, fromJSON: body) {
            let again = try ControlAPI.value(InterventionRequest.self, fromJSON: ControlAPI.json(order))
            try promise(again == order, "another order: \(again)")
        }
        if let order = try? ControlAPI.value(CallbackOrder.self, fromJSON: body) {
            let again = try ControlAPI.value(CallbackOrder.self, fromJSON: ControlAPI.json(order))
            try promise(again == order, "another wish: \(again)")
        }
        for text in target.path + target.query.map(\.value) {
            _ = Reference(text)
            _ = Timestamp(iso8601: text)
            _ = State(rawValue: text)
        }
    }

    private static func firstLine(of bytes: [UInt8]) -> (line: [UInt8], rest: [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0A) else { return (bytes, []) }
        return (Array(bytes[..<end]), Array(bytes[(end + 1)...]))
    }
}
