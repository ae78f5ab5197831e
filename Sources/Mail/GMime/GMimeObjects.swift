import CMime

// The only place where GMime's pointers are cast. GObject's structures begin with their parent's, so a pointer to one
// is a pointer to any of its ancestors (GObject manual, "Instance initialization").

/// One reference to a GObject, given back when the value ends.
struct Owned<Object>: ~Copyable {
    let pointer: UnsafeMutablePointer<Object>

    /// Takes over a reference that the caller holds; nil where a constructor gave nothing.
    init?(_ pointer: UnsafeMutablePointer<Object>?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit { g_object_unref(pointer) }

    /// The same object as one of its ancestors; valid as long as this value.
    borrowing func upcast<Ancestor>(to: Ancestor.Type = Ancestor.self) -> UnsafeMutablePointer<Ancestor> {
        UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Ancestor.self)
    }
}

/// GMime could not make an object: only when memory has run out.
struct GMimeFailure: Error {}

/// A stream in memory.
struct MemoryStream: ~Copyable {
    private let stream: Owned<GMimeStream>

    /// An empty one, to be written to.
    init() throws(GMimeFailure) {
        guard let stream = Owned(g_mime_stream_mem_new()) else { throw GMimeFailure() }
        self.stream = stream
    }

    /// One that holds a copy of bytes, to be read from.
    init(_ bytes: [UInt8]) throws(GMimeFailure) {
        try self.init()
        append(bytes)
        g_mime_stream_reset(stream.pointer)
    }

    /// Writes bytes at the current place.
    borrowing func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                guard let start = text.baseAddress else { return }
                g_mime_stream_write(stream.pointer, start, text.count)
            }
        }
    }

    var pointer: UnsafeMutablePointer<GMimeStream> { stream.pointer }

    /// Everything that was written.
    var bytes: [UInt8] {
        var count: gsize = 0
        let start = cmime_stream_bytes(stream.pointer, &count)
        return [UInt8](UnsafeBufferPointer(start: start, count: Int(count)))
    }
}

extension MemoryStream {
    /// Has an object write itself, with lines that end in CRLF.
    borrowing func append(_ object: UnsafeMutablePointer<GMimeObject>) throws(GMimeFailure) {
        guard let format = g_mime_format_options_new() else { throw GMimeFailure() }
        defer { g_mime_format_options_free(format) }
        g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS)
        g_mime_object_write_to_stream(object, format, pointer)
    }
}
