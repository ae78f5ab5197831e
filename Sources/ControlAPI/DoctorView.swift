/// The findings of `doctor`.
package struct DoctorView: Codable, Hashable, Sendable {
    package var checks: [Check]

    package init(checks: [Check]) {
        self.checks = checks
    }

    package struct Check: Codable, Hashable, Sendable {
        /// Stable: `configuration`, `incoming`, `rejected`, `receipts`, `register`, `desk`, `versions`, `partner`, `journal`, `smtp`, `clock`, …;
        /// `daemon` and `program` from `assistctl` itself.
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

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(verdict, forKey: .verdict)
            try container.encode(text, forKey: .text)
            try container.encode(textFR, forKey: .textFR)
            try container.encode(mend, forKey: .mend)
            try container.encode(mendFR, forKey: .mendFR)
        }
    }
}
