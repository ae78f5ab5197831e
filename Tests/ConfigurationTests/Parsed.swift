import Configuration
import SupportDesk
import Testing

/// What must stand in a file, whatever the test is about.
let required = """
    [smtp]
    url = "smtp://mail.example.com:587"
    from = "assistd@example.com"

    """

/// The settings of a text that must be right, with their warnings.
func parsed(
    _ text: String, location: SourceLocation = #_sourceLocation
) throws -> (settings: Settings, warnings: [ConfigurationProblem]) {
    switch Settings.parse(text) {
    case .success(let (settings, warnings)): return (settings, warnings)
    case .failure(let fault):
        Issue.record("refused: \(fault.lines(in: .english))", sourceLocation: location)
        throw fault
    }
}

/// The problems of a text that must be wrong, one line each.
func problems(
    _ text: String, in language: Language = .english, location: SourceLocation = #_sourceLocation
) -> [String] {
    switch Settings.parse(text) {
    case .success:
        Issue.record("accepted", sourceLocation: location)
        return []
    case .failure(let fault):
        return fault.lines(in: language)
    }
}

/// The only problem of `[section]` with one more line; the required keys are there.
func problem(
    _ section: String, _ line: String, in language: Language = .english, location: SourceLocation = #_sourceLocation
) -> String {
    let text = section == "smtp" ? required + line : required + "[\(section)]\n" + line
    let all = problems(text, in: language, location: location)
    #expect(all.count == 1, "\(all)", sourceLocation: location)
    return all.first ?? ""
}
