internal import ArgumentParser
import ControlAPI
import Glibc
import SupportDesk

struct WatchCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "watch",
            abstract: words(fr: "Montre les changements en direct.", en: "Show changes as they happen."),
            usage: words(fr: "assistctl watch [<réf> ...] [<options>]", en: "assistctl watch [<ref> ...] [<options>]"),
            discussion: words(
                fr: "Une ligne par changement, jusqu'à Ctrl-C. Continue après un redémarrage du service.",
                en: "One line for each change, until Ctrl-C. Goes on after a restart of the daemon."))
    }

    @Argument(
        help: help(
            fr: "Références à suivre ; toutes s'il n'y en a pas.", en: "References to follow; all if there are none.",
            value: ValueName.reference))
    var references: [String] = []

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let wanted = try References(references).all
        let daemon = try context.daemon()
        for reference in wanted {
            do throws(CommandFailure) { _ = try daemon.submission(reference) } catch {
                throw error.status == .notSo ? error.about(reference) : error
            }
        }
        var stream = try EventStream(of: wanted, from: daemon, in: context)
        context.endCleanlyOnInterrupt()
        if context.errorsAreTerminal {
            context.remark(
                fr: "En attente de changements ; Ctrl-C pour finir.", en: "Waiting for changes; Ctrl-C ends.")
        }
        while !context.output.isBroken {
            for event in try stream.next() {
                if context.json {
                    try context.emit(event)
                } else {
                    context.output.line(EventLine.text(event, in: context))
                }
            }
        }
        return .done
    }
}

/// An event in one line.
enum EventLine {
    static func text(_ event: EventView, in context: CommandContext) -> String {
        let state = State(rawValue: event.state)
        let name = (state?.shortName[context.language] ?? event.state.harmless).padded(to: 12)
        let text = Bilingual(fr: event.textFR, en: event.text)[context.language].harmless
        let start = "\(clock(event.at, in: context))  \(event.reference.harmless)  "
        let room = context.width.map { max(20, $0 - start.columns - name.columns - 2) } ?? .max
        return start + (state?.style ?? .plain).on(name, in: context) + "  " + text.cut(to: room)
    }

    private static func clock(_ text: String, in context: CommandContext) -> String {
        String(context.preciseMoment(text).suffix(8))
    }
}

extension CommandContext {
    /// Ctrl-C is how a person says that they have seen enough: no failure. Each line was written at once, so
    /// nothing is lost by ending there and then.
    func endCleanlyOnInterrupt() {
        for number in [SIGINT, SIGTERM] { signal(number) { _ in _exit(0) } }
    }
}
