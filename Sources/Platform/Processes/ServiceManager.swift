internal import CSystemd

/// What the service manager is told (sd_notify). Without one, nothing happens.
package enum ServiceManager {
    /// The service does its work: after the spool is watched and the journal is open.
    package static func ready(_ status: String) { notify("READY=1\nSTATUS=\(status)") }

    /// A reload begins; `ready` ends it.
    package static func reloading() { notify("RELOADING=1") }

    package static func stopping(_ status: String) { notify("STOPPING=1\nSTATUS=\(status)") }

    package static func status(_ status: String) { notify("STATUS=\(status)") }

    /// Feeds the watchdog.
    package static func alive() { notify("WATCHDOG=1") }

    /// How often the manager wants to hear that the service lives; nil where it does not watch.
    package static var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        return sd_watchdog_enabled(0, &microseconds) > 0 ? .microseconds(Int64(microseconds)) : nil
    }

    private static func notify(_ message: String) {
        _ = sd_notify(0, message)
    }
}
