import ControlServer
import Foundation
import SQLiteJournal
import SupportDesk
import TestSupport
import Testing

@Suite("Requests nobody sends by mistake", .timeLimit(.minutes(1)))
struct HostileRequestTests {
    private let get = "GET /v1/stats HTTP/1.1\r\nhost: x\r\n"

    @Test(
        "what could be read as another request than it is gets 400, and what follows is not read",
        arguments: [
            "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "content-length: 3\r\ncontent-length: 4\r\n\r\nabc", "content-length: 3, 4\r\n\r\nabc",
            "content-length: -1\r\n\r\n", "content-length: 99999999999999999999999\r\n\r\n",
            "transfer-encoding: chunked\r\n\r\nxyz\r\n", "transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            "transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n", "transfer-encoding : chunked\r\n\r\n0\r\n\r\n",
            "a\u{0}b: c\r\n\r\n", ": no name\r\n\r\n",
        ])
    func smuggling(rest: String) async throws {
        let bench = try await ServerBench()
        try await bench.whileRunning {
            let answers = try await bench.exchange(get + rest + get + "\r\n")
            #expect(answers.hasPrefix("HTTP/1.1 400"), "\(answers)")
            #expect(answers.components(separatedBy: "HTTP/1.1").count == 2, "\(answers)")
        }
    }

    @Test(
        "a head beyond all measure is refused while it comes in",
        arguments: [
            "GET /" + String(repeating: "x", count: 100_000),
            "GET / HTTP/1.1\r\na: " + String(repeating: "x", count: 100_000),
            "GET / HTTP/1.1\r\n" + String(repeating: "a: b\r\n", count: 101) + "\r\n",
            "GET / HTTP/1.1\r\n"
                + (0..<9).map { "a\($0): " + String(repeating: "x", count: 10_000) + "\r\n" }.joined() + "\r\n",
        ])
    func largeHead(head: String) async throws {
        let bench = try await ServerBench()
        try await bench.whileRunning {
            let answer = try await bench.exchange(head)
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
        }
    }

    @Test("requests that come together are answered one after the other, in order")
    func pipelined() async throws {
        let bench = try await ServerBench()
        try await bench.whileRunning {
            let first = "GET /v1/nothing HTTP/1.1\r\n\r\n"
            let last = "GET /v1/stats HTTP/1.1\r\nconnection: close\r\n\r\n"
            let answers = try await bench.exchange(String(repeating: first, count: 20) + last)
            let statuses = answers.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
            #expect(statuses == Array(repeating: "404", count: 20) + ["200"])
        }
    }

    @Test("a body in chunks is a body, however small they are")
    func chunked() async throws {
        let bench = try await ServerBench()
        try await bench.whileRunning {
            let body = #"{"action":"retry","references":[],"state":"failed"}"#
            let chunks = body.utf8.map { "1\r\n\(Character(UnicodeScalar($0)))\r\n" }.joined() + "0\r\n\r\n"
            let answer = try await bench.exchange(
                "POST /v1/interventions HTTP/1.1\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n" + chunks)
            #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
            #expect(answer.hasSuffix(#"{"results":[]}"#))
        }
    }

    @Test("a body that is too large is read to its end, refused, and the next request answered")
    func tooLarge() async throws {
        var bench = try await ServerBench()
        bench.limits.body = 1000
        try await bench.whileRunning { [bench] in
            let body = String(repeating: "x", count: 300_000)
            let answers = try await bench.exchange(
                "POST /v1/interventions HTTP/1.1\r\ncontent-length: 300000\r\n\r\n" + body
                    + "GET /v1/stats HTTP/1.1\r\nconnection: close\r\n\r\n")
            let statuses = answers.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
            #expect(statuses == ["413", "200"])
        }
    }

    @Test("the bodies of all connections together stay within bounds; what is too much is asked to come back")
    func memory() async throws {
        var bench = try await ServerBench()
        bench.limits.body = 100_000
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let (gate, opened) = AsyncStream.makeStream(of: Void.self)
        bench.submit = { _ in
            arrived.yield()
            for await _ in gate { break }
            return Sample.admission(1).submission
        }
        try await bench.whileRunning { [bench] in
            let form = Self.form(String(repeating: "x", count: 95_000))
            async let first = bench.exchange(form)
            async let second = bench.exchange(form)
            var iterator = arrivals.makeAsyncIterator()
            for _ in 1...2 { _ = await iterator.next() }
            let third = try await bench.exchange(form)
            #expect(third.hasPrefix("HTTP/1.1 503") && third.contains("try_again"), "\(third)")
            let small = try await bench.exchange("GET /v1/stats HTTP/1.1\r\nconnection: close\r\n\r\n")
            #expect(small.hasPrefix("HTTP/1.1 200"))
            opened.finish()
            for answer in try await [first, second] { #expect(answer.hasPrefix("HTTP/1.1 201"), "\(answer)") }
            let fourth = try await bench.exchange(form)
            #expect(fourth.hasPrefix("HTTP/1.1 201"), "what was answered is held no longer")
        }
    }

    private static func form(_ content: String) -> String {
        let body = "--b\r\ncontent-disposition: form-data; name=\"report\"\r\n\r\n\(content)\r\n--b--"
        return "POST /v1/submissions HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=b\r\nconnection: close\r\n"
            + "content-length: \(body.utf8.count)\r\n\r\n" + body
    }

    @Test("one caller has so many connections; the next is told so, and comes in once another has left")
    func seats() async throws {
        var bench = try await ServerBench()
        bench.limits.connectionsPerUser = 2
        let ask = get + "\r\n"
        try await bench.whileRunning { [bench] in
            let socket = bench.socket
            var lines: [RawLine] = []
            for _ in 1...2 {
                let line = try RawLine(socket)
                line.send(Array(ask.utf8))
                let answer = try await Programs.blocking { line.receive() }
                #expect(answer.map { String(decoding: $0, as: UTF8.self).hasPrefix("HTTP/1.1 200") } == true)
                lines.append(line)
            }
            // Without a word of its own: it is told as soon as it comes.
            let turnedAway = try await bench.exchange("")
            #expect(turnedAway.hasPrefix("HTTP/1.1 503") && turnedAway.contains("try_again"), "\(turnedAway)")
            lines.removeLast()
            var answer = ""
            while !answer.hasPrefix("HTTP/1.1 200") {
                try Task.checkCancellation()
                answer = try await bench.exchange(get + "connection: close\r\n\r\n")
            }
        }
    }

    @Test("a large message comes whole, also to one who reads it slowly; what is not there is not found")
    func message() async throws {
        let bench = try await ServerBench()
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try await bench.journal.admit([
            Sample.admission(1, message: bytes), Sample.admission(2, message: Array("x".utf8)),
        ])
        try await bench.whileRunning {
            func get(_ number: Int) async throws -> [UInt8] {
                let reference = Sample.admission(number).submission.reference
                let socket = bench.socket
                return try await Programs.blocking {
                    let line = try RawLine(socket)
                    line.send(
                        Array("GET /v1/submissions/\(reference)/message HTTP/1.1\r\nconnection: close\r\n\r\n".utf8))
                    var all: [UInt8] = []
                    while let piece = line.receive() { all += piece }
                    return all
                }
            }
            let (large, small, absent) = (try await get(1), try await get(2), try await get(3))
            #expect(large.suffix(bytes.count).elementsEqual(bytes))
            #expect(small.last == UInt8(ascii: "x"))
            #expect(String(decoding: absent, as: UTF8.self).hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test("no more references at a time than can be worked on, and each gets its own result, in order")
    func references() async throws {
        let bench = try await ServerBench()
        try await bench.journal.admit((1...200).map { Sample.admission($0, state: $0 % 2 == 0 ? .held : .queued) })
        try await bench.whileRunning {
            func release(_ references: [String]) async throws -> String {
                let list = references.map { "\"\($0)\"" }.joined(separator: ",")
                let body = #"{"action":"release","references":[\#(list)]}"#
                return try await bench.exchange(
                    "POST /v1/interventions HTTP/1.1\r\ncontent-length: \(body.utf8.count)\r\nconnection: close\r\n\r\n"
                        + body)
            }
            let many = try await release(Array(repeating: "ASD-0000-0000-0000", count: 10_001))
            #expect(many.hasPrefix("HTTP/1.1 400"))
            let references = (1...200).reversed().map { "\(Sample.admission($0).submission.reference)" }
            let answer = try await release(references)
            let found = answer.components(separatedBy: "\"reference\":\"").dropFirst().map { String($0.prefix(18)) }
            #expect(found == references)
            #expect(answer.components(separatedBy: "\"done\":true").count == 101)
            #expect(try await bench.journal.counts(submittedBy: nil) == [.queued: 200])
        }
    }
}
