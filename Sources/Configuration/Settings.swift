package import SupportDesk

/// Everything `assistd.toml` can say, with the defaults of what it does not say.
package struct Settings: Hashable, Sendable {
    package var spool = Spool()
    package var journal = Journal()
    package var control = Control()
    package var licenses = Licenses()
    package var quotas = Quotas()
    package var smtp = SMTP()
    package var retry = Retry()
    package var fax = Fax()
    package var mailbox = Mailbox()
    package var desk = Desk()
    package var privacy = Privacy()
    package var retention = Retention()
    package var http = HTTP()
    package var log = Log()

    package init() {}

    package struct Spool: Hashable, Sendable {
        package var path = "/var/spool/assistd"
        /// How long a file must lie still before it counts as complete.
        package var settle = Duration.seconds(2)
        /// The drop zone is looked through this often, whatever inotify says.
        package var rescan = Duration.seconds(30)
        /// Bytes that taking in leaves free on the disk; 0 keeps nothing back.
        package var reserve = 64_000_000
        /// `max_size`, `max_header`, `max_fields`, `max_attachments`.
        package var limits = ReportLimits()

        package var incoming: String { path + "/incoming" }
        package var rejected: String { path + "/rejected" }
        package var receipts: String { path + "/receipts" }
    }

    package struct Journal: Hashable, Sendable {
        /// `sqlite:/path`.
        package var url = "sqlite:/var/lib/assistd/journal.sqlite"

        /// The database file.
        package var path: String { String(url.dropFirst("sqlite:".count)) }

        /// The folder it lies in.
        package var folder: String {
            path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        }
    }

    package struct Control: Hashable, Sendable {
        package var socket = "/run/assistd/control.sock"
        /// Members see and act on every submission.
        package var adminGroup = "assistd"

        package init() {}
    }

    package struct Licenses: Hashable, Sendable {
        /// A CSV file; nil where none is kept here.
        package var register: String?
        package var pattern = LicenseRules.defaultPattern
        package var checkDigit = LicenseRules.CheckDigit.none
        package var unknown = Policy.hold
        package var noRegister = Policy.forward
        package var expired = Policy.hold
        /// As `expired` when nil.
        package var notEntitled: Policy?
        package var channelNotCovered = Policy.hold
        package var unsupportedVersion = Policy.forward
        package var minimumVersion: ProductVersion?
        /// What each kind of contract covers.
        package var contracts = ContractKinds.standard
        /// A list of the versions that were released; nil where none is kept here.
        package var versions: String?
    }

    package struct SMTP: Hashable, Sendable {
        package enum TLS: String, Sendable, CaseIterable {
            case required
            /// Plain text, to a relay that is trusted and near.
            case none
        }

        /// `smtp://host:587` or `smtps://host:465`, the port always written; nil until it is set.
        package var url: String?
        package var tls = TLS.required
        package var username: String?
        package var passwordFile: SecretSource?
        package var oauth2TokenFile: SecretSource?
        /// The address that sends; it must be set.
        package var from: String?
        /// Shown beside `from`.
        package var fromName: String?
        package var to = "assistance@gestimum.com"
        package var ccPartner = false
        package var connections = 4
        package var caFile: String?
        /// The name said in EHLO; the machine's when nil.
        package var hello: String?
        /// A mustache template for the body; the built-in one when nil.
        package var template: String?
    }

    package struct Retry: Hashable, Sendable {
        package var policy = RetryPolicy()
        /// After this long in the queue a submission is named in `status` and the log.
        package var warnAfter = Duration.seconds(3600)
    }

    package struct Desk: Hashable, Sendable {
        package var name = "GESTIMUM"
        package var timezone = "Europe/Paris"
        package var hours = OpeningHours.desk
        package var holidays = Holidays.france
        /// How much of its open time the desk takes for an answer, and for a call-back.
        package var response = Duration.seconds(4 * 3600)
        package var contacts = Contacts.standard
        /// Beside the configuration where it is no full path.
        package var partnerFile = "Gestimum.Partenaire"
        /// The language of the mails it gets.
        package var language = Language.french
        /// Whether the desk is reminded, once, of an answer that is overdue.
        package var reminder = false
        /// Who is told, once, of an answer that is overdue; nil tells nobody.
        package var notify: String?

        /// The partner's file.
        ///
        /// - Parameter configuration: the path of the configuration file.
        package func partnerFile(beside configuration: String) -> String {
            if partnerFile.hasPrefix("/") { return partnerFile }
            let folder = configuration.lastIndex(of: "/").map { configuration[...$0] } ?? "./"
            return folder + partnerFile
        }
    }

    package struct Privacy: Hashable, Sendable {
        /// Whether passwords, unlock keys and the like are masked in what the desk gets too.
        package var maskInMail = false
    }

    package struct Log: Hashable, Sendable {
        package enum Level: String, Sendable, CaseIterable {
            case debug, info, notice, warning, error
        }
        package enum Format: String, Sendable, CaseIterable {
            case text, json
        }
        package var level = Level.info
        package var format = Format.text
    }
}
