extension AttemptResult {
    /// The result of an attempt by fax.
    ///
    /// - Parameter endpoint: the gateway.
    package init(_ outcome: FaxOutcome, endpoint: String) {
        var fax = outcome
        // Not every gateway counts calls; what may have arrived took one.
        switch fax.kind {
        case .delivered, .relayed, .uncertain: fax.calls = max(1, fax.calls)
        case .notSent(let cause) where cause != .outOfTime && cause != .noDialTone: fax.calls = max(1, fax.calls)
        case .notSent, .refused, .calledOff: break
        }
        let outcome: Outcome =
            switch fax.kind {
            case .delivered, .relayed: .accepted
            case .notSent: .deferred
            case .refused, .calledOff: .refused
            case .uncertain: .uncertain
            }
        let text = fax.text.isEmpty ? fax.sentence.english : fax.text
        self.init(outcome, code: fax.code, text: text, endpoint: endpoint)
        self.fax = fax
        switch fax.kind {
        case .refused: reason = .faxFailed
        case .uncertain: reason = .uncertain
        case .delivered, .relayed, .notSent, .calledOff: break
        }
    }
}
