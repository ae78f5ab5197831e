package import SupportDesk

/// The way to the desk by mail, through one relay.
package struct SMTPChannel: Channel {
    private let settings: @Sendable () -> SMTPSettings
    private let files = SetupFiles()

    /// - Parameter settings: asked before each message, so that a reload takes effect without a restart.
    package init(settings: @escaping @Sendable () -> SMTPSettings) {
        self.settings = settings
    }

    package var name: ChannelName { .smtp }

    package func makeConnection() -> any ChannelConnection { SMTPConnection(settings: settings) }

    package func setup() async -> Int { await files.trace(settings()) }

    /// Goes as far as the login and tells what it found; for `doctor`.
    package func examine() async -> SMTPProbe {
        let connection = SMTPConnection(settings: settings)
        let probe = await connection.examine()
        await connection.close()
        return probe
    }
}
