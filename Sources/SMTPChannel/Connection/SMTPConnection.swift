import Curl
import Dispatch
import Platform
package import SupportDesk

/// One conversation with the mail server, kept open between messages.
///
/// libcurl blocks while it waits for the server, so each connection has a thread of its own.
package actor SMTPConnection: ChannelConnection {
    private let settings: @Sendable () -> SMTPSettings
    private let executor = BlockingExecutor(label: "smtp")
    private let interruption = Interruption()
    private var line: Line?
    /// The kind of login the server turned out to want.
    private var preferred: [String]?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The handle and what belongs to the connection it keeps.
    private struct Line {
        let handle: EasyHandle
        let settings: SMTPSettings
        let login: SMTPLogin
        /// nil until a server has answered.
        var session: SMTPSession?

        /// The session that can be used again, if any.
        var kept: SMTPSession? { handle.sockets.isEmpty ? nil : session }
    }

    /// - Parameter settings: asked before each message; where they changed, the connection is made anew.
    package init(settings: @escaping @Sendable () -> SMTPSettings) {
        self.settings = settings
    }

    deinit {
        // The goodbye that libcurl says as its handle goes away must not wait for an answer.
        interruption.sever()
    }

    package nonisolated func interrupt() { interruption.raise() }

    package nonisolated func deliver(_ parcel: Parcel, noting notes: AttemptNotes) async -> AttemptResult? {
        await deliver(parcel, isWelcome: notes.isWelcome)
    }

    /// Hands one message to the server.
    ///
    /// - Parameter isWelcome: told once the server waits for the message.
    package nonisolated func deliver(
        _ parcel: Parcel, isWelcome: @escaping @Sendable () -> Void = {}
    ) async -> AttemptResult {
        interruption.begin()
        defer { interruption.end() }
        return await send(parcel, isWelcome)
    }

    package nonisolated func probe() async -> ChannelFault? { await examine().fault }

    /// As `probe`, and tells what was found on the way.
    package nonisolated func examine() async -> SMTPProbe {
        interruption.begin()
        defer { interruption.end() }
        return await knock()
    }

    package func close() { release(politely: true) }

    // MARK: Work

    private func send(_ parcel: Parcel, _ isWelcome: @escaping @Sendable () -> Void) -> AttemptResult {
        let settings = settings()
        let endpoint = settings.endpoint.description
        guard let recipient = settings.address(of: parcel.recipient) else {
            return AttemptResult(
                .refused, text: "not sent: no address of the administrator is configured any more (desk.notify)",
                reason: .recipientRefused, endpoint: endpoint)
        }
        let upload: () throws(Upload.Fault) -> Upload = { () throws(Upload.Fault) in try Upload(parcel.content) }
        do throws(Upload.Fault) {
            return try converse(size: parcel.content.size, to: recipient, isWelcome, upload).result
        } catch {
            switch error {
            case .unreadable(let reason):
                return AttemptResult(
                    .deferred, text: "the message could not be read here: \(reason)", endpoint: endpoint)
            case .dotAfterBareLineEnd:
                return AttemptResult(
                    .refused, text: "not sent: a line of the message begins with a dot after a bare line end",
                    reason: .malformed, endpoint: endpoint)
            }
        }
    }

    private func knock() -> SMTPProbe {
        let outcome = converse(size: nil, to: settings().to) { nil }
        var probe = SMTPProbe(endpoint: outcome.result.endpoint, session: outcome.session, cipher: outcome.cipher)
        if outcome.result.outcome != .accepted {
            let text = outcome.result.text
            probe.fault =
                outcome.result.fault
                ?? ChannelFault(.unreachable, fr: "L'essai n'a pas abouti : \(text)", en: "The trial failed: \(text)")
        }
        return probe
    }

    private struct Outcome {
        var result: AttemptResult
        var session: SMTPSession?
        var cipher: String?
    }

    /// - Parameter upload: nil says NOOP instead of handing in a message.
    private func converse<Failure: Error>(
        size: Int?, to recipient: MailAddress, _ isWelcome: @escaping @Sendable () -> Void = {},
        _ upload: () throws(Failure) -> Upload?
    ) throws(Failure) -> Outcome {
        let settings = settings()
        let endpoint = settings.endpoint.description
        // At most three: in the session kept, in a new one, in one with the other kind of login.
        for _ in 0..<3 {
            if interruption.isRaised { break }
            do throws(ChannelFault) {
                try prepare(settings)
            } catch {
                release(politely: false)
                return Outcome(
                    result: AttemptResult(
                        .deferred, text: error.explanation.english, fault: error, endpoint: endpoint))
            }
            guard var line else { break }
            let upload = try upload()
            let transfer = SMTPTransfer(
                SMTPDialogue(rules(line, recipient, size: size, upload), keeping: line.kept), upload: upload,
                interruption: interruption, timeouts: settings.timeouts, mayOpen: line.kept == nil, isWelcome: isWelcome
            )
            let ending = run(transfer, over: line, recipient, upload)
            line.session = transfer.dialogue.session
            self.line = line
            switch ending {
            case .result(var result):
                result.endpoint = endpoint
                result = line.login.expunged(from: result)
                // libcurl keeps what fell silent at the end of a message: an answer that comes late would be taken for one
                // to the next message.
                if result.fault != nil || !transfer.dialogue.isAnswered { release(politely: false) }
                return Outcome(result: result, session: transfer.dialogue.session, cipher: transfer.cipher)
            case .reconnect: release(politely: false)
            case .login(let others):
                preferred = others
                release(politely: false)
            }
        }
        let text =
            interruption.isRaised ? "interrupted before the message was sent" : "the connection broke off again"
        return Outcome(result: AttemptResult(.deferred, text: text, endpoint: endpoint))
    }

    private func run(
        _ transfer: SMTPTransfer, over line: Line, _ recipient: MailAddress, _ upload: Upload?
    ) -> SMTPDialogue.Ending {
        guard transfer.dialogue.decision == .proceed else { return transfer.ending(nil) }
        let handle = line.handle
        do throws(CurlError) {
            // The order matters: each of these also chooses the kind of transfer.
            if let upload {
                try handle.set(.noBody, false)
                try handle.set(.upload, true)
                try handle.set(.uploadSize, Int64(upload.wireSize))
                try handle.set(.customRequest, nil)
            } else {
                try handle.set(.upload, false)
                try handle.set(.noBody, true)
                try handle.set(.customRequest, "NOOP")
            }
            try handle.set(.recipients, upload == nil ? [] : [recipient.text])
        } catch {
            return transfer.ending(error)
        }
        return transfer.ending(handle.perform(transfer))
    }

    private func rules(_ line: Line, _ recipient: MailAddress, size: Int?, _ upload: Upload?) -> SMTPRules {
        let settings = line.settings
        var rules = SMTPRules(
            endpoint: settings.endpoint.description,
            encryption: settings.endpoint.implicitTLS ? .implicit : settings.tls == .required ? .startTLS : .none,
            mechanisms: line.login.mechanisms, size: size)
        rules.otherMechanisms = line.login.otherMechanisms
        rules.hello = settings.hello
        rules.addressInUTF8 = [settings.from, recipient].first(where: \.needsSMTPUTF8)?.text
        rules.wireSize = upload?.wireSize ?? 0
        return rules
    }

    // MARK: Opening and closing

    /// Keeps the connection where it can be used again; otherwise makes ready for a new one, with the secrets as
    /// they stand now.
    private func prepare(_ settings: SMTPSettings) throws(ChannelFault) {
        if let line, line.kept != nil, line.settings == settings { return }
        release(politely: true)
        let login = try SMTPLogin(settings.login, preferring: preferred)
        let handle: EasyHandle
        do throws(CurlError) {
            handle = try EasyHandle()
            try handle.configure(settings, login)
        } catch {
            throw ChannelFault(
                .configuration, fr: "libcurl refuse un réglage : \(error)", en: "libcurl refuses a setting: \(error)")
        }
        interruption.watch(handle.sockets)
        line = Line(handle: handle, settings: settings, login: login)
    }

    /// - Parameter politely: with a goodbye, whose answer is waited for a moment only.
    private func release(politely: Bool) {
        guard let sockets = line?.handle.sockets, let timeouts = line?.settings.timeouts else { return }
        let limit = DispatchWorkItem { sockets.sever() }
        if !politely || interruption.isRaised {
            sockets.sever()
        } else if !sockets.isEmpty {
            let goodbye = Int(timeouts.goodbye / .milliseconds(1))
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(goodbye), execute: limit)
        }
        // The handle goes away here, and with it the connection.
        line = nil
        limit.cancel()
        interruption.watch(nil)
    }
}
