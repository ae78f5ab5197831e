/// Why a submission is where it is, when it is not simply on its way: a stable code and words for a person.
package struct Reason: Hashable, Sendable {
    package var code: Code
    package var text: Bilingual

    package init(_ code: Code, fr french: String, en english: String) {
        self.code = code
        text = Bilingual(fr: french, en: english)
    }

    /// The codes of the visible contract; they never change their meaning.
    package enum Code: String, Sendable, Codable, CaseIterable {
        case badEncoding = "bad_encoding"
        case badField = "bad_field"
        case badLicense = "bad_license"
        case binary
        case channelNotCovered = "channel_not_covered"
        case contractExpired = "contract_expired"
        case duplicateField = "duplicate_field"
        case empty
        case expired
        case licenseMissing = "license_missing"
        case licenseUnknown = "license_unknown"
        case loop
        case malformed
        case missingAttachment = "missing_attachment"
        case missingBody = "missing_body"
        case notEntitled = "not_entitled"
        case tooLarge = "too_large"
        case unreadable
        case unsafeAttachment = "unsafe_attachment"
        case unsafeFileType = "unsafe_file_type"
        case unsafeHeader = "unsafe_header"
        case unsupportedFormat = "unsupported_format"
        case unsupportedVersion = "unsupported_version"
        case recipientRefused = "recipient_refused"
        case messageRefused = "message_refused"
        case faxFailed = "fax_failed"
        case uncertain
        case quotaExceeded = "quota_exceeded"

        /// What the register says against it.
        package var isAboutLicense: Bool {
            switch self {
            case .licenseUnknown, .contractExpired, .notEntitled, .channelNotCovered, .unsupportedVersion: true
            default: false
            }
        }

        /// What was held for it only an administrator lets go: whoever handed it in would otherwise let it go
        /// themselves.
        package var isForAdministrators: Bool { isAboutLicense || self == .quotaExceeded }
    }
}

/// A report was refused: thrown by whatever reads or checks one.
package struct Rejection: Explained, Hashable {
    package var reason: Reason
    /// The report as far as it was understood: its sender is answered in their language and by their reference.
    package var report: Report?

    package init(_ code: Reason.Code, fr french: String, en english: String) {
        reason = Reason(code, fr: french, en: english)
    }

    /// The same refusal, of what was understood so far.
    package func of(_ report: Report) -> Rejection {
        var rejection = self
        rejection.report = report
        return rejection
    }

    package var explanation: Bilingual { reason.text }
}
