import SupportDesk

/// Swift Testing has one of that name too.
typealias Attachment = SupportDesk.Attachment

/// What a report was refused for; nil where it was not.
func refused<Value>(_ body: () throws(Rejection) -> Value) -> Rejection? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

extension Rejection {
    var code: Reason.Code { reason.code }

    /// Both languages say it.
    func mentions(_ text: String) -> Bool {
        explanation.french.contains(text) && explanation.english.contains(text)
    }
}

/// A header block report from text, as UTF-8.
func parse(_ text: String, limits: ReportLimits = ReportLimits()) throws(Rejection) -> Report {
    try ReportParser.parse(Array(text.utf8), limits: limits)
}

/// A JSON report from text.
func parseJSON(_ text: String, limits: ReportLimits = ReportLimits()) throws(Rejection) -> Report {
    try JSONReport.parse(Array(text.utf8), limits: limits)
}
