import Platform
import TestSupport

/// People who drop reports without end, each in another way, and remember what they dropped.
final class Feeder: Sendable {
    private struct State {
        var generator: SeededGenerator
        var count = 0
        var rejected: [String: [UInt8]] = [:]
    }

    private let folder: TemporaryFolder
    private let state: Locked<State>

    init(_ folder: TemporaryFolder, seed: UInt64) throws {
        self.folder = folder
        state = Locked(State(generator: SeededGenerator(seed: seed)))
        try folder.folder("spool/incoming")
    }

    /// The subjects of what has to arrive.
    var subjects: [String] { (0..<state.current.count).map(Self.subject) }
    /// What has to be refused, by name.
    var rejected: [String: [UInt8]] { state.current.rejected }

    private static func subject(_ number: Int) -> String { "Essai \(number)" }

    /// Drops the next reports, and at times one that will be refused.
    func drop(_ count: Int) throws {
        try state.withLock { state in
            for _ in 0..<count {
                let number = state.count
                try dropReport(number, &state.generator)
                state.count += 1
                if Int.random(in: 0..<16, using: &state.generator) == 0 {
                    let (name, content) = ("faux \(number).txt", Array("Licence : ?\n\n\(number)".utf8))
                    state.rejected[name] = content
                    try folder.drop(content, to: "spool/incoming/\(name)")
                }
            }
        }
    }

    private func dropReport(_ number: Int, _ generator: inout SeededGenerator) throws {
        let report = Array("Licence : 12345678\nObjet : \(Self.subject(number))\n\nÇa va ?\n".utf8)
        let incoming = "spool/incoming"
        switch Int.random(in: 0..<8, using: &generator) {
        case 0:
            // More than the journal keeps in the database.
            try folder.folder("r.report")
            try folder.write(report, to: "r.report/report.txt")
            try folder.write(Workload.picture, to: "r.report/écran.png")
            try folder.move("r.report", to: "\(incoming)/\(number).report")
        case 1:
            try folder.write(Workload.paper, to: "\(incoming)/\(number).pdf")
            let named = String(decoding: report, as: UTF8.self).replacing(
                "\n\n", with: "\nPièce-jointe : \(number).pdf\n\n")
            try folder.drop(named.utf8, to: "\(incoming)/\(number).txt")
        case 2, 3: try folder.write(report, to: "\(incoming)/\(number).txt")
        default: try folder.drop(report, to: "\(incoming)/\(number).txt")
        }
    }
}
