internal import ArgumentParser
import Configuration
import ControlAPI
import SupportDesk

struct CallbackCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "callback",
            abstract: words(
                fr: "Demande qu'un technicien rappelle.", en: "Ask that a technician call back."),
            usage: words(
                fr: "assistctl callback --license <numéro> [--slot <date>] [<options>]\n"
                    + "assistctl callback --change <réf> --slot <date> [<options>]\n"
                    + "assistctl callback --cancel <réf> [<options>]",
                en: "assistctl callback --license <number> [--slot <time>] [<options>]\n"
                    + "assistctl callback --change <ref> --slot <time> [<options>]\n"
                    + "assistctl callback --cancel <ref> [<options>]"),
            discussion: words(
                fr:
                    "À toute heure. L'assistance rappelle dans un créneau de 4 heures ouvrées, dès que possible ou à partir "
                    + "de la date souhaitée, à l'heure de l'assistance ; la réponse dit quel créneau, et pourquoi "
                    + "celui-là.",
                en:
                    "At any hour. The desk calls back within a window of 4 business hours, as soon as possible or from the "
                    + "wished time on, in the desk's time; the answer says which window, and why this one."))
    }

    @Option(help: help(fr: "Numéro de licence.", en: "License number.", value: ValueName.license))
    var license: String?

    @Option(help: help(fr: "Numéro à rappeler.", en: "Number to call.", value: ValueName.phone))
    var phone: String?

    @Option(
        help: help(
            fr: "Date souhaitée : \"2026-11-24 14:00\", \"24/11/2026 14h\", \"demain matin\".",
            en: "Wished time: \"2026-11-24 14:00\", \"tomorrow 2pm\".", value: ValueName.instant))
    var slot: String?

    @Option(help: help(fr: "Qui rappeler.", en: "Whom to call.", value: ValueName.text))
    var contact: String?

    @Option(help: help(fr: "Société.", en: "Company.", value: ValueName.text))
    var company: String?

    @Option(help: help(fr: "Courriel pour la réponse.", en: "Email for the answer.", value: ValueName.text))
    var email: String?

    @Option(help: help(fr: "De quoi il s'agit.", en: "What it is about.", value: ValueName.text))
    var about: String?

    @Option(help: help(fr: "Rapport concerné.", en: "The report it is about.", value: ValueName.reference))
    var report: String?

    @Option(help: help(fr: "Déplace ce rappel.", en: "Move this call-back.", value: ValueName.reference))
    var change: String?

    @Option(help: help(fr: "Annule ce rappel.", en: "Call this call-back off.", value: ValueName.reference))
    var cancel: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        switch (change, cancel) {
        case (_?, _?):
            throw misuse(fr: "--change ou --cancel, pas les deux.", en: "--change or --cancel, not both.")
        case (nil, nil) where license == nil && report == nil:
            throw misuse(
                fr: "Il manque --license, le numéro de licence (ou --report, un rapport qui le porte).",
                en: "--license, the license number, is missing (or --report, a report that has it).")
        case (nil, _?) where [license, phone, slot, contact, company, email, about, report].contains { $0 != nil }:
            throw misuse(fr: "--cancel ne prend rien d'autre.", en: "--cancel takes nothing else.")
        default: break
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        if let slot { try check(slot, in: context) }
        if let email, EmailAddress(email) == nil {
            throw CommandFailure(
                .badInput, code: "bad_field", fr: "« \(email.harmless) » n'est pas une adresse de courriel.",
                en: "“\(email.harmless)” is not an email address.")
        }
        var order = CallbackOrder()
        order.license = license
        order.phone = phone
        order.slot = slot
        order.contact = contact
        order.company = company
        order.email = email
        order.about = about
        order.related = try report.map { try References.one($0).description }
        order.change = try change.map { try References.one($0).description }
        order.cancel = try cancel.map { try References.one($0).description }
        order.language = context.language.rawValue
        let reply = try context.daemon().callBack(order)
        if context.json { try context.emit(reply) }
        let submission = reply.submission
        guard submission.state != State.rejected.rawValue else {
            if !context.json {
                context.complain(CommandFailure(rejected: submission, file: context.say(fr: "rappel", en: "call-back")))
            }
            return .badInput
        }
        if !context.json { tell(reply, in: context) }
        return .done
    }

    private func tell(_ reply: CallbackReply, in context: CommandContext) {
        context.output.line(reply.submission.reference.harmless)
        let text = Bilingual(fr: reply.explanation.textFR, en: reply.explanation.text)[context.language].harmlessLines
        for line in text.wrapped(to: context.width ?? .max) { context.output.line(line) }
        if let reason = reply.submission.reason, reply.submission.state == State.held.rawValue {
            let why = Bilingual(fr: reason.textFR, en: reason.text)[context.language].harmlessLines
            context.remark(fr: "Retenu pour une personne : \(why)", en: "Held for a person: \(why)")
        }
        if cancel == nil, phone == nil, change == nil, report == nil {
            context.remark(
                fr: "Sans --phone, l'assistance appelle le numéro qu'elle connaît.",
                en: "Without --phone, the desk calls the number it has.")
        }
    }

    /// A wish typed wrongly is refused here, where somebody can type it again; in a report it would only be noted.
    private func check(_ slot: String, in context: CommandContext) throws {
        let desk = try KnownDesk(try context.settings().settings.desk)
        let wish = CallbackWish(slot, zone: desk.calendar.zone, now: context.clock.now)
        guard wish == nil || wish == .never else { return }
        throw CommandFailure(
            .badInput, code: "bad_field",
            fr: "« \(slot.harmless) » n'est pas une date : écrivez --slot \"2026-11-24 14:00\".",
            en: "“\(slot.harmless)” is no date: write --slot \"2026-11-24 14:00\".")
    }
}
