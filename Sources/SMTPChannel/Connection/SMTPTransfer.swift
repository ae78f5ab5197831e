import Curl

/// Carries the events of one libcurl transfer to the dialogue, and the dialogue's decisions back.
final class SMTPTransfer: TransferDelegate {
    private(set) var dialogue: SMTPDialogue
    /// As in `TLSv1.3 / TLS_AES_256_GCM_SHA384`; nil where no TLS was agreed upon in this transfer.
    private(set) var cipher: String?

    private let upload: Upload?
    private let interruption: Interruption
    private let timeouts: SMTPSettings.Timeouts
    private let mayOpen: Bool
    private let isWelcome: @Sendable () -> Void
    private var stalled = false
    private var headway = ContinuousClock.now
    private var left: ContinuousClock.Instant?

    /// - Parameters:
    ///   - mayOpen: false where the connection kept from before must do.
    ///   - isWelcome: told once the server waits for the message.
    init(
        _ dialogue: SMTPDialogue, upload: Upload?, interruption: Interruption, timeouts: SMTPSettings.Timeouts,
        mayOpen: Bool, isWelcome: @escaping @Sendable () -> Void
    ) {
        self.dialogue = dialogue
        self.upload = upload
        self.interruption = interruption
        self.timeouts = timeouts
        self.mayOpen = mayOpen
        self.isWelcome = isWelcome
    }

    /// What became of the message.
    func ending(_ error: CurlError?) -> SMTPDialogue.Ending {
        let cause: TransferEnd.Cause
        if let reason = upload?.failure {
            cause = .unreadable(reason)
        } else if interruption.isRaised {
            cause = .interrupted
        } else if stalled {
            cause = .stalled
        } else if let error {
            cause = .failed(error.failure, osError: error.osError)
        } else {
            cause = .finished
        }
        return dialogue.ended(TransferEnd(cause, message: error?.message ?? ""))
    }

    // MARK: TransferDelegate

    func didSend(line: UnsafeRawBufferPointer) {
        dialogue.sent(line)
        if dialogue.isLeaving { left = left ?? .now }
    }

    func didReceive(line: UnsafeRawBufferPointer) -> Bool {
        headway = .now
        let wasWelcome = dialogue.phase == .body
        let decision = dialogue.received(line)
        if !wasWelcome, dialogue.phase == .body { isWelcome() }
        return decision == .proceed
    }

    func didSendBody(count: Int) {
        headway = .now
        dialogue.sentBody(count)
    }

    func didNote(_ text: UnsafeRawBufferPointer) {
        if text.starts(with: "Connected to ".utf8) {
            dialogue.connected()
        } else if text.starts(with: "SSL connection using ".utf8) {
            dialogue.secured()
            let words = text.dropFirst("SSL connection using ".utf8.count).prefix { $0 >= 0x20 }
            cipher = String(decoding: words, as: UTF8.self)
        }
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        upload?.fill(buffer) ?? (upload == nil ? 0 : nil)
    }

    func mayContinue() -> Bool {
        if interruption.isRaised { return false }
        // libcurl would wait for the answer to QUIT as long as for any other.
        if let left { return left.duration(to: .now) < timeouts.goodbye }
        if dialogue.phase == .body, !dialogue.bodyIsComplete, headway.duration(to: .now) > timeouts.stall {
            stalled = true
            return false
        }
        return true
    }

    func mayConnect() -> Bool { mayOpen && !interruption.isRaised }
}

extension CurlError {
    /// What the dialogue wants to know of it.
    fileprivate var failure: TransferEnd.Failure {
        switch kind {
        case .unresolved: .unresolved
        case .unconnected: .unconnected
        case .timeout: .timeout
        case .tls: .tls
        case .authorities: .authorities
        case .other: .other
        }
    }
}
