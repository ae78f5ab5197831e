extension Settings {
    /// Where replies arrive: known to the file, without effect in this version.
    package struct Mailbox: Hashable, Sendable {
        package var url: String?
        package var username: String?
        package var passwordFile: SecretSource?
        package var oauth2TokenFile: SecretSource?
        package var poll = Duration.seconds(60)
    }

    /// How long bodies and the rest are kept; nil keeps them. Known to the file, without effect in this version.
    package struct Retention: Hashable, Sendable {
        package var bodies: Duration?
        package var metadata: Duration?
    }

    /// The status page: known to the file, without effect in this version.
    package struct HTTP: Hashable, Sendable {
        package var listen: String?
        package var tokenFile: SecretSource?
    }
}
