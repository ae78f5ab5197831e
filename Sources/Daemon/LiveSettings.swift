import Configuration
import ControlAPI
import Mail
import Platform
import SMTPChannel
import SupportDesk

/// The configuration in use, and what was made of it; a reload replaces it whole or not at all.
final class LiveSettings: Sendable {
    /// Everything that follows from one configuration file.
    struct Prepared: Sendable {
        var settings: Settings
        /// What the file was warned of.
        var warnings: [ConfigurationProblem]
        var composer: MailComposer
        var smtp: SMTPSettings
        var licenseRules: LicenseRules
        /// The desk's hours, and how long it takes.
        var promise: ResponsePromise
        /// Who is told of what is overdue.
        var administrator: Mailbox?
        var fax: PreparedFax
    }

    /// Several things wrong with what a configuration leads to, though the file itself is sound.
    struct Unusable: Explained {
        var explanation: Bilingual
    }

    let file: String
    private let prepared: Locked<Prepared>

    init(file: String, _ prepared: Prepared) {
        self.file = file
        self.prepared = Locked(prepared)
    }

    var current: Prepared { prepared.current }

    func replace(with new: Prepared) { prepared.withLock { $0 = new } }

    /// Makes of the settings what they stand for: everything that can be found wrong before work begins.
    static func prepare(
        _ settings: Settings, _ warnings: [ConfigurationProblem], environment: [String: String]
    ) throws -> Prepared {
        var smtp = try SMTPSettings(settings.smtp, environment: environment)
        smtp.administrator = try settings.desk.notify.map { try MailAddress($0) }
        let sender = try Mailbox(name: settings.smtp.fromName, address: smtp.from.text)
        let composer = MailComposer(
            from: sender, to: try Mailbox(name: settings.desk.name, address: smtp.to.text),
            userAgent: "assistd/\(ControlAPI.programVersion)",
            template: try template(settings.smtp.template, in: settings.desk.language))
        var rules = LicenseRules()
        rules.pattern = settings.licenses.pattern
        rules.checkDigit = settings.licenses.checkDigit
        if let fault = rules.validate() { throw Unusable(explanation: fault) }
        let promise = try promise(settings.desk)
        return Prepared(
            settings: settings, warnings: warnings, composer: composer, smtp: smtp, licenseRules: rules,
            promise: promise, administrator: try settings.desk.notify.map { try Mailbox(address: $0) },
            fax: try PreparedFax(settings, smtp, zone: promise.calendar.zone, environment: environment))
    }

    private static func promise(_ desk: Settings.Desk) throws -> ResponsePromise {
        guard let zone = Zone.named(desk.timezone) else {
            throw Unusable(
                explanation: Bilingual(
                    fr:
                        "desk.timezone : cette machine ne connaît pas le fuseau « \(desk.timezone) » ; écrivez par exemple "
                        + "Europe/Paris.",
                    en: "desk.timezone: this machine does not know the time zone “\(desk.timezone)”; write for example "
                        + "Europe/Paris."))
        }
        return ResponsePromise(
            calendar: BusinessCalendar(hours: desk.hours, holidays: desk.holidays, zone: zone),
            response: desk.response)
    }

    private static func template(_ path: String?, in language: Language) throws -> MailTemplate {
        guard let path else { return try MailTemplate.load(in: language) }
        let file = try OpenFile(path)
        let bytes = try file.read(limit: 1_000_000, expecting: try file.info().size)
        do {
            return try MailTemplate.load(String(decoding: bytes, as: UTF8.self), in: language)
        } catch {
            let words = error.explanation
            throw Unusable(
                explanation: Bilingual(fr: "\(path) : \(words.french)", en: "\(path): \(words.english)"))
        }
    }
}
