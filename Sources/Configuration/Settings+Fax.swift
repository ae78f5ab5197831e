package import SupportDesk

extension Settings {
    /// The second way to the desk.
    package struct Fax: Hashable, Sendable {
        package enum Gateway: String, Sendable, CaseIterable {
            case none, hylafax, mail, http, command
        }
        package enum FallbackMail: String, Sendable, CaseIterable {
            case stop
            /// It goes as well, once it can.
            case `continue`
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
        /// How long the gateway may try one job.
        package var giveUp = Duration.seconds(3 * 3600)
        /// Calls a day at most.
        package var dailyCalls = 100
        /// Pages a day at most.
        package var dailyPages = 500
        /// When faxes are sent, on the desk's clock; nil for any time.
        package var sendingHours: OpeningHours?
        /// Open hours of the desk after which what mail could not deliver goes by fax; nil for never.
        package var fallbackAfter: Duration?
        /// What becomes of the mail of what went by fax.
        package var fallbackMail = FallbackMail.stop
        /// Whether pictures among the attachments become pages.
        package var pictures = false
        /// The program that sets pages; the one that came with this program when nil.
        package var pageProgram: String?
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
}
