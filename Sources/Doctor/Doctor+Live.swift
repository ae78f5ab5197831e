package import Configuration
import Platform
import SMTPChannel
import SupportDesk

extension Doctor {
    /// Looks at this machine as it is, the mail server included.
    package static func examine(
        _ settings: Settings, warnings: [ConfigurationProblem], environment: [String: String],
        isService: Bool = true, file: String, probeFax: FaxProbe? = nil
    ) async -> [DoctorCheck] {
        let doctor = Doctor(
            settings: settings, warnings: warnings, environment: environment, clock: .system,
            isService: isService, file: file, probeFax: probeFax, probeMail: { await probe(settings.smtp, environment) }
        )
        return await doctor.run()
    }

    private static func probe(_ smtp: Settings.SMTP, _ environment: [String: String]) async -> MailProbe {
        do {
            let settings = try SMTPSettings(smtp, environment: environment)
            let found = await SMTPChannel(settings: { settings }).examine()
            return MailProbe(endpoint: found.endpoint, cipher: found.cipher, fault: found.fault)
        } catch {
            let words = error.explanation
            return MailProbe(
                endpoint: smtp.url ?? "smtp.url",
                fault: ChannelFault(.configuration, fr: words.french, en: words.english))
        }
    }
}
