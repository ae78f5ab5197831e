import Platform
import SupportDesk
import TestSupport

/// A configuration file that says something of the desk, in a folder of its own.
struct ConfiguredDesk {
    let folder: TemporaryFolder

    /// - Parameter lines: what stands under `[desk]`.
    init(_ lines: String = "") throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            [smtp]
            url = "smtp://mail.example.fr:587"
            from = "assistd@example.fr"
            [desk]
            \(lines)
            """.utf8, to: "assistd.toml")
    }

    /// Runs a command with it.
    ///
    /// - Parameter time: ISO 8601; noon UTC of a Monday where none is given.
    func run(
        _ arguments: String..., in language: Language = .english, at time: String? = nil, width: Int? = nil,
        typed: String = ""
    ) async -> Session.Outcome {
        let session = Session(language: language, width: width, typed: typed)
        if let instant = time.flatMap({ Timestamp(iso8601: $0) }) { session.now.withLock { $0 = instant } }
        return await session.run(arguments + ["--config", folder("assistd.toml")])
    }
}
