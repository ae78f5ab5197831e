import Configuration
import ControlAPI
import ControlServer
import Courier
import Intake
import Platform
import SQLiteJournal
import SupportDesk

extension Daemon {
    /// Connects the control server's questions to the parts that can answer them.
    func controlServices(
        _ live: LiveSettings, journal: SQLiteJournal, intake: Intake, courier: Courier,
        register: LiveRegister, started: Timestamp
    ) -> ControlServices {
        let clock = WallClock.system
        return ControlServices(
            journal: journal, clock: clock,
            submit: { try await intake.submit($0) },
            lookAgain: { courier.lookAgain() },
            license: { written in
                LicenseView(register.admittance().decide(written, on: Self.today(live, clock)))
            },
            licenses: {
                let admittance = register.admittance()
                let today = Self.today(live, clock)
                let entries = register.reading()?.reading.register?.entries ?? []
                return LicensePage(licenses: entries.map { LicenseView(admittance.decide($0.license, on: today)) })
            },
            register: { register.view },
            channels: { [ChannelView(.smtp, await courier.condition)] },
            intakeStopped: { await intake.stopped },
            doctor: { await self.doctor(live, journal: journal, intake: intake, courier: courier) },
            warnAfter: { live.current.settings.retry.warnAfter },
            channelsInService: [.smtp],
            version: ControlAPI.programVersion, startedAt: started)
    }

    private static func today(_ live: LiveSettings, _ clock: WallClock) -> CalendarDate {
        DeskDay(timezone: live.current.settings.desk.timezone)(clock.now)
    }
}

extension LicenseView {
    init(_ decision: Admittance.Decision) {
        let policy: Policy
        let reason: Reason?
        switch decision.outcome {
        case .forward: (policy, reason) = (.forward, nil)
        case .hold(let why): (policy, reason) = (.hold, why)
        case .reject(let why): (policy, reason) = (.reject, why)
        }
        self.init(
            license: decision.license, known: decision.entry != nil, entitled: policy == .forward,
            policy: policy.rawValue)
        company = decision.entry?.company
        partner = decision.entry?.partner
        product = decision.entry?.product
        version = decision.entry?.version
        purchasedOn = decision.entry?.purchased?.description
        contract = decision.entry?.contract
        contractEndsOn = decision.entry?.contractEnd?.description
        self.reason = reason.map {
            ReasonView(code: $0.code.rawValue, text: $0.text.english, textFR: $0.text.french)
        }
    }
}

extension ChannelView {
    init(_ name: ChannelName, _ condition: Breaker.Position) {
        switch condition {
        case .closed: self.init(name: name.rawValue, working: true)
        case .open(let fault, let since, let probeAt):
            self.init(
                name: name.rawValue, working: false, fault: SentenceView(fault.explanation),
                since: since.description, nextProbeAt: probeAt.description)
        }
    }
}
