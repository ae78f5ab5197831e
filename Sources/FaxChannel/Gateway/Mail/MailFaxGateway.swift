package import Configuration
package import SMTPChannel
package import SupportDesk

/// Sends faxes by mail to a service that sends on what is attached. What becomes of them it tells by mail, to people.
package struct MailFaxGateway: FaxGateway {
    package let pollInterval = Duration.seconds(60)
    package let findsByTag = false

    private let relay: @Sendable () -> SMTPSettings
    private let writer: FaxMailWriter

    /// - Parameters:
    ///   - relay: `[smtp]` as it stands now; faxes go through the same server with another envelope.
    ///   - environment: where secrets are looked up.
    /// - Throws: where the settings cannot work.
    package init(
        _ settings: Settings.Fax, environment: [String: String], clock: WallClock,
        relay: @escaping @Sendable () -> SMTPSettings
    ) throws(ChannelFault) {
        self.relay = relay
        writer = FaxMailWriter(try FaxMailTemplate(settings.mail, environment: environment), clock: clock)
    }

    package var endpoint: String { "mail \(writer.template.domain) through \(relay().endpoint)" }

    package var callsOff: Bool { false }

    package func submit(_ job: FaxJob) async throws(ChannelFault) -> FaxHandover {
        var settings = relay()
        let letter = try await writer.letter(job, from: settings.from)
        settings.from = letter.from
        settings.to = letter.to
        let fixed = settings
        let connection = SMTPConnection { fixed }
        let result = await connection.deliver(
            Parcel(reference: job.tag.reference, attempt: job.tag.attempt, content: .bytes(letter.bytes)))
        await connection.close()
        return try handover(letter.expunged(from: result))
    }

    private func handover(_ result: AttemptResult) throws(ChannelFault) -> FaxHandover {
        if let fault = result.fault { throw fault }
        let kind: FaxOutcome.Kind
        switch result.outcome {
        case .accepted: kind = .relayed
        case .uncertain: kind = .uncertain(.handover)
        case .refused:
            switch result.reason {
            case .recipientRefused: kind = .refused(.number)
            case .tooLarge: kind = .refused(.document)
            default: kind = .refused(.job)
            }
        case .deferred:
            throw ChannelFault(
                .busy, fr: "\(result.endpoint) ne prend pas encore le fax : \(result.text)",
                en: "\(result.endpoint) does not take the fax yet: \(result.text)")
        }
        return .over(FaxOutcome(kind, code: result.code, text: result.text))
    }

    package func find(_ tag: FaxTag) async throws(ChannelFault) -> String? { throw .unsearchable(endpoint) }

    /// The service is not asked: it answers by mail.
    package func standing(of job: String) async throws(ChannelFault) -> FaxStanding { .unknown }

    package func callOff(_ job: String) async throws(ChannelFault) -> Bool { false }

    package func examine() async throws(ChannelFault) -> Bilingual {
        var settings = relay()
        settings.from = try await writer.check(from: settings.from)
        let fixed = settings
        let probe = await SMTPChannel { fixed }.examine()
        if let fault = probe.fault { throw fault }
        return Bilingual(
            fr: "\(probe.endpoint) répond et prendrait un courriel pour \(writer.template.domain) ; rien n'a été "
                + "envoyé.",
            en: "\(probe.endpoint) answers and would take a mail for \(writer.template.domain); nothing was sent.")
    }
}
