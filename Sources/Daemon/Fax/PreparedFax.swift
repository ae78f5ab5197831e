import Configuration
import Doctor
import FaxChannel
import Platform
import SMTPChannel
import SupportDesk

/// What `[fax]` of a configuration leads to.
struct PreparedFax: Sendable {
    var settings: FaxSettings
    var limits: FaxLimits
    var letterhead: FaxLetterhead
    var pageProgram: PageProgram

    /// - Throws: `Unusable` where a gateway cannot be made of what the file says.
    init(_ settings: Settings, _ smtp: SMTPSettings, zone: Zone, environment: [String: String]) throws {
        let fax = settings.fax
        let number = try FaxNumber(fax.number)
        self.settings = FaxSettings(
            gateway: try Self.gateway(settings, smtp, environment), number: number,
            plan: DialPlan(ownNumber: fax.ownNumber, prefix: fax.dialPrefix), maximumCalls: fax.hylafax.maxDials)
        self.settings.longest = fax.giveUp + .seconds(86_400)
        limits = FaxLimits(zone: zone)
        limits.dailyCalls = fax.dailyCalls
        limits.dailyPages = fax.dailyPages
        limits.hours = fax.sendingHours.map { BusinessCalendar(hours: $0, holidays: .none, zone: zone) }
        letterhead = FaxLetterhead(
            desk: settings.desk.name, number: number, mail: smtp.from.text, language: settings.desk.language, zone: zone
        )
        letterhead.ownNumber = fax.ownNumber
        letterhead.maximumPages = fax.maxPages
        letterhead.isFine = fax.resolution == .fine
        pageProgram = PageProgram(path: fax.pageProgram)
    }

    private static func gateway(
        _ settings: Settings, _ smtp: SMTPSettings, _ environment: [String: String]
    ) throws -> (any FaxGateway)? {
        let fax = settings.fax
        return switch fax.gateway {
        case .none: nil
        case .mail: try MailFaxGateway(fax, environment: environment, clock: .system, relay: { smtp })
        case .command: try CommandGateway(fax, environment: environment)
        case .http: try HTTPGateway(fax, environment: environment)
        case .hylafax: HylaFAXGateway(HylaFAXSettings(fax, environment: environment))
        }
    }

    /// What `doctor` tries; nil where there is no gateway.
    var probe: FaxProbe? {
        guard let gateway = settings.gateway else { return nil }
        return FaxProbe(
            gateway: { () async throws(ChannelFault) -> Bilingual in try await gateway.examine() },
            page: { [letterhead, pageProgram] in
                try await pageProgram.pages(of: letterhead.sample(at: WallClock.system.now)).count
            })
    }
}
