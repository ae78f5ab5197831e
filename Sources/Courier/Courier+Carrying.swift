import Logging
import Platform
import SupportDesk

/// Carrying one claim after the other over a connection, and writing what became of it.
extension Courier {
    func work(_ number: Int) async {
        let connection = channel.makeConnection()
        connections[number] = connection
        while let first = await nextClaim() {
            var next: Claim? = first
            while let claim = next { next = await carry(claim, over: connection) }
        }
        await connection.close()
        connections[number] = nil
    }

    /// - Returns: what was claimed as its outcome was written.
    private func carry(_ claim: Claim, over connection: any ChannelConnection) async -> Claim? {
        defer {
            beginning[claim.reference] = nil
            atWork[claim.reference] = nil
        }
        if claim.progress == nil, let objection = rules.objection(claim, clock.now) {
            await turnBack(claim, objection)
            return nil
        }
        guard let result = await connection.deliver(claim.parcel, noting: notes(of: claim)) else { return nil }
        return await settle(claim, result)
    }

    /// Where the connection writes how far it is.
    func notes(of claim: Claim) -> AttemptNotes {
        AttemptNotes {
            await self.note($0, of: claim)
        } isWelcome: { [isInDoubt] in
            guard isInDoubt.current else { return }
            // The others need not wait for what becomes of it.
            Task { await self.channelWorks(for: claim.reference) }
        }
    }

    func note(_ step: AttemptStep, of claim: Claim) async -> Bool {
        let now = clock.now
        let isCurrent = Locked(false)
        let isWritten = await insist("note") {
            let isTrue = try await journal.note(step, of: claim, at: now)
            isCurrent.withLock { $0 = isTrue }
        }
        if case .taken = step { channelWorks(for: claim.reference) }
        if isWritten {
            logger.info(
                "\(step.sentence.english)",
                metadata: ["reference": "\(claim.reference)", "attempt": "\(claim.attempt)"])
        }
        return isWritten && isCurrent.current
    }

    /// - Returns: what was claimed along with it.
    private func settle(_ claim: Claim, _ result: AttemptResult) async -> Claim? {
        var result = result
        if stopping, result.outcome == .deferred, result.code == nil, result.fax == nil, claim.progress == nil {
            // Broken off by the stop before anything was decided: it was no attempt.
            await giveBack([claim])
            return nil
        }
        let now = clock.now
        var earliest = now
        let others = atWork.count { $0.key != claim.reference && Self.counts($0.value, at: now) }
        // Alone it would have been told so too.
        let isCrowded =
            result.outcome == .deferred && (result.code == 421 || result.code == 450) && others > 0
            && breaker == Breaker()
        if isCrowded { crowd.pushedBack(at: now, others: others) }
        if let fault = result.fault {
            switch suspicion.meets(claim.reference) {
            case .submission: result.fault = nil
            case .channelPerhaps:
                earliest = now + Suspicion.standBack
                if !isCrowded { trip(fault, at: now) }
            case .channel:
                if isCrowded { earliest = now + Self.roomIsFoundIn } else { trip(fault, at: now) }
            }
        } else if result.code != nil || result.outcome == .accepted {
            // The peer answered; what went wrong on this side alone says nothing about it.
            channelWorks(for: claim.reference)
        }
        var verdict = settings().policy.verdict(on: result, of: claim, at: now, jitter: jitter())
        if verdict.channel == nil { verdict.nextAttemptAt = verdict.nextAttemptAt.map { max($0, earliest) } }
        if result.outcome == .accepted { verdict.due = rules.due(claim, now) }
        if verdict.state != .queued || verdict.channel != nil { suspicion.forget(claim.reference) }
        let decided = verdict
        if result.outcome == .accepted, crowd.accepted(at: now) { wake.raise() }
        let goesOn = result.outcome == .accepted && mayClaimAlong(at: now)
        let claimed = Locked<Claim?>(nil)
        let isWritten = await insist("conclude") {
            if goesOn {
                let next = try await journal.conclude(decided, thenClaim: channel.name, at: now)
                claimed.withLock { $0 = next }
            } else {
                try await journal.conclude(decided)
            }
        }
        guard isWritten else {
            logger.critical(
                "its outcome is not in the journal; the next start takes it for uncertain",
                metadata: ["reference": "\(claim.reference)", "outcome": "\(result.outcome.rawValue)"])
            return nil
        }
        if let due = decided.due { rules.expectAnswer(due.at) }
        if let other = decided.channel { rules.changedChannel(other) }
        log(verdict, waitedFor: now - claim.queuedAt)
        return await begin(claimed.current)
    }

    /// Whether nothing stands in the way of the next one that the dispatcher would have to see to.
    private func mayClaimAlong(at now: Timestamp) -> Bool {
        !stopping && busyCount(at: now) <= crowd.limit && breaker == Breaker() && leftOver.isEmpty
            && rules.allowance == nil
            && !wasClockSetBack(at: now)
    }

    /// How long one waits that was turned away while others were under way.
    private static let roomIsFoundIn = Duration.seconds(1)

    /// What was claimed along, unless something came between meanwhile.
    private func begin(_ claim: Claim?) async -> Claim? {
        guard let claim else { return nil }
        if stopping || breaker != Breaker() {
            await giveBack([claim])
            return nil
        }
        beginning[claim.reference] = clock.now
        atWork[claim.reference] = clock.now
        return claim
    }

    /// What waited is judged once more before it goes: a contract may have ended meanwhile.
    func turnBack(_ claim: Claim, _ objection: Objection) async {
        let now = clock.now
        let isWritten = await insist("turn back") {
            try await journal.turnBack(claim, to: objection.state, for: objection.reason, at: now)
        }
        guard isWritten else { return }
        logger.notice(
            "not sent: \(objection.reason.text.english)",
            metadata: [
                "reference": "\(claim.reference)", "state": "\(objection.state.rawValue)",
                "reason": "\(objection.reason.code.rawValue)",
            ])
    }

    func giveBack(_ claims: [Claim]) async {
        await insist("give back") { try await journal.unclaim(claims, at: clock.now) }
    }

    /// What is known must be written: a full disk is waited for. When the service stops first, the next start finds
    /// the submission in `sending` and calls it uncertain, which is the truth then.
    @discardableResult
    func insist(_ what: String, _ write: () async throws -> some Any) async -> Bool {
        var said: Bilingual?
        while true {
            do {
                _ = try await write()
                return true
            } catch {
                if said != error.inWords { logger.critical("cannot \(what): \(error.inWords.english)") }
                said = error.inWords
                if stopping || journal.failure != nil { return false }
                _ = await sleeper.sleep(.seconds(1))
            }
        }
    }

    func log(_ verdict: Verdict, waitedFor age: Duration) {
        let level: Logger.Level =
            switch verdict.state {
            case .relayed, .delivered: .info
            case .failed: .error
            case .held: .warning
            default: age >= settings().warnAfter ? .warning : .notice
            }
        var metadata: Logger.Metadata = [
            "reference": "\(verdict.reference)", "state": "\(verdict.state.rawValue)",
            "attempt": "\(verdict.attempt)", "outcome": "\(verdict.result.outcome.rawValue)",
        ]
        if let next = verdict.nextAttemptAt { metadata["next"] = "\(next)" }
        logger.log(level: level, "\(verdict.text.english)", metadata: metadata)
    }
}
