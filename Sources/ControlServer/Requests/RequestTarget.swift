import Foundation

/// What a request is about: path and query, decoded (RFC 3986, 3).
struct RequestTarget: Sendable {
    /// `/v1/submissions/X` is `["v1", "submissions", "X"]`.
    var path: [String]
    var query: [(name: String, value: String)]

    init(_ uri: String) {
        let target = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = (target.first ?? "").split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        query = (target.count > 1 ? target[1] : "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1].map { $0 == "+" ? " " : $0 }) : ""
            return (
                String(parts[0]).removingPercentEncoding ?? String(parts[0]), value.removingPercentEncoding ?? value
            )
        }
    }
}
