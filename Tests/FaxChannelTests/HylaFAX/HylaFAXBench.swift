import Foundation
import Platform
import SupportDesk
import TestSupport

@testable import Configuration
@testable import FaxChannel

/// What the tests of the HylaFAX gateway share.
enum HylaFAXBench {
    static func settings(port: Int, _ change: (inout Settings.Fax) -> Void = { _ in }) -> HylaFAXSettings {
        var fax = Settings.Fax()
        fax.gateway = .hylafax
        fax.hylafax.host = "127.0.0.1"
        fax.hylafax.port = port
        fax.hylafax.maxDials = 2
        change(&fax)
        return HylaFAXSettings(fax, environment: ["ASSISTD_FAX_PASSWORD": "sesame", "ASSISTD_FAX_WRONG": "simsim"])
    }

    /// - Parameter document: two pages where none is given.
    static func job(_ document: [UInt8]? = nil, calls: Int = 5) throws -> FaxJob {
        let reference = Reference(number: UInt64.random(in: 0..<1 << 50))
        return FaxJob(
            tag: FaxTag(reference, attempt: 1), number: try FaxNumber("+33130417781"),
            plan: DialPlan(), document: document ?? pdf(pages: 2), pages: 2, maximumCalls: calls)
    }

    /// A PDF file with a word on each page.
    static func pdf(pages: Int) -> [UInt8] {
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        func add(_ object: String) {
            offsets.append(text.utf8.count)
            text += "\(offsets.count) 0 obj\n\(object)\nendobj\n"
        }
        let kids = (0..<pages).map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
        add("<</Type/Catalog/Pages 2 0 R>>")
        add("<</Type/Pages/Count \(pages)/Kids[\(kids)]>>")
        add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        for page in 0..<pages {
            add(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents \(5 + 2 * page) 0 R>>"
            )
            let stream = "BT /F 24 Tf 72 700 Td (Page \(page + 1)) Tj ET"
            add("<</Length \(stream.utf8.count)>>\nstream\n\(stream)\nendstream")
        }
        let start = text.utf8.count
        text += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            text += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n"
        }
        text += "trailer\n<</Size \(offsets.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
        return Array(text.utf8)
    }
}

extension FaxLine {
    /// Waits until a job is over; what became of it.
    func outcome(of job: String, _ gateway: HylaFAXGateway) async throws -> FaxOutcome? {
        try await waits(for: .doneQueue) { () -> FaxOutcome?? in
            switch try await gateway.standing(of: job) {
            case .over(let outcome): .some(outcome)
            case .unknown: .some(nil)
            case .underWay: nil
            }
        }
    }
}

extension FaxHandover {
    var job: String? { if case .job(let name) = self { name } else { nil } }
}
