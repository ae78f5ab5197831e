import UnixSocketHTTP

/// A report and its attachments on their way to the daemon.
struct Upload {
    private(set) var parts: [UnixSocketRequest.Part]

    init(name: String, report: [UInt8]) {
        parts = [UnixSocketRequest.Part(name: "report", fileName: name, content: report)]
    }

    /// Bytes of all of it.
    var size: Int { parts.reduce(0) { $0 + $1.content.count } }

    func hasAttachment(named name: String) -> Bool {
        parts.contains { $0.name == "attachment" && $0.fileName == name }
    }

    mutating func attach(_ content: [UInt8], named name: String) {
        parts.append(UnixSocketRequest.Part(name: "attachment", fileName: name, content: content))
    }
}
