import Mail
import SMTPChannel
import SupportDesk

/// Hot code without I/O, so many times over, for a counter of instructions: `microbench CASE COUNT`.
///
/// script/bench instructions runs each case twice under callgrind; the difference is what the repetitions cost.
@main
enum Microbench {
    /// What is measured, by name.
    static let cases: [(name: String, body: @Sendable () throws -> Void)] = {
        let report = Sample.report
        let parsed = try? ReportParser.parse(report)
        let composer = Sample.composer
        let mail = parsed.flatMap { try? composer.compose(Sample.draft($0)) } ?? []
        let rules = LicenseRules()
        let reference = Reference(number: 0x123_4567_89AB_CDEF)
        let now = Timestamp(milliseconds: 1_795_000_000_123)
        return [
            ("parse a report of 4 KiB", { _ = try ReportParser.parse(report) }),
            ("judge a license number", { _ = try rules.check("ges 1234.5678-k") }),
            ("compose its mail", { if let parsed { _ = try composer.compose(Sample.draft(parsed)) } }),
            ("find secrets in its text", { _ = parsed?.description.masked }),
            ("a reference and a time as text", { _ = reference.description + now.description }),
            ("an SMTP dialogue that ends well", { Sample.converse(size: mail.count) }),
            ("what an accepted message comes to", { _ = Sample.verdict(at: now) }),
        ]
    }()

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let count = Int(arguments[2]) else {
            for one in cases { print(one.name) }
            return
        }
        guard let chosen = cases.first(where: { $0.name == arguments[1] }) else { fatalError("no such case") }
        for _ in 0..<count { try chosen.body() }
    }
}
