import SupportDesk

/// Fills in what a gateway's settings leave open: `{e164} {digits} {national} {reference} {attempt} {secret}`.
package struct FaxPlaceholders: Sendable {
    private let values: [String: String]

    /// - Parameters:
    ///   - secret: what `{secret}` stands for.
    ///   - others: placeholders of one gateway's own.
    package init(_ job: FaxJob, secret: String? = nil, others: [String: String] = [:]) {
        var values = [
            "e164": job.number.e164, "digits": job.number.digits, "national": job.plan.national(job.number),
            "reference": job.tag.reference.description, "attempt": String(job.tag.attempt), "secret": secret ?? "",
        ]
        values.merge(others) { _, new in new }
        self.values = values
    }

    /// Where there is no job any more, but its name.
    init(_ values: [String: String]) { self.values = values }

    /// The same with some more.
    func with(_ others: [String: String]) -> Self { Self(values.merging(others) { _, new in new }) }

    /// The text with each known placeholder replaced, once: what is filled in is not looked through again.
    package func fill(_ template: String) -> String { fill(template) { $0 } }

    /// The same, with what is filled in written as its surroundings want it.
    func fill(_ template: String, encode: (String) -> String) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"),
                let value = values[String(rest[rest.index(after: open)..<close])]
            else {
                result.append("{")
                rest = rest.dropFirst()
                continue
            }
            result += encode(value)
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
