import Foundation
import Platform

extension FaxLine {
    /// What goes wrong with a call. Seconds are the line's, from the answer on.
    package enum Fault: Hashable, Sendable {
        case none
        case busy
        case noAnswer
        case noDialTone
        case reject
        /// A person answers.
        case voice
        /// Both modems hear that the other one hung up.
        case hangUp(after: Double)
        /// The sound stops, and no modem is told.
        case cut(after: Double)
        /// White noise; -40 passes, -35 does not.
        case noise(decibel: Int)

        fileprivate var word: String {
            switch self {
            case .none: "none"
            case .busy: "busy"
            case .noAnswer: "noanswer"
            case .noDialTone: "nodialtone"
            case .reject: "reject"
            case .voice: "voice"
            case .hangUp(let seconds): "hangup:\(seconds)"
            case .cut(let seconds): "cut:\(seconds)"
            case .noise(let decibel): "noise:\(decibel)"
            }
        }
    }

    /// Lets the next calls fail, until it is told otherwise.
    ///
    /// - Parameter calls: how many; nil for all.
    package func suffers(_ fault: Fault, calls: Int? = nil) throws {
        let line = ["*", fault.word, calls.map(String.init)].compactMap(\.self).joined(separator: " ")
        try Data((line + "\n").utf8).write(to: URL(fileURLWithPath: home + "/control"))
    }

    /// A call somebody pays for.
    package struct Call: Hashable, Sendable, Decodable {
        /// As the modem was told.
        package var dialled: String
        /// As in `busy`; `none` where all was meant to go well.
        package var fault: String
        /// As in `cleared by callee`.
        package var result: String
    }

    /// Every call of the office's so far.
    package func calls() throws -> [Call] {
        guard let journal = FileManager.default.contents(atPath: home + "/journal") else { return [] }
        return try journal.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Call.self, from: $0) }
    }

    /// A fax at the vendor's.
    package struct Reception: Hashable, Sendable {
        /// A TIFF file.
        package var path: String
        package var pages: [FaxTIFF.Page]
        /// The receiver's own words on what went wrong; empty where nothing did.
        package var complaint: String
    }

    /// Every fax that arrived at the vendor's so far, whole or in part, in order.
    package func receptions() throws -> [Reception] {
        guard let told = FileManager.default.contents(atPath: home + "/vendor/log/told") else { return [] }
        return try told.split(separator: UInt8(ascii: "\n")).compactMap { line in
            // When, file, modem, session, complaint, then what is known of the caller.
            let fields = String(decoding: line, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count > 4 else { return nil }
            let path = home + "/vendor/" + fields[1]
            return Reception(path: path, pages: try FaxTIFF.pages(of: path), complaint: String(fields[4]))
        }
    }

    /// Where something happens that one may wait for.
    package enum Place: String, Sendable {
        case sendQueue = "office/sendq"
        case doneQueue = "office/doneq"
        /// Where `receptions` come from.
        case arrivals = "vendor/log"
        /// Where `calls` come from.
        case journal = ""
    }

    /// Looks now and whenever something happens there, until something is found.
    package func waits<Value>(
        for place: Place, until find: () async throws -> Value?
    ) async throws -> Value {
        let watch = try FolderWatch(home + "/" + place.rawValue)
        if let value = try await find() { return value }
        for await _ in watch.wakeups {
            if let value = try await find() { return value }
        }
        throw CancellationError()
    }

    /// Waits until so many faxes arrived.
    package func waits(forReceptions count: Int) async throws -> [Reception] {
        try await waits(for: .arrivals) {
            let receptions = try receptions()
            return receptions.count >= count ? receptions : nil
        }
    }

    /// Waits until so many calls are over; a fax arrives before its call is.
    package func waits(forCalls count: Int) async throws -> [Call] {
        try await waits(for: .journal) {
            let calls = try calls()
            return calls.count >= count ? calls : nil
        }
    }
}
