import Logging
import Platform
import ServiceLifecycle
import SupportDesk

/// Tells the service manager that the service lives, as long as every loop goes round and the journal answers.
struct Watchdog: Service {
    let heartbeats: [Heartbeat]
    let journal: any Journal
    let interval: Duration
    let sleeper: Sleeper
    let logger: Logger
    let feed: @Sendable () -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            feed()
            while true {
                let before = heartbeats.map(\.count)
                for heartbeat in heartbeats { heartbeat.nudge() }
                guard await sleeper.sleep(interval) else { return }
                let hanging = zip(heartbeats, before).filter { $0.count == $1 }.map(\.0.name)
                do {
                    _ = try await journal.lastEvent()
                    if hanging.isEmpty { feed() }
                } catch {
                    logger.critical("the journal does not answer: \(error.inWords.english)")
                }
                if !hanging.isEmpty {
                    logger.critical("no progress in \(hanging.joined(separator: ", ")); the watchdog is not fed")
                }
            }
        }
    }
}
