package import Platform
package import SupportDesk

/// A HylaFAX server, spoken to in hfaxd's own protocol (hfaxd(8)), with one connection for each question.
package struct HylaFAXGateway: FaxGateway {
    private let settings: HylaFAXSettings
    private let sleeper: Sleeper

    package init(_ settings: HylaFAXSettings, sleeper: Sleeper = .system) {
        self.settings = settings
        self.sleeper = sleeper
    }

    package var endpoint: String { settings.endpoint }
    package var pollInterval: Duration { settings.pollInterval }
    package var findsByTag: Bool { true }

    package func submit(_ job: FaxJob) async throws(ChannelFault) -> FaxHandover {
        // Once begun, it is not left half done because somebody lost interest: every step has its time.
        let result = await Task { () async -> Result<FaxHandover, ChannelFault> in
            do throws(ChannelFault) { return .success(try await handOver(job)) } catch { return .failure(error) }
        }.value
        return try result.get()
    }

    /// What became of the word that lets a job go.
    private enum Word {
        case taken(Int)
        case over(FaxOutcome)
        case refused(HfaxdReply)
    }

    private func handOver(_ job: FaxJob) async throws(ChannelFault) -> FaxHandover {
        var isGiven = false
        let word: Word
        do throws(ChannelFault) {
            word = try await HfaxdSession.run(settings, sleeper) { session throws(ChannelFault) in
                switch try await session.prepare(job) {
                case .failure(let refused):
                    return .over(
                        FaxOutcome(.refused(refused.refusal), code: refused.reply.code, text: refused.reply.text))
                case .success(let id):
                    let reply = try await session.line.say("JSUBM", whenWritten: { isGiven = true })
                    return reply.code / 100 == 2 ? .taken(id) : .refused(reply)
                }
            }
        } catch {
            guard isGiven else { throw error }
            return try await clearUp(job, FaxOutcome(.uncertain(.handover), text: error.explanation.english))
        }
        switch word {
        case .taken(let id): return .job(HylaFAXJobName(id: id, tag: job.tag.description).description)
        case .over(let outcome): return .over(outcome)
        case .refused(let reply): return try await refused(job, reply)
        }
    }

    /// The answer was lost: if the job is there it was taken. If it is not, it may still come to be.
    private func clearUp(_ job: FaxJob, _ doubt: FaxOutcome) async throws(ChannelFault) -> FaxHandover {
        do throws(ChannelFault) {
            if let name = try await find(job.tag) { return .job(name) }
        } catch {
            // As much in doubt as before.
        }
        return .over(doubt)
    }

    /// The scheduler may refuse a job and keep it all the same, as one that failed, with its reason: then that tells more
    /// than the reply. What it did not keep is gone with the connection.
    private func refused(_ job: FaxJob, _ reply: HfaxdReply) async throws(ChannelFault) -> FaxHandover {
        let kept: HylaFAXJobState?
        do throws(ChannelFault) {
            kept = try await look(for: job.tag)
        } catch {
            return .over(FaxOutcome(.uncertain(.handover), code: reply.code, text: reply.text))
        }
        // One that was never let go may stand there suspended.
        if let kept, kept.state != .suspended, kept.state != .undefined {
            return .job(HylaFAXJobName(id: kept.id, tag: kept.tag).description)
        }
        guard reply.code >= 500, reply.code != 530 else {
            throw .hfaxdRefusal("\(settings.host):\(settings.port)", "JSUBM", reply)
        }
        return .over(FaxOutcome(.refused(.job), code: reply.code, text: reply.text))
    }

    package func find(_ tag: FaxTag) async throws(ChannelFault) -> String? {
        try await look(for: tag).map { HylaFAXJobName(id: $0.id, tag: $0.tag).description }
    }

    private func look(for tag: FaxTag) async throws(ChannelFault) -> HylaFAXJobState? {
        let text = tag.description
        return try await HfaxdSession.run(settings, sleeper) { session throws(ChannelFault) in
            try await session.job(unreadable: { $0.contains(text) }) { jobs in
                // Of two, the one that may have sent something counts.
                let ours = jobs.filter { $0.tag == text }
                return ours.first { $0.state != .failed } ?? ours.first
            }
        }
    }

    package func standing(of job: String) async throws(ChannelFault) -> FaxStanding {
        guard let name = HylaFAXJobName(job) else { return .unknown }
        return try await HfaxdSession.run(settings, sleeper) { session throws(ChannelFault) in
            try await session.job(named: name).map(HylaFAXVerdict.standing) ?? .unknown
        }
    }

    package func callOff(_ job: String) async throws(ChannelFault) -> Bool {
        guard let name = HylaFAXJobName(job) else { return false }
        var isAsked = false
        do throws(ChannelFault) {
            return try await HfaxdSession.run(settings, sleeper) { session throws(ChannelFault) in
                // The number may be another's by now.
                guard try await session.job(named: name) != nil else { return false }
                let reply = try await session.line.say("JKILL \(name.id)", whenWritten: { isAsked = true })
                if reply.isTemporary { throw .hfaxdRefusal(session.line.place, "JKILL", reply) }
                return reply.isPositive
            }
        } catch {
            // The server answers only when the call is over, which may take long.
            if isAsked, error.kind == .unreachable { return true }
            throw error
        }
    }

    package func examine() async throws(ChannelFault) -> Bilingual {
        try await HfaxdSession.run(settings, sleeper) { session throws(ChannelFault) in
            try await session.line.demand("MDMFMT \"\(HylaFAXModems.format)\"")
            let modems = HylaFAXModems(lines: try await session.line.list("LIST status"))
            return try modems.verdict(wanted: settings.modem, session.line.place)
        }
    }
}

extension HfaxdSession {
    fileprivate func job(named name: HylaFAXJobName) async throws(ChannelFault) -> HylaFAXJobState? {
        try await job(unreadable: { $0.contains(name.tag) }) { jobs in jobs.first(where: name.names) }
    }
}
