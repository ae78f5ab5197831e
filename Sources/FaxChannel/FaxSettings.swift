package import SupportDesk

/// How faxes go out, as the configuration has it.
package struct FaxSettings: Sendable {
    /// nil where none is configured.
    package var gateway: (any FaxGateway)?
    /// The desk's.
    package var number: FaxNumber
    package var plan: DialPlan
    /// Calls for one job at most, the gateway's redials included.
    package var maximumCalls: Int
    /// How long a gateway that cannot be asked may keep what became of a job to itself.
    package var patience: Duration
    /// How long a job may be under way before nobody waits for it any more.
    package var longest = Duration.seconds(27 * 3600)

    /// - Parameter gateway: nil where none is configured.
    package init(
        gateway: (any FaxGateway)?, number: FaxNumber, plan: DialPlan, maximumCalls: Int = 5,
        patience: Duration = .seconds(2 * 86_400)
    ) {
        self.gateway = gateway
        self.number = number
        self.plan = plan
        self.maximumCalls = maximumCalls
        self.patience = patience
    }
}
