/// What a licence number must look like here.
package struct LicenseRules: Hashable, Sendable {
    package enum CheckDigit: String, Sendable, CaseIterable {
        case none, luhn, mod97
    }

    package static let defaultPattern = "^(?=.*[0-9])[A-Z0-9]{4,20}$"

    /// A regular expression for the normalised number.
    package var pattern = Self.defaultPattern
    package var checkDigit = CheckDigit.none

    package init() {}
}

/// What is done with a report whose licence is not plainly in order.
package enum Policy: String, Sendable, CaseIterable {
    case forward, hold, reject
}
