extension ScriptedSMTPServer {
    /// What a mail server in good order says, for so many messages on a connection.
    ///
    /// - Parameter judge: what it says to a message.
    package static func desk(
        messages count: Int = 3000, judge: @escaping @Sendable ([UInt8]) -> String = { _ in "250 2.0.0 Ok: kept" }
    ) -> [Step] {
        let transaction: [Step] = [
            .expect("MAIL"), .reply("250 2.1.0 Ok"), .expect("RCPT"), .reply("250 2.1.5 Ok"), .expect("DATA"),
            .reply("354 Go on"), .judge { [.reply(judge($0))] },
        ]
        return [.reply("220 desk ESMTP"), .expect("EHLO"), .reply("250-desk\n250 SIZE 50000000")]
            + Array(repeating: transaction, count: count).flatMap(\.self)
    }

    /// What it says to somebody who only asks whether it is there.
    package static let probe: [Step] = [
        .reply("220 desk ESMTP"), .expect("EHLO"), .reply("250-desk\n250 SIZE 50000000"), .expect("NOOP"),
        .reply("250 2.0.0 Ok"), .expect("QUIT"), .reply("221 2.0.0 Bye"), .close,
    ]

    /// Its address as `[smtp]` wants it, in the clear.
    package var plainSettings: String { "url = \"\(url)\"\ntls = \"none\"" }
}
