extension Settings {
    /// The fax gateway: known to the file, without effect in this version.
    package struct Fax: Hashable, Sendable {
        package enum Gateway: String, Sendable, CaseIterable {
            case none, hylafax, mail, http, command
        }
        package enum Resolution: String, Sendable, CaseIterable {
            case fine, standard
        }

        package var gateway = Gateway.none
        /// The desk's, with its country (ITU-T E.164).
        package var number = "+33130417781"
        package var ownNumber: String?
        package var stationID: String?
        package var dialPrefix = ""
        package var resolution = Resolution.fine
        package var maxPages = 10
        package var giveUp = Duration.seconds(3 * 3600)
        package var dailyCalls: Int?
        package var sendingHours: String?
        package var fallbackAfter: Duration?
        package var hylafax = HylaFAX()
        package var mail = Mail()
        package var http = HTTP()
        package var command = Command()

        package struct HylaFAX: Hashable, Sendable {
            package var host: String?
            package var port = 4559
            package var user: String?
            package var passwordFile: SecretSource?
            package var modem = "any"
            package var maxDials = 5
            package var maxTries = 3
            package var poll = Duration.seconds(15)
        }

        package struct Mail: Hashable, Sendable {
            package var to = "{national}@ecofax.fr"
            package var subject: String?
            package var body: String?
            package var from: String?
            package var secretFile: SecretSource?
            package var attachment = "{reference}-{attempt}.pdf"
        }

        package struct HTTP: Hashable, Sendable {
            package var profile: String?
            package var url: String?
            package var username: String?
            package var passwordFile: SecretSource?
        }

        package struct Command: Hashable, Sendable {
            package var submit: [String] = []
            package var status: [String] = []
            package var timeout = Duration.seconds(60)
        }
    }

    /// Where replies arrive: known to the file, without effect in this version.
    package struct Mailbox: Hashable, Sendable {
        package var url: String?
        package var username: String?
        package var passwordFile: SecretSource?
        package var oauth2TokenFile: SecretSource?
        package var poll = Duration.seconds(60)
    }

    /// How long bodies and the rest are kept; nil keeps them. Known to the file, without effect in this version.
    package struct Retention: Hashable, Sendable {
        package var bodies: Duration?
        package var metadata: Duration?
    }

    /// The status page: known to the file, without effect in this version.
    package struct HTTP: Hashable, Sendable {
        package var listen: String?
        package var tokenFile: SecretSource?
    }
}
