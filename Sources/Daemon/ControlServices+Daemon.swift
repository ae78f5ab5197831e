import Configuration
import ControlAPI
import ControlServer
import FaxChannel
import Intake
import Platform
import SQLiteJournal
import SupportDesk

extension Daemon {
    /// Connects the control server's questions to the parts that can answer them.
    func controlServices(
        _ live: LiveSettings, journal: SQLiteJournal, intake: Intake, couriers: Couriers,
        register: LiveRegister, releases: LiveReleases, started: Timestamp
    ) -> ControlServices {
        let clock = WallClock.system
        return ControlServices(
            journal: journal, clock: clock,
            submit: { try await intake.submit($0) },
            mayRepeat: { try await intake.mayRepeat($0, by: $1) },
            didNotRepeat: { await intake.didNotRepeat($0, by: $1) },
            callBack: { try await intake.callBack($0) },
            lookAgain: { couriers.lookAgain() },
            license: { written in
                LicenseView(written, register.admittance(), releases.current, on: Self.today(live, clock))
            },
            licenses: {
                let admittance = register.admittance()
                let today = Self.today(live, clock)
                let entries = register.register?.entries ?? []
                let known = releases.current
                return LicensePage(
                    licenses: entries.map { LicenseView($0.license, admittance, known, on: today) })
            },
            register: { register.view },
            channels: { await couriers.views(live.current.channels, journal.failure) },
            intakeStopped: { await intake.stopped },
            doctor: { await self.doctor(live, journal: journal, intake: intake, couriers: couriers) },
            warnAfter: { live.current.settings.retry.warnAfter },
            channelsInService: { live.current.channels }, callOff: { couriers.faxChannel.callOff($0) },
            version: ControlAPI.programVersion, startedAt: started)
    }

    private static func today(_ live: LiveSettings, _ clock: WallClock) -> CalendarDate {
        live.current.promise.calendar.zone.day(clock.now)
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
