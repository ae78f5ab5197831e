import SupportDesk

/// How a piece of text stands out on a terminal that knows colours (ECMA-48, SGR).
enum Style: String {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"

    func on(_ text: String, in context: CommandContext) -> String {
        guard context.colour, self != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
}

extension State {
    /// Green where the desk has it, yellow where a person must look, red where it went wrong.
    var style: Style {
        switch self {
        case .held: .yellow
        case .queued, .sending: .cyan
        case .relayed: .plain
        case .delivered, .acknowledged, .answered: .green
        case .rejected, .failed: .red
        case .cancelled: .dim
        }
    }
}
