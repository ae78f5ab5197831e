import Platform
import TestSupport

/// Behaves as InterFAX's REST interface is described: one account, faxes with states that a test sets.
final class InterFAXDouble: Sendable {
    let server: WebServer
    private let state: Locked<State>

    private struct State {
        var faxes: [(id: Int, reference: String, status: Int, pages: Int)] = []
        /// Takes the place of the usual answer to the next POST of a fax; true: the fax is taken all the same.
        var oddity: (reply: WebServer.Reply, isTaken: Bool)?
    }

    static let password = "p\u{e4}ss:w=rd"

    init() throws {
        let state = Locked(State())
        self.state = state
        server = try WebServer { request in
            // marie:päss:w=rd
            guard request.headers["authorization"] == "Basic bWFyaWU6cMOkc3M6dz1yZA==" else {
                return .answer(401, body: #"{"code":-1062,"message":"Invalid username or password"}"#)
            }
            return state.withLock { Self.answer(request, &$0) }
        }
    }

    /// What happens to the next fax handed over.
    func next(_ reply: WebServer.Reply, isTaken: Bool = false) { state.withLock { $0.oddity = (reply, isTaken) } }

    /// How the last fax does.
    func set(_ status: Int, pages: Int = 0) {
        state.withLock { state in
            guard !state.faxes.isEmpty else { return }
            state.faxes[state.faxes.count - 1].status = status
            state.faxes[state.faxes.count - 1].pages = pages
        }
    }

    /// Somebody else's fax.
    func add(_ reference: String) { _ = state.withLock { Self.take(reference, &$0) } }

    private static func take(_ reference: String, _ state: inout State) -> Int {
        let id = 854_759_652 + state.faxes.count
        state.faxes.append((id, reference, -2, 0))
        return id
    }

    private static func answer(_ request: WebServer.Request, _ state: inout State) -> WebServer.Reply {
        let query = Dictionary(
            uniqueKeysWithValues: request.target.drop { $0 != "?" }.dropFirst().split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]).replacing("%2F", with: "/") : "")
            })
        switch (request.method, request.path.split(separator: "/").map(String.init)) {
        case ("POST", ["outbound", "faxes"]):
            let oddity = state.oddity
            state.oddity = nil
            if let oddity, !oddity.isTaken { return oddity.reply }
            guard query["faxNumber"] == "%2B33130417781", request.headers["content-type"] == "application/pdf" else {
                return .answer(400, body: #"{"code":-123,"message":"No valid recipients"}"#)
            }
            let id = take(query["reference"] ?? "", &state)
            return oddity?.reply
                ?? .answer(201, headers: ["Location": "https://rest.interfax.net/outbound/faxes/\(id)"])
        case ("GET", ["outbound", "search"]):
            let found = state.faxes.filter { $0.reference == query["reference"] }
            return .answer(200, body: "[" + found.map(Self.json).joined(separator: ",") + "]")
        case ("GET", let path) where path.starts(with: ["outbound", "faxes"]) && path.count == 3:
            guard let fax = state.faxes.first(where: { String($0.id) == path[2] }) else { return .answer(404) }
            return .answer(200, body: json(fax))
        case ("POST", let path) where path.count == 4 && path[3] == "cancel":
            return state.faxes.contains { String($0.id) == path[2] && $0.status < 0 } ? .answer(200) : .answer(409)
        case ("GET", ["accounts", "self", "ppcards", "balance"]): return .answer(200, body: "10.0000")
        default: return .answer(404)
        }
    }

    private static func json(_ fax: (id: Int, reference: String, status: Int, pages: Int)) -> String {
        """
        {"id":\(fax.id),"uri":"https://rest.interfax.net/outbound/faxes/\(fax.id)","status":\(fax.status),\
        "pagesSent":\(fax.pages),"pagesSubmitted":2,"attemptsMade":1,"subject":"\(fax.reference)",\
        "duration":12,"costPerUnit":0.09,"remoteCSID":"+33 1","completionTime":null}
        """
    }
}
