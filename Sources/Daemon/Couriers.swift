import Configuration
import ControlAPI
import ControlServer
import Courier
import FaxChannel
import Logging
import Platform
import SMTPChannel
import SQLiteJournal
import ServiceLifecycle
import SupportDesk

/// The courier of each channel, and what moves reports from one to the other.
struct Couriers: Sendable {
    let mail: Courier
    let fax: Courier
    let fallback: Fallback
    let faxChannel: FaxChannel
    private let isFaxInService: @Sendable () -> Bool

    /// Faxes that are handed over and followed at a time; the gateway has its own order of sending them.
    private static let faxesAtATime = 4

    /// - Parameter expectAnswer: somebody waits for an answer until that instant.
    init(
        _ live: LiveSettings, _ journal: SQLiteJournal, _ register: LiveRegister, _ liveFax: LiveFax, _ logger: Logger,
        expectAnswer: @escaping @Sendable (Timestamp) -> Void
    ) {
        func rules(_ channel: ChannelName) -> Courier.Rules {
            Courier.Rules(
                objection: { register.objection(to: $0, by: channel, at: $1) },
                due: { live.current.promise.due(for: $0, relayedAt: $1) }, expectAnswer: expectAnswer)
        }
        let mail = Courier(
            channel: SMTPChannel(settings: { live.current.smtp }), journal: journal,
            settings: {
                let settings = live.current.settings
                var courier = Courier.Settings(connections: settings.smtp.connections, policy: settings.retry.policy)
                courier.warnAfter = settings.retry.warnAfter
                return courier
            }, rules: rules(.smtp), logger: logger)
        var faxRules = rules(.fax)
        faxRules.allowance = { try await liveFax.allowance(at: $0) }
        faxRules.changedChannel = { _ in mail.lookAgain() }
        let channel = FaxChannel(liveFax.sources)
        let fax = Courier(
            channel: channel, journal: journal,
            settings: {
                var courier = Courier.Settings(connections: Self.faxesAtATime, policy: liveFax.policy)
                courier.warnAfter = live.current.settings.retry.warnAfter
                // What the gateway has it goes on with; the next start asks what became of it.
                courier.stopWithin = .zero
                return courier
            }, rules: faxRules, logger: logger)
        isFaxInService = { live.current.fax.settings.gateway != nil }
        self.mail = mail
        self.fax = fax
        faxChannel = channel
        fallback = Fallback(
            journal: journal, settings: { liveFax.fallback },
            mayFax: { register.covers($0, by: .fax, at: WallClock.system.now) },
            room: {
                guard case .closed = await fax.condition,
                    case .open = try await liveFax.allowance(at: WallClock.system.now)
                else { return 0 }
                // After a fault one goes ahead.
                return await fax.isOnTrial ? 1 : Self.faxesAtATime
            }, moved: { fax.lookAgain() }, returned: { mail.lookAgain() }, logger: logger)
    }

    var services: [any Service] { [mail, fax, fallback] }
    var heartbeats: [Heartbeat] { [mail.heartbeat, fax.heartbeat, fallback.heartbeat] }

    /// Something was taken in. Where faxes are not in service nothing goes that way.
    func admitted() {
        mail.lookAgain()
        if isFaxInService() { fax.lookAgain() }
    }

    /// Something may be due, or settings changed.
    func lookAgain() {
        mail.lookAgain()
        fax.lookAgain()
    }

    /// Settings changed.
    func settingsChanged() {
        lookAgain()
        fallback.lookAgain()
    }

    /// How each channel does that is in service, or has work left.
    ///
    /// - Parameter failure: why nothing can be begun by any of them.
    func views(_ channels: [ChannelName], _ failure: (any Explained)?) async -> [ChannelView] {
        var views = [ChannelView(.smtp, await mail.condition)]
        let condition = await fax.condition
        if channels.contains(.fax) || condition != .closed {
            var view = ChannelView(.fax, condition)
            if let closure = await fax.closure {
                view.pause = SentenceView(closure.why)
                view.pausedUntil = closure.until.description
            }
            views.append(view)
        }
        guard let failure else { return views }
        return views.map { ChannelView(name: $0.name, working: false, fault: SentenceView(failure.explanation)) }
    }
}

extension LiveSettings.Prepared {
    /// The channels in service, the default first.
    var channels: [ChannelName] { fax.settings.gateway == nil ? [.smtp] : [.smtp, .fax] }
}
