import Configuration
import SupportDesk

@testable import FaxChannel

extension FuzzTarget {
    /// What hfaxd says: replies, and lists of jobs and modems.
    static let hfaxd = FuzzTarget(name: "hfaxd") { bytes in
        let whole = replies(bytes, pieces: 1)
        try promise(whole == replies(bytes, pieces: 7), "cut into pieces, the replies are others")
        for reply in whole.replies {
            try promise((100..<600).contains(reply.code), "code \(reply.code)")
            for line in reply.lines { try checkHarmless(line, "reply") }
            try promise(reply.dataPort.map { (1...65_535).contains($0) } ?? true, "port")
            _ = reply.number(after: "jobid:")
            try promise(reply.word(after: "FILE:")?.isEmpty != true, "an empty word")
        }
        let lines = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        _ = HylaFAXModems(lines: lines)
        for line in lines {
            guard let job = try? HylaFAXJobState(line: line) else { continue }
            try check(HylaFAXVerdict.standing(of: job), pages: job.pages)
        }
    }

    /// What a fax service answers, and what a program for faxes prints.
    static let faxAnswer = FuzzTarget(name: "fax-answer") { bytes in
        if let answer = JSONAnswer(bytes) {
            for profile in profiles {
                guard let poll = profile.poll, let standing = FaxStanding(answer, poll) else { continue }
                try check(standing, pages: poll.pages.flatMap { answer[$0]?.integer } ?? 0)
            }
            _ = answer["faxes.0.id"]?.text
        }
        let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self).harmless
        try check(FaxStanding(printed: line), pages: 0)
    }

    private static let profiles = FaxProfile.builtIn.keys.sorted().compactMap { name in
        try? FaxProfile(FaxProfile.builtIn[name] ?? "", name: name, file: name)
    }

    private static func replies(_ bytes: [UInt8], pieces: Int) -> (replies: [HfaxdReply], isMalformed: Bool) {
        var reader = HfaxdReplyReader()
        var replies: [HfaxdReply] = []
        var isMalformed = false
        let size = max(1, bytes.count / pieces)
        for start in stride(from: 0, to: bytes.count, by: size) where !isMalformed {
            do {
                try reader.receive(bytes[start..<min(start + size, bytes.count)])
            } catch {
                isMalformed = true
            }
            while let reply = reader.next() { replies.append(reply) }
        }
        return (replies, isMalformed)
    }

    /// Words are fit for people, and nothing is sent again of which a page left.
    private static func check(_ standing: FaxStanding, pages: Int) throws(Broken) {
        switch standing {
        case .unknown: break
        case .underWay(let progress): try checkHarmless(progress.text, "progress")
        case .over(let outcome):
            try checkHarmless(outcome.text, "outcome")
            try promise(outcome.pages >= 0 && outcome.calls >= 0, "less than no pages or calls")
            guard pages > 0 else { return }
            switch outcome.kind {
            case .notSent, .refused, .calledOff: throw Broken("\(pages) pages left, and it is \(outcome.kind)")
            case .delivered, .relayed, .uncertain: break
            }
        }
    }
}
