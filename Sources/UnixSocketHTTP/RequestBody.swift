import NIOCore

/// What a request carries, as it stands on the wire.
struct RequestBody {
    /// Its `Content-Type`; nil where there is no body.
    private(set) var type: String?
    private(set) var pieces: [ByteBuffer] = []
    private let allocator: ByteBufferAllocator

    init(_ body: UnixSocketRequest.Body, allocator: ByteBufferAllocator) {
        self.allocator = allocator
        switch body {
        case .none: break
        case .json(let bytes):
            type = "application/json"
            pieces = [allocator.buffer(bytes: bytes)]
        case .form(let parts):
            let boundary = Self.boundary()
            type = "multipart/form-data; boundary=\(boundary)"
            for part in parts { add(part, after: boundary) }
            add("--\(boundary)--\r\n")
        }
    }

    /// Octets.
    var size: Int { pieces.reduce(0) { $0 + $1.readableBytes } }

    /// A part of a form (RFC 7578), its names escaped as browsers do (HTML, 4.10.21.8).
    private mutating func add(_ part: UnixSocketRequest.Part, after boundary: String) {
        var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(part.name))\""
        if let fileName = part.fileName {
            head += "; filename=\"\(Self.escaped(fileName))\"\r\nContent-Type: application/octet-stream"
        }
        add(head + "\r\n\r\n")
        pieces.append(allocator.buffer(bytes: part.content))
        add("\r\n")
    }

    private mutating func add(_ text: String) {
        pieces.append(allocator.buffer(string: text))
    }

    private static func escaped(_ name: String) -> String {
        name.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\"": result += "%22"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Too random for any content to hold it.
    private static func boundary() -> String {
        let digits = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }
        return String(repeating: "-", count: 24) + digits.joined()
    }
}
