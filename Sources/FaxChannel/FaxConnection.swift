import Platform
package import SupportDesk

/// Carries one fax at a time: has it set, hands it over once, and follows it until the gateway knows what became of it.
///
/// What is written and when makes a crash harmless: before a byte goes, that a hand-over begins; then the job's name.
/// A later run finds one or the other and asks the gateway before anything is handed over again.
package final class FaxConnection: ChannelConnection {
    private struct State {
        var isInterrupted = false
        var following: Reference?
        var isToBeCalledOff = false
    }

    let sources: FaxChannel.Sources
    private let register: @Sendable (Reference, FaxConnection?) -> Void
    private let state = Locked(State())
    private let wake = WakeSignal()
    private let interruption = Interruption()

    /// - Parameter register: told who follows what from now on.
    init(_ sources: FaxChannel.Sources, register: @escaping @Sendable (Reference, FaxConnection?) -> Void) {
        self.sources = sources
        self.register = register
    }

    package func interrupt() {
        state.withLock { $0.isInterrupted = true }
        interruption.raise()
        wake.raise()
    }

    package func close() async {}

    package func probe() async -> ChannelFault? {
        do throws(ChannelFault) {
            guard let gateway = sources.settings().gateway else { throw .noGateway }
            _ = try await ask { () async throws(ChannelFault) -> Bilingual in try await gateway.examine() }
            return nil
        } catch {
            return error
        }
    }

    package func deliver(_ parcel: Parcel, noting notes: AttemptNotes) async -> AttemptResult? {
        state.withLock {
            $0.following = parcel.reference
            $0.isToBeCalledOff = false
        }
        register(parcel.reference, self)
        defer {
            state.withLock { $0.following = nil }
            register(parcel.reference, nil)
        }
        guard let gateway = sources.settings().gateway else {
            guard let progress = parcel.progress else { return Self.result(of: .noGateway, "") }
            return Self.lost(.gatewayChanged, progress.endpoint)
        }
        if let progress = parcel.progress { return await takeUp(parcel, progress, gateway, notes) }
        return await handOver(parcel, gateway, notes)
    }

    /// Wakes whoever follows this submission, to call it off.
    func callOff(_ reference: Reference) -> Bool {
        let isFollowing = state.withLock { state in
            guard state.following == reference else { return false }
            state.isToBeCalledOff = true
            return true
        }
        if isFollowing { wake.raise() }
        return isFollowing
    }

    // MARK: Handing over

    func handOver(_ parcel: Parcel, _ gateway: any FaxGateway, _ notes: AttemptNotes) async -> AttemptResult? {
        let settings = sources.settings()
        let pages: FaxPages
        do {
            guard let made = try await interruption.unless({ [sources] in try await sources.pages(parcel) }) else {
                return parcel.progress == nil ? Self.notBegun(gateway.endpoint) : nil
            }
            pages = made
        } catch let fault as ChannelFault {
            return Self.result(of: fault, gateway.endpoint)
        } catch let fault as PageFault where fault.isOfDocument {
            let words = fault.explanation.english
            return AttemptResult(FaxOutcome(.refused(.document), text: words), endpoint: gateway.endpoint)
        } catch {
            return AttemptResult(
                .deferred, text: "the page could not be made: \(error.inWords.english)", endpoint: gateway.endpoint)
        }
        let (isInterrupted, isToBeCalledOff) = state.withLock { ($0.isInterrupted, $0.isToBeCalledOff) }
        if isToBeCalledOff { return AttemptResult(FaxOutcome(.calledOff, text: ""), endpoint: gateway.endpoint) }
        // What an earlier run began stays open: it is looked for once more.
        if isInterrupted { return parcel.progress == nil ? Self.notBegun(gateway.endpoint) : nil }
        // Counted and booked in one go, so that several at once do not share what is left of the day.
        let booked: Booking = await sources.booking.pass {
            let calls = min(settings.maximumCalls, await sources.callsLeft())
            guard calls > 0 else { return .ceiling }
            return await notes.note(.handingOver(endpoint: gateway.endpoint, calls: calls)) ? .calls(calls) : .unwritten
        }
        let job: FaxJob
        switch booked {
        case .unwritten: return nil
        case .ceiling: return Self.result(of: .ceiling, gateway.endpoint)
        case .calls(let calls):
            job = FaxJob(
                tag: FaxTag(parcel.reference, attempt: parcel.attempt), number: settings.number, plan: settings.plan,
                document: pages.document, pages: pages.count, maximumCalls: calls)
        }
        return await submit(job, gateway, notes)
    }

    private enum Booking {
        case calls(Int)
        /// Nothing is left of the day.
        case ceiling
        case unwritten
    }

    private func submit(_ job: FaxJob, _ gateway: any FaxGateway, _ notes: AttemptNotes) async -> AttemptResult? {
        // At a stop it has a while to end: what it comes to afterwards, the next start finds out.
        let handedOver: Result<FaxHandover, ChannelFault>? = await interruption.unless(
            grace: Self.grace, sleeper: sources.sleeper
        ) {
            do throws(ChannelFault) {
                return .success(try await gateway.submit(job))
            } catch {
                return .failure(error)
            }
        }
        guard let handedOver else { return nil }
        switch handedOver {
        case .failure(let fault): return Self.result(of: fault, gateway.endpoint)
        case .success(.over(var outcome)):
            outcome.totalPages = outcome.totalPages ?? job.pages
            return AttemptResult(outcome, endpoint: gateway.endpoint)
        case .success(.job(let name)):
            guard await notes.note(.taken(job: name)) else { return nil }
            return await follow(name, gateway, since: sources.clock.now, notes)
        }
    }

    /// How long a hand-over may go on once the service stops.
    private static let grace = Duration.seconds(15)

    // MARK: Parts

    /// True once for each wish.
    func takeWishToCallOff() -> Bool {
        state.withLock { state in
            defer { state.isToBeCalledOff = false }
            return state.isToBeCalledOff
        }
    }

    /// False where the connection is to end.
    func pause(_ length: Duration) async -> Bool {
        if !state.current.isInterrupted { await wake.wait(upTo: length, sleeper: sources.sleeper) }
        return !state.current.isInterrupted && !Task.isCancelled
    }

    /// Asks the gateway something; nil where the connection is to end first.
    func ask<Value: Sendable>(
        _ question: @escaping @Sendable () async throws(ChannelFault) -> Value
    ) async throws(ChannelFault) -> Value? {
        let answer: Result<Value, ChannelFault>? = await interruption.unless {
            do throws(ChannelFault) {
                return .success(try await question())
            } catch {
                return .failure(error)
            }
        }
        return try answer?.get()
    }

    private static func notBegun(_ endpoint: String) -> AttemptResult {
        AttemptResult(.deferred, text: "interrupted before it was handed over", endpoint: endpoint)
    }

    static func result(of fault: ChannelFault, _ endpoint: String) -> AttemptResult {
        AttemptResult(.deferred, text: fault.explanation.english, fault: fault, endpoint: endpoint)
    }

    static func lost(_ doubt: FaxOutcome.Doubt, _ endpoint: String) -> AttemptResult {
        AttemptResult(FaxOutcome(.uncertain(doubt), text: ""), endpoint: endpoint)
    }

    static let cannotCallOff = Bilingual(
        fr: "La passerelle n'annule pas ce fax.", en: "The gateway does not call this fax off.")
}

extension ChannelFault {
    static let ceiling = ChannelFault(
        .busy, fr: "Le plafond du jour est atteint (fax.daily_calls, fax.daily_pages).",
        en: "Today's ceiling is reached (fax.daily_calls, fax.daily_pages).")

    static let noGateway = ChannelFault(
        .configuration,
        fr: "Aucune passerelle de fax n'est configurée : donnez fax.gateway, ou envoyez par courriel (assistctl resend "
            + "--channel smtp).",
        en: "No fax gateway is configured: give fax.gateway, or send by mail (assistctl resend --channel smtp).")
}
