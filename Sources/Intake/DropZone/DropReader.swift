import Glibc
package import Platform
package import SupportDesk

/// Reads reports and their attachments from the drop zone, where anybody may have put anything.
///
/// A file is opened once, relative to the folder, without following links or blocking; what the descriptor shows
/// is believed, never the name. It is read once and not looked at again, but for large attachments (`DroppedFile`).
package struct DropReader {
    let incoming: Folder
    let limits: ReportLimits
    /// Makes a report of a file's bytes.
    let parse: @Sendable (ReportFormat, [UInt8], ReportLimits) throws(Rejection) -> Report
    /// Whether a file beside the report, or in its folder, is complete.
    let isStill: (_ name: [UInt8], FileInfo, Place) -> Bool
    private let neighbors: Neighbors

    /// Where a file lies that belongs to a report.
    package enum Place: Sendable {
        case besideReport, inFolder
    }

    package init(
        incoming: Folder, limits: ReportLimits,
        parse: @escaping @Sendable (ReportFormat, [UInt8], ReportLimits) throws(Rejection) -> Report,
        neighbors: Neighbors? = nil,
        isStill: @escaping (_ name: [UInt8], FileInfo, Place) -> Bool = { _, _, _ in true }
    ) {
        self.incoming = incoming
        self.neighbors = neighbors ?? Neighbors(incoming)
        self.limits = limits
        self.parse = parse
        self.isStill = isStill
    }

    /// Reads what lies under a name.
    ///
    /// - Throws: only what would meet any name: one that cannot be opened is a finding and stops nobody else.
    package func read(_ name: [UInt8]) throws(SystemError) -> Finding {
        do throws(SystemError) {
            return try readAny(name)
        } catch {
            switch error.code {
            case EMFILE, ENFILE, ENOMEM: throw error
            // Somebody holds a lease on it, or it was swapped while it was looked at.
            case EWOULDBLOCK, ENOENT, ENOTDIR, ELOOP, ESTALE: return .changing
            default:
                guard let info = try incoming.info(name) else { return .nothing }
                return .lacking(dropped(name, info), unreadable(String(decoding: name, as: UTF8.self), error))
            }
        }
    }

    private func readAny(_ name: [UInt8]) throws(SystemError) -> Finding {
        let format = ReportFormat.of(name)
        if format == .ignored { return .nothing }
        if ReportFormat.of(name, isDirectory: true) == .folder, try incoming.info(name)?.kind == .folder {
            return try readFolder(name)
        }
        return try readFile(name, format)
    }

    // MARK: A file

    private func readFile(_ name: [UInt8], _ format: ReportFormat) throws(SystemError) -> Finding {
        let (opened, refusal) = try open(name, in: incoming)
        guard let (file, info) = opened else {
            guard let refusal, let info = try incoming.info(name) else { return .nothing }
            if info.kind == .folder { return .nothing }
            return .refused(dropped(name, info), refusal)
        }
        let dropped = dropped(name, info)
        if info.links > 1 { return .lacking(dropped, Self.hardLink) }
        if info.size == 0 { return .lacking(dropped, Self.empty) }
        if format == .other { return .lacking(dropped, Self.unsupported) }
        if info.size > limits.total { return .refused(dropped, Self.tooLarge(info.size, limits)) }
        guard let content = try read(file, info) else { return .changing }
        do throws(Rejection) {
            let report = try parse(format, content, limits)
            return try withAttachments(report, of: dropped)
        } catch {
            return Self.mayBeAttachment(content, format, error) ? .lacking(dropped, error) : .refused(dropped, error)
        }
    }

    /// Whether what is no report may yet be named by one: attachments are copied in any order, and a log or a mail
    /// that goes with a report looks like a bad report until then.
    private static func mayBeAttachment(_ content: [UInt8], _ format: ReportFormat, _ rejection: Rejection) -> Bool {
        switch rejection.reason.code {
        case .malformed, .binary, .badEncoding, .loop: true
        case .licenseMissing: format != .headerBlock || !ReportParser.beginsWithField(content)
        default: false
        }
    }

    /// The name under which a file that a report names lies there: as written, else the only one that differs from it
    /// in capitals or in how accents are encoded (a Mac writes them in two characters, Windows in one).
    private func nameBeside(_ written: String) throws(SystemError) -> [UInt8] {
        let exact = Array(written.utf8)
        if try incoming.info(exact) != nil { return exact }
        let near = try neighbors.names(like: written)
        return near.count == 1 ? near[0] : exact
    }

    /// Adds the attachments that lie beside the report.
    private func withAttachments(_ report: Report, of dropped: Dropped) throws(Rejection) -> Finding {
        guard !report.attachmentNames.isEmpty else { return .report(dropped, report) }
        var report = report
        var dropped = dropped
        for name in report.attachmentNames {
            let bytes: [UInt8]
            let opened: (OpenFile, FileInfo)?
            let content: Attachment.Content?
            do throws(SystemError) {
                bytes = try nameBeside(name)
                if bytes == dropped.files.first?.name { return .refused(dropped, itself(name).of(report)) }
                let (found, refusal) = try open(bytes, in: incoming)
                if let refusal { return .refused(dropped, about(name, refusal).of(report)) }
                opened = found
                guard let (file, info) = opened else { return .lacking(dropped, Self.missing(name).of(report)) }
                if !isStill(bytes, info, .besideReport) { return .changing }
                if info.owner != dropped.owner { return .refused(dropped, foreign(name).of(report)) }
                if info.links > 1 { return .lacking(dropped, about(name, Self.hardLink).of(report)) }
                dropped.size += info.size
                if dropped.size > limits.total {
                    return .refused(dropped, Self.tooLarge(dropped.size, limits).of(report))
                }
                dropped.files.append(info.identity(named: bytes))
                content = try contentOfAttachment(file, info)
            } catch {
                // It may be readable in a moment.
                return .lacking(dropped, unreadable(name, error).of(report))
            }
            guard let content else { return .changing }
            report.attachments.append(Attachment(name: name, content: content))
        }
        return try checked(report, dropped)
    }

    private func checked(_ report: Report, _ dropped: Dropped) throws(Rejection) -> Finding {
        do throws(Rejection) {
            for attachment in report.attachments { try AttachmentRules.check(attachment) }
        } catch {
            throw error.of(report)
        }
        return .report(dropped, report)
    }

    // MARK: A folder

    private func readFolder(_ name: [UInt8]) throws(SystemError) -> Finding {
        guard let info = try incoming.info(name) else { return .nothing }
        var dropped = dropped(name, info)
        dropped.isFolder = true
        do throws(SystemError) {
            let folder = try incoming.subfolder(name)
            let all = try folder.names()
            let names = all.filter { ReportFormat.of($0) != .ignored }
            var finding = try readContents(of: folder, names: names, dropped)
            if case .report(let dropped, var report) = finding {
                report.notes += Self.notesOnTemporary(all)
                finding = .report(dropped, report)
            }
            let after = try folder.names().filter { ReportFormat.of($0) != .ignored }
            return Set(after) == Set(names) ? finding : .changing
        } catch {
            guard error.code == EACCES else { throw error }
            return .refused(dropped, unreadable(dropped.name, error))
        }
    }

    private func readContents(of folder: Folder, names: [[UInt8]], _ dropped: Dropped) throws(SystemError) -> Finding {
        var dropped = dropped
        guard let reportName = ReportFormat.reportName(among: names) else { return .lacking(dropped, Self.noReport) }
        if names.count - 1 > limits.attachments { return .refused(dropped, Self.tooManyFiles(names.count - 1, limits)) }
        var reportContent: [UInt8] = []
        var attachments: [Attachment] = []
        for name in [reportName] + names.filter({ $0 != reportName }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let shown = String(decoding: name, as: UTF8.self)
            let (opened, refusal) = try open(name, in: folder)
            if let refusal { return .refused(dropped, about(shown, refusal)) }
            // Gone since the folder was listed: somebody is still at it.
            guard let (file, info) = opened, isStill(name, info, .inFolder) else { return .changing }
            // A hard link whose other name is gone looks like a file of one's own.
            if info.owner != dropped.owner { return .refused(dropped, foreign(shown)) }
            if info.links > 1 { return .lacking(dropped, about(shown, Self.hardLink)) }
            dropped.size += info.size
            if dropped.size > limits.total { return .refused(dropped, Self.tooLarge(dropped.size, limits)) }
            if name == reportName {
                guard let content = try read(file, info) else { return .changing }
                if content.isEmpty { return .lacking(dropped, Self.empty) }
                reportContent = content
            } else {
                guard let content = try contentOfAttachment(file, info) else { return .changing }
                attachments.append(Attachment(name: shown.harmless, content: content))
            }
        }
        do throws(Rejection) {
            var report = try parse(ReportFormat.of(reportName), reportContent, limits)
            let present = Set(attachments.map(\.name))
            if let absent = report.attachmentNames.first(where: { !present.contains($0) }) {
                return .lacking(dropped, Self.missing(absent).of(report))
            }
            report.attachments += attachments
            return try checked(report, dropped)
        } catch {
            return .refused(dropped, error)
        }
    }

    // MARK: Opening and reading

    /// An open regular file; nothing where there is none; or why it is not opened.
    private func open(_ name: [UInt8], in folder: Folder) throws(SystemError) -> ((OpenFile, FileInfo)?, Rejection?) {
        do throws(SystemError) {
            let file = try folder.open(name)
            let info = try file.info()
            return info.kind == .regular ? ((file, info), nil) : (nil, Self.notRegular)
        } catch  where error.code == ENOENT {
            return (nil, nil)
        } catch  where error.code == ELOOP || error.code == ENXIO || error.code == ENODEV {
            return (nil, Self.notRegular)
        } catch  where error.code == EACCES || error.code == EPERM {
            return (nil, unreadable(String(decoding: name, as: UTF8.self), error))
        }
    }

    /// The file's bytes; nil where it changed meanwhile.
    private func read(_ file: OpenFile, _ info: FileInfo) throws(SystemError) -> [UInt8]? {
        let content = try file.read(limit: limits.total, expecting: info.size)
        let after = try file.info()
        let isSame = after.size == info.size && after.modified == info.modified && content.count == info.size
        return isSame ? content : nil
    }

    /// An attachment's bytes, or where to find them; nil where it changed meanwhile.
    private func contentOfAttachment(_ file: OpenFile, _ info: FileInfo) throws(SystemError) -> Attachment.Content? {
        if info.size < DroppedFile.least { return try read(file, info).map { .bytes($0) } }
        return try DroppedFile(file, info).map { .file($0) }
    }

    private func dropped(_ name: [UInt8], _ info: FileInfo) -> Dropped {
        Dropped(
            name: String(decoding: name, as: UTF8.self), isFolder: false, files: [info.identity(named: name)],
            owner: info.owner, size: info.kind == .regular ? info.size : 0)
    }
}
