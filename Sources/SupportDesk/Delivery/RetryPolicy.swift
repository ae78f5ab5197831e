/// When a submission is tried again, and when no longer.
package struct RetryPolicy: Hashable, Sendable {
    /// The wait after the first failed attempt; the next ones are 5, 15 and 30 times as long, then they double.
    package var first = Duration.seconds(60)
    /// No wait is longer than this.
    package var ceiling = Duration.seconds(2 * 3600)
    /// How long after it was queued a submission is given up.
    package var giveUp = Duration.seconds(5 * 86_400)

    package init() {}

    /// - Parameters:
    ///   - failures: how many attempts failed so far, at least 1.
    ///   - jitter: 0 up to 1, spreads submissions that failed together: a wait is 0.9 to 1.1 times its nominal length.
    package func wait(afterFailures failures: Int, jitter: Double) -> Duration {
        let factor: Int
        switch failures {
        case ...1: factor = 1
        case 2: factor = 5
        case 3: factor = 15
        default: factor = 30 << min(failures - 4, 20)
        }
        return min(first * factor, ceiling) * (0.9 + 0.2 * jitter)
    }
}
