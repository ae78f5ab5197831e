import CCurl
import Glibc

/// HTTP/1.1 over a Unix socket, one connection for each request.
package struct UnixSocketClient: Sendable {
    package let socket: String

    package init(socket: String) {
        self.socket = socket
    }

    /// Sends a request and waits for the answer; the calling thread blocks.
    ///
    /// - Parameter writer: given, a body with status 200 goes to it piece by piece; it returns false to stop.
    package func send(
        _ request: UnixSocketRequest, writingTo writer: ((UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws(UnixSocketFailure) -> UnixSocketAnswer {
        let answer: Result<UnixSocketAnswer, UnixSocketFailure>
        do throws(CurlError) {
            let easy = try EasyHandle()
            try prepare(easy, timeout: request.timeout)
            let form = try setBody(request.body, of: easy)
            defer { curl_mime_free(form) }
            // The host's name only fills the Host header.
            try easy.set(.url, "http://localhost" + request.target)
            let exchange = Exchange(easy, writer: writer)
            if let error = easy.perform(exchange) {
                answer = .failure(failure(error, stopped: exchange.stopped))
            } else {
                answer = .success(UnixSocketAnswer(status: easy.responseCode, body: exchange.body))
            }
        } catch {
            answer = .failure(failure(error, stopped: false))
        }
        return try answer.get()
    }

    private func prepare(_ easy: EasyHandle, timeout: Duration) throws(CurlError) {
        try easy.set(.unixSocketPath, socket)
        try easy.set(.schemes, "http")
        try easy.set(.timeout, timeout)
        // A licence number may look like `..`.
        try easy.check(ccurl_set_long(easy.handle, CURLOPT_PATH_AS_IS, 1))
    }

    /// - Returns: a form, to be freed after the transfer.
    private func setBody(_ body: UnixSocketRequest.Body, of easy: EasyHandle) throws(CurlError) -> OpaquePointer? {
        // An empty Expect keeps libcurl from waiting a second for "100 Continue".
        var headers = ["Expect:"]
        var form: OpaquePointer?
        switch body {
        case .none: break
        case .json(let bytes):
            headers.append("Content-Type: application/json")
            try easy.check(
                ccurl_set_offset(easy.handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
            try easy.check(
                bytes.withUnsafeBytes { ccurl_set_pointer(easy.handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) })
        case .form(let parts):
            form = curl_mime_init(easy.handle)
            for part in parts { add(part, to: form) }
            try easy.check(ccurl_set_mime(easy.handle, form))
        }
        try easy.set(.headers, headers)
        return form
    }

    private func add(_ part: UnixSocketRequest.Part, to form: OpaquePointer?) {
        let piece = curl_mime_addpart(form)
        curl_mime_name(piece, part.name)
        // An empty array has no address, and none would take the content away again.
        _ = (part.content.isEmpty ? [0] : part.content).withUnsafeBytes {
            curl_mime_data(piece, $0.baseAddress, part.content.count)
        }
        if let fileName = part.fileName {
            curl_mime_filename(piece, fileName)
            curl_mime_type(piece, "application/octet-stream")
        }
    }

    private func failure(_ error: CurlError, stopped: Bool) -> UnixSocketFailure {
        let kind: UnixSocketFailure.Kind =
            switch (CURLcode(rawValue: UInt32(bitPattern: error.code)), error.osError) {
            case (CURLE_COULDNT_CONNECT, EACCES), (CURLE_COULDNT_CONNECT, EPERM): .notPermitted
            case (CURLE_COULDNT_CONNECT, ENOENT), (CURLE_COULDNT_CONNECT, ENOTDIR): .absent
            case (CURLE_COULDNT_CONNECT, _): .refused
            case (CURLE_OPERATION_TIMEDOUT, _): .timedOut
            case (CURLE_WRITE_ERROR, _) where stopped: .stopped
            default: .broken
            }
        return UnixSocketFailure(kind, socket: socket, detail: error.message)
    }
}

/// Where the answer goes while it comes in.
private final class Exchange: TransferDelegate {
    private unowned let easy: EasyHandle
    private let writer: ((UnsafeRawBufferPointer) -> Bool)?
    private(set) var body: [UInt8] = []
    private(set) var stopped = false

    init(_ easy: EasyHandle, writer: ((UnsafeRawBufferPointer) -> Bool)?) {
        self.easy = easy
        self.writer = writer
    }

    func didReceive(body piece: UnsafeRawBufferPointer) -> Bool {
        guard let writer, easy.responseCode == 200 else {
            body.append(contentsOf: piece)
            return true
        }
        stopped = !writer(piece)
        return !stopped
    }
}
