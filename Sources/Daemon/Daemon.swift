import Configuration
import ControlAPI
import ControlServer
import Deadlines
import Doctor
import Glibc
import Intake
import Logging
import Platform
import Receipts
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import Systemd
import UnixSignals

/// Puts the parts together and runs them until told to stop.
struct Daemon {
    /// How long a stop may take before all that is left is broken off: less than the unit's TimeoutStopSec=.
    static let stopsWithin = Duration.seconds(45)

    let file: String
    let prepared: LiveSettings.Prepared
    let environment: [String: String]

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let settings = prepared.settings
        let style = Locked(settings.log.style)
        let logger = Logger(label: "assistd") { _ in StandardErrorLog(style: style) }
        let live = LiveSettings(file: file, prepared)

        try SpoolFolders.make(settings.spool)
        let details = Ownership.details(configuration: file)
        let spool = try Ownership(settings.spool.path + "/.lock", details)
        // A second daemon with another spool must not take the socket away.
        let socket = try Ownership(settings.control.socket + ".lock", details)
        defer { withExtendedLifetime((spool, socket)) {} }
        let journal = try await SQLiteJournal.open(path: settings.journal.path, details: details)
        let started = WallClock.system.now
        let recovered = try await journal.recover(at: started)
        for reference in recovered {
            logger.warning(
                "left in sending by the last run; outcome uncertain", metadata: ["reference": "\(reference)"])
        }

        try await run(live, journal, spool, logger, style, started)
        try await journal.close()
        logger.notice("stopped")
    }

    private func run(
        _ live: LiveSettings, _ journal: SQLiteJournal, _ spool: Ownership, _ logger: Logger,
        _ style: Locked<StandardErrorLog.Style>, _ started: Timestamp
    ) async throws {
        let settings = live.current.settings
        let register = LiveRegister(live)
        let releases = LiveReleases(live)
        let fax = LiveFax(live, journal)
        let announced = Locked<Deadlines?>(nil)
        let couriers = Couriers(live, journal, register, fax, logger) { announced.current?.expect($0) }
        let readiness = Readiness(parts: 3) {
            ProcessMemory.giveBack()
            ServiceManager.ready("watching \(settings.spool.incoming)")
            logger.notice(
                "ready", metadata: ["version": "\(ControlAPI.programVersion)", "spool": "\(settings.spool.path)"])
        }
        let intake = Intake(
            paths: DropZonePaths(incoming: settings.spool.incoming, rejected: settings.spool.rejected),
            journal: journal, tools: { Self.tools(live, register, releases) }, admitted: { couriers.admitted() },
            watching: { readiness.reached("intake") }, rooms: { Self.rooms(settings) },
            claimed: { try spool.renew() }, logger: logger)
        let deadlines = Deadlines(
            journal: journal, tools: { Self.deadlineTools(live, register) }, reference: { await intake.reference() },
            queued: { couriers.lookAgain() }, logger: logger)
        announced.withLock { $0 = deadlines }
        let receipts = ReceiptWriter(
            journal: journal, folder: settings.spool.receipts,
            zone: { live.current.promise.calendar.zone }, logger: logger)
        let control = ControlServer(
            path: settings.control.socket, adminGroup: settings.control.adminGroup,
            services: controlServices(
                live, journal: journal, intake: intake, couriers: couriers, register: register,
                releases: releases, started: started),
            limits: Self.limits(settings), logger: logger, listening: { readiness.reached("control") })
        let reload = Reload {
            await self.reload(live, style, logger, intake, couriers)
            await deadlines.lookAgain()
        } trapped: {
            readiness.reached("reload")
        }

        // Stopped from last to first: the doors close, then what is under way ends, then its receipts are written.
        var services: [any Service] = [receipts] + couriers.services + [deadlines, intake, control, reload]
        if let interval = ServiceManager.watchdogInterval {
            services.append(
                Watchdog(
                    heartbeats: [receipts.heartbeat] + couriers.heartbeats
                        + [deadlines.heartbeat, intake.heartbeat], journal: journal,
                    interval: interval / 3, sleeper: .system, logger: logger, feed: { ServiceManager.alive() }))
        }
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() })
        // The couriers take 20 s and receipts 5; the service manager kills after 60.
        configuration.maximumGracefulShutdownDuration = Self.stopsWithin
        try await withGracefulShutdownNotice {
            try await ServiceGroup(configuration: configuration).run()
        }
    }

    private func withGracefulShutdownNotice(_ body: () async throws -> Void) async throws {
        try await body()
        ServiceManager.stopping("stopped")
    }

    /// Whatever may be dropped may also be handed in over the socket, with room for what surrounds it there.
    private static func limits(_ settings: Settings) -> ControlServer.Limits {
        var limits = ControlServer.Limits()
        limits.body = settings.spool.limits.total + 1_000_000
        return limits
    }

    /// What is left where taking in writes.
    private static func rooms(_ settings: Settings) -> [(folder: String, room: FileSystemRoom)] {
        [settings.spool.path, settings.journal.folder].compactMap { folder in
            FileSystemRoom(of: folder).map { (folder, $0) }
        }
    }

    static func tools(
        _ live: LiveSettings, _ register: LiveRegister, _ releases: LiveReleases
    ) -> Intake.Tools {
        let prepared = live.current
        let spool = prepared.settings.spool
        var tools = Intake.Tools(
            settle: spool.settle, rescan: spool.rescan, limits: spool.limits, reserve: spool.reserve,
            admissions: AdmissionDesk(
                licenses: register.admittance(), composer: prepared.composer, channels: prepared.channels,
                promise: prepared.promise, language: prepared.settings.desk.language, releases: releases.current,
                masksSecrets: prepared.settings.privacy.maskInMail, userName: { Users.recentName(of: $0) }))
        tools.quotas = prepared.settings.quotas
        let adminGroup = prepared.settings.control.adminGroup
        tools.isAdministrator = { Users.isAdministrator($0, group: adminGroup) }
        return tools
    }

    private static func deadlineTools(_ live: LiveSettings, _ register: LiveRegister) -> Deadlines.Tools {
        let prepared = live.current
        let desk = prepared.settings.desk
        return Deadlines.Tools(
            zone: prepared.promise.calendar.zone, language: desk.language, composer: prepared.composer,
            isDeskReminded: desk.reminder, administrator: prepared.administrator, register: register.register,
            entitlement: prepared.settings.licenses.entitlement)
    }

    // MARK: Reload

    private func reload(
        _ live: LiveSettings, _ style: Locked<StandardErrorLog.Style>, _ logger: Logger, _ intake: Intake,
        _ couriers: Couriers
    ) async {
        ServiceManager.reloading()
        var status = "watching \(live.current.settings.spool.incoming)"
        defer { ServiceManager.ready(status) }
        let refused = "the new configuration was refused; the old one stays in use"
        do {
            let (settings, warnings) = try Settings.load(file: file).get()
            for warning in warnings + settings.missing {
                logger.warning("\(warning.rendered(file: file, in: .english))")
            }
            let running = live.current.settings
            var new = try LiveSettings.prepare(settings, warnings, environment: environment)
            for key in settings.keysNeedingRestart(comparedWith: running) {
                logger.warning("\(key) changed: it takes effect when the service is started again")
            }
            new.settings.spool.path = running.spool.path
            new.settings.journal = running.journal
            new.settings.control = running.control
            live.replace(with: new)
            style.withLock { $0 = settings.log.style }
            logger.notice("configuration read again")
        } catch let fault as ConfigurationFault {
            for line in fault.lines(in: .english) { logger.error("\(line)") }
            logger.error("\(refused)")
            status += "; \(refused)"
        } catch {
            logger.error("\(error.inWords.english)")
            logger.error("\(refused)")
            status += "; \(refused)"
        }
        intake.lookAgain()
        couriers.settingsChanged()
    }
}

extension Settings.Log {
    /// How log lines look.
    var style: StandardErrorLog.Style {
        let level: Logger.Level =
            switch self.level {
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            }
        return .init(level: level, format: format == .json ? .json : .text)
    }
}
