import CCurl

/// An easy handle of libcurl (https://curl.se/libcurl/c/libcurl-easy.html): one transfer at a time, on one thread
/// at a time, keeping its connection between transfers.
package final class EasyHandle {
    let handle: UnsafeMutableRawPointer
    /// What it has open; also while it goes away, so keep it to cut a goodbye short.
    package let sockets: SocketSet
    private let sink: Sink
    private let errorText: UnsafeMutablePointer<CChar>
    private var lists: [(option: CURLoption, list: UnsafeMutablePointer<curl_slist>?)] = []

    /// Once for the process, whichever thread comes first.
    private static let globalResult = ccurl_global_init()

    package init() throws(CurlError) {
        guard Self.globalResult == CURLE_OK else { throw CurlError(code: Int32(Self.globalResult.rawValue)) }
        guard let handle = curl_easy_init() else { throw CurlError(code: Int32(CURLE_FAILED_INIT.rawValue)) }
        self.handle = handle
        sink = Sink()
        sockets = sink.sockets
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try check(ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        // Signals and threads do not mix; a name look-up that hangs must not hold up the end of a transfer.
        try check(ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1))
        try check(ccurl_set_long(handle, CURLOPT_QUICK_EXIT, 1))
        // The proxies of the environment are for browsers.
        try check(ccurl_set_string(handle, CURLOPT_PROXY, ""))
        // Older versions are not to be spoken any more (RFC 8996).
        try check(ccurl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)))
        try install()
    }

    deinit {
        // Says goodbye to the peer over each connection that is still open, and waits for the answer.
        curl_easy_cleanup(handle)
        for (_, list) in lists { curl_slist_free_all(list) }
        errorText.deallocate()
    }

    /// Runs the transfer that was set up, and returns when it is over.
    /// - Returns: nil when libcurl is content.
    package func perform(_ delegate: any TransferDelegate) -> CurlError? {
        sink.delegate = delegate
        defer { sink.delegate = nil }
        errorText[0] = 0
        let code = curl_easy_perform(handle)
        guard code != CURLE_OK else { return nil }
        return CurlError(
            code: Int32(code.rawValue), message: String(cString: errorText),
            osError: Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO)))
    }

    /// The last reply's code; may be one of an earlier reply where the connection broke.
    package var responseCode: Int { number(CURLINFO_RESPONSE_CODE) }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(handle, info, &value) == CURLE_OK ? value : 0
    }

    func check(_ code: CURLcode) throws(CurlError) {
        guard code != CURLE_OK else { return }
        throw CurlError(code: Int32(code.rawValue))
    }

    func keep(_ list: UnsafeMutablePointer<curl_slist>?, for option: CURLoption) {
        if let index = lists.firstIndex(where: { $0.option == option }) {
            curl_slist_free_all(lists[index].list)
            lists[index].list = list
        } else {
            lists.append((option, list))
        }
    }
}

/// Where libcurl's callbacks arrive. Apart from the handle, because some come while the handle goes away.
private final class Sink {
    var delegate: (any TransferDelegate)?
    let sockets = SocketSet()

    static func at(_ context: UnsafeMutableRawPointer?) -> Sink? {
        context.map { Unmanaged<Sink>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension EasyHandle {
    private func install() throws(CurlError) {
        let context = Unmanaged.passUnretained(sink).toOpaque()
        for option in [
            CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA,
            CURLOPT_OPENSOCKETDATA, CURLOPT_CLOSESOCKETDATA,
        ] {
            try check(ccurl_set_pointer(handle, option, context))
        }
        try check(
            ccurl_set_data_function(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Sink.at(context)?.delegate?.didReceive(line: line) ?? true ? size * count : 0
            })
        try check(
            ccurl_set_data_function(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                let body = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Sink.at(context)?.delegate?.didReceive(body: body) ?? true ? size * count : 0
            })
        try check(
            ccurl_set_data_function(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
                guard let delegate = Sink.at(context)?.delegate,
                    let filled = delegate.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
                else { return Int(CURL_READFUNC_ABORT) }
                return filled
            })
        try check(
            ccurl_set_debug_function(handle) { _, kind, bytes, size, context in
                guard let delegate = Sink.at(context)?.delegate else { return 0 }
                switch kind {
                case CURLINFO_HEADER_OUT: delegate.didSend(line: UnsafeRawBufferPointer(start: bytes, count: size))
                case CURLINFO_DATA_OUT: delegate.didSendBody(count: size)
                case CURLINFO_TEXT: delegate.didNote(UnsafeRawBufferPointer(start: bytes, count: size))
                default: break
                }
                return 0
            })
        try check(ccurl_set_long(handle, CURLOPT_VERBOSE, 1))
        try check(
            ccurl_set_progress_function(handle) { context, _, _, _, _ in
                Sink.at(context)?.delegate?.mayContinue() ?? true ? 0 : 1
            })
        try check(ccurl_set_long(handle, CURLOPT_NOPROGRESS, 0))
        try check(
            ccurl_set_open_function(handle) { context, _, address in
                guard let sink = Sink.at(context), let address, sink.delegate?.mayConnect() ?? true else { return -1 }
                return sink.sockets.open(
                    family: address.pointee.family, type: address.pointee.socktype,
                    protocol: address.pointee.protocol)
            })
        try check(
            ccurl_set_close_function(handle) { context, descriptor in
                Sink.at(context)?.sockets.close(descriptor) ?? -1
            })
    }
}

extension TransferDelegate {
    package func didSend(line: UnsafeRawBufferPointer) {}
    package func didReceive(line: UnsafeRawBufferPointer) -> Bool { true }
    package func didSendBody(count: Int) {}
    package func didNote(_ text: UnsafeRawBufferPointer) {}
    package func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int? { 0 }
    package func didReceive(body: UnsafeRawBufferPointer) -> Bool { true }
    package func mayContinue() -> Bool { true }
    package func mayConnect() -> Bool { true }
}
