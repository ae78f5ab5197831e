/// How a command ended: the exit codes of the visible contract (the numbers from `sysexits.h`).
package enum ExitStatus: Int32, Comparable, Sendable {
    case done = 0
    /// The thing asked about is not so.
    case notSo = 1
    case usage = 64
    case badInput = 65
    /// The daemon is not reachable.
    case unreachable = 69
    case tryLater = 75
    case notPermitted = 77
    case configuration = 78

    package static func < (left: ExitStatus, right: ExitStatus) -> Bool {
        left.rawValue < right.rawValue
    }
}
