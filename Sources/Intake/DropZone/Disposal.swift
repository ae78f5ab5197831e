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
    /// - Returns: whether every file was found under its name.
    /// - Throws: where a file cannot leave the drop zone. It is not taken a second time all the same.
    package func dispose(of taken: Taken, _ submission: Submission?) throws(SystemError) -> Bool {
        var foundAll = true
        for (index, file) in taken.files.enumerated() {
            let isFound: Bool
            switch taken.fate {
            case .remove: isFound = try remove(file, taken.reference)
            case .reject: isFound = try reject(file, index == 0 ? submission : nil)
            }
            foundAll = foundAll && isFound
        }
        return foundAll
    }

    /// Makes what was done durable: a reason before the refused file is seen to be gone.
    package func synchronize() throws(SystemError) {
        try rejected.synchronize()
        try incoming.synchronize()
    }

    private func isInPlace(_ file: FileIdentity) throws(SystemError) -> FileInfo? {
        guard let info = try incoming.info(file.name), info.identity(named: file.name).isSameFile(as: file) else {
            return nil
        }
        return info
    }

    // MARK: Removing

    private func remove(_ file: FileIdentity, _ reference: Reference) throws(SystemError) -> Bool {
        let hidden = Array(".taken-\(reference)".utf8)
        let info = try isInPlace(file)
        if let info {
            guard info.kind == .folder else {
                try incoming.remove(file.name)
                return true
            }
            // A folder cannot be removed at once; under a dotted name a crash half-way leaves nothing to be taken.
            _ = try incoming.move(file.name, to: incoming, as: hidden)
        }
        guard let left = try incoming.info(hidden), left.kind == .folder else { return info != nil }
        do throws(SystemError) {
            let folder = try incoming.subfolder(hidden)
            for name in try folder.names() where Self.wasSent(name) { try folder.remove(name) }
            try incoming.removeFolder(hidden)
        } catch {
            // Another user's folder, or one with files in it that were not sent: hidden it is out of the way, and
            // whose it is can look after it.
            if ![EACCES, EPERM, ENOTEMPTY, EEXIST, EISDIR].contains(error.code) { throw error }
        }
        return true
    }

    /// Of a report folder's files only those that went with the report are removed, and what systems leave lying.
    private static func wasSent(_ name: [UInt8]) -> Bool {
        ReportFormat.of(name) != .ignored
            || ["thumbs.db", "desktop.ini", ".ds_store"].contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    /// Where the rest of a report folder lies that could not be removed; nil where nothing is left.
    package func leftBehind(of taken: Taken) throws(SystemError) -> String? {
        let hidden = Array(".taken-\(taken.reference)".utf8)
        return try incoming.info(hidden) == nil ? nil : incoming.pathOf(hidden)
    }

    // MARK: Refusing

    /// Moves a refused file, its reason ahead of it: whoever finds the file finds why it is there.
    ///
    /// - Parameter submission: whose reason to write; nil for an attachment.
    private func reject(_ file: FileIdentity, _ submission: Submission?) throws(SystemError) -> Bool {
        guard let info = try isInPlace(file) else { return false }
        for number in 1...10_000 {
            let name = Self.numbered(file.name, number)
            let reasonName = name + Self.reasonEnding
            if try rejected.info(name) != nil { continue }
            if let submission, let reason = submission.reason {
                guard try isFree(reasonName, for: submission.reference) else { continue }
                let text = Self.reasonText(submission, reason, name: name)
                try rejected.write(
                    Array(text.utf8), named: reasonName, mode: 0o644, only: submission.submitter.uid, synced: true)
            }
            if try moveToRejected(file.name, as: name, isFolder: info.kind == .folder) { return true }
            if submission != nil { try rejected.remove(reasonName) }
        }
        throw SystemError("rename", rejected.pathOf(file.name), code: EEXIST)
    }

    /// Whether a reason's name is not taken, but for a crash that came before the file followed its reason.
    private func isFree(_ name: [UInt8], for reference: Reference) throws(SystemError) -> Bool {
        guard try rejected.info(name) != nil else { return true }
        let text = try rejected.open(name).read(limit: 10_000, expecting: 1000)
        return String(decoding: text, as: UTF8.self).contains("\(reference)")
    }

    private func moveToRejected(_ name: [UInt8], as newName: [UInt8], isFolder: Bool) throws(SystemError) -> Bool {
        do throws(SystemError) {
            return try incoming.move(name, to: rejected, as: newName)
        } catch {
            // Another user's folder cannot change its parent; hidden in place it is at least left alone.
            guard error.code == EACCES, isFolder else { throw error }
            return try incoming.move(name, to: incoming, as: Array(".rejected-".utf8) + newName)
        }
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

    private static func reasonText(_ submission: Submission, _ reason: Reason, name: [UInt8]) -> String {
        let shown = String(decoding: name, as: UTF8.self).masked.harmless
        let (code, reason) = (reason.code, reason.text.masked)
        var lines: [String] = []
        for language in [submission.language] + Language.allCases.filter({ $0 != submission.language }) {
            let time = Zone.local.text(submission.receivedAt, in: language)
            let title = Bilingual(fr: "Rapport refusé : \(shown)", en: "Report refused: \(shown)")
            let facts = Bilingual(
                fr: "Référence \(submission.reference), le \(time), motif \(code.rawValue)",
                en: "Reference \(submission.reference), \(time), reason \(code.rawValue)")
            lines += [title[language], facts[language], "", reason[language], "", ""]
        }
        return lines.dropLast().map { $0 + "\r\n" }.joined()
    }
}
