/// Why there are no pages. In English only: the daemon reads it, and people its log.
package enum PageFault: Error, Hashable, Sendable {
    /// What was read describes no fax.
    case input(String)
    /// The pages could not be drawn or handed on.
    case drawing(String)

    /// Numbers from `sysexits.h`.
    package var exitStatus: Int32 {
        switch self {
        case .input: 65
        case .drawing: 70
        }
    }

    package var sentence: String {
        switch self {
        case .input(let reason): "standard input holds no fax document: \(reason)"
        case .drawing(let reason): "the fax could not be drawn: \(reason)"
        }
    }
}
