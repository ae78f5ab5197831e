/// How urgent the sender says a report is.
package enum Priority: String, Sendable, Codable, CaseIterable {
    case low
    case normal
    case high
    case blocking

    package var name: Bilingual {
        switch self {
        case .low: Bilingual(fr: "basse", en: "low")
        case .normal: Bilingual(fr: "normale", en: "normal")
        case .high: Bilingual(fr: "haute", en: "high")
        case .blocking: Bilingual(fr: "bloquante", en: "blocking")
        }
    }

    /// How far ahead of its turn a submission may go. A head start in time, not a class of its own: what was
    /// dropped longer ago than the head start goes first all the same, so nobody waits for ever.
    ///
    /// - Parameter underContract: the licence has an assistance contract that is running.
    package func headStart(underContract: Bool) -> Duration {
        let urgency: Duration =
            switch self {
            case .low: .seconds(-30 * 60)
            case .normal: .zero
            case .high: .seconds(30 * 60)
            case .blocking: .seconds(120 * 60)
            }
        // More than lies between any two priorities, and as long as the desk has for its answer.
        return urgency + (underContract ? .seconds(4 * 3600) : .zero)
    }
}

/// How a submission travels.
package enum ChannelName: String, Sendable, Codable, CaseIterable {
    case smtp
    case fax
}
