import Foundation
import TestSupport
import Testing
import UnixSocketHTTP

extension Installation {
    /// Something the service or its companion shows, and where.
    struct Shown {
        enum Form {
            /// For a person at a terminal.
            case terminal
            /// One object.
            case json
            /// One object a line.
            case jsonLines
            /// A file with CRLF line ends.
            case file
            case log
        }

        var place: String
        var form: Form
        var text: String
    }

    /// Everything that can be seen of these submissions, but the messages themselves.
    func everythingShown(of references: [String], more commands: [[String]] = []) async throws -> [Shown] {
        var shown: [Shown] = []
        func take(_ command: [String], _ form: Shown.Form, language: String = "C.UTF-8") async throws {
            let run = try await assistctl(command, language: language)
            shown.append(Shown(place: "\(command) \(language)", form: form, text: run.output))
            shown.append(Shown(place: "\(command) \(language), errors", form: .terminal, text: run.errors))
        }
        for language in ["fr_FR.UTF-8", "C.UTF-8"] {
            for command in [["list"], ["status"], ["show"] + references] + commands {
                try await take(command, .terminal, language: language)
            }
        }
        try await take(["list", "--json"], .jsonLines)
        try await take(["status", "--json"], .json)
        for command in commands { try await take(command + ["--json"], command.last == "list" ? .jsonLines : .json) }
        for reference in references { try await take(["show", reference, "--json"], .json) }
        let events = String(decoding: try await answer("/v1/events?after=0").body, as: UTF8.self)
        shown.append(Shown(place: "events", form: .json, text: events))
        for name in try folder.names(in: "spool/receipts") {
            shown.append(Shown(place: name, form: .file, text: try folder.text(of: "spool/receipts/\(name)")))
        }
        for name in try folder.names(in: "spool/rejected") where name.hasSuffix(".reason.txt") {
            shown.append(Shown(place: name, form: .file, text: try folder.text(of: "spool/rejected/\(name)")))
        }
        shown.append(Shown(place: "log", form: .log, text: log))
        return shown
    }
}
