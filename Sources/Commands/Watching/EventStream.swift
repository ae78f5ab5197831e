import ControlAPI
import SupportDesk

/// The daemon's events as they come, over daemon restarts.
struct EventStream {
    private let daemon: ControlClient
    private let references: [Reference]
    private let context: CommandContext
    private var last: Int64
    private var isLost = false

    /// The longest the daemon is asked to hold an answer back.
    private static let longestWait = Duration.seconds(25)

    /// Starts behind everything that has happened so far.
    init(of references: [Reference], from daemon: ControlClient, in context: CommandContext) throws(CommandFailure) {
        self.daemon = daemon
        self.references = references
        self.context = context
        last = try daemon.events(after: nil, of: references, wait: .zero).last
    }

    /// What happened since the last call; waits for something to happen, but no longer than `limit`.
    ///
    /// Empty when nothing did, or while the daemon is away: then it has paused a moment.
    mutating func next(within limit: Duration? = nil) throws(CommandFailure) -> [EventView] {
        let wait = min(limit ?? Self.longestWait, Self.longestWait)
        do throws(CommandFailure) {
            // Whole seconds go over the wire, and at least one: asking without a wait would ask without end.
            let seconds = max(1, Int64((wait.wholeMilliseconds + 999) / 1000))
            let page = try daemon.events(after: last, of: references, wait: .seconds(seconds))
            last = page.last
            if isLost {
                isLost = false
                context.remark(fr: "Le service répond de nouveau.", en: "The daemon is back.")
            }
            return page.events
        } catch {
            guard error.status == .unreachable || error.status == .tryLater else { throw error }
            if !isLost {
                isLost = true
                context.remark(
                    fr: "Le service ne répond plus ; j'attends son retour.",
                    en: "The daemon went away; waiting for it to come back.")
            }
            context.pause(min(limit ?? .seconds(1), .seconds(1)))
            return []
        }
    }
}
