import Mail
import Platform
import TestSupport

/// The mail server of the desk, which keeps what it said 250 to, whether or not anybody heard it say so.
final class MailDesk: Sendable {
    /// A message it took.
    struct Copy: Hashable, Sendable {
        var subject: String
        var messageID: String
        var bytes: [UInt8]
    }

    private struct State {
        var copies: [Copy]
        /// Everything it judged, in order; nil where it refused.
        var judged: [Copy?] = []
        var verdicts: [String: String]
    }

    let server: ScriptedSMTPServer
    private let state: Locked<State>

    /// - Parameters:
    ///   - verdicts: the replies to messages whose subjects end so; 250 to all others.
    ///   - copies: what it took before.
    init(verdicts: [String: String] = [:], copies: [Copy] = []) throws {
        let state = Locked(State(copies: copies, verdicts: verdicts))
        self.state = state
        server = try ScriptedSMTPServer([[.reply("220 desk ESMTP"), .converse { Self.judge($0, state) }]])
    }

    deinit { server.stop() }

    var copies: [Copy] { state.current.copies }

    /// What it took of the first so many messages.
    func copies(ofFirst count: Int) -> [Copy] { state.current.judged.prefix(count).compactMap(\.self) }

    /// From now on it takes what it refused.
    func relents(about subject: String) { state.withLock { $0.verdicts[subject] = nil } }

    private static func judge(_ bytes: [UInt8], _ state: Locked<State>) -> String {
        let mail = try? MessageReader.read(bytes)
        let subject = mail?.header("Subject") ?? ""
        let copy = Copy(subject: subject, messageID: mail?.header("Message-ID") ?? "", bytes: bytes)
        return state.withLock { state in
            if let verdict = state.verdicts.first(where: { subject.hasSuffix($0.key) }) {
                state.judged.append(nil)
                return verdict.value
            }
            state.judged.append(copy)
            state.copies.append(copy)
            return "250 2.0.0 Ok: kept"
        }
    }
}
