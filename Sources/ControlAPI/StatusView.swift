/// How the service does as a whole.
package struct StatusView: Codable, Hashable, Sendable {
    package var version: String
    package var startedAt: String
    /// How many submissions the caller may see in each state.
    package var counts: [String: Int]
    package var channels: [ChannelView]
    /// Set while nothing is taken in: why.
    package var intakeStopped: SentenceView?
    package var register: RegisterView?
    /// What waits for a person or for too long, newest first, at most ten.
    package var attention: [SubmissionView]
    /// The newest ten.
    package var newest: [SubmissionView]

    package init(
        version: String, startedAt: String, counts: [String: Int], channels: [ChannelView],
        intakeStopped: SentenceView?, register: RegisterView?, attention: [SubmissionView], newest: [SubmissionView]
    ) {
        self.version = version
        self.startedAt = startedAt
        self.counts = counts
        self.channels = channels
        self.intakeStopped = intakeStopped
        self.register = register
        self.attention = attention
        self.newest = newest
    }
}

package struct ChannelView: Codable, Hashable, Sendable {
    package var name: String
    /// Whether submissions go out by it now.
    package var working: Bool
    /// Why not.
    package var fault: SentenceView?
    package var since: String?
    package var nextProbeAt: String?

    package init(
        name: String, working: Bool, fault: SentenceView? = nil, since: String? = nil, nextProbeAt: String? = nil
    ) {
        self.name = name
        self.working = working
        self.fault = fault
        self.since = since
        self.nextProbeAt = nextProbeAt
    }
}

package struct RegisterView: Codable, Hashable, Sendable {
    package var path: String
    package var licenses: Int
    /// Set where the newest file was refused and an older one is in use.
    package var fault: SentenceView?

    package init(path: String, licenses: Int, fault: SentenceView?) {
        self.path = path
        self.licenses = licenses
        self.fault = fault
    }
}

/// What is known of a licence and what would be done with a report that names it.
package struct LicenseView: Codable, Hashable, Sendable {
    package var license: String
    package var known: Bool
    /// Whether a report with it goes out today.
    package var entitled: Bool
    /// `forward`, `hold` or `reject`.
    package var policy: String
    package var company: String?
    package var partner: String?
    package var product: String?
    package var version: String?
    /// Dates as `2026-11-23`.
    package var purchasedOn: String?
    package var contract: String?
    package var contractEndsOn: String?
    package var reason: ReasonView?

    package init(license: String, known: Bool, entitled: Bool, policy: String) {
        self.license = license
        self.known = known
        self.entitled = entitled
        self.policy = policy
    }
}

package struct LicensePage: Codable, Hashable, Sendable {
    package var licenses: [LicenseView]

    package init(licenses: [LicenseView]) {
        self.licenses = licenses
    }
}

/// The findings of `doctor`.
package struct DoctorView: Codable, Hashable, Sendable {
    package var checks: [Check]

    package init(checks: [Check]) {
        self.checks = checks
    }

    package struct Check: Codable, Hashable, Sendable {
        /// Stable: `configuration`, `incoming`, `rejected`, `receipts`, `register`, `journal`, `smtp`, `clock`, …
        package var name: String
        /// `ok`, `warning` or `fault`.
        package var verdict: String
        package var text: String
        package var textFR: String
        /// How to mend it; nil where all is well.
        package var mend: String?
        package var mendFR: String?

        package init(name: String, verdict: String, text: String, textFR: String, mend: String?, mendFR: String?) {
            self.name = name
            self.verdict = verdict
            self.text = text
            self.textFR = textFR
            self.mend = mend
            self.mendFR = mendFR
        }

        enum CodingKeys: String, CodingKey {
            case name, verdict, text, mend
            case textFR = "text_fr"
            case mendFR = "mend_fr"
        }
    }
}
