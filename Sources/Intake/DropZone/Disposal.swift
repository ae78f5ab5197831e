import Glibc
package import Platform
package import SupportDesk

/// Takes out of the drop zone what the journal holds: removed when it was taken in, moved beside a reason when it
/// was refused. Done again after a crash it does no harm: only the very files that were taken are touched.
package struct Disposal: Sendable {
    let incoming: Folder
    let rejected: Folder

    package init(incoming: Folder, rejected: Folder) {
        self.incoming = incoming
        self.rejected = rejected
    }

    /// - Parameter submission: what the journal says; nil is as good as no reason.
    /// - Throws: where a file cannot leave the drop zone. It is not taken a second time all the same.
    package func dispose(of taken: Taken, _ submission: Submission?) throws(SystemError) {
        switch taken.fate {
        case .remove:
            for file in taken.files { try remove(file, taken.reference) }
        case .reject:
            var reportName: [UInt8]?
            for (index, file) in taken.files.enumerated() {
                let name = try moveToRejected(file)
                if index == 0 { reportName = name }
            }
            if let reportName, let submission { try writeReason(submission, beside: reportName) }
        }
    }

    // MARK: Removing

    private func remove(_ file: FileIdentity, _ reference: Reference) throws(SystemError) {
        let hidden = Array(".taken-\(reference)".utf8)
        if let info = try incoming.info(file.name), info.identity(named: file.name) == file {
            guard info.kind == .folder else {
                try incoming.remove(file.name)
                return
            }
            // A folder cannot be removed at once; under a dotted name a crash half-way leaves nothing to be taken.
            _ = try incoming.move(file.name, to: incoming, as: hidden)
        }
        guard let info = try incoming.info(hidden), info.kind == .folder else { return }
        do throws(SystemError) {
            let folder = try incoming.subfolder(hidden)
            for name in try folder.names() { try folder.remove(name) }
            try incoming.removeFolder(hidden)
        } catch  where error.code == EACCES || error.code == EPERM {
            // Another user's folder: hidden it is out of the way, and nothing more can be done from here.
        }
    }

    // MARK: Refusing

    /// The name it got in `rejected/`; nil where the file is no longer the one that was refused.
    private func moveToRejected(_ file: FileIdentity) throws(SystemError) -> [UInt8]? {
        guard let info = try incoming.info(file.name), info.identity(named: file.name) == file else { return nil }
        for number in 1...10_000 {
            let name = Self.numbered(file.name, number)
            do throws(SystemError) {
                // The reason's name must be free too, or it would take another refusal's place.
                guard try rejected.info(name + Self.reasonEnding) == nil else { continue }
                if try incoming.move(file.name, to: rejected, as: name) { return name }
            } catch  where error.code == EACCES && info.kind == .folder {
                // Another user's folder cannot change its parent; hidden in place it is at least left alone.
                let hidden = Array(".rejected-".utf8) + name
                if try incoming.move(file.name, to: incoming, as: hidden) { return name }
            }
        }
        throw SystemError("rename", rejected.pathOf(file.name), code: EEXIST)
    }

    static let reasonEnding = Array(".reason.txt".utf8)

    /// `panne.txt`, then `panne (2).txt`, and so on; never longer than a name may be.
    static func numbered(_ name: [UInt8], _ number: Int) -> [UInt8] {
        let suffix = number == 1 ? [] : Array(" (\(number))".utf8)
        var stem = name[...]
        var ending = name[name.endIndex...]
        if let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0, name.count - dot <= 12 {
            (stem, ending) = (name[..<dot], name[dot...])
        }
        let room = 255 - reasonEnding.count - suffix.count - ending.count
        var kept = Array(stem.prefix(max(1, room)))
        if kept.count < stem.count {
            // Cut between two characters, not within one.
            while let last = kept.last, last & 0xC0 == 0x80 { kept.removeLast() }
            if let last = kept.last, last & 0xC0 == 0xC0 { kept.removeLast() }
        }
        return kept + suffix + ending
    }

    private func writeReason(_ submission: Submission, beside name: [UInt8]) throws(SystemError) {
        guard let reason = submission.reason else { return }
        let shown = String(decoding: name, as: UTF8.self).harmless
        var lines: [String] = []
        for language in [submission.language] + Language.allCases.filter({ $0 != submission.language }) {
            let time = LocalTime.text(submission.receivedAt, in: language)
            let title = Bilingual(fr: "Rapport refusé : \(shown)", en: "Report refused: \(shown)")
            let facts = Bilingual(
                fr: "Référence \(submission.reference), le \(time), motif \(reason.code.rawValue)",
                en: "Reference \(submission.reference), \(time), reason \(reason.code.rawValue)")
            lines += [title[language], facts[language], "", reason.text[language], "", ""]
        }
        let text = lines.dropLast().map { $0 + "\r\n" }.joined()
        try rejected.write(Array(text.utf8), named: name + Self.reasonEnding, mode: 0o644)
    }
}
