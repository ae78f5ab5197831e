import Configuration
import ControlAPI
import ControlServer
import Platform
import SupportDesk

/// The register the configuration names, as it stands on disk now, and what it decides.
final class LiveRegister: Sendable {
    private let live: LiveSettings
    private let file: ConfiguredFile<Register>
    private let recent = Locked<(at: Timestamp, admittance: Admittance)?>(nil)

    init(_ live: LiveSettings) {
        self.live = live
        file = ConfiguredFile(path: { live.current.settings.licenses.register }, parse: { try Register.parse($0) })
    }

    /// The register in use; nil where there is none.
    var register: Register? { file.reading()?.reading.value }

    /// What decides about a licence now.
    func admittance() -> Admittance {
        let prepared = live.current
        let licenses = prepared.settings.licenses
        let knowledge: Admittance.Knowledge =
            switch register {
            case let register?: .register(register)
            case nil: licenses.register == nil ? .noRegister : .unreadable
            }
        var policies = Admittance.Policies(unknown: licenses.unknown, noRegister: licenses.noRegister)
        policies.expired = licenses.expired
        policies.notEntitled = licenses.notEntitled
        policies.channelNotCovered = licenses.channelNotCovered
        policies.unsupportedVersion = licenses.unsupportedVersion
        return Admittance(
            rules: prepared.licenseRules, knowledge: knowledge, policies: policies, entitlement: licenses.entitlement)
    }

    /// Why a submission that waited must not be sent after all. The file is looked at once a second at most: a whole
    /// backlog is asked about.
    func objection(to claim: Claim, by channel: ChannelName, at now: Timestamp) -> Objection? {
        if let late = Objection.windowIsOver(claim, at: now) { return late }
        guard claim.attempt > 1 || now - claim.queuedAt >= Self.patience else { return nil }
        let kept = recent.current
        let isRecent = kept.map { (.zero..<Duration.seconds(1)).contains(now - $0.at) } ?? false
        let admittance: Admittance
        if isRecent, let kept {
            admittance = kept.admittance
        } else {
            // Outside the lock: nobody waits for somebody else's look at the file.
            admittance = self.admittance()
            recent.withLock { $0 = (now, admittance) }
        }
        return admittance.objection(to: claim, by: channel, on: live.current.promise.calendar.zone.day(now))
    }

    /// Whether a submission's license covers another channel than the one it was meant for.
    func covers(_ submission: Submission, by channel: ChannelName, at now: Timestamp) -> Bool {
        let kind: AssistanceKind = channel == .fax ? .fax : .mail
        let day = live.current.promise.calendar.zone.day(now)
        return submission.isCleared
            || admittance().decide(submission.license, for: kind, version: submission.details.version, on: day).outcome
                == .forward
    }

    /// What is sent sooner was judged just now.
    private static let patience = Duration.seconds(2)

    /// What `status` shows of it.
    var view: RegisterView? {
        file.reading().map { path, reading in
            RegisterView(
                path: path, licenses: reading.value?.entries.count ?? 0, fault: reading.fault.map { SentenceView($0) })
        }
    }
}

extension Settings.Licenses {
    /// What gives a right to assistance.
    var entitlement: EntitlementRules {
        EntitlementRules(contractKinds: contracts, minimumVersion: minimumVersion)
    }
}
