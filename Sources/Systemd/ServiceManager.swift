internal import CSystemd
@preconcurrency import Dispatch
import Platform

/// What the service manager is told (sd_notify). Without one, nothing happens.
package enum ServiceManager {
    /// The service does its work: after the spool is watched and the journal is open.
    package static func ready(_ status: String) { change(to: "READY=1\nSTATUS=\(status)") }

    /// A reload begins; `ready` ends it.
    package static func reloading() { change(to: "RELOADING=1") }

    package static func stopping(_ status: String) { change(to: "STOPPING=1\nSTATUS=\(status)") }

    package static func status(_ status: String) { notify("STATUS=\(status)") }

    /// Feeds the watchdog.
    package static func alive() { notify("WATCHDOG=1") }

    /// How often the manager wants to hear that the service lives; nil where it does not watch.
    package static var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        return sd_watchdog_enabled(0, &microseconds) > 0 ? .microseconds(Int64(microseconds)) : nil
    }

    /// How many changes of the service's state there were.
    private static let changes = Locked(0)

    private static func change(to message: String) {
        let change = changes.withLock { count in
            count += 1
            return count
        }
        insist(on: message, of: change)
    }

    /// Says it again and again until it is heard, or no longer so: a manager that was told nothing, for want of a
    /// descriptor perhaps, would end a service that is well.
    private static func insist(on message: String, of change: Int) {
        // Said under the lock: what is no longer so shall not come after what is.
        let isOver = changes.withLock { $0 != change || notify(message) }
        if !isOver { DispatchQueue.global().asyncAfter(deadline: .now() + 1) { insist(on: message, of: change) } }
    }

    /// - Returns: false where it could not be said.
    @discardableResult
    private static func notify(_ message: String) -> Bool { sd_notify(0, message) >= 0 }
}
