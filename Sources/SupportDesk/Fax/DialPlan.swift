/// How numbers are dialled from where the fax line is.
package struct DialPlan: Hashable, Sendable {
    /// The fax line's own country, as in `33`.
    package var country: String
    /// What comes first, for an outside line, as in `0,`.
    package var prefix: String

    /// - Parameters:
    ///   - ownNumber: the fax line's; France where none is known.
    ///   - prefix: for an outside line; `,` is a pause.
    package init(ownNumber: String? = nil, prefix: String = "") {
        let digits = ownNumber.map { String($0.dropFirst()) } ?? "33"
        country = Self.trunks.keys.first { digits.hasPrefix($0) } ?? ""
        self.prefix = prefix
    }

    /// As it is dialled: `0130417781` within France, `0033130417781` from elsewhere, with the prefix.
    package func dialled(_ number: FaxNumber) -> String { prefix + national(number) }

    /// Without the prefix.
    package func national(_ number: FaxNumber) -> String {
        let digits = number.digits
        // The overseas departments share France's plan: ten digits, whichever code the number has.
        if Self.french.contains(country), let code = Self.french.first(where: { digits.hasPrefix($0) }) {
            // Saint-Pierre-et-Miquelon's six digits begin with its code in France's plan.
            return "0" + (code == "508" && digits.count == 9 ? digits[...] : digits.dropFirst(code.count))
        }
        guard !country.isEmpty, digits.hasPrefix(country), let trunk = Self.trunks[country] else {
            return "00" + digits
        }
        return trunk + digits.dropFirst(country.count)
    }

    private static let french: Set<String> = ["33", "262", "508", "590", "594", "596"]

    /// What stands in for the country's own code (ITU-T E.164, national numbering plans).
    private static let trunks: [String: String] = [
        "33": "0", "262": "0", "508": "0", "590": "0", "594": "0", "596": "0", "32": "0", "31": "0", "41": "0",
        "43": "0",
        "44": "0", "49": "0", "34": "", "351": "", "352": "", "377": "", "39": "", "376": "", "45": "", "47": "",
    ]
}
