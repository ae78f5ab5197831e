import Curl
import SupportDesk

/// A login with its secret at hand. It lives as long as the connection it opens.
struct SMTPLogin {
    /// What libcurl may use; empty where there is no login.
    let mechanisms: [String]
    /// What else would do where the server offers none of those.
    let otherMechanisms: [String]

    private let username: String
    private let secret: String
    /// How the secret may look in what a server repeats.
    private let traces: [String]
    private let isToken: Bool

    /// libcurl's order would put the weak and the odd first (NTLM, DIGEST-MD5), and a password before a token; and
    /// where a login fails, it tries no second mechanism. So it is told what to use.
    private static let forPasswords = [["PLAIN", "LOGIN"], ["CRAM-MD5"]]
    private static let forTokens = [["XOAUTH2"], ["OAUTHBEARER"]]

    /// - Parameter preferred: mechanisms the server is known to offer; nil for the usual ones.
    init(_ login: SMTPSettings.Login, preferring preferred: [String]?) throws(ChannelFault) {
        let choices: [[String]]
        switch login {
        case .none: (choices, username, secret, isToken) = ([], "", "", false)
        case .password(let name, let password):
            (choices, username, secret, isToken) = (Self.forPasswords, name, try password.read(), false)
        case .bearer(let name, let token):
            (choices, username, secret, isToken) = (Self.forTokens, name, try token.read(), true)
        }
        let mechanisms = choices.first { $0 == preferred } ?? choices.first ?? []
        self.mechanisms = mechanisms
        otherMechanisms = choices.first { $0 != mechanisms } ?? []
        let plain = [0] + Array(username.utf8) + [0] + Array(secret.utf8)
        let xoauth = Array("user=\(username)\u{1}auth=Bearer \(secret)\u{1}\u{1}".utf8)
        // A server may have trimmed what it repeats.
        let bare = secret.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        let traces = [secret, String(bare), base64(plain), base64(xoauth), base64(Array(secret.utf8))]
        self.traces = mechanisms.isEmpty ? [] : traces.filter { !$0.isEmpty }
    }

    func apply(to handle: EasyHandle) throws(CurlError) {
        guard !mechanisms.isEmpty else { return }
        try handle.set(.username, username)
        try handle.set(isToken ? .bearerToken : .password, secret)
        try handle.set(.loginOptions, mechanisms.map { "AUTH=\($0)" }.joined(separator: ";"))
        try handle.set(.saslInitialResponse, true)
    }

    /// The result without the secret, should a server have repeated what it was sent.
    func expunged(from result: AttemptResult) -> AttemptResult {
        func clean(_ text: String) -> String {
            var text = text
            for trace in traces { text = text.replacing(trace, with: "•••") }
            return text
        }
        var result = result
        result.text = clean(result.text)
        if let fault = result.fault {
            result.fault = ChannelFault(
                fault.kind, fr: clean(fault.explanation.french), en: clean(fault.explanation.english))
        }
        return result
    }
}

/// RFC 4648, 4.
private func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        var symbols: [UInt8] = []
        for _ in 0..<4 {
            symbols.insert(alphabet[bits & 63], at: 0)
            bits >>= 6
        }
        text += symbols.prefix(group.count + 1) + Array(repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
}
