import SMTPChannel
import SupportDesk
import TestSupport

/// A message, settings and scripts for trials.
enum Trial {
    static let letter = "Subject: panne\r\n\r\nBonjour\r\n"

    static func parcel(_ text: String = letter) -> Parcel {
        parcel(Array(text.utf8))
    }

    static func parcel(_ bytes: [UInt8]) -> Parcel {
        Parcel(reference: Reference(number: 1), attempt: 1, content: .bytes(bytes))
    }

    /// For a scripted server, which speaks no TLS.
    static func settings(
        _ url: String, tls: SMTPSettings.TLS = .none, username: String? = nil, password: String? = nil,
        token: String? = nil, from: String = "assistd@example.fr", hello: String? = "poste.example.fr",
        reply: Duration = .seconds(30)
    ) throws -> SMTPSettings {
        var timeouts = SMTPSettings.Timeouts()
        timeouts.reply = reply
        timeouts.connect = .seconds(30)
        timeouts.goodbye = .milliseconds(100)
        return try SMTPSettings(
            url: url, tls: tls, username: username, password: password.map { text in Secret(place: "test") { text } },
            token: token.map { text in Secret(place: "test") { text } }, from: from, to: "desk@example.com",
            hello: hello, timeouts: timeouts)
    }

    static func connection(
        _ server: ScriptedSMTPServer, username: String? = nil, password: String? = nil, token: String? = nil
    ) throws -> SMTPConnection {
        let settings = try settings(server.url, username: username, password: password, token: token)
        return SMTPConnection { settings }
    }

    /// One message over a connection of its own.
    static func deliver(_ settings: SMTPSettings, _ parcel: Parcel = parcel()) async -> AttemptResult {
        let connection = SMTPConnection { settings }
        let result = await connection.deliver(parcel)
        await connection.close()
        return result
    }
}

extension [ScriptedSMTPServer.Step] {
    /// Greeting and EHLO, with the extensions offered.
    static func hello(_ offers: String...) -> Self {
        let lines = ["test.example.fr"] + offers
        let reply = lines.indices.map { "250\($0 == lines.count - 1 ? " " : "-")\(lines[$0])" }
        return [.reply("220 test.example.fr ESMTP"), .expect("EHLO"), .reply(reply.joined(separator: "\n"))]
    }

    /// MAIL, RCPT and DATA, all well.
    static let envelope: Self = [
        .expect("MAIL"), .reply("250 2.1.0 Ok"), .expect("RCPT"), .reply("250 2.1.5 Ok"), .expect("DATA"),
        .reply("354 Go on"),
    ]

    /// A transaction to its good end.
    static let accepted: Self = envelope + [.message, .reply("250 2.0.0 Ok: queued as 4711")]

    static let goodbye: Self = [.expect("QUIT"), .reply("221 2.0.0 Bye")]
}
