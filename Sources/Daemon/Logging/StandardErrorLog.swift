import Glibc
package import Logging
package import Platform
package import SupportDesk

/// Log lines on standard error: with journald's priorities under systemd, with the time elsewhere; as text or JSON.
package struct StandardErrorLog: LogHandler {
    package enum Format: Sendable {
        case text, json
    }

    /// What a reload may change for every logger at once.
    package struct Style: Sendable {
        package var level: Logger.Level
        package var format: Format

        package init(level: Logger.Level, format: Format) {
            self.level = level
            self.format = format
        }
    }

    package var metadata: Logger.Metadata = [:]
    private let style: Locked<Style>
    private let clock: WallClock
    private let underJournald: Bool
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes a whole line, its end included.
    package init(
        style: Locked<Style>, clock: WallClock = .system,
        underJournald: Bool = StandardErrorLog.isUnderJournald,
        write: @escaping @Sendable (String) -> Void = StandardErrorLog.toStandardError
    ) {
        self.style = style
        self.clock = clock
        self.underJournald = underJournald
        self.write = write
    }

    package var logLevel: Logger.Level {
        get { style.current.level }
        set { style.withLock { $0.level = newValue } }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields = metadata.map { ($0.key, $0.value.description) }
        if let own = event.metadata {
            fields.removeAll { own[$0.0] != nil }
            for (key, value) in own { fields.append((key, value.description)) }
        }
        fields.sort { $0.0 < $1.0 }
        let priority = underJournald ? "<\(Self.priority(of: event.level))>" : ""
        switch style.current.format {
        case .text:
            var line = priority
            line.reserveCapacity(256)
            if !underJournald {
                line += clock.now.description
                line += " "
                line += event.level.rawValue
                line += " "
            }
            line += event.message.description.harmless
            for (key, value) in fields {
                line += " "
                line += key
                line += "="
                line += Self.quoted(value)
            }
            line += "\n"
            write(line)
        case .json:
            var members = [
                ("time", clock.now.description), ("level", event.level.rawValue),
                ("message", event.message.description),
            ]
            members += fields
            let body = members.map { "\(Self.json($0.0)):\(Self.json($0.1))" }.joined(separator: ",")
            write("\(priority){\(body)}\n")
        }
    }

    /// syslog(3).
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private static func quoted(_ value: String) -> String {
        let harmless = value.harmless
        let isPlain = !harmless.isEmpty && harmless.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D }
        return isPlain ? harmless : json(harmless)
    }

    private static func json(_ text: String) -> String {
        var result = "\""
        for scalar in text.harmless.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    /// Whether standard error goes to journald: the very stream JOURNAL_STREAM names (systemd.exec(5)). The variable
    /// alone says little: a terminal opened by a service has it too.
    package static let isUnderJournald: Bool = {
        guard let stream = getenv("JOURNAL_STREAM").map({ String(cString: $0) }) else { return false }
        var found = stat()
        return fstat(STDERR_FILENO, &found) == 0 && stream == "\(found.st_dev):\(found.st_ino)"
    }()

    /// What is to be said before there is a logger, or after: a line for each line of the text.
    package static func write(_ text: String, level: Logger.Level) {
        let priority = isUnderJournald ? "<\(priority(of: level))>" : ""
        for line in text.split(separator: "\n") { toStandardError(priority + line.harmless + "\n") }
    }

    /// One call for a line, so that lines of several threads do not mix.
    package static let toStandardError: @Sendable (String) -> Void = { line in
        var line = line
        line.withUTF8 { bytes in
            _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
