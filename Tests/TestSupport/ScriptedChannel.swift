import Platform
package import SupportDesk

/// A way to the desk that answers what the test says, and says what it was given.
package final class ScriptedChannel: Channel {
    package let name: ChannelName
    /// Every parcel that was handed over, in order.
    package let deliveries: AsyncStream<Parcel>
    /// Every probe.
    package let probes: AsyncStream<Void>
    private let delivered: AsyncStream<Parcel>.Continuation
    private let probed: AsyncStream<Void>.Continuation
    private let answer: @Sendable (Parcel, AttemptNotes) async -> AttemptResult?
    private let fault: @Sendable () async -> ChannelFault?
    private let interruptions = Locked(0)
    private let changes = Locked(0)

    package convenience init(
        _ name: ChannelName = .smtp, fault: @escaping @Sendable () async -> ChannelFault? = { nil },
        answer: @escaping @Sendable (Parcel) async -> AttemptResult
    ) {
        self.init(name, fault: fault, carrying: { parcel, _ in await answer(parcel) })
    }

    /// One whose deliveries take their time.
    package init(
        _ name: ChannelName, fault: @escaping @Sendable () async -> ChannelFault? = { nil },
        carrying answer: @escaping @Sendable (Parcel, AttemptNotes) async -> AttemptResult?
    ) {
        self.name = name
        self.answer = answer
        self.fault = fault
        (deliveries, delivered) = AsyncStream.makeStream()
        (probes, probed) = AsyncStream.makeStream()
    }

    package var interruptionCount: Int { interruptions.current }

    package func makeConnection() -> any ChannelConnection { Connection(channel: self) }
    package func setup() async -> Int { changes.current }

    /// As if a file or setting of this machine had been changed.
    package func changeSetup() { changes.withLock { $0 += 1 } }

    private struct Connection: ChannelConnection {
        let channel: ScriptedChannel

        func deliver(_ parcel: Parcel, noting notes: AttemptNotes) async -> AttemptResult? {
            channel.delivered.yield(parcel)
            return await channel.answer(parcel, notes)
        }

        func probe() async -> ChannelFault? {
            channel.probed.yield()
            return await channel.fault()
        }

        func interrupt() { channel.interruptions.withLock { $0 += 1 } }
        func close() async {}
    }
}

extension AttemptResult {
    /// `250 2.0.0 Ok`.
    package static let accepted = AttemptResult(
        .accepted, code: 250, enhancedCode: "2.0.0", text: "Ok", endpoint: "desk:25")
    /// `451 4.7.1`.
    package static let deferred = AttemptResult(
        .deferred, code: 451, enhancedCode: "4.7.1", text: "Greylisted", endpoint: "desk:25")
    /// `550 5.1.1`.
    package static let refused = AttemptResult(
        .refused, code: 550, enhancedCode: "5.1.1", text: "No such user", reason: .recipientRefused,
        endpoint: "desk:25")
    /// No final reply.
    package static let uncertain = AttemptResult(
        .uncertain, code: 354, text: "connection lost", endpoint: "desk:25")
    /// Nobody there.
    package static let unreachable = AttemptResult(
        .deferred, text: "connection refused", fault: .nobodyThere, endpoint: "desk:25")
}

extension ChannelFault {
    package static let nobodyThere = ChannelFault(.unreachable, fr: "personne", en: "nobody there")
}
