import Platform
import SupportDesk

/// Reads a report and what goes with it, with the rights of whoever runs the command.
struct UploadReader {
    /// Bytes of report and attachments together.
    let limit: Int

    /// - Parameter isConfigured: the limit is the daemon's own; else it is a default, and the daemon may allow more.
    init(limit: Int, isConfigured: Bool) {
        self.limit = isConfigured ? limit : limit * 10
    }

    /// - Parameter isAlone: standard input was not asked for by name.
    func upload(
        of file: String, fields: FieldOptions, isAlone: Bool, in context: CommandContext
    ) throws(CommandFailure) -> Upload {
        if file == "-" { return try standardInput(fields: fields, isAlone: isAlone, in: context) }
        if FileContents.isFolder(file) {
            guard fields.isEmpty else { throw .fieldsNeedText(file) }
            return try folderUpload(at: file)
        }
        let name = FileContents.name(of: file)
        let content = try FileContents.read(file, limit: limit)
        var upload: Upload
        if fields.isEmpty {
            upload = Upload(name: name, report: content)
        } else {
            upload = try ComposedReport(content, named: name, fields: fields, in: context.language).upload()
        }
        let folder = FileContents.folder(of: file)
        for name in ComposedReport.attachmentNames(in: content, named: name) where !name.contains("/") {
            let path = folder + "/" + name
            // One that is not there is for the daemon to miss: it says so in its own words.
            if FileContents.exists(path) { try attach(path, to: &upload) }
        }
        return upload
    }

    /// Adds a file.
    func attach(_ path: String, to upload: inout Upload) throws(CommandFailure) {
        let name = FileContents.name(of: path)
        guard !upload.hasAttachment(named: name) else { return }
        if FileContents.isFolder(path) {
            throw CommandFailure(
                .badInput, code: "unreadable", fr: "\(path) est un dossier ; joignez des fichiers.",
                en: "\(path) is a folder; attach files.")
        }
        upload.attach(try FileContents.read(path, limit: limit - upload.size), named: name)
    }

    private func standardInput(
        fields: FieldOptions, isAlone: Bool, in context: CommandContext
    ) throws(CommandFailure) -> Upload {
        if context.input.isTerminal {
            if fields.isEmpty {
                context.remark(
                    fr: "Écrivez le rapport (Licence : …, une ligne vide, la description), puis Ctrl-D.",
                    en: "Write the report (License: …, an empty line, the description), then Ctrl-D.")
            } else {
                context.remark(
                    fr: "Décrivez le problème, puis Ctrl-D.", en: "Describe the problem, then Ctrl-D.")
            }
        }
        let content = try context.input.all(limit: limit)
        if content.count > limit {
            throw CommandFailure(tooLarge: context.say(fr: "entrée standard", en: "standard input"), limit: limit)
        }
        if fields.isEmpty { return Upload(name: "report.txt", report: content) }
        return try ComposedReport(description: content, fields: fields, in: context.language).upload()
    }

    /// `NAME.report/`: the report and, as attachments, every other file that lies in it.
    private func folderUpload(at path: String) throws(CommandFailure) -> Upload {
        let found: [[UInt8]]
        do throws(SystemError) {
            found = try Folder(path).names().filter { ReportFormat.of($0) != .ignored }
        } catch {
            throw CommandFailure(unreadable: error)
        }
        let names = found.map { String(decoding: $0, as: UTF8.self) }.sorted()
        guard let report = ReportFormat.reportName(among: found).map({ String(decoding: $0, as: UTF8.self) }) else {
            throw CommandFailure(
                .badInput, code: "unsupported_format",
                fr: "\(path) : un dossier de rapport contient report.txt ou report.json.",
                en: "\(path): a report folder holds report.txt or report.json.")
        }
        var upload = Upload(name: report, report: try FileContents.read(path + "/" + report, limit: limit))
        for name in names where name != report {
            try attach(path + "/" + name, to: &upload)
        }
        return upload
    }
}

extension CommandFailure {
    /// Fields were given for something that cannot take them in.
    static func fieldsNeedText(_ file: String) -> CommandFailure {
        CommandFailure(
            .usage, code: "usage",
            fr: "\(file) : --license et les autres champs vont avec un texte ; ce rapport porte les siens.",
            en: "\(file): --license and the other fields go with a text; this report has its own.")
    }
}
