internal import ArgumentParser
import SupportDesk

/// What the commands that act on submissions share.
struct ActionOptions: ParsableArguments {
    @Argument(help: help(fr: "Références.", en: "References.", value: ValueName.reference))
    var references: [String] = []

    @Flag(help: help(fr: "Toutes celles d'un état.", en: "All of one state."))
    var all = false

    @Option(
        help: help(fr: "Avec --all : \(stateNames).", en: "With --all: \(stateNames).", value: ValueName.state),
        completion: .choices(of: State.self), transform: choice(State.self))
    var state: State?

    @Flag(name: .customLong("yes"), help: help(fr: "Ne demande pas de confirmation.", en: "Do not ask to confirm."))
    var isConfirmed = false

    static func usage(_ name: String) -> String {
        words(
            fr: "assistctl \(name) <réf> ... [<options>]\nassistctl \(name) --all --state <état> [<options>]",
            en: "assistctl \(name) <ref> ... [<options>]\nassistctl \(name) --all --state <state> [<options>]")
    }

    func validate() throws {
        switch (references.isEmpty, all, state) {
        case (true, false, nil):
            throw ValidationError(
                words(
                    fr: "Indiquez des références, ou --all avec --state.", en: "Name references, or --all with --state."
                ))
        case (_, true, nil):
            throw ValidationError(
                words(
                    fr: "--all demande --state, par exemple --all --state failed.",
                    en: "--all needs --state, as in --all --state failed."))
        case (_, false, .some):
            throw ValidationError(words(fr: "--state ne va qu'avec --all.", en: "--state goes with --all only."))
        case (false, true, _):
            throw ValidationError(
                words(fr: "Des références ou --all, pas les deux.", en: "References or --all, not both."))
        default: break
        }
    }
}

struct RetryCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retry",
            abstract: words(fr: "Essaie de nouveau, maintenant.", en: "Try again, now."),
            usage: ActionOptions.usage("retry"),
            discussion: words(
                fr: "Pour ce qui attend, a échoué ou fut annulé.", en: "For what waits, has failed or was cancelled."))
    }

    @OptionGroup var options: ActionOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try Action(
            name: "retry", options: options, done: Bilingual(fr: "nouvel essai demandé", en: "will be tried again")
        )
        .run(in: context)
    }
}

struct CancelCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: words(fr: "Annule ce qui n'est pas parti.", en: "Cancel what has not left."),
            usage: ActionOptions.usage("cancel"),
            discussion: words(
                fr: "D'un fax en cours, l'annulation est demandée à la passerelle ; « show » dit si elle a réussi.",
                en: "Of a fax under way, the gateway is asked to call it off; \"show\" tells whether it did."))
    }

    @OptionGroup var options: ActionOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try Action(name: "cancel", options: options, done: Bilingual(fr: "annulé", en: "cancelled")).run(in: context)
    }
}

struct HoldCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "hold",
            abstract: words(
                fr: "Retient ce qui est en file, jusqu'à release.", en: "Hold what is queued, until release."),
            usage: ActionOptions.usage("hold"))
    }

    @OptionGroup var options: ActionOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try Action(name: "hold", options: options, done: Bilingual(fr: "retenu", en: "held")).run(in: context)
    }
}

struct ReleaseCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "release",
            abstract: words(fr: "Laisse partir ce qui est retenu.", en: "Let go what is held."),
            usage: ActionOptions.usage("release"))
    }

    @OptionGroup var options: ActionOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try Action(name: "release", options: options, done: Bilingual(fr: "libéré", en: "released")).run(in: context)
    }
}

struct AnsweredCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "answered",
            abstract: words(
                fr: "Note que l'assistance a répondu autrement.", en: "Note that the desk answered by another way."),
            usage: ActionOptions.usage("answered"),
            discussion: words(
                fr: "Par téléphone, par exemple : la demande est close, et n'est plus en retard.",
                en: "By telephone, for instance: the submission is closed, and no longer overdue."))
    }

    @OptionGroup var options: ActionOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try Action(name: "answered", options: options, done: Bilingual(fr: "réponse notée", en: "answer noted"))
            .run(in: context)
    }
}

struct ResendCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "resend",
            abstract: words(
                fr: "Envoie une seconde fois, sciemment.", en: "Send a second time, knowingly."),
            usage: ActionOptions.usage("resend"),
            discussion: words(
                fr:
                    "Le support recevra deux fois la demande. Par fax, une confirmation est demandée : cela coûte un appel.",
                en: "The desk will get the submission twice. By fax you are asked first: it costs a call."))
    }

    @OptionGroup var options: ActionOptions

    @Option(
        help: help(fr: "Par ce canal : smtp ou fax.", en: "By this channel: smtp or fax.", value: ValueName.channel),
        completion: .choices(of: ChannelName.self), transform: channelChoice)
    var channel: ChannelName?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try Action(
            name: "resend", options: options, channel: channel,
            done: Bilingual(fr: "second envoi demandé", en: "will be sent again")
        ).run(in: context)
    }
}
