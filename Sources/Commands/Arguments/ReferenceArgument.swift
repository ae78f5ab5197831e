import SupportDesk

/// References as they were typed.
struct References {
    let all: [Reference]

    /// - Throws: where one is malformed; then nothing is done to any.
    init(_ texts: [String]) throws(CommandFailure) {
        var all: [Reference] = []
        for text in texts {
            guard let reference = Reference(text) else {
                throw CommandFailure(
                    .badInput, code: "bad_reference",
                    fr: "« \(text) » n'est pas une référence : elle s'écrit comme ASD-4F7K-9M2T-X8QB.",
                    en: "“\(text)” is not a reference: one is written like ASD-4F7K-9M2T-X8QB.")
            }
            if !all.contains(reference) { all.append(reference) }
        }
        self.all = all
    }

    static func one(_ text: String) throws(CommandFailure) -> Reference {
        let all = try References([text]).all
        return all[0]
    }
}
