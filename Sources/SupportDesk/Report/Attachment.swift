/// A file that travels with a report.
package struct Attachment: Hashable, Sendable {
    /// A bare file name, valid Unicode, without control characters or slashes.
    package var name: String
    package var content: Content
    /// What the text says too, formatted.
    package var isBody: Bool

    package init(name: String, content: Content, isBody: Bool = false) {
        self.name = name
        self.content = content
        self.isBody = isBody
    }

    package init(name: String, content: [UInt8], isBody: Bool = false) {
        self.init(name: name, content: .bytes(content), isBody: isBody)
    }

    package enum Content: Sendable {
        case bytes([UInt8])
        /// Too large to be held.
        case file(any AttachedFile)
    }

    /// Bytes.
    package var size: Int {
        switch content {
        case .bytes(let bytes): bytes.count
        case .file(let file): file.size
        }
    }

    /// Its first bytes: at least 64, where it has as many.
    package var head: [UInt8] {
        switch content {
        case .bytes(let bytes): bytes
        case .file(let file): file.head
        }
    }
}

extension Attachment.Content: Hashable {
    package static func == (one: Self, other: Self) -> Bool {
        switch (one, other) {
        case (.bytes(let one), .bytes(let other)): one == other
        case (.file(let one), .file(let other)): one === other
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .bytes(let bytes): hasher.combine(bytes)
        case .file(let file): hasher.combine(ObjectIdentifier(file))
        }
    }
}

/// A file that stays where it lies and is read when its bytes are wanted; it was looked through once.
package protocol AttachedFile: AnyObject, Sendable {
    /// Bytes.
    var size: Int { get }
    /// Its first bytes: at least 64, where it has as many.
    var head: [UInt8] { get }
    /// Whether all of it is valid UTF-8.
    var isUTF8: Bool { get }

    /// Its bytes from the first to the last.
    ///
    /// - Throws: what `body` throws; `AttachedFileChanged` where it is not, or may not be, what was looked through.
    func forEachPiece(_ body: ([UInt8]) throws -> Void) throws
}

/// A file was changed, or can be read no more, between the look at it and the moment its bytes were wanted.
package struct AttachedFileChanged: Error, Hashable {
    package init() {}
}
