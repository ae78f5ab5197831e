import CMime

/// Quoted-printable or base64 (RFC 2045, 6.7 and 6.8) by GMime, piece by piece, in lines that end in CRLF.
struct TransferEncoder {
    private var state = GMimeEncoding()

    init(base64: Bool) {
        g_mime_encoding_init_encode(
            &state, base64 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
    }

    /// The encoded form of what comes next; some of it may be kept back for the next piece.
    mutating func encode(_ piece: [UInt8]) -> [UInt8] { run(piece, g_mime_encoding_step) }

    /// The encoded form of the last piece, and of what was kept back.
    mutating func finish(_ piece: [UInt8] = []) -> [UInt8] { run(piece, g_mime_encoding_flush) }

    private mutating func run(
        _ piece: [UInt8],
        _ step: (UnsafeMutablePointer<GMimeEncoding>?, UnsafePointer<CChar>?, Int, UnsafeMutablePointer<CChar>?) -> Int
    ) -> [UInt8] {
        let room = g_mime_encoding_outlen(&state, piece.count)
        let lines = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
            piece.withUnsafeBytes { input in
                buffer.withMemoryRebound(to: CChar.self) { output in
                    filled = step(
                        &state, input.assumingMemoryBound(to: CChar.self).baseAddress, input.count, output.baseAddress)
                }
            }
        }
        return TextBody.withCRLF(lines)
    }
}
