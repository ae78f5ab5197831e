import SupportDesk

extension FaxConnection {
    /// Takes up what an earlier run began: the gateway is asked before anything else is done.
    func takeUp(
        _ parcel: Parcel, _ progress: AttemptProgress, _ gateway: any FaxGateway, _ notes: AttemptNotes
    ) async -> AttemptResult? {
        guard progress.endpoint == gateway.endpoint else { return Self.lost(.gatewayChanged, progress.endpoint) }
        if let job = progress.job { return await follow(job, gateway, since: progress.handedAt, notes) }
        guard gateway.findsByTag else { return Self.lost(.handover, progress.endpoint) }
        let tag = FaxTag(parcel.reference, attempt: parcel.attempt)
        var log = ProgressLog()
        // Twice, with time between: a hand-over that broke off may still be on its way through the gateway.
        var misses = 0
        while true {
            do throws(ChannelFault) {
                guard
                    let found = try await ask({ () async throws(ChannelFault) -> String? in try await gateway.find(tag)
                    })
                else { return nil }
                if let job = found {
                    guard await notes.note(.taken(job: job)) else { return nil }
                    return await follow(job, gateway, since: progress.handedAt, notes)
                }
                misses += 1
            } catch {
                if sources.clock.now - progress.handedAt > sources.settings().patience {
                    return Self.lost(.handover, progress.endpoint)
                }
                guard await log.write(silence(error), to: notes, at: sources.clock.now) else { return nil }
            }
            if misses >= 2 { break }
            // A wish to call it off must not shorten the wait.
            let begin = sources.clock.now
            let end = begin + max(gateway.pollInterval, Self.settling)
            // Nor one that is longer than meant, where the clock is set back.
            while case let now = sources.clock.now, begin <= now, now < end {
                guard await pause(end - now) else { return nil }
            }
        }
        // A gateway forgets finished jobs some day: what it no longer knows, it need not have refused.
        guard sources.clock.now - progress.handedAt < Self.memory else {
            return Self.lost(.handover, progress.endpoint)
        }
        return await handOver(parcel, gateway, notes)
    }

    /// What a hand-over that was cut off may take to show in the gateway's queue.
    private static let settling = Duration.seconds(5)
    /// HylaFAX as its authors ship it forgets what is done after fifteen minutes.
    private static let memory = Duration.seconds(600)

    /// Follows a job until the gateway knows what became of it.
    ///
    /// - Parameter begin: when it was handed over.
    func follow(
        _ job: String, _ first: any FaxGateway, since begin: Timestamp, _ notes: AttemptNotes
    ) async -> AttemptResult? {
        var log = ProgressLog()
        var misses = 0
        var lastHeard = sources.clock.now
        while true {
            // With the settings as they stand now, as long as it is the same gateway.
            let current = sources.settings().gateway
            let gateway = current?.endpoint == first.endpoint ? current ?? first : first
            var text: Bilingual?
            do throws(ChannelFault) {
                if takeWishToCallOff() {
                    let asked = try await ask { () async throws(ChannelFault) -> Bool in try await gateway.callOff(job)
                    }
                    guard let asked else { return nil }
                    if !asked {
                        guard await log.write(Self.cannotCallOff, to: notes, at: sources.clock.now) else { return nil }
                    }
                }
                let standing = try await ask { () async throws(ChannelFault) -> FaxStanding in
                    try await gateway.standing(of: job)
                }
                switch standing {
                case nil: return nil
                case .over(let outcome)?: return AttemptResult(outcome, endpoint: gateway.endpoint)
                case .underWay(let progress)?:
                    misses = 0
                    if log.isNews(progress, at: sources.clock.now) { text = progress.sentence }
                    if sources.clock.now - begin > sources.settings().longest {
                        // Whatever it answers to that, nobody waits any longer.
                        _ = try? await ask { () async throws(ChannelFault) -> Bool in try await gateway.callOff(job) }
                        return Self.lost(.unclear, gateway.endpoint)
                    }
                case .unknown?:
                    misses += 1
                    if misses >= 3 { return Self.lost(.vanished, gateway.endpoint) }
                }
                lastHeard = sources.clock.now
            } catch {
                text = silence(error)
                if sources.clock.now - lastHeard > sources.settings().patience {
                    return Self.lost(.vanished, gateway.endpoint)
                }
            }
            guard await log.write(text, to: notes, at: sources.clock.now) else { return nil }
            guard await pause(gateway.pollInterval) else { return nil }
        }
    }

    private func silence(_ fault: ChannelFault) -> Bilingual {
        Bilingual(
            fr: "La passerelle ne dit pas où en est le fax : \(fault.explanation.french)",
            en: "The gateway does not say how the fax does: \(fault.explanation.english)")
    }
}

/// Keeps the history readable: what is said again, or only in other words, is not written each time.
private struct ProgressLog {
    private var last: Bilingual?
    private var progress: FaxProgress?
    private var writtenAt: Timestamp?

    /// Another call or another cause always; other words once in ten minutes.
    mutating func isNews(_ new: FaxProgress, at now: Timestamp) -> Bool {
        defer { progress = new }
        guard let old = progress else { return true }
        if old.calls != new.calls || old.cause != new.cause || old.isCalling != new.isCalling { return true }
        return old.text != new.text && writtenAt.map { now - $0 >= .seconds(600) } ?? true
    }

    /// False where the connection is to go no further.
    mutating func write(_ text: Bilingual?, to notes: AttemptNotes, at now: Timestamp) async -> Bool {
        guard let text, text != last else { return true }
        last = text
        writtenAt = now
        return await notes.note(.underWay(text))
    }
}
