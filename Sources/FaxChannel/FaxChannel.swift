package import Platform
package import SupportDesk

/// The way to the desk by fax, through one gateway.
package final class FaxChannel: Channel {
    /// What the channel asks the rest of the program for.
    package struct Sources: Sendable {
        /// Asked before each step, so that a reload takes effect without a restart.
        package var settings: @Sendable () -> FaxSettings
        /// A submission's pages.
        package var pages: @Sendable (Parcel) async throws -> FaxPages
        /// How many calls may still be made today.
        package var callsLeft: @Sendable () async -> Int
        package var clock: WallClock
        package var sleeper: Sleeper
        /// One books its calls at a time.
        let booking = Turnstile()

        package init(
            settings: @escaping @Sendable () -> FaxSettings,
            pages: @escaping @Sendable (Parcel) async throws -> FaxPages,
            callsLeft: @escaping @Sendable () async -> Int = { .max }, clock: WallClock = .system,
            sleeper: Sleeper = .system
        ) {
            self.settings = settings
            self.pages = pages
            self.callsLeft = callsLeft
            self.clock = clock
            self.sleeper = sleeper
        }
    }

    private let sources: Sources
    /// Who follows which submission, to be told of a wish to call it off.
    private let followers = Locked<[Reference: FaxConnection]>([:])

    package init(_ sources: Sources) {
        self.sources = sources
    }

    package var name: ChannelName { .fax }

    package func makeConnection() -> any ChannelConnection {
        FaxConnection(sources) { reference, connection in
            self.followers.withLock { $0[reference] = connection }
        }
    }

    /// Asks for what is under way to be called off at the gateway; whether it was, its outcome tells.
    ///
    /// - Returns: false where nothing of it is under way here, or the gateway calls nothing off.
    package func callOff(_ reference: Reference) -> Bool {
        guard sources.settings().gateway?.callsOff == true, let follower = followers.current[reference] else {
            return false
        }
        return follower.callOff(reference)
    }
}
