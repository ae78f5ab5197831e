internal import CLinux
import Glibc

/// The memory of this process, in which passwords and tokens are while they are used.
package enum ProcessMemory {
    /// Signals after which a trace of the crash would be written, with what registers and stack point at.
    private static let crashes = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP]

    /// Shows it to nobody: no core, no debugger and no `/proc` of the same user's, no trace of a crash.
    ///
    /// To be called before any secret is read.
    package static func hide() {
        clinux_hide_memory()
        // Swift's own runtime may have set handlers that print a backtrace.
        for signal in crashes { Glibc.signal(signal, SIG_DFL) }
    }
}
