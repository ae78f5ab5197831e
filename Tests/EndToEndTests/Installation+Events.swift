import Foundation
import TestSupport
import Testing
import UnixSocketHTTP

extension Installation {
    /// Waits, by the daemon's own announcements, until so many submissions came into a state; returns them.
    @discardableResult
    func submissions(in state: String, reach count: Int) async throws -> [String] {
        var found: [String] = []
        var known: Set<String> = []
        var last = 0
        while found.count < count {
            // A time limit can end only what asks.
            try Task.checkCancellation()
            let page = try await get("/v1/events?after=\(last)&wait=50")
            last = try #require(page["last"] as? Int)
            for event in try #require(page["events"] as? [[String: Any]]) where event["state"] as? String == state {
                let reference = try #require(event["reference"] as? String)
                if known.insert(reference).inserted { found.append(reference) }
            }
        }
        #expect(found.count == count)
        return found
    }

    /// Waits until the daemon announced something, in English, so many times; the events that say so.
    @discardableResult
    func tells(
        times count: Int = 1, _ condition: (String) -> Bool
    ) async throws -> [(reference: String, state: String, text: String)] {
        var found: [(reference: String, state: String, text: String)] = []
        var last = 0
        while found.count < count {
            try Task.checkCancellation()
            let page = try await get("/v1/events?after=\(last)&wait=50")
            last = try #require(page["last"] as? Int)
            for event in try #require(page["events"] as? [[String: Any]]) {
                let text = try #require(event["text"] as? String)
                guard condition(text) else { continue }
                found.append(
                    (
                        try #require(event["reference"] as? String), try #require(event["state"] as? String), text
                    ))
            }
        }
        return found
    }

    /// Waits until nothing is left to be taken in and nothing to be sent; how many submissions are in each state then.
    func settled() async throws -> [String: Int] {
        var last = 0
        while true {
            try Task.checkCancellation()
            last = try #require(try await get("/v1/events?after=\(last)&wait=5")["last"] as? Int)
            guard try folder.names(in: "spool/incoming").allSatisfy({ $0.hasPrefix(".") }) else { continue }
            let counts = try #require(try await get("/v1/status")["counts"] as? [String: Int])
            if counts["queued"] == 0, counts["sending"] == 0 { return counts }
        }
    }

    /// Hands a form to the control socket; the answer's HTTP status.
    func post(_ parts: [UnixSocketRequest.Part]) async throws -> Int {
        try await send(UnixSocketRequest("/v1/submissions", body: .form(parts), timeout: .seconds(60))).status
    }

    func send(_ request: UnixSocketRequest) async throws -> UnixSocketAnswer {
        let client = UnixSocketClient(socket: folder("control.sock"))
        return try await Programs.blocking { try client.send(request) }
    }

    /// Who is told to come later comes later.
    func answer(_ target: String) async throws -> UnixSocketAnswer {
        while true {
            let answer = try await send(UnixSocketRequest(target, timeout: .seconds(60)))
            if answer.status != 503 { return answer }
            _ = try await send(UnixSocketRequest("/v1/events?after=\(Int.max)&wait=1", timeout: .seconds(60)))
        }
    }

    func get(_ target: String) async throws -> [String: Any] {
        let answer = try await answer(target)
        try #require(answer.status == 200)
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    }
}
