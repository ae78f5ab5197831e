import SupportDesk

/// The path and query of a request, percent-encoded (RFC 3986).
struct ControlTarget: CustomStringConvertible {
    private(set) var description: String
    private var hasQuery = false

    /// - Parameter segments: what follows `/v1`, one piece of the path each.
    init(_ segments: String...) {
        description = "/v1" + segments.map { "/" + $0.percentEncoded }.joined()
    }

    /// Adds a query item; nothing where there is no value.
    mutating func ask(_ name: String, _ value: String?) {
        guard let value else { return }
        description += (hasQuery ? "&" : "?") + name + "=" + value.percentEncoded
        hasQuery = true
    }
}
