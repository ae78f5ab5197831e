extension Settings {
    /// The keys that differ from `running` and take effect only when the service is started again.
    package func keysNeedingRestart(comparedWith running: Settings) -> [String] {
        var keys: [String] = []
        if spool.path != running.spool.path { keys.append("spool.path") }
        if journal.url != running.journal.url { keys.append("journal.url") }
        if control.socket != running.control.socket { keys.append("control.socket") }
        if control.adminGroup != running.control.adminGroup { keys.append("control.admin_group") }
        if smtp.connections != running.smtp.connections { keys.append("smtp.connections") }
        return keys
    }
}
