import SupportDesk
import TestSupport

extension Case {
    private static let long = String(repeating: "x", count: 100_000)
    private static let extensions = (0..<150).map { "250-X-EXTENSION-\($0)" }.joined(separator: "\n")

    /// What servers should not do, and do: the table goes on.
    static let hostile: [Case] = [
        // Not a mail server at all.
        Case(
            "a captive portal that answers at once",
            [.reply("HTTP/1.1 302 Found\nLocation: http://portal.example/\n"), .stall], .deferred, fault: .unreachable),
        Case("a captive portal that answers and hangs up", [.reply("<html>"), .close], .deferred, fault: .unreachable),
        Case(
            "a greeting of zeros", [.raw([UInt8](repeating: 0, count: 4) + [0x0D, 0x0A]), .stall], .deferred,
            fault: .unreachable),
        Case("greeting 999", [.reply("999 What")], .deferred, 999, fault: .unreachable),
        Case("greeting 354", [.reply("354 Go on")], .deferred, 354, fault: .unreachable),

        // Odd forms of what is right.
        Case(
            "a greeting of many lines, and not in ASCII",
            [.raw(Array("220-Accès réservé\r\n220-\r\n220 \u{e9}\r\n".utf8) + [])] + Array([Step].hello().dropFirst())
                + .accepted,
            .accepted, 250, "2.0.0"),
        Case(
            "replies of many lines everywhere",
            .hello() + [
                .expect("MAIL"), .reply("250-2.1.0 One\n250-2.1.0 two\n250 2.1.0 three"), .expect("RCPT"),
                .reply("250-One\n250 two"), .expect("DATA"), .reply("354-One\n354 two"), .message,
                .reply("250-2.0.0 One\n250 2.0.0 two"),
            ], .accepted, 250, "2.0.0"),
        Case(
            "a hundred and fifty extensions",
            [.reply("220 a"), .expect("EHLO"), .reply("250-a\n\(extensions)\n250 SIZE 1000")] + .accepted, .accepted,
            250, "2.0.0"),
        Case(
            "a reply of 100,000 bytes in one line",
            .hello() + [.expect("MAIL"), .reply("250 " + long)] + Array([Step].accepted.dropFirst(2)), .accepted, 250,
            "2.0.0"),
        Case(
            "a refusal of 100,000 bytes in one line", sent + [.reply("554 5.7.1 " + long)], .refused, 554, "5.7.1",
            reason: .messageRefused),
        Case("bare line feeds", sent + [.raw(Array("250 2.0.0 Ok\n".utf8))], .accepted, 250, "2.0.0"),
        Case("zeros within a reply", sent + [.raw(Array("250 2.0.0 O\0k\r\n".utf8))], .accepted, 250, "2.0.0"),
        Case(
            "noise before a reply",
            .hello() + [.expect("MAIL"), .reply("* noise\n25\n\n250 Ok")] + Array([Step].accepted.dropFirst(2)),
            .accepted, 250, "2.0.0"),
        Case("a limit that is no number", .hello("SIZE lots") + .accepted, .accepted, 250, "2.0.0"),
        Case("a limit beyond all numbers", .hello("SIZE 99999999999999999999") + .accepted, .accepted, 250, "2.0.0"),
        Case("a limit below zero", .hello("SIZE -1") + .accepted, .accepted, 250, "2.0.0"),
        Case("a limit just kept", .hello("SIZE \(Trial.letter.utf8.count)") + .accepted, .accepted, 250, "2.0.0"),
        Case(
            "a limit just passed", .hello("SIZE \(Trial.letter.utf8.count - 1)") + .accepted, .refused,
            reason: .tooLarge),

        // Codes nobody should send.
        Case("MAIL 600", .hello() + [.expect("MAIL"), .reply("600 What")], .deferred, 600),
        Case("MAIL 354", .hello() + [.expect("MAIL"), .reply("354 Go on")], .deferred, 354),
        Case(
            "RCPT 252", mail + [.expect("RCPT"), .reply("252 Perhaps")] + Array([Step].accepted.dropFirst(4)),
            .accepted, 250, "2.0.0"),
        Case("RCPT 354", mail + [.expect("RCPT"), .reply("354 Go on")], .deferred, 354),
        Case("354 at last", sent + [.reply("354 Go on")], .deferred, 354),
        Case("199 at last", sent + [.reply("199 What")], .deferred, 199),

        // Later, or too much.
        Case(
            "RCPT 451, greylisted", mail + [.expect("RCPT"), .reply("451 4.7.1 Greylisted, see http://postgrey")],
            .deferred, 451, "4.7.1"),
        Case(
            "RCPT 452", mail + [.expect("RCPT"), .reply("452 4.3.1 Insufficient system storage")], .deferred, 452,
            "4.3.1"),
        Case("MAIL 452", .hello() + [.expect("MAIL"), .reply("452 4.3.1 Full")], .deferred, 452, "4.3.1"),
        Case(
            "MAIL 552 5.3.4", .hello() + [.expect("MAIL"), .reply("552 5.3.4 Too big")], .refused, 552, "5.3.4",
            reason: .tooLarge),
        Case(
            "MAIL 535, which is about the login", .hello() + [.expect("MAIL"), .reply("535 5.7.8 No")], .deferred, 535,
            "5.7.8", fault: .authentication),
        Case(
            "MAIL 534, nothing more told", .hello() + [.expect("MAIL"), .reply("534 Stronger")], .deferred, 534,
            fault: .authentication),
        Case(
            "RCPT 538, nothing more told", mail + [.expect("RCPT"), .reply("538 Encrypt")], .deferred, 538,
            fault: .authentication),
        Case(
            "DATA 421", rcpt + [.expect("DATA"), .reply("421 4.3.2 Going down"), .close], .deferred, 421, "4.3.2",
            fault: .busy),
        Case("DATA 552", rcpt + [.expect("DATA"), .reply("552 Too big")], .refused, 552, reason: .tooLarge),
        Case(
            "DATA 550 5.2.3", rcpt + [.expect("DATA"), .reply("550 5.2.3 Too long")], .refused, 550, "5.2.3",
            reason: .tooLarge),
        Case("452 at last", sent + [.reply("452 4.3.1 Full")], .deferred, 452, "4.3.1"),
        Case("552 at last, nothing told", sent + [.reply("552 Too big")], .refused, 552, reason: .tooLarge),
        Case(
            "RCPT 552, which is about the mailbox", mail + [.expect("RCPT"), .reply("552 Full")], .refused, 552,
            reason: .recipientRefused),

        // A conversation out of step is never taken for success.
        Case(
            "an answer ahead of EHLO", [.reply("220 a\n250 ahead"), .expect("EHLO"), .reply("250 a")] + .accepted,
            .deferred, 250, "2.1.5"),
        Case(
            "an answer ahead of MAIL", [.reply("220 a"), .expect("EHLO"), .reply("250 a\n250 ahead")] + .accepted,
            .deferred, 250, "2.1.5"),
        Case(
            "an answer ahead of RCPT",
            .hello() + [.expect("MAIL"), .reply("250 Ok\n250 ahead")] + Array([Step].accepted.dropFirst(2)), .deferred,
            250, "2.1.5"),
        Case(
            "an answer ahead of DATA",
            mail + [.expect("RCPT"), .reply("250 Ok\n250 ahead")] + Array([Step].accepted.dropFirst(4)), .deferred, 250),
        Case(
            "a refusal ahead of the end", rcpt + [.expect("DATA"), .reply("354 Go on\n554 5.7.1 No"), .message],
            .refused, 554, "5.7.1", reason: .messageRefused),
    ]
}
