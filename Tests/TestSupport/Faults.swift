import Foundation

/// What is to happen at which system calls of a daemon: the environment that loads Tests/FaultLibrary into it.
package struct Faults: Sendable {
    /// Rules as `CALL:PLACE:WHEN=ACTION`.
    package var rules: [String]
    /// Where each point is written down.
    package var trace: String?
    /// Rules count and act only while something lies here.
    package var condition: String?
    /// Further variables of the library.
    package var more: [String: String] = [:]

    package init(_ rules: String..., trace: String? = nil, condition: String? = nil) {
        self.rules = rules
        self.trace = trace
        self.condition = condition
    }

    /// - Parameters:
    ///   - library: the path of `libFaultLibrary.so`, which lies beside the programs.
    ///   - spool, journal, control, configuration: the daemon's paths, without links in them.
    package func environment(
        library: String, spool: String, journal: String, control: String, configuration: String
    ) -> [String: String] {
        var environment = more
        environment["LD_PRELOAD"] = library
        environment["FAULT_SPOOL"] = spool
        environment["FAULT_JOURNAL"] = journal
        environment["FAULT_CONTROL"] = control
        environment["FAULT_CONFIG"] = configuration
        environment["FAULT_RULES"] = rules.joined(separator: ";")
        environment["FAULT_TRACE"] = trace
        environment["FAULT_WHILE"] = condition
        return environment
    }
}
