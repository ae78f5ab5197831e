import ControlAPI
import SupportDesk

/// Does something to submissions and says for each what came of it.
struct Action {
    let name: String
    let options: ActionOptions
    var channel: ChannelName?
    /// What is said of each that it was done to.
    let done: Bilingual

    func run(in context: CommandContext) throws -> ExitStatus {
        let references = try References(options.references).all
        let daemon = try context.daemon()
        guard try isWanted(by: daemon, in: context) else { return .notSo }
        var reply = try daemon.intervene(
            InterventionRequest(
                action: name, references: references.map(\.description), state: options.state?.rawValue,
                channel: channel?.rawValue, confirmed: options.isConfirmed ? true : nil))
        try confirm(&reply, by: daemon, in: context)
        if context.json {
            try context.emit(reply)
        } else {
            if reply.results.isEmpty {
                context.remark(fr: "Il n'y en a aucune dans cet état.", en: "There are none in this state.")
            }
            for result in reply.results { report(result, in: context) }
        }
        return reply.results.map(\.exitStatus).max() ?? .done
    }

    /// Asks a person at a terminal before much is changed at once.
    private func isWanted(by daemon: ControlClient, in context: CommandContext) throws -> Bool {
        guard options.all, let state = options.state, !options.isConfirmed, !context.json,
            context.input.isTerminal, context.errorsAreTerminal
        else { return true }
        let count = try daemon.status().counts[state.rawValue] ?? 0
        guard count > 1 else { return true }
        context.errors.write(
            context.say(
                fr: "\(name) : \(count) demandes dans l'état « \(state.name.french) ». Continuer ? [o/N] ",
                en: "\(name): \(count) submissions in the state “\(state.name.english)”. Go on? [y/N] "))
        if Self.agrees(context.input.line()) { return true }
        context.remark(fr: "Rien n'a été fait.", en: "Nothing was done.")
        return false
    }

    /// Asks a person at a terminal about what costs money or may arrive twice, and has it done then.
    private func confirm(
        _ reply: inout InterventionReply, by daemon: ControlClient, in context: CommandContext
    ) throws {
        let open = reply.results.filter { $0.error?.code == Self.open }
        guard !open.isEmpty, !context.json, context.input.isTerminal, context.errorsAreTerminal else { return }
        for reason in open.compactMap(\.error) {
            context.errors.line(Bilingual(fr: reason.textFR, en: reason.text)[context.language].harmless)
        }
        context.errors.write(context.say(fr: "Continuer ? [o/N] ", en: "Go on? [y/N] "))
        guard Self.agrees(context.input.line()) else {
            return context.remark(fr: "Rien n'a été fait.", en: "Nothing was done.")
        }
        let second = try daemon.intervene(
            InterventionRequest(
                action: name, references: open.map(\.reference), channel: channel?.rawValue, confirmed: true))
        reply.results.removeAll { $0.error?.code == Self.open }
        reply.results += second.results
    }

    private static let open = "needs_confirmation"

    private static func agrees(_ answer: String) -> Bool {
        ["o", "oui", "y", "yes"].contains(answer.trimmingBlanks.lowercased())
    }

    private func report(_ result: InterventionReply.Result, in context: CommandContext) {
        if result.done, name == "cancel", result.state == State.sending.rawValue {
            return context.output.line(
                "\(result.reference.harmless)  "
                    + context.say(fr: "annulation demandée à la passerelle", en: "the gateway is asked to call it off"))
        }
        if result.done {
            context.output.line("\(result.reference.harmless)  " + Style.green.on(done[context.language], in: context))
            return
        }
        let reason = result.error ?? ReasonView(code: "not_possible", text: "not possible", textFR: "impossible")
        let text = Bilingual(fr: reason.textFR, en: reason.text)[context.language].harmless
        let advice =
            reason.code == Self.open
            ? context.say(fr: " ; ajoutez --yes si c'est voulu", en: "; add --yes to do it") : ""
        context.errors.line("\(result.reference.harmless)  \(text)\(advice)")
    }
}

extension InterventionReply.Result {
    fileprivate var exitStatus: ExitStatus {
        if done { return .done }
        return switch error?.code {
        case "not_permitted": .notPermitted
        case "try_again", "quota_exceeded": .tryLater
        case "needs_confirmation": .usage
        default: .notSo
        }
    }
}

extension String {
    /// Without blanks at either end.
    var trimmingBlanks: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
