import Mail
import SupportDesk

/// From bytes to a report, whatever the format.
enum ReportReading {
    static let parse: @Sendable (ReportFormat, [UInt8], ReportLimits) throws(Rejection) -> Report = {
        (format, bytes, limits) throws(Rejection) in
        switch format {
        case .headerBlock: return try ReportParser.parse(bytes, limits: limits)
        case .json: return try JSONReport.parse(bytes, limits: limits)
        case .eml:
            let mail = try EmlReader.read(bytes, limits: limits)
            return try Report(
                mailSubject: mail.subject, text: mail.text, licenseHeader: mail.licenseHeader,
                attachments: mail.attachments, limits: limits)
        case .folder, .ignored, .other: throw DropReader.unsupported
        }
    }

    /// A report that a program hands over with its files.
    static func read(_ upload: Upload, limits: ReportLimits) -> Result<Report, Rejection> {
        do throws(Rejection) {
            if upload.content.isEmpty { throw DropReader.empty }
            var format = ReportFormat.of(Array(upload.name.utf8))
            // Nothing is hidden or half written here: such a name is a name like any other.
            if format == .ignored { format = .headerBlock }
            let size = upload.attachments.reduce(upload.content.count) { $0 + $1.size }
            if size > limits.total { throw DropReader.tooLarge(size, limits) }
            if upload.attachments.count > limits.attachments {
                throw DropReader.tooManyFiles(upload.attachments.count, limits)
            }
            for attachment in upload.attachments { try AttachmentRules.check(attachment) }
            var report = try parse(format, upload.content, limits)
            let present = Set(upload.attachments.map(\.name))
            if let absent = report.attachmentNames.first(where: { !present.contains($0) }) {
                throw DropReader.missing(absent)
            }
            report.attachments += upload.attachments
            report.channel = upload.channel ?? report.channel
            report.priority = upload.priority ?? report.priority
            return .success(report)
        } catch {
            return .failure(error)
        }
    }
}
