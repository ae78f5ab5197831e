package import Configuration
package import SMTPChannel

/// Where the fax server is, as whom it is asked, and how faxes are to be sent.
package struct HylaFAXSettings: Hashable, Sendable {
    package var host: String
    package var port: Int
    package var user: String
    /// nil where the server wants none.
    package var password: Secret?
    /// As HylaFAX names it; nil for any.
    package var modem: String?
    /// Calls for one job at most.
    package var maximumDials: Int
    /// Calls at most that a machine answered.
    package var maximumTries: Int
    /// When the server is to give a job up.
    package var giveUp: Duration
    package var pollInterval: Duration
    /// 204 × 196 dots an inch instead of 204 × 98.
    package var isFine: Bool
    /// What the other machine shows, where the server lets it be chosen: up to 20 digits, blanks and plus signs.
    package var stationID: String?
    package var timeouts = Timeouts()

    package struct Timeouts: Hashable, Sendable {
        package var connect = Duration.seconds(15)
        package var reply = Duration.seconds(45)
        /// For a document, or a list of jobs, as a whole.
        package var transfer = Duration.seconds(300)
        /// How long a goodbye is waited for.
        package var goodbye = Duration.seconds(3)

        package init() {}
    }

    /// As attempts name the server: `hylafax fax.example.com:4559`.
    package var endpoint: String { "hylafax \(host):\(port)" }

    /// Takes `[fax]` and `[fax.hylafax]` of the configuration; the password is read each time it is needed.
    ///
    /// - Parameter environment: where `env:NAME` and `$CREDENTIALS_DIRECTORY` are looked up.
    package init(_ fax: Settings.Fax, environment: [String: String]) {
        let hylafax = fax.hylafax
        host = hylafax.host ?? "localhost"
        port = hylafax.port
        user = hylafax.user ?? "assistd"
        password = hylafax.passwordFile.map { source in
            Secret(place: source.configured) { try source.read(environment: environment) }
        }
        modem = hylafax.modem == "any" ? nil : hylafax.modem
        maximumDials = hylafax.maxDials
        maximumTries = hylafax.maxTries
        giveUp = fax.giveUp
        pollInterval = hylafax.poll
        isFine = fax.resolution == .fine
        stationID = fax.stationID ?? fax.ownNumber
    }

    /// As LASTTIME wants it: days, hours and minutes, as in `000300` for three hours.
    var lastTime: String {
        let minutes = min(max(1, (Int(giveUp.components.seconds) + 59) / 60), 99 * 24 * 60)
        return [minutes / (24 * 60), minutes / 60 % 24, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }
}
