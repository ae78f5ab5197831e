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
        let reply = try daemon.intervene(
            InterventionRequest(
                action: name, references: references.map(\.description), state: options.state?.rawValue,
                channel: channel?.rawValue))
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
        let answer = context.input.line().trimmingBlanks.lowercased()
        if ["o", "oui", "y", "yes"].contains(answer) { return true }
        context.remark(fr: "Rien n'a été fait.", en: "Nothing was done.")
        return false
    }

    private func report(_ result: InterventionReply.Result, in context: CommandContext) {
        if result.done {
            context.output.line("\(result.reference.harmless)  " + Style.green.on(done[context.language], in: context))
            return
        }
        let reason = result.error ?? ReasonView(code: "not_possible", text: "not possible", textFR: "impossible")
        let text = Bilingual(fr: reason.textFR, en: reason.text)[context.language].harmless
        context.errors.line("\(result.reference.harmless)  \(text)")
    }
}

extension InterventionReply.Result {
    fileprivate var exitStatus: ExitStatus {
        if done { return .done }
        return switch error?.code {
        case "not_permitted": .notPermitted
        case "try_again": .tryLater
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
