internal import CLinux
import Glibc

/// The memory of this process: how much it takes, and who may see it. Passwords and tokens are in it while they are used.
package enum ProcessMemory {
    /// Signals after which a trace of the crash would be written, with what registers and stack point at.
    private static let crashes = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP]

    /// Has all threads share what is free. To be called first of all.
    package static func share() { clinux_share_memory() }

    /// Gives back what only the start needed.
    package static func giveBack() { clinux_give_back_memory() }

    /// Shows it to nobody: no core, no debugger and no `/proc` of the same user's, no trace of a crash.
    ///
    /// To be called before any secret is read.
    package static func hide() {
        clinux_hide_memory()
        // Swift's own runtime may have set handlers that print a backtrace.
        for signal in crashes { Glibc.signal(signal, SIG_DFL) }
    }
}
