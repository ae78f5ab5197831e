import Glibc

/// The three descriptors the page maker has.
enum StandardStreams {
    /// Reads a descriptor to its end.
    ///
    /// - Parameter limit: bytes; more of them are no fax.
    static func read(_ descriptor: Int32 = 0, limit: Int) throws(PageFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count == 0 { return bytes }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                throw .input("it cannot be read: \(String(cString: strerror(code)))")
            }
            guard bytes.count + count <= limit else { throw .input("it is larger than \(limit >> 20) MB") }
            bytes += piece.prefix(count)
        }
    }

    /// Writes everything to a descriptor.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(PageFault) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                // The confinement lets no file grow.
                let hint = code == EFBIG ? "standard output has to be a pipe" : String(cString: strerror(code))
                throw .drawing("it cannot be written: \(hint)")
            }
            done += count
        }
    }
}
