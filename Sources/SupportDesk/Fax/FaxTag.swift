/// What a job carries at a gateway, so that it can be found again: `ASD-4F7K-9M2T-X8QB/2`.
package struct FaxTag: Hashable, Sendable, CustomStringConvertible {
    package var reference: Reference
    package var attempt: Int

    package init(_ reference: Reference, attempt: Int) {
        self.reference = reference
        self.attempt = attempt
    }

    package var description: String { "\(reference)/\(attempt)" }
}
