package import ControlAPI
package import SupportDesk

/// What the control server asks the rest of the daemon for; the composition fills it in.
package struct ControlServices: Sendable {
    package var journal: any Journal
    package var clock: WallClock
    /// Takes a report in as if it had been dropped. Throws `Rejection` only where nothing could be journalled.
    package var submit: @Sendable (Upload) async throws -> Submission
    /// Whether one more message of a submission is within the quotas of who asks for it.
    package var mayRepeat: @Sendable (Submission, _ uid: UInt32) async throws -> Bool
    /// That message did not leave after all.
    package var didNotRepeat: @Sendable (Submission, _ uid: UInt32) async -> Void
    /// Asks the desk to call back.
    package var callBack: @Sendable (CallbackRequest) async throws -> CallbackOutcome
    /// A submission may have become due.
    package var lookAgain: @Sendable () -> Void
    package var license: @Sendable (String) async -> LicenseView
    package var licenses: @Sendable () async -> LicensePage
    package var register: @Sendable () async -> RegisterView?
    package var channels: @Sendable () async -> [ChannelView]
    package var intakeStopped: @Sendable () async -> Bilingual?
    package var doctor: @Sendable () async -> DoctorView
    package var warnAfter: @Sendable () -> Duration
    /// The default first.
    package var channelsInService: @Sendable () -> [ChannelName]
    /// Asks for what is under way to be called off; false where that cannot be.
    package var callOff: @Sendable (Reference) -> Bool
    package var version: String
    package var startedAt: Timestamp

    package init(
        journal: any Journal, clock: WallClock, submit: @escaping @Sendable (Upload) async throws -> Submission,
        mayRepeat: @escaping @Sendable (Submission, _ uid: UInt32) async throws -> Bool,
        didNotRepeat: @escaping @Sendable (Submission, _ uid: UInt32) async -> Void,
        callBack: @escaping @Sendable (CallbackRequest) async throws -> CallbackOutcome,
        lookAgain: @escaping @Sendable () -> Void, license: @escaping @Sendable (String) async -> LicenseView,
        licenses: @escaping @Sendable () async -> LicensePage,
        register: @escaping @Sendable () async -> RegisterView?,
        channels: @escaping @Sendable () async -> [ChannelView],
        intakeStopped: @escaping @Sendable () async -> Bilingual?,
        doctor: @escaping @Sendable () async -> DoctorView, warnAfter: @escaping @Sendable () -> Duration,
        channelsInService: @escaping @Sendable () -> [ChannelName],
        callOff: @escaping @Sendable (Reference) -> Bool = { _ in false }, version: String, startedAt: Timestamp
    ) {
        self.journal = journal
        self.clock = clock
        self.submit = submit
        self.mayRepeat = mayRepeat
        self.didNotRepeat = didNotRepeat
        self.callBack = callBack
        self.lookAgain = lookAgain
        self.license = license
        self.licenses = licenses
        self.register = register
        self.channels = channels
        self.intakeStopped = intakeStopped
        self.doctor = doctor
        self.warnAfter = warnAfter
        self.channelsInService = channelsInService
        self.callOff = callOff
        self.version = version
        self.startedAt = startedAt
    }
}
