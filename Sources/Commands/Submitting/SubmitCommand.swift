internal import ArgumentParser
import Configuration
import ControlAPI
import SupportDesk
import UnixSocketHTTP

struct SubmitCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "submit",
            abstract: words(
                fr: "Dépose des rapports ; écrit leur référence.", en: "Hand in reports; print their reference."),
            usage: words(
                fr: "assistctl submit [<fichier> ...] [<options>]", en: "assistctl submit [<file> ...] [<options>]"),
            discussion: words(
                fr: "Un fichier est un rapport de n'importe quel format, ou un dossier NOM.report. Sans fichier, "
                    + "l'entrée standard est le rapport ; avec --license ou un autre champ, elle en est la "
                    + "description. Les pièces jointes nommées dans un fichier sont prises à côté de lui.",
                en: "A file is a report of any format, or a folder NAME.report. Without one, standard input is the "
                    + "report; with --license or another field, it is the description. Attachments named in a file "
                    + "are taken from beside it."))
    }

    @Argument(
        help: help(
            fr: "Rapports ; - est l'entrée standard.", en: "Reports; - is standard input.", value: ValueName.file),
        completion: .file())
    var files: [String] = []

    @OptionGroup var fields: FieldOptions

    @Option(
        help: help(
            fr: "Joint ce fichier ; peut se répéter.", en: "Attach this file; may be repeated.", value: ValueName.file),
        completion: .file())
    var attach: [String] = []

    @Option(
        help: help(fr: "Par ce canal : smtp ou fax.", en: "By this channel: smtp or fax.", value: ValueName.channel),
        completion: .choices(of: ChannelName.self), transform: channelChoice)
    var channel: ChannelName?

    @Option(
        help: help(
            fr: "low, normal, high ou blocking.", en: "low, normal, high or blocking.", value: ValueName.priority),
        completion: .choices(of: Priority.self), transform: choice(Priority.self))
    var priority: Priority?

    @Flag(help: help(fr: "Attend que le rapport soit remis.", en: "Wait until the report is relayed."))
    var wait = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if files.count > 1, !fields.isEmpty || !attach.isEmpty {
            throw misuse(
                fr: "Les champs et --attach ne vont qu'avec un seul rapport.",
                en: "Fields and --attach go with a single report only.")
        }
        if files.filter({ $0 == "-" }).count > 1 {
            throw misuse(fr: "L'entrée standard ne se lit qu'une fois.", en: "Standard input can be read only once.")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let known = try context.settings()
        let daemon = ControlClient(transport: context.transport(known.settings.control.socket))
        let reader = UploadReader(limit: known.settings.spool.limits.total, isConfigured: known.path != nil)
        var worst = ExitStatus.done
        for file in files.isEmpty ? ["-"] : files {
            worst = max(worst, try handIn(file, reader, daemon, in: context))
        }
        return worst
    }

    /// One bad report does not keep the others from leaving: its status is returned, what stops all is thrown.
    private func handIn(
        _ file: String, _ reader: UploadReader, _ daemon: ControlClient, in context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let outcome: Result<SubmissionView, CommandFailure>
        do throws(CommandFailure) {
            var upload = try reader.upload(of: file, fields: fields, isAlone: files.isEmpty, in: context)
            for path in attach { try reader.attach(path, to: &upload) }
            outcome = .success(try daemon.submit(upload.parts, channel: channel, priority: priority))
        } catch {
            outcome = .failure(error)
        }
        switch outcome {
        case .success(let submission): return try tell(submission, of: file, daemon, in: context)
        case .failure(let failure):
            guard failure.status == .badInput else { throw failure }
            context.complain(files.count > 1 ? failure.about(file: file) : failure)
            return failure.status
        }
    }

    private func tell(
        _ submission: SubmissionView, of file: String, _ daemon: ControlClient, in context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        var submission = submission
        var status = submission.state == State.rejected.rawValue ? ExitStatus.badInput : .done
        if status == .done {
            // At once, so that the reference is known whatever comes of the waiting.
            if !context.json { context.output.line(submission.reference.harmless) }
            if wait, let reference = Reference(submission.reference) {
                let waiter = Waiter(
                    reference: reference, goal: .relayed, timeout: nil, context: context,
                    showsProgress: context.errorsAreTerminal && !context.json)
                (status, submission) = try waiter.wait(from: daemon)
            } else if submission.state == State.held.rawValue, let reason = submission.reason {
                context.remark(fr: "Retenu : \(reason.textFR)", en: "Held: \(reason.text)")
            } else if context.errorsAreTerminal {
                let reference = submission.reference
                context.remark(
                    fr: "\(context.stateName(submission.state)). Pour la suite : assistctl show \(reference)",
                    en: "\(context.stateName(submission.state)). What becomes of it: assistctl show \(reference)")
            }
        } else if !context.json {
            context.complain(CommandFailure(rejected: submission, file: file))
        }
        if context.json {
            do { try context.emit(submission) } catch { throw ControlClient.misunderstood(error) }
        }
        return status
    }
}

/// The fields of a report, as options.
struct FieldOptions: ParsableArguments {
    @Option(help: help(fr: "Numéro de licence.", en: "License number.", value: ValueName.license))
    var license: String?

    @Option(
        help: help(fr: "Objet ; sinon la première ligne.", en: "Subject; else the first line.", value: ValueName.text))
    var subject: String?

    @Option(help: help(fr: "Qui demande.", en: "Who asks.", value: ValueName.text))
    var contact: String?

    @Option(help: help(fr: "Courriel pour la réponse.", en: "Email for the answer.", value: ValueName.text))
    var email: String?

    @Option(help: help(fr: "Téléphone.", en: "Phone.", value: ValueName.text))
    var phone: String?

    @Option(help: help(fr: "Société.", en: "Company.", value: ValueName.text))
    var company: String?

    @Option(help: help(fr: "Partenaire.", en: "Partner.", value: ValueName.text))
    var partner: String?

    @Option(help: help(fr: "Logiciel concerné.", en: "Software concerned.", value: ValueName.text))
    var product: String?

    @Option(help: help(fr: "Module concerné.", en: "Module concerned.", value: ValueName.text))
    var module: String?

    @Option(help: help(fr: "Version du logiciel.", en: "The software's version.", value: ValueName.text))
    var productVersion: String?

    @Option(
        help: help(
            fr: "Rappel souhaité : \"24/11/2026 14h\", oui.", en: "Wished call-back: \"2026-11-24 14:00\", yes.",
            value: ValueName.instant))
    var callback: String?

    @Option(help: help(fr: "Votre propre référence.", en: "Your own reference.", value: ValueName.text))
    var ownReference: String?

    /// Those that were given, by the names a JSON report uses.
    var byName: [String: String] {
        let all = [
            "license": license, "subject": subject, "contact": contact, "email": email, "phone": phone,
            "company": company, "partner": partner, "product": product, "module": module, "version": productVersion,
            "callback": callback, "reference": ownReference,
        ]
        return all.compactMapValues { $0 }
    }

    var isEmpty: Bool { byName.isEmpty }
}

extension CommandFailure {
    /// A report that was taken in and refused.
    init(rejected submission: SubmissionView, file: String) {
        let reason = submission.reason
        let place = file == "-" ? Bilingual(fr: "entrée standard", en: "standard input") : Bilingual(fr: file, en: file)
        self.init(
            .badInput, code: reason?.code ?? "malformed",
            fr: "\(place.french) : refusé : \(reason?.textFR ?? "motif inconnu.") (\(submission.reference))",
            en: "\(place.english): rejected: \(reason?.text ?? "reason unknown.") (\(submission.reference))")
    }

    func about(file: String) -> CommandFailure {
        guard !explanation.english.contains(file) else { return self }
        return CommandFailure(
            status, code: code, fr: "\(file) : \(explanation.french)", en: "\(file): \(explanation.english)")
    }
}
