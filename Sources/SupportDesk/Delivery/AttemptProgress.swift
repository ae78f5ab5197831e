/// How far an attempt is that takes its time, as the journal keeps it.
package struct AttemptProgress: Hashable, Sendable {
    /// Names the peer it was handed to.
    package var endpoint: String
    /// When handing over began: from then on the peer may have it.
    package var handedAt: Timestamp
    /// The peer's name for it; nil until it said so.
    package var job: String?

    package init(endpoint: String, handedAt: Timestamp, job: String? = nil) {
        self.endpoint = endpoint
        self.handedAt = handedAt
        self.job = job
    }
}

/// A step of an attempt that takes its time.
package enum AttemptStep: Hashable, Sendable {
    /// It is about to be handed to this peer, which may make so many calls for it: written before a byte of it goes.
    case handingOver(endpoint: String, calls: Int)
    /// The peer took it under this name.
    case taken(job: String)
    /// How it does, in the peer's words.
    case underWay(Bilingual)

    /// The line of history that tells it.
    package var sentence: Bilingual {
        switch self {
        case .handingOver(let endpoint, _):
            Bilingual(fr: "Remise à la passerelle \(endpoint)", en: "Handed to the gateway \(endpoint)")
        case .taken(let job):
            Bilingual(fr: "Pris par la passerelle : tâche \(job)", en: "Taken by the gateway: job \(job)")
        case .underWay(let text): text
        }
    }
}

/// Where a connection writes how far an attempt is.
package struct AttemptNotes: Sendable {
    private let write: @Sendable (AttemptStep) async -> Bool
    /// To be called once the peer is ready to take it: then the peer works, whatever becomes of this one.
    package let isWelcome: @Sendable () -> Void

    package init(
        _ write: @escaping @Sendable (AttemptStep) async -> Bool, isWelcome: @escaping @Sendable () -> Void = {}
    ) {
        self.write = write
        self.isWelcome = isWelcome
    }

    /// True once it is durable. False where the attempt is no longer the current one, or nothing can be written: then
    /// the connection goes no further.
    package func note(_ step: AttemptStep) async -> Bool { await write(step) }
}

extension String {
    /// A job's name as the gateway itself knows it: `12`, where it is kept as `12 ASD-4F7K-9M2T-X8QB/1`.
    package var withoutTag: String {
        guard let blank = lastIndex(of: " "), let slash = self[blank...].lastIndex(of: "/"),
            Reference(String(self[index(after: blank)..<slash])) != nil
        else { return self }
        return String(self[..<blank])
    }
}
