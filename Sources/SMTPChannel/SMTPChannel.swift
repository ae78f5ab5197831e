package import SupportDesk

/// The way to the desk by mail, through one relay.
package struct SMTPChannel: Channel {
    private let settings: @Sendable () -> SMTPSettings

    /// - Parameter settings: asked before each message, so that a reload takes effect without a restart.
    package init(settings: @escaping @Sendable () -> SMTPSettings) {
        self.settings = settings
    }

    package var name: ChannelName { .smtp }

    package func makeConnection() -> any ChannelConnection { SMTPConnection(settings: settings) }

    /// Goes as far as the login and tells what it found; for `doctor`.
    package func examine() async -> SMTPProbe {
        let connection = SMTPConnection(settings: settings)
        let probe = await connection.examine()
        await connection.close()
        return probe
    }
}
