import Platform

/// Looks at the files that the settings name, on a thread of its own.
actor SetupFiles {
    private let executor = BlockingExecutor(label: "smtp setup")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Another number as soon as the settings, the secret or the file of authorities are others.
    func trace(_ settings: SMTPSettings) -> Int {
        var hasher = Hasher()
        hasher.combine(settings)
        switch settings.login {
        case .none: break
        case .password(_, let secret), .bearer(_, let secret): hasher.combine(try? secret.read())
        }
        if let file = settings.caFile { hasher.combine(try? OpenFile(following: file).info()) }
        return hasher.finalize()
    }
}
