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
    package var updatedOn: String?
    /// `contract`, `purchase`, `update`, `unstated` or `none`; nil for a licence the register does not have.
    package var basis: String?
    /// The last day on which a written question is covered; nil where none is known.
    package var coveredUntil: String?
    /// Until then, where it is near; 0 on the last day.
    package var daysLeft: Int?
    /// Of `mail`, `fax` and `callback`, those that are covered today.
    package var covers: [String]?
    /// What is worth a word although it is in order.
    package var warnings: [SentenceView]
    package var reason: ReasonView?

    package init(license: String, known: Bool, entitled: Bool, policy: String) {
        self.license = license
        self.known = known
        self.entitled = entitled
        self.policy = policy
        warnings = []
    }

    enum CodingKeys: String, CodingKey {
        case license, known, entitled, policy, company, partner, product, version
        case purchasedOn = "purchased_on"
        case contract
        case contractEndsOn = "contract_ends_on"
        case updatedOn = "updated_on"
        case basis
        case coveredUntil = "covered_until"
        case daysLeft = "days_left"
        case covers, warnings
        case reason
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(license, forKey: .license)
        try container.encode(known, forKey: .known)
        try container.encode(entitled, forKey: .entitled)
        try container.encode(policy, forKey: .policy)
        try container.encode(company, forKey: .company)
        try container.encode(partner, forKey: .partner)
        try container.encode(product, forKey: .product)
        try container.encode(version, forKey: .version)
        try container.encode(purchasedOn, forKey: .purchasedOn)
        try container.encode(contract, forKey: .contract)
        try container.encode(contractEndsOn, forKey: .contractEndsOn)
        try container.encode(updatedOn, forKey: .updatedOn)
        try container.encode(basis, forKey: .basis)
        try container.encode(coveredUntil, forKey: .coveredUntil)
        try container.encode(daysLeft, forKey: .daysLeft)
        try container.encode(covers, forKey: .covers)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(reason, forKey: .reason)
    }
}

package struct LicensePage: Codable, Hashable, Sendable {
    package var licenses: [LicenseView]

    package init(licenses: [LicenseView]) {
        self.licenses = licenses
    }
}
